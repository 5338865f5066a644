"""The weights that are fitted are those that told the answers from the rest."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest

from assistant.evidence import SOURCES, Evidence
from assistant.question import Asked
from corpus.documents import Passage
from corpus.sentences import clauses
from evals.fitting import Example, cross_validate, fit, report, weights_of, write

ASKED = Asked("Q ?", "Q ?", "fr", "q", (), {}, ())
PASSAGE = Passage("a", "A", "a.md", "Une phrase.", 0, 11)


def examples(*, seed: int = 1) -> list[Example]:
    """Return questions whose answer is the sentence that tells; luck says nothing, `same` never varies."""
    draw = random.Random(seed)
    found = []
    for number in range(60):
        answers = (True, False, False) if number % 3 else (False, False, False)
        evidence = tuple(
            Evidence(
                PASSAGE,
                clauses(PASSAGE.text)[0],
                0,
                {"tells": 0.7 * one + 0.3 * draw.random(), "luck": draw.random(), "same": 0.5},
                0.0,
                "fiche",
            )
            for one in answers
        )
        found.append(Example(ASKED, evidence, answers, bool(number % 3), f"g{number % 12}"))
    return found


def test_what_tells_weighs_and_luck_does_not() -> None:
    some = examples()
    weights = weights_of(fit(some, "fiche"), some)
    assert weights["tells"] > 5 * abs(weights["luck"])


def test_what_never_varied_is_left_to_the_bias() -> None:
    some = examples()
    model = fit(some, "prose")
    weights = weights_of(model, some)
    assert weights["same"] == 0.0
    assert weights["bias"] == pytest.approx(model.intercept_[0] + 0.5 * model.coef_[0][2])


def test_unseen_questions_are_told_apart_in_the_report() -> None:
    some = examples()
    table = report(some, cross_validate(some, "fiche"))
    assert "area under the curve: 1.000" in table


def test_weights_of_the_other_source_stay(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    write({"fiche": {"bias": -1.0}, "prose": {"bias": -2.0}, "reread": {"said": 1.0}}, file)
    write({"prose": {"bias": -3.0, "coverage": 1.25}}, file)
    assert tomllib.loads(file.read_text()) == {
        "fiche": {"bias": -1.0},
        "prose": {"bias": -3.0, "coverage": 1.25},
        "reread": {"said": 1.0},
    }
    assert set(SOURCES) == {"fiche", "prose", "reread"}
