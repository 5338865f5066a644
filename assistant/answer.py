"""The answer, as every face of the assistant shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pydantic import TypeAdapter

from corpus.documents import Language, Passage

Layout = Literal["prose", "list", "table"]


@dataclass(frozen=True, slots=True)
class Support:
    """The words of a passage that carry a sentence. `quote` is a slice of `passage.text`."""

    passage: Passage
    quote: str
    score: float = 0.0
    theme_id: str | None = None
    """The theme under which the passage was asked for, when it belongs to several."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence proposed for an answer, before it is checked.

    Without support it is framing: our own words around the quotes, which must state nothing.
    `cell` is its place in a table, (row, column).
    """

    text: str
    support: tuple[Support, ...] = ()
    cell: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the markers of the citations it rests on, none for framing."""

    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """The document behind a citation."""

    id: str
    title: str
    file: str


@dataclass(frozen=True, slots=True)
class ThemeRef:
    """The theme behind a citation."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class InitiativeRef:
    """The initiative behind a citation; what the catalogue does not document is empty."""

    id: str
    name: str
    url: str
    territory: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a marker points to. `quote` is a slice of `passage`; `score` is 0 to 1, the surest highest."""

    marker: int
    document: DocumentRef
    page: int | None
    theme: ThemeRef | None
    initiative: InitiativeRef | None
    passage: str
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Generation:
    """What a chat model did for an answer.

    `shown` sentences are its own, `dropped` ones held in no passage, for `reasons`, `beside` ones answered
    nothing; `repointed` cited a passage that did not hold them while another did. `failure` says why the
    answer is quoted after all, or in part. `tokens_in` and `tokens_out` are the provider's count where it
    gives one, `cost` in the currency of the prices.
    """

    model: str
    shown: int = 0
    dropped: int = 0
    beside: int = 0
    reasons: tuple[str, ...] = ()
    repointed: int = 0
    failure: str | None = None
    tries: int = 0
    passages: int = 0
    passages_left_out: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    checking_ms: float = 0.0
    kept: bool = False
    """It was worded before, for the same question on the same version."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for an answer.

    `passages` of `documents` were compared with the question, all that its themes allow; those `read` closely
    come from documents named in `titles`, the likeliest first. `names` are what of the catalogue was
    recognised in the question, `themes` what it was restricted to.
    """

    passages: int
    documents: int
    read: int
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question. `timings_ms` are wall-clock milliseconds a stage.

    `mode` is "extractive" or "generated"; `generation` is None where no chat model is set.
    """

    question: str
    standalone_question: str
    language: Language
    index_version: int
    abstained: bool = False
    mode: str = "extractive"
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    generation: Generation | None = None
    searched: Searched | None = None
    """Of a complete answer; the page tells it, the object of `POST /api/ask` does not."""

    def to_json(self) -> dict[str, Any]:
        """Return the object of `POST /api/ask`, in the order in which its fields are documented."""
        fields = asdict(self)
        order = ("question", "standalone_question", "language", "abstained", "mode", "index_version", "text")
        names = [*order, "sentences", "citations", "suggestions", "timings_ms"]
        return {name: fields[name] for name in [*names, *(["generation"] if self.generation else [])]}


_ANSWER = TypeAdapter(Answer)


def answer_from_json(fields: Mapping[str, Any]) -> Answer:
    """Return the answer that `to_json` gave. Raises ValueError, naming the field, for anything else."""
    return _ANSWER.validate_python(fields)


def number_citations(drafts: Sequence[Draft]) -> tuple[list[tuple[Draft, tuple[int, ...]]], list[Support]]:
    """Give each distinct (passage, quote) a marker from 1 on, in order of first use.

    Returns the drafts with their markers, and the supports in marker order.
    """
    numbers: dict[tuple[str, str], int] = {}
    supports: list[Support] = []
    marked = []
    for draft in drafts:
        markers = []
        for support in draft.support:
            key = (support.passage.id, support.quote)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                supports.append(support)
            markers.append(numbers[key])
        marked.append((draft, tuple(dict.fromkeys(markers))))
    return marked, supports


def markdown(marked: Sequence[tuple[Draft, tuple[int, ...]]], *, layout: Layout) -> str:
    """Return the answer as Markdown with markers like `[1]`."""
    if layout == "table":
        return _table(marked)
    lines = [_with_markers(draft.text, markers) for draft, markers in marked]
    if layout == "list":
        told = [
            f"- {line}" if markers else f"\n{line}\n"
            for line, (_, markers) in zip(lines, marked, strict=True)
        ]
        return "\n".join(told).strip()
    return "\n\n".join(lines) if any(not markers for _, markers in marked) else " ".join(lines)


def _with_markers(text: str, markers: Sequence[int]) -> str:
    return " ".join([text, "".join(f"[{marker}]" for marker in markers)]).strip()


def _table(marked: Sequence[tuple[Draft, tuple[int, ...]]]) -> str:
    loose = [one for one in marked if one[0].cell is None]
    told = " ".join(_with_markers(draft.text, markers) for draft, markers in loose if draft.support)
    above = [told, *(draft.text for draft, _ in loose if not draft.support)]
    cells = {draft.cell: _with_markers(draft.text, markers) for draft, markers in marked if draft.cell}
    rows = list(dict.fromkeys(cell[0] for cell in cells))
    columns = list(dict.fromkeys(cell[1] for cell in cells))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [[f"**{row}**", *(cells.get((row, column), "") for column in columns)] for row in rows]
    table = "\n".join("| " + " | ".join(value.replace("|", "\\|") for value in line) + " |" for line in lines)
    return "\n\n".join([*filter(None, above), *([table] if rows else [])])
