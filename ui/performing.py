"""Performing: golden sets are asked of the application as it is opened, and the answers scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.chain import Assistant
from assistant.claims import likeness_of
from corpus.errors import NothingToEvaluate
from corpus.ledger import catalogue_of
from evals.asking import remembered
from evals.golden import Case, GoldenSet
from evals.metrics.citations import Supports
from evals.runs import Head, Run, Runs, head_of
from evals.scorebook import Scorebook
from evals.scoring import Score
from evals.support import support
from ui.opening import Opening

Watcher = Callable[[str, int, int], None]
Asked = Mapping[str, Sequence[Case]]
ASK, SCORE = "ask", "score"


def asked_of(golden: Sequence[GoldenSet], opening: Opening) -> dict[str, list[Case]]:
    """Return the cases of each set that the index can be asked.

    Raises GoldenWrong, NothingToEvaluate and what `usable_version` raises.
    """
    version = opening.usable_version()
    documents = {row.id for row in version.documents}
    catalogue = catalogue_of(version.documents)
    for one in golden:
        one.check(catalogue, documents)
    asked = {one.name: found for one in golden if (found := one.concerned(documents))}
    if not asked:
        files = ", ".join(one.file for one in golden)
        raise NothingToEvaluate(count=sum(len(one.cases) for one in golden), files=files)
    return asked


def begin(
    opening: Opening, golden: Sequence[GoldenSet], *, judge: str | None = None
) -> tuple[Assistant, Head]:
    """Return what is asked, and the head of a run that asks it these sets."""
    assistant = opening.assistant(embed=remembered(opening.embedder.embed_questions, most=1))
    head = head_of(
        opening.settings,
        index_version=assistant.index.number,
        embedding_model=opening.embedding_model,
        mode=assistant.mode,
        sets=golden,
        judge=judge,
    )
    return assistant, head


def perform(
    opening: Opening,
    golden: Sequence[GoldenSet],
    asked: Asked,
    *,
    watcher: Watcher,
    judge: str | None = None,
) -> Run:
    """Ask the cases, and keep the run in the home; one that was interrupted is gone on with."""
    assistant, head = begin(opening, golden, judge=judge)
    runs = Runs(opening.settings.home)
    return runs.perform(head, asked, assistant, done=lambda done, total: watcher(ASK, done, total))


def scored(opening: Opening, run: Run, *, watcher: Watcher) -> list[Score]:
    """Return the scores of a run by the rules, and keep them beside it."""
    scores = scorebook_of(opening).scores(
        run,
        lambda: supports_of(opening),
        done=lambda done: watcher(SCORE, done, len(run.outcomes)),
    )
    assert scores is not None  # without an allowance there is no too many
    return scores


def scorebook_of(opening: Opening) -> Scorebook:
    """Return the scores that are kept in the home."""
    return Scorebook(Runs(opening.settings.home), likeness=opening.embedding_model)


def supports_of(opening: Opening) -> Supports:
    """Return what says whether cited words carry a sentence: the rules, with the embedding model."""
    likeness = likeness_of(opening.embedder.embed_passages)
    return lambda sentence, cited: support(sentence, cited, likeness=likeness).supported
