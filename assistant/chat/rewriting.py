"""Rewriting: a chat model words a follow-up so that it stands alone; the rules check that it adds nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chat.calling import Call, ModelFailed
from assistant.chat.opening import Chat
from assistant.claims import names
from assistant.follow_up import Standalone, leans
from assistant.language import language_of
from assistant.prompts import to_rewrite
from assistant.quantities import figures
from assistant.question import Turn
from assistant.reading import Reader
from corpus.words import printable, stem, stems, words

_SECONDS = 6.0
_TURNS = 6  # of the conversation, the latest
_LONGEST_TURN, _LONGEST = 600, 300  # characters
# What a rewriting may leave out: it stands for something, or opens the question.
_POINTS = frozenset(
    words(
        "il elle ils elles son sa ses leur leurs lui eux y en ca cela celui celle ceux celles ci la le "
        "les ce cet cette ces autre autres meme memes premier premiere deuxieme second seconde troisieme "
        "dernier derniere lequel laquelle it its he she they them their this that these those one ones "
        "other same first second third last there et alors ok mais sinon aussi donc and but also then so "
        "what about cote concernant projet project "
    )
)


class Rewriter:
    """Makes questions stand alone, for one index."""

    def __init__(self, chat: Chat, reader: Reader) -> None:
        self._chat = chat
        self._reader = reader

    def rewrite(
        self, question: str, ruled: Standalone, *, history: Sequence[Turn], call: Call, visitor: str
    ) -> Standalone:
        """Return the model's wording where the rules find that it may stand, else their own (`ruled`)."""
        if ruled.text == question and not leans(self._reader.mend(question), self._reader):
            return ruled
        if not self._chat.budget.allows(visitor):
            return ruled
        language = language_of(question, default=language_of(history[-1].content))
        turns = [(turn.role, turn.content[:_LONGEST_TURN]) for turn in history[-_TURNS:]]
        try:
            said = self._chat.caller.ask(to_rewrite(question, turns, language), call, seconds=_SECONDS)
        except ModelFailed:
            return ruled
        finally:
            self._chat.budget.spend(visitor, call.usage)
        text = printable(said.strip().strip('"“”«» '))
        return Standalone(text, ruled.entities) if self.stands(text, question, ruled, history) else ruled

    def stands(self, text: str, question: str, ruled: Standalone, history: Sequence[Turn]) -> bool:
        """Say whether a wording keeps what the question asks, and adds only what the conversation holds."""
        told = " ".join([question, ruled.text, *(turn.content for turn in history)])
        if not text or len(text) > _LONGEST or "<" in text:
            return False
        kept = {stem(word) for word in words(question) if word not in _POINTS} & set(stems(question))
        if not kept <= set(stems(text)) or not set(stems(text)) <= set(stems(told)):
            return False
        if not figures(text) <= figures(told) or not names(text) <= set(words(told)):
            return False
        if language_of(text, default=language_of(question)) != language_of(
            question, default=language_of(text)
        ):
            return False
        return set(self._reader.entities(text)) == set(ruled.entities or self._reader.entities(ruled.text))
