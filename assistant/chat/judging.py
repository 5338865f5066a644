"""Judging: a second chat model that must agree to a sentence before it is shown, where one is set."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.prompts import JUDGE

VERDICT_TOKENS = 60
_VERDICT = re.compile(r"\{[^{}]*\}")


def to_judge(sentence: str, quotes: Sequence[str]) -> list[BaseMessage]:
    """Return the messages that ask whether quotes carry a sentence."""
    material = json.dumps({"sentence": sentence, "quotes": list(quotes)}, ensure_ascii=False)
    return [SystemMessage(JUDGE), HumanMessage(material)]


def read_verdict(said: str) -> bool | None:
    """Return what a judge said, None when it is no verdict."""
    found = _VERDICT.search(said)
    if not found:
        return None
    try:
        value = json.loads(found.group()).get("supported")
    except ValueError:
        return None
    return value if isinstance(value, bool) else None
