"""The reply of a composer: drafts, how they are laid out, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Draft, Layout
from assistant.retrieval import Found


@dataclass(frozen=True, slots=True)
class Reply:
    """What a composer proposes. `drafts` may be lazy, so that a face can show the first before the last."""

    drafts: Iterable[Draft]
    layout: Layout = "prose"
    abstained: bool = False


class Composer(Protocol):
    """Turns what was found into a reply; the embedded one quotes, a chat model may stand in its place."""

    mode: str

    def compose(self, found: Found) -> Reply:
        """Propose the sentences of an answer, or abstain."""
        ...
