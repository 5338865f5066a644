"""France as the map draws and names it: compact files made from two public packages, see `LICENCE.md`."""
