"""Help and wrong usage speak the language of the user."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.ui.conftest import Commands
from ui.usage import spoken

COMMANDS = (
    "serve",
    "ask",
    "search",
    "note",
    "ingest",
    "watch",
    "review",
    "gaps",
    "documents",
    "forget",
    "versions",
    "publish",
    "rollback",
    "catalogue",
    "eval",
    "admin",
    "purge",
    "doctor",
)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "fr"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "fr"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "fr_FR"}, "fr"),
        ([], {"LANG": "fr_FR", "LC_ALL": "en_US"}, "en"),
        ([], {"LANG": "en_US", "LC_ALL": ""}, "en"),
        (["ask", "q", "--lang", "en"], {"LANG": "fr_FR"}, "en"),
        (["--lang=fr", "ask", "q"], {"LANG": "en_US"}, "fr"),
        (["ask", "--lang"], {"LANG": "en_US"}, "en"),
        (["ask", "--lang", "de"], {"LANG": "en_US"}, "en"),
        (["ask", "--", "--lang=en"], {}, "fr"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_locale(
    arguments: list[str], environment: Mapping[str, str], language: str
) -> None:
    assert spoken(arguments, environment) == language


@pytest.mark.parametrize(
    ("arguments", "french", "english"),
    [
        (
            "sarve",
            "il n’y a pas de commande « sarve » (peut-être serve)",
            "no command 'sarve' (perhaps serve)",
        ),
        ("ask", "il manque QUESTION", "QUESTION is missing"),
        ("forget", "il manque ID", "ID is missing"),
        ("ask a b", "trop d’arguments ; mettez la question entre guillemets", "put the question in quotes"),
        ("documents x y", "trop d’arguments ; voir", "too many arguments; see"),
        ("search q --k 0", "--k : valeur inutilisable, attendu 1..100", "--k: unusable value, wanted 1..100"),
        ("search q --k ten", "attendu 1..100", "wanted 1..100"),
        ("serve --port 65536", "attendu 1..65535", "wanted 1..65535"),
        ("serve --port", "option « --port » : valeur manquante", "option '--port': a value is missing"),
        ("documents --json=yes", "option « --json » : valeur", "option '--json': a value"),
        ("ask q --jsn", "il n’y a pas d’option « --jsn » (peut-être --json", "no option '--jsn' (perhaps"),
        ("ask q --lang de", "--lang : valeur inutilisable, attendu fr|en", "--lang: unusable value"),
    ],
)
def test_wrong_usage_is_one_line_that_points_to_the_help(
    passerelle: Commands, monkeypatch: pytest.MonkeyPatch, arguments: str, french: str, english: str
) -> None:
    for locale, words in (("fr_FR", french), ("en_GB", english)):
        monkeypatch.setenv("LC_ALL", locale)
        said = passerelle(*arguments.split())
        [line] = said.err.splitlines()
        assert (said.code, said.out) == (2, "")
        assert words in line
        command = arguments.split()[0]
        place = f"passerelle {command}" if command in COMMANDS else "passerelle"
        assert f"{place} --help" in line


def test_without_a_command_the_help_is_shown_as_an_error(passerelle: Commands) -> None:
    said = passerelle()
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage : passerelle")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("language", "usage", "own"),
    [("fr", "Usage : ", "Afficher cette aide."), ("en", "Usage: ", "Show this help.")],
)
def test_each_command_has_help(
    passerelle: Commands, command: str, language: str, usage: str, own: str
) -> None:
    said = passerelle(command, "--help", "--lang", language)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{usage}passerelle {command} [OPTIONS]")
    assert own in said.out
    assert "--lang fr|en" in said.out


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("serve", ["--host", "--port"]),
        ("ask", ["QUESTION", "--json"]),
        ("search", ["QUESTION", "--k", "--json"]),
        ("ingest", ["[PATH]...", "--json", "--no-publish", "--rebuild"]),
        ("forget", ["ID"]),
        ("catalogue", ["--json"]),
    ],
)
def test_the_options_of_the_design_are_there(passerelle: Commands, command: str, options: list[str]) -> None:
    out = passerelle(command, "--help").out
    assert [option for option in options if option not in out] == []


def test_the_commands_are_listed_in_the_order_of_a_first_visit(passerelle: Commands) -> None:
    out = passerelle("--help").out
    listed = [line.split()[0] for line in out.partition("Commandes :")[2].splitlines() if line.strip()]
    assert tuple(listed) == COMMANDS


def test_a_question_may_begin_with_a_dash(passerelle: Commands) -> None:
    assert passerelle("ingest").code == 0
    assert passerelle("ask", "--", "-Houlocoop ?").code == 0
