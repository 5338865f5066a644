"""Citations: ALCE's citation recall and precision, and faithfulness.

Source: Gao, Yen, Yu and Chen, "Enabling Large Language Models to Generate Text with Citations", EMNLP 2023,
section 4.3. Their entailment model is replaced by `Supports`, which may be `evals.support` or a judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from evals.support import states_something

Supports = Callable[[str, Sequence[Citation]], bool | None]
"""Whether citations together support a sentence; None when that could not be decided."""
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Cited:
    """The values of one answer, 0 to 1, None where there is nothing to judge or no verdict came.

    `unsupported` are the sentences without support and `stray` the markers that point to nothing.
    """

    recall: float | None
    precision: float | None
    faithfulness: float | None
    unsupported: tuple[str, ...] = ()
    stray: tuple[int, ...] = ()


def citations(answer: Answer, supports: Supports) -> Cited:
    """Return the values of an answer.

    - A sentence has recall 1 if it cites and all that it cites, taken together, supports it. The recall of
      the answer is the mean over its statements.
    - A citation has precision 1 if its sentence has recall 1 and it is not irrelevant; it is irrelevant if it
      does not support the sentence alone, while the others do without it. The precision of the answer is the
      mean over the citations of all sentences. A marker without a citation counts as 0.
    - Faithfulness is supported statements over statements. A statement is a sentence that cites, or one that
      states a figure, a link or a name which the question does not hold; the rest is framing.
    """
    by_marker = {one.marker: one for one in answer.citations}
    recalls: list[bool] = []
    precisions: list[bool] = []
    unsupported: list[str] = []
    strays: list[int] = []
    for text, markers in _statements(answer):
        cited = [by_marker[one] for one in markers if one in by_marker]
        stray = [one for one in markers if one not in by_marker]
        verdict = supports(text, cited) if cited else False
        if verdict is None:
            return Cited(None, None, None)
        recalls.append(verdict)
        if not verdict:
            unsupported.append(text)
        strays += stray
        precisions += [False] * len(stray)
        for one in cited:
            relevant = verdict and (len(cited) == 1 or _is_needed(text, one, cited, supports))
            precisions.append(relevant)
    if not recalls:
        return Cited(None, None, None)
    share = sum(recalls) / len(recalls)
    precision = sum(precisions) / len(precisions) if precisions else None
    return Cited(
        share,
        precision,
        share if not strays else _with_strays(recalls, strays),
        tuple(unsupported),
        tuple(strays),
    )


def _with_strays(recalls: Sequence[bool], strays: Sequence[int]) -> float:
    """Count each marker that points to nothing as a statement: it claims a support that is not there."""
    return sum(recalls) / (len(recalls) + len(strays))


def _is_needed(text: str, one: Citation, cited: Sequence[Citation], supports: Supports) -> bool:
    others = [other for other in cited if other is not one]
    return bool(supports(text, [one])) or not supports(text, others)


def _statements(answer: Answer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences that must be supported, with their markers; those in the text count too."""
    told: set[int] = set()
    for sentence in answer.sentences:
        markers = tuple(dict.fromkeys((*sentence.markers, *map(int, _MARKER.findall(sentence.text)))))
        told.update(markers)
        text = _MARKER.sub("", sentence.text).strip()
        if markers or (not answer.abstained and states_something(text, answer.question)):
            yield text, markers
    # The text is what a visitor reads: a marker that stands only there, and points to nothing, is one too.
    known = {one.marker for one in answer.citations}
    loose = tuple(dict.fromkeys(m for m in map(int, _MARKER.findall(answer.text)) if m not in told | known))
    if loose:
        yield answer.text, loose
