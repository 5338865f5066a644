"""Proposing: cases drafted from a document, for a person to read before they become golden.

A question for each fact that a sentence states: a count, a year, a link, a person, a definition, a place; and
a twin without an answer, the same asked of something that the corpus does not say it of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from assistant.language import language_of
from corpus.documents import Language, Passage
from corpus.sentences import split_sentences
from corpus.words import STOP_WORDS, fold, stems, words
from evals.golden import Case

if TYPE_CHECKING:
    from corpus.index import Index  # chromadb takes its time

_COUNT = re.compile(
    r"\b(\d{1,3}(?:[\s\u202f\u00a0.]\d{3})*(?:,\d+)?)\s+([a-zà-ÿ][\w'’-]+(?:\s+[a-zà-ÿ][\w'’-]{3,})?)"
)
_YEAR = re.compile(r"\b(?:[Ee]n|[Dd]epuis|[Dd]ès|[Ii]n|[Ss]ince)\s+((?:19|20)\d\d)\b")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+")
_PERSON = re.compile(
    r"\b([A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)? (?:de |du |van |von )?[A-ZÀ-Þ][a-zà-ÿ]{2,})\b"
)
_IS = re.compile(r"\b(?:est|sont|désigne|is|are)\s+(?:une?|des|les?|la|l['’]|an?|the)\b", re.IGNORECASE)
_TEMPLATES: dict[tuple[str, Language], str] = {
    ("number", "fr"): "Combien de {what} pour {name} ?",
    ("number", "en"): "How many {what} are there at {name}?",
    ("date", "fr"): "Que s’est-il passé pour {name} en lien avec « {what} », et en quelle année ?",
    ("date", "en"): "In which year did this happen at {name}: “{what}”?",
    ("link", "fr"): "Quelle est l’adresse du site de {name} ?",
    ("link", "en"): "What is the address of the website of {name}?",
    ("person", "fr"): "Qui est {what}, dans ce qui est dit de {name} ?",
    ("person", "en"): "Who is {what}, in what is said of {name}?",
    ("definition", "fr"): "Qu’est-ce que {name} ?",
    ("definition", "en"): "What is {name}?",
    ("place", "fr"): "Où se trouve {name} ?",
    ("place", "en"): "Where is {name}?",
}
_WIDEST = 12  # words of a sentence in a question
_LEAST = 4


@dataclass(frozen=True, slots=True)
class _Fact:
    kind: str
    what: str
    facts: tuple[tuple[str, ...], ...]


def propose(index: Index, document: str) -> list[Case]:
    """Return draft cases for a document of the index, each followed by its twin without an answer.

    Their ids begin with the document's. The same question is not asked twice.
    """
    asked: set[str] = set()
    cases: list[Case] = []
    said = cache(partial(_said_of, index))
    for passage in index.by_document.get(document, ()):
        name, language = _name(index, passage), language_of(passage.text)
        for fact in _facts(passage, name, index):
            question = _TEMPLATES[fact.kind, language].format(what=fact.what, name=name)
            if question in asked:
                continue
            asked.add(question)
            cases.append(_case(index, passage, fact, question, language, number=len(asked)))
            twin = _twin(index, passage, fact, language, said=said)
            if twin and twin not in asked:
                asked.add(twin)
                cases.append(_unanswerable(cases[-1], twin))
    return cases


def _facts(passage: Passage, name: str, index: Index) -> Iterator[_Fact]:
    initiative = index.catalogue.initiative(passage.initiative)
    for sentence in split_sentences(passage.text):
        bare = _LINK.sub(" ", sentence)
        for figure, what in _COUNT.findall(bare):
            if words(what)[0] not in STOP_WORDS:
                group = (figure, re.sub(r"[\s\u202f\u00a0.]", "", figure))
                yield _Fact("number", what, (tuple(dict.fromkeys(group)),))
        for year in _YEAR.findall(bare):
            said = " ".join(_YEAR.sub(" ", bare).split()[:_WIDEST])
            if len(said.split()) >= _LEAST:
                yield _Fact("date", said.rstrip(".,;: "), ((year,),))
        for link in _LINK.findall(sentence):
            yield _Fact("link", name, ((re.sub(r"^https?://(?:www\.)?|[./,;]+$", "", link),),))
        for person in _PERSON.findall(bare):
            rest = [word for word in words(bare) if len(word) > 4 and word not in words(person)]
            if not set(words(person)) & set(words(name)) and rest:
                yield _Fact("person", person, ((max(rest, key=len),),))
        defined = _IS.search(bare)
        if defined and fold(name) in fold(bare[: defined.start()]):
            rest = [word for word in words(bare[defined.end() :]) if len(word) > 4 and word not in STOP_WORDS]
            if len(rest) >= 2:
                yield _Fact("definition", name, tuple((word,) for word in rest[:2]))
    if initiative and initiative.territory:
        yield _Fact("place", name, ((initiative.territory,),))


def _case(
    index: Index, passage: Passage, fact: _Fact, question: str, language: Language, *, number: int
) -> Case:
    theme = next((one for one in passage.themes if index.catalogue.theme(one)), None)
    return Case(
        id=f"{passage.document_id}-{fact.kind}-{number}",
        question=question,
        facts=fact.facts,
        theme=theme,
        initiative=passage.initiative,
        answerable=True,
        language=language,
        kind=fact.kind,
        follows=None,
        documents=(passage.document_id,),
    )


def _unanswerable(case: Case, question: str) -> Case:
    changed = {"id": f"{case.id}-twin", "question": question, "facts": (), "answerable": False}
    return case.model_copy(
        update={**changed, "kind": "absent-attribute", "documents": (), "initiative": None}
    )


def _twin(
    index: Index, passage: Passage, fact: _Fact, language: Language, *, said: Callable[[str], set[str]]
) -> str | None:
    """Return the question asked of an initiative of which nothing like it is said, None without one."""
    if fact.kind in {"definition", "place", "link"}:
        return None
    wanted = set(stems(fact.what))
    for other in index.catalogue.initiatives:
        if other.id != passage.initiative and wanted and not wanted & said(other.id):
            return _TEMPLATES[fact.kind, language].format(what=fact.what, name=other.name)
    return None


def _said_of(index: Index, initiative: str) -> set[str]:
    return {stem for one in index.about([initiative]) for stem in stems(one.text)}


def _name(index: Index, passage: Passage) -> str:
    initiative = index.catalogue.initiative(passage.initiative)
    return initiative.name if initiative else passage.title
