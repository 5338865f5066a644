"""The likeliest sentences of prose are set beside the question one by one; fiches are not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.evidence import Evidence, Source
from assistant.question import Asked
from assistant.rereading import Rereader, said_features
from assistant.retrieval import Found
from corpus.documents import Passage
from corpus.sentences import clauses
from tests.fakes import bags

TEXT = "Le phare veille. La criée vend des raies. Un congre rôde. La houle porte les bouées."
PROSE = Passage("quai", "Quai", "quai.md", TEXT, 0, len(TEXT))
FICHE = Passage("fiche", "Fiche", "fiche.md", "Le phare veille.", 0, 16, entry="phare")
ASKED = Asked("?", "?", "fr", "?", (), {}, ())


def evidence(rank: int, likelihood: float, passage: Passage = PROSE) -> Evidence:
    source: Source = "fiche" if passage.entry else "prose"
    return Evidence(passage, clauses(passage.text)[rank], rank, {"coverage": 0.5}, likelihood, source)


def found(question: str) -> Found:
    return Found(ASKED, (), vector=bags([question])[0])


class Counting:
    """Embeds texts as bags of words, and remembers which."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += texts
        return bags(texts)


@pytest.fixture
def embed() -> Counting:
    return Counting()


def test_of_sentences_as_likely_the_nearest_by_meaning_leads(embed: Counting) -> None:
    weighed = [evidence(rank, 0.5) for rank in range(4)]
    first, *_ = Rereader(embed).reread(found("Que vend la criée ? Des raies."), weighed)
    assert (first.rank, first.source) == (1, "reread")
    assert first.features["said_below"] == 0.0


def test_only_what_comes_near_the_likeliest_is_read_again_and_leads(embed: Counting) -> None:
    weighed = [evidence(0, 0.9), evidence(1, 0.3), evidence(2, 0.2)]
    again = Rereader(embed).reread(found("Que vend la criée ?"), weighed)
    assert embed.texts == ["Quai\nLe phare veille.", "Quai\nLa criée vend des raies."]
    assert [one.source for one in again] == ["reread", "reread", "prose"]
    assert again[2].likelihood <= again[1].likelihood <= again[0].likelihood


def test_a_sentence_is_embedded_once_however_often_it_is_read(embed: Counting) -> None:
    rereader, weighed = Rereader(embed), [evidence(0, 0.5), evidence(1, 0.5)]
    once = rereader.reread(found("Un phare ?"), weighed)
    assert rereader.reread(found("Un phare ?"), weighed) == once
    assert len(embed.texts) == 2


def test_fiches_are_left_as_they_are(embed: Counting) -> None:
    weighed = [evidence(0, 0.8, FICHE)]
    assert Rereader(embed).reread(found("Un phare ?"), weighed) == weighed
    assert embed.texts == []


def test_a_question_that_was_not_searched_with_changes_nothing(embed: Counting) -> None:
    weighed = [evidence(0, 0.8)]
    assert Rereader(embed).reread(Found(ASKED, ()), weighed) == weighed


def test_what_cosines_say_is_bounded_and_relative() -> None:
    low, high = said_features([0.80, 0.92])
    assert low["said"] < high["said"] <= 1.0
    assert low["said_closer"] == pytest.approx(-high["said_closer"])
    assert low["said_below"] == pytest.approx(2.4)
    assert high["said_below"] == 0.0
    assert said_features([0.9])[0]["said_closer"] == 0.0
