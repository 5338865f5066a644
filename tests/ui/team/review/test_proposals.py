"""What speaks for a doubt is found where it stands."""

from __future__ import annotations

from corpus.records import Doubt
from ui.team.review.proposals import NEW, excerpt_of

TEXT = "# Note\n\nUn début.\n\nLa visite d'Houlo-cop, près d'Audierne, a plu.\n\nLa fin, plus loin."


def doubt(kind: str, target: str, why: str) -> Doubt:
    return Doubt("note", "0" * 64, kind, target, 0.6, why)  # type: ignore[arg-type]


def test_a_misspelt_name_is_shown_as_it_is_written_in_its_paragraph() -> None:
    found = excerpt_of(TEXT, doubt("initiative", "houlocoop", "houlo cop"))
    assert found is not None
    assert (found.before, found.words) == ("La visite d'", "Houlo-cop")
    assert found.after == ", près d'Audierne, a plu."
    assert TEXT[found.at :].startswith("Houlo-cop")


def test_a_new_initiative_is_shown_where_it_is_named_first() -> None:
    found = excerpt_of(
        "Le port. La Grande Sardine, et La Grande Sardine.", doubt(NEW, "La Grande Sardine", "× 2")
    )
    assert found is not None
    assert found.at == 9


def test_a_long_paragraph_is_cut_at_words() -> None:
    found = excerpt_of("mot " * 200 + "Sardine" + " fin" * 200, doubt(NEW, "Sardine", "× 2"))
    assert found is not None
    assert found.before.startswith("…mot ")
    assert found.after.endswith("fin…")
    assert len(found.before) < 150


def test_likeness_alone_has_no_words_and_what_is_gone_is_not_found() -> None:
    assert excerpt_of(TEXT, doubt("theme", "houle", "cos 0.91")) is None
    assert excerpt_of(TEXT, doubt("initiative", "houle", "autre chose")) is None
    assert excerpt_of("", doubt(NEW, "Sardine", "× 2")) is None
