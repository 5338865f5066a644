"""Chat models that say what a test wants, in pieces, and fail where it wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.chat.budget import Budget
from assistant.chat.calling import Caller
from assistant.chat.model import ChatModel
from assistant.chat.opening import Chat

NAME = "fake:parrot"


class Parrot(BaseChatModel):
    """Says one text after the other, the last again and again, in pieces of `size` characters.

    An exception in place of a text is raised; one after a text is raised when that has been said.
    """

    texts: list[Any]
    size: int = 7
    _prompts: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "parrot"

    @property
    def prompts(self) -> list[list[BaseMessage]]:
        """What it was told, call by call."""
        return self._prompts

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        text = "".join(str(one.message.content) for one in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self._prompts.append(messages)
        said = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, Exception):
                raise one
            for start in range(0, len(one), self.size):
                yield ChatGenerationChunk(message=AIMessageChunk(content=one[start : start + self.size]))

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for one in self._stream(messages):
            yield one


def parrot(*said: object, size: int = 7) -> Parrot:
    """Return a model that says these texts, one a call."""
    return Parrot(texts=list(said), size=size)


def chat_of(
    model: BaseChatModel,
    *,
    judge: BaseChatModel | None = None,
    budget: Budget | None = None,
    window: int = 8192,
    seconds: float = 10.0,
    tries: int = 1,
) -> Chat:
    """Return what words answers with a model."""
    caller = Caller(ChatModel(model, NAME, window=window), seconds=seconds, tries=tries)
    judging = Caller(ChatModel(judge, "fake:judge"), seconds=seconds, tries=1) if judge else None
    return Chat(caller, budget or Budget(NAME), judging)


def told(messages: Sequence[BaseMessage]) -> str:
    """Return all that a prompt says."""
    return "\n".join(str(one.content) for one in messages)
