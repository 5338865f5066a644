"""Documents that do not agree are both told, each under its name."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from tests.fakes import bags, open_index, open_pipeline, settings_of, write

OLD = "La régie du port emploie 42 salariés au 31 décembre 2019. Elle gère 310 anneaux sur le quai nord."
NEW = "La régie du port emploie 57 salariés au 31 décembre 2023. Elle gère 310 anneaux sur le quai nord."
FOUNDED = "La régie du port a été créée en 1987 par la commune."
ELSE = "La régie du port a été fondée en 1989, selon la presse."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("conflicts")
    write(folder / "documents" / "a.md", f"# Rapport 2019 de la régie du port\n\n{OLD}\n\n{FOUNDED}\n")
    write(folder / "documents" / "b.md", f"# Rapport 2023 de la régie du port\n\n{NEW}\n\n{ELSE}\n")
    open_pipeline(folder / "home").ingest([folder / "documents"])
    return Assistant(
        open_index(folder / "home"),
        embed=bags,
        embed_sentences=bags,
        settings=settings_of(folder / "home"),
    )


def test_two_figures_for_one_thing_are_both_told_with_their_documents(assistant: Assistant) -> None:
    answer = assistant.ask("Combien de salariés la régie du port emploie-t-elle ?")
    told, *lines = answer.sentences
    assert told.text == "Les documents ne s'accordent pas :"
    assert sorted(line.text.split(" — ")[0] for line in lines) == [
        "Rapport 2019 de la régie du port",
        "Rapport 2023 de la régie du port",
    ]
    assert {"42", "57"} <= set(answer.text.replace("[", " ").split())


def test_so_are_two_founding_years(assistant: Assistant) -> None:
    answer = assistant.ask("Quand la régie du port a-t-elle été créée ?")
    assert "1987" in answer.text
    assert "1989" in answer.text
    assert "salariés" not in answer.text


def test_a_figure_on_which_they_agree_is_no_conflict(assistant: Assistant) -> None:
    answer = assistant.ask("Combien d'anneaux la régie du port gère-t-elle ?")
    assert "310" in answer.text
    assert "accordent" not in answer.text


def test_where_nothing_is_named_two_dates_are_no_conflict(assistant: Assistant) -> None:
    assert "accordent" not in assistant.ask("Depuis quand ?").text
