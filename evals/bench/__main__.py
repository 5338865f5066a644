"""`python -m evals.bench`: measure and print; nothing is asserted, since a machine may be busy."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from evals.bench import answering, ingesting, starting

PARTS = {"starting": starting.measure, "answering": answering.measure, "ingesting": ingesting.measure}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the named parts, all by default."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=list(PARTS))
    for part in parser.parse_args(arguments).parts:
        print(f"{part}")
        for line in PARTS[part]():
            print(f"  {line}")


if __name__ == "__main__":
    main()
