"""Support: whether cited words carry a sentence, decided without a chat model.

A sentence is supported when every figure, date, link and proper name of it stands in the quotes (a name may
stand in what the citation is labelled with: title, initiative, theme), it denies what they deny and affirms
what they affirm, and it speaks of the same (`assistant.claims`). A judge sees some of what this misses; the
report says how often the two agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.claims import Likeness, contradicts, links, names, speaks_of_the_same
from assistant.quantities import figures
from corpus.words import words


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported, and what of it is not."""

    supported: bool
    missing: tuple[str, ...] = ()


def support(sentence: str, cited: Sequence[Citation], *, likeness: Likeness | None = None) -> Verdict:
    """Say whether citations together support a sentence."""
    quotes = " ".join(one.quote for one in cited)
    labels = " ".join(_labels(one) for one in cited)
    missing = [
        *sorted(figures(sentence) - figures(f"{quotes} {labels}")),
        *(one for one in links(sentence) if one not in links(quotes) and one not in quotes),
        *sorted(names(sentence) - set(words(f"{quotes} {labels}"))),
    ]
    if contradicts(sentence, quotes):
        missing.append("±")
    if not missing and not speaks_of_the_same(sentence, quotes, labels, likeness):
        missing.append("≁")
    return Verdict(not missing, tuple(missing))


def states_something(sentence: str, question: str) -> bool:
    """Say whether a sentence without citation states a figure, link or name that the question does not hold.

    Figures up to twelve count what follows, and what ends in a colon only announces.
    """
    if sentence.rstrip().endswith((":", "?")):
        return False
    return bool(
        {one for one in figures(sentence) - figures(question) if float(one) > _COUNTED}
        or set(links(sentence)) - set(links(question))
        or names(sentence) - set(words(question))
    )


_COUNTED = 12


def _labels(one: Citation) -> str:
    """Return what a citation is filed under: its names, not what they are said to be."""
    filed = (one.initiative, one.theme)
    return " ".join([one.document.title, *(ref.name for ref in filed if ref is not None)])
