"""The form of a case: what was typed becomes a case, or for each field what is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from corpus.documents import Language
from evals.golden import Case, compact, free_id
from ingest.naming import slug

FIELDS = (
    "id", "question", "answerable", "facts", "documents", "initiative", "theme", "language", "kind",
    "follows",
)  # fmt: skip
YES, NO = "yes", "no"
BETWEEN = "|"
"""What stands between the alternatives of a fact; each fact has a line of its own."""
_ID, _KIND, _SLUG = 120, 40, 60  # characters

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field: the key of a phrase, and what fills it."""

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What a case may name: ids of themes, initiatives and documents, and the most characters of a question.

    `before` are the cases that stand above it in the set, which it may follow; `taken` the ids of the others;
    `leads` says that another case follows it, so that its id stays.
    """

    themes: Collection[str]
    initiatives: Collection[str]
    documents: Collection[str]
    limit: int
    before: Sequence[Case] = ()
    taken: Collection[str] = ()
    leads: str = ""


def typed_of(case: Case) -> dict[str, str]:
    """Return a case as it stands in the form."""
    return {
        "id": case.id,
        "question": case.question,
        "answerable": YES if case.answerable else NO,
        "facts": "\n".join(f" {BETWEEN} ".join(group) for group in case.facts),
        "documents": "\n".join(case.documents),
        "initiative": case.initiative or "",
        "theme": case.theme or "",
        "language": case.language,
        "kind": case.kind,
        "follows": case.follows or "",
    }


def empty(language: Language) -> dict[str, str]:
    """Return the form of a case that is not there yet."""
    return {**dict.fromkeys(FIELDS, ""), "answerable": YES, "language": language, "kind": "fact"}


def read(typed: Typed, known: Known) -> Case | dict[str, Wrong]:
    """Return the case, or what is wrong with each field that is."""
    said = {name: _clean(typed.get(name, "")) for name in FIELDS}
    answerable = said["answerable"] != NO
    facts = _facts(said["facts"])
    documents = tuple(dict.fromkeys(said["documents"].split()))
    case_id = said["id"] or free_id(slug(said["question"])[:_SLUG].strip("-"), known.taken)
    wrong = {
        "id": _wrong_id(case_id, known),
        "question": _wrong_question(said["question"], known),
        "facts": _wrong_facts(facts, answerable=answerable),
        "documents": _unknown(documents, known.documents, "evaluations.wrong.document"),
        "initiative": _unknown(_some(said["initiative"]), known.initiatives, "evaluations.wrong.initiative"),
        "theme": _unknown(_some(said["theme"]), known.themes, "evaluations.wrong.theme"),
        "language": _unknown([said["language"]], get_args(Language), "evaluations.wrong.language"),
        "kind": _wrong_kind(said["kind"]),
        "follows": _unknown(
            _some(said["follows"]), [one.id for one in known.before], "evaluations.wrong.follows"
        ),
    }
    found = {name: one for name, one in wrong.items() if one}
    if found:
        return found
    return Case.model_validate(
        {
            **{name: said[name] or None for name in ("initiative", "theme", "follows")},
            **{name: said[name] for name in ("question", "language", "kind")},
            "id": case_id,
            "facts": facts,
            "documents": documents,
            "answerable": answerable,
        }
    )


def _clean(text: str) -> str:
    """Return a text without what nobody sees, half surrogates and controls, its lines kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one for one in text if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    ).strip()


def _facts(text: str) -> list[list[str]]:
    groups = ([one.strip() for one in line.split(BETWEEN)] for line in text.split("\n"))
    return [kept for group in groups if (kept := [one for one in group if one])]


def _some(text: str) -> list[str]:
    return [text] if text else []


def _unknown(named: Sequence[str], known: Collection[str], key: str) -> Wrong | None:
    unknown = next((one for one in named if one not in known), None)
    return None if unknown is None else Wrong(key, {"name": unknown[:_ID]})


def _wrong_id(case_id: str, known: Known) -> Wrong | None:
    if known.leads and case_id != known.leads:
        return Wrong("evaluations.wrong.leads", {"name": known.leads})
    if len(case_id) > _ID or any(one.isspace() for one in case_id):
        return Wrong("evaluations.wrong.id", {"limit": _ID})
    return Wrong("evaluations.wrong.taken", {"name": case_id}) if case_id in known.taken else None


def _wrong_question(question: str, known: Known) -> Wrong | None:
    if not question:
        return Wrong("evaluations.wrong.question")
    return Wrong("evaluations.wrong.long", {"limit": known.limit}) if len(question) > known.limit else None


def _wrong_facts(facts: Sequence[Sequence[str]], *, answerable: bool) -> Wrong | None:
    if answerable and not facts:
        return Wrong("evaluations.wrong.facts")
    if facts and not answerable:
        return Wrong("evaluations.wrong.no_facts")
    bare = next((one for group in facts for one in group if not compact(one)), None)
    return Wrong("evaluations.wrong.bare", {"name": bare[:_ID]}) if bare else None


def _wrong_kind(kind: str) -> Wrong | None:
    if not kind or len(kind) > _KIND or "\n" in kind:
        return Wrong("evaluations.wrong.kind", {"limit": _KIND})
    return None
