"""Gates: the least that a run must reach, read from `gates.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import FileMissing, GatesWrong
from evals.scoring import NAMES, WORSE_HIGH, Row

FILE = Path(__file__).with_name("gates.toml")
_ABSTENTION = frozenset({"abstention precision", "abstention recall", "abstention f1"})
_READ = TypeAdapter(dict[str, dict[str, float]])


@dataclass(frozen=True, slots=True)
class Missed:
    """A gate that a golden set did not reach: wanted at least, or at most where less is better."""

    golden: str
    measure: str
    value: float
    wanted: float
    at_most: bool


def read_gates(file: Path = FILE) -> Mapping[str, Mapping[str, float]]:
    """Return the gates by the name of the golden set. Raises GatesWrong and FileMissing."""
    try:
        found = _READ.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise FileMissing(file=file) from error
    except (ValidationError, ValueError) as error:
        raise GatesWrong(file=file.name, reason=str(error).splitlines()[0]) from error
    known = {*NAMES, *_ABSTENTION}
    for golden, gates in found.items():
        for measure, value in gates.items():
            if measure not in known or not 0 <= value <= 1:
                reason = f"[{golden}] {measure} = {value}"
                raise GatesWrong(file=file.name, reason=reason)
    return found


def missed(gates: Mapping[str, float], golden: str, rows: Sequence[Row]) -> list[Missed]:
    """Return the gates that a golden set misses; a measure that applies to no case cannot be missed."""
    whole = next((one for one in rows if one.name == "all"), None)
    found = []
    for measure, wanted in gates.items():
        value = whole.mean(measure) if whole else None
        at_most = measure in WORSE_HIGH
        if value is not None and (value > wanted if at_most else value < wanted):
            found.append(Missed(golden, measure, value, wanted, at_most))
    return found
