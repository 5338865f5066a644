"""`passerelle admin password`: the team's door is given a password."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ui.errors import PasswordShort
from ui.output import tell, tell_error
from ui.text import phrase
from ui.usage import Command, Group

if TYPE_CHECKING:
    from corpus.documents import Language
    from ui.cli import Session

IN_PART = 1


def password(session: Session) -> int | None:
    from ui.team.keys import SHORTEST, Keys

    keys = Keys(session.open().home)
    given = _typed(session.language) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if given is None:
        tell_error(phrase("admin.differ", session.language))
        return IN_PART
    if len(given) < SHORTEST:
        raise PasswordShort(count=len(given), limit=SHORTEST)
    keys.set(given)
    tell(phrase("admin.set", session.language))
    return None


def _typed(language: Language) -> str | None:
    """Return the password as it was typed twice, unseen; None when the second was another."""
    first: str = click.prompt(phrase("admin.password", language), hide_input=True, err=True)
    again: str = click.prompt(phrase("admin.again", language), hide_input=True, err=True)
    return first if first == again else None


def admin(language: Language) -> Group:
    """Return the commands for the team's pages."""
    return Group(
        "admin",
        language=language,
        commands=[Command("password", language=language, callback=click.pass_obj(password))],
    )
