"""Abstaining: saying that the documents do not answer, what was missing, and what is near."""

from __future__ import annotations

from assistant.answer import Draft, Support
from assistant.cues import NEWEST, OLDEST
from assistant.demands import written_as_name
from assistant.facts import FIELD_OF
from assistant.framing import enumerate_names, frame, listed
from assistant.question import Asked
from assistant.reply import Reply
from assistant.retrieval import Found
from corpus.catalogue import Initiative, ThinkTank
from corpus.index import Index

_NEAREST = 3
_MOST_WORDS = 2


def abstention(found: Found, index: Index, *, beside: Support | None = None) -> Reply:
    """Return the reply for a question that nothing answers: why, what is said `beside` it, what is near.

    What is beside it is quoted and cited: it may well set a wrong premise right.
    """
    drafts = [Draft(_reason(found, index))]
    if beside:
        drafts.append(Draft(frame("beside", found.asked.language)))
        drafts.append(Draft(frame("quoted", found.asked.language, quote=beside.quote), (beside,)))
    near = nearest(found, index)
    if near:
        drafts.append(Draft(frame("nearest", found.asked.language, names=listed(near, found.asked.language))))
    return Reply(drafts, abstained=True)


def nearest(found: Found, index: Index) -> list[str]:
    """Return the names of the fiches closest to a question, those it names first."""
    ids = [*found.asked.entities]
    for hit in found.hits:
        ids += [hit.passage.initiative] if hit.passage.initiative else list(hit.passage.themes[:1])
    fiches = [index.catalogue.initiative(one) or index.catalogue.theme(one) for one in dict.fromkeys(ids)]
    return [fiche.called(found.asked.language) for fiche in fiches if fiche][:_NEAREST]


def _reason(found: Found, index: Index) -> str:
    asked = found.asked
    if asked.nowhere:
        return frame("nowhere", asked.language)
    if asked.is_bare:
        return frame("bare", asked.language)
    unknown = [term for term in asked.terms if term.foreign and not term.verb]
    telling = [term for term in unknown if term.attribute or written_as_name(term, asked)]
    unheard_of = found.strangers or [asked.spelt(term.word) for term in telling]
    if unheard_of:
        marks = "« {} »" if asked.language == "fr" else "“{}”"
        marked = [marks.format(name) for name in unheard_of[:_MOST_WORDS]]
        return frame("unknown_words", asked.language, words=enumerate_names(marked, asked.language))
    attribute = _attribute(asked)
    names = _asked_of(asked, index)
    if names and attribute:
        said = frame(f"attribute.{attribute}", asked.language)
        name = enumerate_names(names, asked.language)
        return frame("undocumented", asked.language, name=name, attribute=said)
    return frame("abstained", asked.language)


def _attribute(asked: Asked) -> str:
    """Return what a question asks of an organisation, by the key of its phrase; empty for anything else."""
    if OLDEST.search(asked.plain) or NEWEST.search(asked.plain):
        return "founding"
    return next((kind for kind in asked.kinds if kind in FIELD_OF or kind in ("count", "person")), "")


def _asked_of(asked: Asked, index: Index) -> list[str]:
    """Return the names of the initiatives that a question is about, of its first theme where there are none.

    Of the think tank nothing is called undocumented: its name stands for whoever answers.
    """
    fiches = [fiche for one in asked.entities if (fiche := index.catalogue.get(one))]
    initiatives = [fiche for fiche in fiches if isinstance(fiche, Initiative)]
    if fiches and isinstance(fiches[0], ThinkTank):
        return []
    return [fiche.called(asked.language) for fiche in initiatives or fiches[:1]]
