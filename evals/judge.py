"""The judge of a run: a chat model that says whether cited words carry a sentence, held against the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from sklearn.metrics import cohen_kappa_score

from assistant.answer import Citation
from assistant.chat.judging import VERDICT_TOKENS, read_verdict, to_judge
from assistant.chat.model import open_chat_model
from corpus.settings import Settings
from evals.support import support


@dataclass
class Judge:
    """Asks a chat model, named `name`, and remembers how often it agreed with the rules of `support`.

    A failed call or an answer that is no verdict gives None: the case is unscored, never wrong.
    """

    model: BaseChatModel
    name: str
    pairs: list[tuple[bool, bool]] = field(default_factory=list)
    failures: int = 0

    def supports(self, sentence: str, cited: Sequence[Citation]) -> bool | None:
        """Say whether citations support a sentence, None when the model did not say."""
        try:
            said = str(self.model.invoke(to_judge(sentence, [one.quote for one in cited])).text)
        except Exception:  # whatever a provider raises, one case must not end the run
            said = ""
        verdict = read_verdict(said)
        if verdict is None:
            self.failures += 1
        else:
            self.pairs.append((support(sentence, cited).supported, verdict))
        return verdict

    def agreement(self) -> tuple[float, float | None] | None:
        """Return the share of verdicts that agree with the rules, and Cohen's kappa; None without verdicts.

        Cohen, Educational and Psychological Measurement 20, 1960; None where one of the two never varies.
        """
        if not self.pairs:
            return None
        rules, model = zip(*self.pairs, strict=True)
        same = sum(one == other for one, other in self.pairs) / len(self.pairs)
        varied = len(set(rules)) > 1 or len(set(model)) > 1
        return same, float(cohen_kappa_score(rules, model)) if varied else None


def open_judge(name: str, settings: Settings) -> Judge:
    """Return the judge on a chat model, "provider:model" as `init_chat_model` takes it.

    Raises ChatModelUnusable when its package is not installed or its settings are not complete.
    """
    return Judge(open_chat_model(name, settings, tokens=VERDICT_TOKENS).model, name)
