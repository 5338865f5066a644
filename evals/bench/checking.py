"""Checking: how many faithful sentences hold against their quotes, and how many changed ones.

`claims.jsonl` beside this file has pairs of a quote from the shipped material and a sentence as a chat model
might word it: faithful, or with one thing changed, the `fault`. The word lists of `assistant/novelty.toml`
were made on the first set; the further one was seen while they were.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.claims import Claim, faults, likeness_of
from corpus.embedder import open_embedder
from corpus.settings import read_settings

PAIRS = Path(__file__).with_name("claims.jsonl")


def measure() -> Iterator[str]:
    """Yield the shares accepted by set and language, then what is accepted wrongly by the kind of fault."""
    with TemporaryDirectory() as folder:
        likeness = likeness_of(open_embedder(read_settings(home=Path(folder))).embed_passages)
        every: Counter[tuple[str, str, bool]] = Counter()
        accepted: Counter[tuple[str, str, bool]] = Counter()
        wrongly: Counter[str] = Counter()
        for line in PAIRS.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            claim = Claim(pair["sentence"], pair["language"])
            holds = not faults(claim, quotes=pair["quote"], labels=pair["labels"], likeness=likeness)
            kind = (pair["set"], pair["language"], pair["supported"])
            every[kind] += 1
            accepted[kind] += holds
            wrongly[pair["fault"]] += holds and not pair["supported"]
    for kind, count in sorted(every.items()):
        name, language, faithful = kind
        told = "faithful" if faithful else "changed"
        yield f"{name} set, {language}, {told}: {accepted[kind]} of {count} accepted"
    yield "accepted wrongly: " + ", ".join(
        f"{fault} {count}" for fault, count in wrongly.most_common() if count
    )
