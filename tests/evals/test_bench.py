from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from evals.bench import __main__ as bench


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    def measuring(name: str) -> Iterator[str]:
        yield f"{name}: 1.0"

    for name in bench.PARTS:
        monkeypatch.setitem(bench.PARTS, name, partial(measuring, name))


PARTS = ("starting", "visiting", "answering", "ingesting", "versioning", "faults", "checking", "inventing")


@pytest.mark.parametrize(
    ("arguments", "measured"),
    [
        ([], list(PARTS)),
        (["ingesting"], ["ingesting"]),
    ],
)
def test_all_parts_are_measured_unless_some_are_named(
    parts: None, arguments: list[str], measured: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    bench.main(arguments)
    told = capsys.readouterr().out
    assert [name for name in bench.PARTS if f"  {name}: 1.0" in told] == measured


def test_an_unknown_part_is_named_with_those_there_are(
    parts: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        bench.main(["cooking"])
    assert f"no such part: cooking; there are {', '.join(PARTS)}" in capsys.readouterr().err
