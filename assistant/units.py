"""Units: what a figure that is asked for must be counted in, to answer at all."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that is measured: how it is asked for, and what a sentence that tells it holds.

    `asks` is matched against folded words joined by single spaces, `holds` against the text as it is written.
    """

    name: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]


def _read(file: Path) -> tuple[Unit, ...]:
    with file.open("rb") as source:
        content = tomllib.load(source)
    return tuple(
        Unit(
            name,
            asks=re.compile(rf"(?<![a-z0-9])(?:{'|'.join(entry['asks'])})(?![a-z0-9])"),
            holds=re.compile("|".join(entry["holds"]), re.IGNORECASE),
        )
        for name, entry in content.items()
    )


UNITS = _read(_FILE)


def units_asked(plain: str) -> frozenset[str]:
    """Return the names of the units that a folded question asks for: "combien coûte …" asks for money."""
    return frozenset(unit.name for unit in UNITS if unit.asks.search(plain))


def holds_units(names: frozenset[str], text: str) -> bool:
    """Say whether a sentence holds something in each of the units."""
    return all(unit.holds.search(text) for unit in UNITS if unit.name in names)
