"""The gate on publishing: a staged version must answer what the live one answers.

Golden cases whose gold documents both versions hold are asked of both, and a version that breaks more of them
than chance explains (`fell`) is not published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from assistant.chain import Assistant
from assistant.retrieval import Embed
from corpus.index import PinnedIndex
from corpus.records import Check, Version
from corpus.settings import Settings
from corpus.store import Store
from evals.asking import Subject, remembered, run
from evals.golden import Case, GoldenSet
from evals.metrics.intervals import fell
from evals.scoring import conversations, score
from evals.sets import golden_sets
from evals.support import support
from ingest.gating import Broken, Verdict
from ingest.progress import Watcher


class GoldenGate:
    """Asks at most `settings.gate_cases` cases of the golden sets, always the same, the team's own first.

    `embed` and `embed_sentences` open the embedding model when there is something to ask. Raises GoldenWrong
    for a set with a mistake.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        embed: Callable[[], Embed],
        embed_sentences: Callable[[], Embed] | None = None,
    ) -> None:
        self._settings = settings
        self._embed = embed
        self._embed_sentences = embed_sentences

    def __call__(
        self, store: Store, live: Version, staged: Version, *, checked: Check | None, watcher: Watcher
    ) -> Verdict | None:
        """Return the verdict on a staged version, None when no case is about documents of both."""
        cases = self._cases(live, staged)
        if not cases:
            return None
        written = "\n".join(case.model_dump_json() for case in cases)
        golden = hashlib.sha256(written.encode()).hexdigest()
        known = checked.fine if checked and checked.golden == golden else None
        total = len(cases) if known else 2 * len(cases)
        embed = remembered(self._embed(), most=None)
        again = remembered(self._embed_sentences(), most=None) if self._embed_sentences else None

        def fine(version: Version, begun: int) -> dict[str, bool]:
            pinned = PinnedIndex(version, store)
            subject = Assistant(pinned, embed=embed, embed_sentences=again, settings=self._settings)
            return _fine(cases, subject, done=lambda done: watcher("check", begun + done, total))

        after = fine(staged, 0)
        before = known or fine(live, len(cases))
        broken = tuple(
            Broken(case.id, case.question) for case in cases if before[case.id] and not after[case.id]
        )
        mended = sum(after[case.id] and not before[case.id] for case in cases)
        holds = not fell(broken=len(broken), mended=mended)
        return Verdict(golden=golden, fine=after, broken=broken, mended=mended, holds=holds)

    def _cases(self, live: Version, staged: Version) -> list[Case]:
        """Return the cases that both versions can be asked; those of one conversation stay together."""
        both = {row.id for row in live.documents} & {row.id for row in staged.documents}
        sets = golden_sets(self._settings)
        asked = {one.name: _named(one, both) for one in sets}
        cases = [case for some in asked.values() for case in some]
        own = {case.id for one in sets if one.ours for case in asked[one.name]}
        roots = conversations(cases)

        def turn(root: str) -> tuple[bool, bytes]:
            return root not in own, hashlib.sha256(root.encode()).digest()

        chosen: set[str] = set()
        left = self._settings.gate_cases
        for root in sorted(set(roots.values()), key=turn):
            turns = sum(one == root for one in roots.values())
            if turns <= left:
                chosen.add(root)
                left -= turns
        return [case for case in cases if roots[case.id] in chosen]


def _fine(cases: Sequence[Case], subject: Subject, *, done: Callable[[int], None]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for outcome in run("", cases, subject, depth=0):
        judged = score(outcome, lambda sentence, cited: support(sentence, cited).supported)
        found[outcome.case.id] = judged.fine
        done(len(found))
    return found


def _named(golden: GoldenSet, documents: set[str]) -> list[Case]:
    """Return the cases about some documents under names that no other set has."""
    return [
        case.model_copy(
            update={
                "id": f"{golden.name}/{case.id}",
                "follows": f"{golden.name}/{case.follows}" if case.follows else None,
            }
        )
        for case in golden.concerned(documents)
    ]
