"""The reply: drafts, how they are laid out, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from assistant.answer import Draft, Generation, Layout


@dataclass(frozen=True, slots=True)
class Reply:
    """What the rules propose as an answer."""

    drafts: Sequence[Draft]
    layout: Layout = "prose"
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A reply in the words of a chat model, as they come.

    None among the `drafts` is a sign of life: nothing new yet. To close them ends the call. `generation` says
    what the model did so far.
    """

    drafts: Generator[Draft | None]
    generation: Callable[[], Generation]
