"""Click in two languages: help, and what is said of wrong usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from corpus.documents import Language
from ui.output import tell
from ui.text import phrase

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language to speak: that of `--lang`, else of the locale, else French."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value if equals else "".join(arguments[place + 1 : place + 2])
            if wanted in LANGUAGES:
                return wanted
    # POSIX: the first of them that is set and not empty decides.
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "en" if locale.startswith("en") else "fr"


class Command(click.Command):
    """A command whose help speaks one language; `--lang` and `--help` may stand among its options."""

    def __init__(
        self, name: str, *, language: Language, params: Sequence[click.Parameter] = (), **rest: Any
    ) -> None:
        super().__init__(
            name,
            params=[*params, _lang(language), _help(language)],
            help=phrase(f"help.{name}", language),
            options_metavar="[OPTIONS]",
            **rest,
        )
        self.context_class = _CONTEXTS[language]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; what is wrong is wrong with this command, which click's parser does not always say."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Group(click.Group):
    """Commands together; with a callback, a command that has others below it."""

    def __init__(
        self,
        name: str,
        *,
        language: Language,
        commands: Sequence[click.Command],
        params: Sequence[click.Parameter] = (),
        **rest: Any,
    ) -> None:
        super().__init__(
            name,
            commands=commands,
            params=[*params, _lang(language), _help(language)],
            help=phrase(f"help.{name}", language),
            subcommand_metavar=phrase("metavar.command", language),
            **rest,
        )
        self.context_class = _CONTEXTS[language]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of a first visit, not of the alphabet


class _French(click.HelpFormatter):
    language: Language = "fr"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or phrase("usage", self.language))

    def write_heading(self, heading: str) -> None:
        known = {"Options": "options", "Commands": "commands"}
        space = " " if self.language == "fr" else ""
        super().write_heading(phrase(known[heading], self.language) + space if heading in known else heading)


class _English(_French):
    language: Language = "en"


class _FrenchContext(click.Context):
    formatter_class = _French


class _EnglishContext(click.Context):
    formatter_class = _English


_CONTEXTS: Mapping[str, type[click.Context]] = {"fr": _FrenchContext, "en": _EnglishContext}


def complain(error: click.UsageError, language: Language) -> str:
    """Return one line that says what is wrong with a command line, and where to read how it is right."""
    command = error.ctx.command_path if error.ctx else "passerelle"
    return phrase("wrong", language, what=_what(error, language), command=command)


def _what(error: click.UsageError, language: Language) -> str:
    match error:
        case click.NoSuchCommand(command_name=name, possibilities=close):
            return phrase("wrong.command", language, name=name) + _perhaps(close, language)
        case click.NoSuchOption(option_name=name, possibilities=close):
            return phrase("wrong.option", language, name=name) + _perhaps(close, language)
        case click.MissingParameter():
            return phrase("wrong.missing", language, name=_name(error.param))
        case click.BadParameter() if error.param:
            wanted = error.param.make_metavar(error.ctx or click.Context(click.Command(None)))
            return phrase("wrong.value", language, name=_name(error.param), wanted=wanted)
        case click.BadOptionUsage(option_name=name):
            return phrase("wrong.argument", language, name=name)
    if error.message.startswith("Got unexpected extra"):
        asks = error.ctx and any(one.name == "question" for one in error.ctx.command.params)
        return phrase("wrong.question" if asks else "wrong.extra", language)
    if error.message.startswith("Missing command"):
        return phrase("wrong.nothing", language)
    return error.message.rstrip(".")


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return parameter.opts[0] if isinstance(parameter, click.Option) else str(parameter.human_readable_name)


def _perhaps(close: Sequence[str] | None, language: Language) -> str:
    return phrase("wrong.close", language, names=", ".join(close)) if close else ""


def _lang(language: Language) -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        metavar="fr|en",
        help=phrase("help.lang", language),
    )


def _help(language: Language) -> click.Option:
    def show(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
        if asked and not context.resilient_parsing:
            tell(context.get_help())
            context.exit()

    return click.Option(
        ["--help", "-h"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=phrase("help.help", language),
    )
