"""`python -m evals.bench`: measure and print; nothing is asserted, since a machine may be busy."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from evals.bench import answering, checking, faults, ingesting, inventing, starting, versioning, visiting

PARTS = {
    "starting": starting.measure,
    "visiting": visiting.measure,
    "answering": answering.measure,
    "ingesting": ingesting.measure,
    "versioning": versioning.measure,
    "faults": faults.measure,
    "checking": checking.measure,
    "inventing": inventing.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the named parts, all by default."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parts = parser.parse_args(arguments).parts or list(PARTS)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for part in parts:
        print(f"{part}")
        for line in PARTS[part]():
            print(f"  {line}")


if __name__ == "__main__":
    main()
