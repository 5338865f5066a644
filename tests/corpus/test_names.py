from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, Initiative, Theme, ThinkTank
from corpus.names import Mention, Names
from corpus.words import words

CATALOGUE = Catalogue(
    think_tanks=(
        ThinkTank(
            id="atelier", kind="think-tank", name="L'Atelier des Marées", aliases=("Atelier des Marées",)
        ),
    ),
    themes=(
        Theme(
            id="ports",
            kind="theme",
            name="Ports partagés (PP)",
            aliases=("ports partagés",),
            acronyms=("PP",),
        ),
        Theme(id="houle", kind="theme", name="Énergies de la houle", name_en="Wave energy"),
    ),
    initiatives=tuple(
        Initiative(
            id=one, kind="initiative", name=name, themes=("ports",), aliases=aliases, acronyms=acronyms
        )
        for one, name, aliases, acronyms in (
            ("houlocoop", "Houlocoop", (), ()),
            ("varech-lab", "Varech'Lab", (), ("VL",)),
            ("r-quai", "R-Quai", (), ()),
            ("criee", "La Criée ouverte", (), ()),
            ("pole", "Pôle Mobilité", (), ()),
            ("pole-brest", "Pôle Mobilité du bassin d'emploi de Brest", (), ()),
            ("innovagues", "InnoVagues", (), ()),
        )
    ),
)
NAMES = Names(CATALOGUE)


def found(text: str, *, typos: bool = True) -> list[str]:
    return [mention.fiche_id for mention in NAMES.find(text, typos=typos)]


@pytest.mark.parametrize("fiche", list(CATALOGUE), ids=lambda fiche: fiche.id)
def test_every_name_of_a_fiche_is_recognised_exactly(fiche: Initiative | Theme | ThinkTank) -> None:
    for name in fiche.names:
        for said in (name, name.upper(), name.casefold(), f"Que fait {name} aujourd'hui ?"):
            assert found(said, typos=False) == [fiche.id]


@pytest.mark.parametrize(
    ("text", "fiche"),
    [
        ("varech lab", "varech-lab"),
        ("VARECH’LAB", "varech-lab"),
        ("varechlab", "varech-lab"),
        ("varech-lab's site", "varech-lab"),
        ("r quai", "r-quai"),
        ("rquai", "r-quai"),
        ("R'Quai", "r-quai"),
        ("houlo coop", "houlocoop"),
        ("houlo-coop", "houlocoop"),
        ("la criee ouverte", "criee"),
        ("de la Criée Ouverte", "criee"),
        ("criée ouverte", "criee"),
        ("WAVE ENERGY", "houle"),
        ("un PP", "ports"),
        ("les P.P.", "ports"),
        ("ports partages", "ports"),
    ],
)
def test_case_accents_apostrophes_hyphens_and_spaces_do_not_matter(text: str, fiche: str) -> None:
    assert found(text, typos=False) == [fiche]


@pytest.mark.parametrize(
    ("text", "fiche"),
    [
        ("houlocop", "houlocoop"),
        ("la force d'houlocoopp", "houlocoop"),
        ("houolcoop", "houlocoop"),
        ("lhoulocoop", "houlocoop"),
        ("dhoulocop", "houlocoop"),
        ("varek lab", "varech-lab"),
        ("warechlab", ""),
        ("la crié ouverte", "criee"),
        ("atelier des maires", "atelier"),
        ("energie de la houle", "houle"),
        ("port partage", "ports"),
        ("inovague", "innovagues"),
        ("energie de la oule", "houle"),
        ("pole mobilitee", "pole"),
    ],
)
def test_a_name_is_recognised_despite_a_typo_but_not_in_its_first_letter(text: str, fiche: str) -> None:
    assert found(text) == ([fiche] if fiche else [])
    assert not any(mention.exact for mention in NAMES.find(text))
    assert found(text, typos=False) == []


@given(st.sampled_from(["houlocoop", "innovagues"]), st.data())
def test_a_long_name_bears_two_neighbours_exchanged_anywhere_after_its_first_letter(
    name: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(min_value=1, max_value=len(name) - 2))
    typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert found(f"que fait {typed} ?") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "Quelle est la capitale de la Mongolie ?",
        "des projets innovants",
        "une coopérative",
        "le port de Brest",
        "le quai",
        "r",
        "une criée",
        "le pôle Nord",
        "la mobilité",
        "l'atelier",
        "les marées",
        "1234567",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["P", "VP", "VLL", "PPP"])
def test_an_acronym_bears_no_typo(text: str) -> None:
    assert found(text) == []


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert found("le Pôle Mobilité du bassin d'emploi de Brest") == ["pole-brest"]
    assert found("le Pôle Mobilité") == ["pole"]


def test_an_exact_name_goes_before_one_with_a_typo() -> None:
    assert NAMES.find("houlocoop houlocop") == (
        Mention("houlocoop", 0, 1, True),
        Mention("houlocoop", 1, 2, False),
    )


def test_mentions_say_their_words_in_reading_order() -> None:
    text = "Compare Varech'Lab, R-Quai et La Criée ouverte"
    spoken = words(text)
    assert [(one.fiche_id, spoken[one.start : one.end]) for one in NAMES.find(text)] == [
        ("varech-lab", ["varech", "lab"]),
        ("r-quai", ["r", "quai"]),
        ("criee", ["la", "criee", "ouverte"]),
    ]


PIECES = [name for fiche in CATALOGUE for name in fiche.names] + [
    "le",
    "port",
    "houlocop",
    "d'",
    "et",
    "2011",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_mentions_never_overlap_and_stay_within_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for mention in NAMES.find(text):
        assert end <= mention.start < mention.end
        end = mention.end
    assert end <= len(words(text))


@given(st.text(max_size=60))
def test_any_text_may_be_searched(text: str) -> None:
    assert NAMES.find(text) == NAMES.find(text)
    assert {mention.fiche_id for mention in NAMES.find(text)} <= {fiche.id for fiche in CATALOGUE}


def test_a_catalogue_without_fiches_names_nothing() -> None:
    assert Names(Catalogue()).find("Houlocoop") == ()
