"""`python -m ui` is `passerelle`."""

from ui.cli import main

if __name__ == "__main__":
    main()
