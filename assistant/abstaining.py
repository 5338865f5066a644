"""Abstaining: saying that the documents do not answer, what was missing, and what is near."""

from __future__ import annotations

from assistant.answer import Draft, Support
from assistant.cues import GREETS, THANKS
from assistant.demands import written_as_name
from assistant.facts import FIELD_OF
from assistant.framing import enumerate_names, frame
from assistant.reply import Reply
from assistant.retrieval import Found
from corpus.catalogue import ThinkTank
from corpus.index import Index

_NEAREST = 3
_MOST_WORDS = 2


def abstention(found: Found, index: Index, *, beside: Support | None = None) -> Reply:
    """Return the reply for a question that nothing answers: why, what is said `beside` it, what is near.

    What is beside it is quoted and cited: it may well set a wrong premise right.
    """
    if GREETS.fullmatch(found.asked.plain):
        key = "thanks" if THANKS.search(found.asked.plain) else "greeting"
        return Reply([Draft(frame(key, found.asked.language))], abstained=True)
    drafts = [Draft(_reason(found, index))]
    if beside:
        drafts.append(Draft(frame("beside", found.asked.language)))
        drafts.append(Draft(frame("quoted", found.asked.language, quote=beside.quote), (beside,)))
    near = nearest(found, index)
    if near:
        drafts.append(Draft(frame("nearest", found.asked.language, names=" ; ".join(near))))
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
    fiches = [fiche for one in asked.entities if (fiche := index.catalogue.get(one))]
    attribute = next((kind for kind in asked.kinds if kind in FIELD_OF or kind in ("count", "person")), None)
    if fiches and attribute and not isinstance(fiches[0], ThinkTank):
        said = frame(f"attribute.{attribute}", asked.language)
        return frame("undocumented", asked.language, name=fiches[0].called(asked.language), attribute=said)
    return frame("abstained", asked.language)
