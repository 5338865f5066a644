"""Inventing: chat models that copy, invent or babble word the answers to the golden questions.

They are no language models, so what they say is known: sentences of the passages, to the letter or with one
thing changed, and sentences from nowhere. What is measured is how much of that is shown, and what the answers
are still worth. The check is its own: a figure, or a name of the catalogue, that stands in no words of the
citation.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.answer import Answer, Citation
from assistant.chain import Assistant
from assistant.chat.budget import Budget
from assistant.chat.calling import Caller
from assistant.chat.model import ChatModel
from assistant.chat.opening import Chat
from assistant.demands import numbers_in
from corpus.names import Names
from corpus.sentences import split_sentences
from corpus.settings import read_settings
from evals.asking import run
from evals.golden import HELD_OUT, SHIPPED, read_golden
from evals.opening import open_assistant
from evals.scoring import rows, score
from evals.support import support

CASES = 3  # one case of so many is asked
_BLOCK = re.compile(r'<passage n="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_NAMED = re.compile(r'initiative="([^"]*)"')
_FROM_NOWHERE = (
    "Elle emploie {n} salariés et a reçu {m} euros de subventions de la région.",
    "L'initiative a été fondée en {y} par Jeanne Martin à Montpellier.",
    "Elle permet ainsi de réduire le chômage et de renforcer le lien social.",
    "It was founded in {y} and now employs {n} people across Europe.",
    "Selon les experts, {n} % des habitants en bénéficient chaque année.",
    "This initiative received an award from the European Commission in {y}.",
)

Says = Callable[[random.Random, Sequence[tuple[int, str]], Sequence[str]], list[str]]


class Inventor(BaseChatModel):
    """Says what `says` makes of the numbered passages of a prompt; the same prompt, the same words."""

    says: Any

    @property
    def _llm_type(self) -> str:
        return "inventor"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        prompt = str(messages[-1].content)
        passages = [(int(number), unescape(text)) for number, text in _BLOCK.findall(prompt)]
        chance = random.Random(zlib.crc32(prompt.encode()))
        said = self.says(chance, passages, [unescape(name) for name in _NAMED.findall(prompt)])
        return ChatResult(generations=[ChatGeneration(message=AIMessage(" ".join(said) or "?"))])


def copies(chance: random.Random, passages: Sequence[tuple[int, str]], names: Sequence[str]) -> list[str]:
    """Say three sentences of the passages to the letter."""
    found = [f"{_bare(text)} [{number}]." for number, text in _sentences(passages)]
    return chance.sample(found, min(3, len(found)))


def alters(share: float) -> Says:
    """Return what says three sentences of the passages, this share of them with one thing changed."""

    def says(chance: random.Random, passages: Sequence[tuple[int, str]], names: Sequence[str]) -> list[str]:
        told = []
        for number, text in chance.sample(_sentences(passages), min(3, len(_sentences(passages)))):
            bare = _bare(text)
            told.append(f"{_altered(bare, chance, names) if chance.random() < share else bare} [{number}].")
        return told

    return says


def babbles(chance: random.Random, passages: Sequence[tuple[int, str]], names: Sequence[str]) -> list[str]:
    """Say three sentences from nowhere, each with the marker of a passage that exists or not."""
    told = []
    for text in chance.sample(_FROM_NOWHERE, 3):
        figures = {
            "n": chance.randint(13, 900),
            "m": chance.randint(10_000, 900_000),
            "y": chance.randint(1950, 2020),
        }
        told.append(f"{text.format(**figures).rstrip('.')} [{chance.randint(1, 12)}].")
    return told


MODELS: dict[str, Says] = {
    "copies": copies,
    "alters 60 %": alters(0.6),
    "alters all": alters(1.0),
    "babbles": babbles,
}


def measure() -> Iterator[str]:
    """Yield what the answers are worth by each model, and how many sentences shown state what is not
    cited.
    """
    cases = [case for one in (SHIPPED, HELD_OUT) for case in read_golden(one) if not case.follows][::CASES]
    with TemporaryDirectory() as folder:
        settings = read_settings(home=Path(folder), chat_kept=0)
        for name, says in {"quoted": None, **MODELS}.items():
            chat = _chat(name, says) if says else None
            assistant, _ = open_assistant(settings, chat=chat)
            outcomes = list(run("golden", cases, assistant, depth=0))
            whole = rows(
                [score(one, lambda text, cited: support(text, cited).supported) for one in outcomes]
            )[-1]
            answers = [one.answer for one in outcomes]
            done = [one.generation for one in answers if one.generation]
            shown, dropped = sum(one.shown for one in done), sum(one.dropped for one in done)
            wrong = sum(unsupported(one, assistant) for one in answers)
            told = " · ".join(
                f"{measure} {100 * (whole.mean(measure) or 0):.1f} %"
                for measure in ("right", "cited", "refused rightly", "false refusal", "faithfulness")
            )
            yield f"{name} ({len(cases)} cases): {told}"
            yield f"  sentences of it shown {shown}, dropped {dropped}; stating what is not cited {wrong}"


def _supports(text: str, cited: Sequence[Citation]) -> bool:
    return support(text, cited).supported


def _chat(name: str, says: Says) -> Chat:
    return Chat(Caller(ChatModel(Inventor(says=says), name), seconds=20, tries=1), Budget(name))


def unsupported(answer: Answer, assistant: Assistant) -> int:
    """Count the sentences of an answer that state a figure or a name which no words of their citation
    hold.
    """
    names = Names(assistant.index.catalogue)
    count = 0
    for sentence in answer.sentences:
        cited = [one for one in answer.citations if one.marker in sentence.markers]
        if not cited:
            continue
        held = " | ".join(
            f"{one.passage} {one.document.title} {one.initiative.name if one.initiative else ''} "
            f"{one.theme.name if one.theme else ''}"
            for one in cited
        )
        figures = numbers_in(sentence.text) - numbers_in(held)
        said, there = (
            {one.fiche_id for one in names.find(text, typos=False)} for text in (sentence.text, held)
        )
        count += bool(figures or said - there)
    return count


def _sentences(passages: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [
        (number, sentence)
        for number, text in passages
        for sentence in split_sentences(text)
        if len(sentence.split()) > 4
    ]


def _bare(sentence: str) -> str:
    return " ".join(sentence.split()).rstrip(".!?… ")


def _altered(text: str, chance: random.Random, names: Sequence[str]) -> str:
    """Return a sentence with one thing changed: a figure, a name, a denial, a claim more."""
    ways: list[Callable[[], str]] = [
        lambda: f"{text} depuis {chance.randint(1950, 2020)}",
        lambda: f"{text}, ce qui a permis de créer {chance.randint(13, 900)} emplois",
        lambda: f"{text}, grâce au soutien de la région",
        lambda: re.sub(r"\b(est|sont|a|ont|propose|emploie)\b", r"ne \1 pas", text, count=1),
    ]
    if re.search(r"\d", text):
        ways.append(lambda: re.sub(r"\d+", lambda found: str(int(found[0]) + chance.randint(1, 9)), text))
    spoken = [name for name in names if name and name in text]
    others = [name for name in names if name not in text]
    if spoken and others:
        ways.append(lambda: text.replace(spoken[0], chance.choice(others)))
    return chance.choice(ways)()
