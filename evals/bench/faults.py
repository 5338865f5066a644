"""Faults: how many of those planted in real answers are caught, and how many sound answers are blamed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answer import Answer, Citation
from assistant.claims import likeness_of
from corpus.settings import read_settings
from evals.asking import Outcome, run
from evals.golden import SHIPPED, read_golden
from evals.opening import open_assistant
from evals.scoring import score
from evals.support import support

EACH = 30
_SEED = 7
_NUMBER = re.compile(r"\b\d{2,4}\b")
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]{3,}")
_ADDED = (
    "et emploie des robots venus de Belgique",
    "ce qui en fait la plus grande coopérative d'Europe",
    "grâce au soutien financier de la Banque mondiale",
    "mais le projet a été abandonné par ses fondateurs",
)
Plant = Callable[[Answer, Answer, random.Random], Answer | None]
"""Returns an answer with a fault in it, given a neighbour's; None where it does not lend itself to it."""


def measure() -> Iterator[str]:
    """Yield for each sort of fault how many of at most `EACH` are caught, and the sound answers blamed."""
    with TemporaryDirectory() as folder:
        assistant, embedder = open_assistant(read_settings(home=Path(folder)))
        outcomes = list(run("", read_golden(SHIPPED), assistant, depth=0))
    likeness = likeness_of(embedder.embed_passages)

    def fine(outcome: Outcome) -> bool:
        return score(outcome, lambda s, cited: support(s, cited, likeness=likeness).supported).fine

    sound = [one for one in outcomes if fine(one)]
    answered = [one for one in sound if one.case.answerable and one.answer.citations]
    refused = [one for one in sound if not one.case.answerable]
    unsupported = sum(
        bool(score(one, lambda s, c: support(s, c, likeness=likeness).supported).cited.unsupported)
        for one in outcomes
    )
    caught: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    draw = random.Random(_SEED)
    for sort, plant in PLANTS.items():
        for one in draw.sample(answered, len(answered)):
            if planted[sort] == EACH:
                break
            wrong = plant(one.answer, draw.choice(answered).answer, draw)
            if wrong is not None and wrong != one.answer:
                planted[sort] += 1
                caught[sort] += not fine(replace(one, answer=wrong))
    for one in refused[:EACH]:
        planted["an answer to what has none"] += 1
        given = replace(draw.choice(answered).answer, question=one.case.question)
        caught["an answer to what has none"] += not fine(replace(one, answer=given))
    for sort in planted:
        yield f"{sort}: {caught[sort]} of {planted[sort]}"
    yield f"all: {caught.total()} of {planted.total()} (wanted: 28 of 30 at least)"
    yield f"blamed for an unsupported sentence before any fault: {unsupported} of {len(outcomes)} answers"


def _in_sentences(answer: Answer, change: Callable[[str], str | None]) -> Answer | None:
    """Change the first sentence with a citation that lends itself to it, in the text too."""
    for place, one in enumerate(answer.sentences):
        new = change(one.text) if one.markers else None
        if new is not None and new != one.text:
            sentences = [*answer.sentences]
            sentences[place] = replace(one, text=new)
            return replace(answer, sentences=tuple(sentences), text=answer.text.replace(one.text, new))
    return None


def _invented_number(answer: Answer, _other: Answer, draw: random.Random) -> Answer | None:
    return _in_sentences(
        answer, lambda text: _NUMBER.sub(lambda n: str(int(n[0]) + draw.randint(3, 60)), text, count=1)
    )


def _neighbours_number(answer: Answer, other: Answer, _draw: random.Random) -> Answer | None:
    numbers = [n for n in _NUMBER.findall(other.text) if n not in answer.text]
    return _in_sentences(answer, lambda text: _NUMBER.sub(numbers[0], text, count=1)) if numbers else None


def _other_name(answer: Answer, other: Answer, _draw: random.Random) -> Answer | None:
    names = [name for name in _NAME.findall(other.text) if name not in _all(answer.citations)]
    return _in_sentences(answer, lambda text: _NAME.sub(names[0], text, count=1)) if names else None


def _wrong_marker(answer: Answer, other: Answer, _draw: random.Random) -> Answer | None:
    """Swap what the first citation quotes for a neighbour's words."""
    first, foreign = answer.citations[0], other.citations[0]
    if foreign.quote == first.quote:
        return None
    wrong = replace(first, passage=foreign.passage, quote=foreign.quote, document=foreign.document)
    return replace(answer, citations=(wrong, *answer.citations[1:]))


def _stray_marker(answer: Answer, _other: Answer, _draw: random.Random) -> Answer:
    one = answer.sentences[-1]
    stray = replace(one, markers=(*one.markers, 99))
    return replace(answer, sentences=(*answer.sentences[:-1], stray), text=f"{answer.text} [99]")


def _denial(answer: Answer, _other: Answer, _draw: random.Random) -> Answer | None:
    verb = re.compile(r"\b(est|sont|permet|propose|réunit|travaille|a été)\b")
    return _in_sentences(answer, lambda text: verb.sub(r"ne \1 pas", text, count=1))


def _added_claim(answer: Answer, _other: Answer, draw: random.Random) -> Answer | None:
    return _in_sentences(answer, lambda text: f"{text.rstrip('.')} {draw.choice(_ADDED)}.")


def _refusal(answer: Answer, _other: Answer, _draw: random.Random) -> Answer:
    return replace(answer, abstained=True, sentences=(), citations=(), text="Les documents ne le disent pas.")


def _neighbours_answer(answer: Answer, other: Answer, _draw: random.Random) -> Answer | None:
    about = {one.initiative.id for one in answer.citations if one.initiative}
    others = {one.initiative.id for one in other.citations if one.initiative}
    if not about or not others or about & others:
        return None
    return replace(answer, sentences=other.sentences, citations=other.citations, text=other.text)


def _all(cited: Sequence[Citation]) -> str:
    return " ".join(f"{one.passage} {one.document.title}" for one in cited)


PLANTS: dict[str, Plant] = {
    "an invented number": _invented_number,
    "a neighbour's number": _neighbours_number,
    "another name": _other_name,
    "a citation of something else": _wrong_marker,
    "a marker that points to nothing": _stray_marker,
    "a denial": _denial,
    "an added claim": _added_claim,
    "a refusal": _refusal,
    "a neighbour's answer": _neighbours_answer,
}
