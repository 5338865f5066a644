"""`passerelle purge`: what visitors sent is forgotten, the old of it or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.output import show
from ui.text import phrase
from ui.usage import Command

if TYPE_CHECKING:
    from corpus.documents import Language
    from ui.cli import Session


def purge(session: Session, days: int | None, everything: bool) -> None:
    if everything and days:
        raise click.UsageError(phrase("wrong.purge", session.language), click.get_current_context())
    from ui.retention import purge

    opening = session.open()
    kept = None if everything else days or opening.settings.feedback_days
    purged = purge(opening, days=kept)
    key = "purge.all" if kept is None else "purge.old"
    fields = {"opinions": purged.opinions, "gaps": purged.gaps, "days": kept}
    show([phrase(key, session.language, **fields)])


def purge_command(language: Language) -> Command:
    """Return the command."""
    days = click.Option(
        ["--days"], type=click.IntRange(1), metavar="N", help=phrase("help.purge.days", language)
    )
    everything = click.Option(["--all", "everything"], is_flag=True, help=phrase("help.purge.all", language))
    callback = click.pass_obj(purge)
    return Command("purge", language=language, params=[days, everything], callback=callback)
