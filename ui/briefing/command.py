"""`passerelle note`: a question is answered as a note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import FileMissing
from ui.output import tell
from ui.text import phrase
from ui.usage import Command

if TYPE_CHECKING:
    from corpus.documents import Language
    from ui.cli import Session


def note(session: Session, question: str, out: Path) -> None:
    from datetime import UTC, datetime

    from assistant.question import checked
    from ui.briefing.note import house_of, note_of
    from ui.briefing.routes import days_of
    from ui.briefing.writing import check_format, written

    form = out.suffix.lower().removeprefix(".")
    check_format(form)
    if not out.resolve().parent.is_dir():
        raise FileMissing(file=out.parent)
    opening = session.open()
    checked(question, limit=opening.settings.question_limit)
    assistant = opening.assistant()
    answer = assistant.ask(question)
    made = note_of(
        [(question, answer)],
        session.language,
        house=house_of(assistant.index.catalogue, session.language),
        day=datetime.now(UTC).astimezone().date(),
        made=days_of(opening),
    )
    out.write_bytes(written(made, form))
    tell(phrase("briefing.written", session.language, file=out))


class _Needed(click.Option):
    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Leave out click's own "required", which knows no French."""
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


def note_command(language: Language) -> Command:
    """Return the command."""
    question = click.Argument(["question"], metavar="QUESTION")
    out = _Needed(
        ["--out"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        required=True,
        help=phrase("help.note.out", language),
    )
    return Command("note", language=language, params=[question, out], callback=click.pass_obj(note))
