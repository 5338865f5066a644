"""Drafting: a case out of a visitor's opinion of an answer, for a person to read and mend before it is kept.

Of an answer that was good the facts are proposed from its text, of one that was not from what is found in the
documents; a good answer without a source was a refusal, and the case has no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.cues import COMPARES, INITIATIVES, asks_for, kinds
from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.dictionary import is_word
from corpus.documents import Passage
from corpus.feedback import Opinion
from corpus.sentences import split_sentences
from corpus.subjects import Naming
from corpus.words import STOP_WORDS, words
from evals.golden import Case, compact
from ingest.naming import slug

MOST_FACTS = 4
_MARKER = re.compile(r"\[\d{1,4}\]")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"«»“”)\]|]+")
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[ \u00a0\u202f.,]\d{3})*(?:,\d+)?(?:\s?%)?(?:\s+[^\W\d_]{3,})?")
_NAME = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]+(?:\s+(?:(?:de|du|des|d['’]|la|le|les|of|the)\s*){0,2}[A-ZÀ-Þ][\w’'-]+)*"
)
_SURE = 3  # digits that stand in no other figure by chance
_LONG = 5  # letters of a word that says something
_KINDS = {
    "count": "number", "date": "date", "link": "link", "place": "place", "person": "person",
    "names": "person", "strength": "strength", "objective": "objective", "definition": "definition",
    "yes-no": "yes-no",
}  # fmt: skip


def draft(
    opinion: Opinion, naming: Naming, *, passages: Sequence[Passage] = (), known: Collection[str] = ()
) -> Case:
    """Return the case that an opinion suggests; it may lack facts, which somebody has to write.

    `passages` are those found for its question, best first, `known` the ids of the documents that there are.
    Its id is made of the question, and may be taken.
    """
    cited = tuple(one for one in opinion.documents if one in known)
    refused = opinion.verdict == "up" and not opinion.documents
    documents = cited or tuple(dict.fromkeys(one.document_id for one in passages[:1]))
    kind = "absent" if refused else kind_of(opinion.question)
    good = opinion.verdict == "up"
    text = opinion.answer if good else "\n".join(one.text for one in passages if one.document_id in documents)
    initiative, theme = _about(opinion.question, () if refused else documents, naming)
    return Case(
        id=slug(opinion.question)[:60].strip("-"),
        question=opinion.question,
        facts=() if refused else facts_in(text, kind=kind, question=opinion.question),
        theme=theme.id if theme else None,
        initiative=initiative.id if initiative else None,
        answerable=not refused,
        language=opinion.language,
        kind=kind,
        follows=None,
        documents=() if refused else documents,
    )


def kind_of(question: str) -> str:
    """Return the kind of a question, as the golden sets call it."""
    plain = " ".join(words(question))
    if COMPARES.search(plain):
        return "comparison"
    if asks_for(plain, INITIATIVES):
        return "list"
    return next((_KINDS[one] for one in kinds(plain) if one in _KINDS), "fact")


def facts_in(text: str, *, kind: str, question: str = "") -> tuple[tuple[str, ...], ...]:
    """Return what a text states that its question does not say, at most `MOST_FACTS`, one group each."""
    bare = _MARKER.sub(" ", text)
    unlinked = _LINK.sub(" ", bare)
    found = {
        "link": lambda: [re.sub(r"^https?://(?:www\.)?|[./,;]+$", "", one) for one in _LINK.findall(bare)],
        "number": lambda: list(_figures(unlinked)),
        "person": lambda: list(_names(unlinked)),
    }
    order = {
        "link": ["link"], "number": ["number"], "date": ["number"], "person": ["person"], "place": ["person"],
        "definition": [],
    }.get(kind, ["number", "person"])  # fmt: skip
    asked = compact(question)
    said = [one for name in order for one in found[name]()] or list(_words(unlinked, question))
    kept: dict[str, str] = {}
    for one in said:
        if (key := compact(one)) and key not in asked:
            kept.setdefault(key, one)
    return tuple((one,) for one in list(kept.values())[:MOST_FACTS])


def _figures(text: str) -> Iterator[str]:
    """Yield the figures of a text; a short one with the word that it counts."""
    for found in _FIGURE.findall(text):
        figure = re.sub(r"\s*[^\W\d_]{3,}$", "", found)
        yield figure if len(compact(figure)) >= _SURE else " ".join(found.split())


def _names(text: str) -> Iterator[str]:
    for sentence in split_sentences(text):
        for found in _NAME.finditer(sentence):
            opens = not sentence[: found.start()].strip(" -–*•«“\"'(")
            if not (opens and " " not in found.group() and is_word("".join(words(found.group())))):
                yield found.group()


def _words(text: str, question: str) -> Iterator[str]:
    """Yield the longest words that carry sense, in the order of the text."""
    asked = set(words(question))
    told = re.findall(r"[^\W\d_]+", text)
    carry = [
        one
        for one in dict.fromkeys(told)
        if len(one) >= _LONG and not STOP_WORDS.issuperset(words(one)) and not asked & set(words(one))
    ]
    longest = set(sorted(carry, key=len, reverse=True)[:2])
    yield from (one for one in carry if one in longest)


def _about(question: str, documents: Sequence[str], naming: Naming) -> tuple[Initiative | None, Theme | None]:
    """Return the initiative and the theme of a question: those that it names, else those of its documents."""
    catalogue = naming.catalogue
    fiche = naming.find(question) or _described(documents, catalogue)
    if isinstance(fiche, Initiative):
        return fiche, catalogue.theme(fiche.themes[0])
    return None, fiche if isinstance(fiche, Theme) else None


def _described(documents: Sequence[str], catalogue: Catalogue) -> Initiative | Theme | None:
    carried = {document: fiche_id for fiche_id, document in catalogue.documents.items()}
    for document in documents:
        fiche = catalogue.get(carried.get(document))
        if isinstance(fiche, Initiative | Theme):
            return fiche
    return None
