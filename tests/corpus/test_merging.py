from __future__ import annotations

import pytest

from corpus.catalogue import Carried, Fiche, Figure, Initiative, Source, Theme, build_catalogue
from corpus.merging import merge
from corpus.words import words

VERGERS = Theme(id="vergers", kind="theme", name="Vergers partagés")


def initiative(
    name: str,
    *,
    own: str = "",
    site: str | None = None,
    themes: tuple[str, ...] = ("vergers",),
    aliases: tuple[str, ...] = (),
    document: str = "carnet",
) -> Initiative:
    return Initiative(
        id=own or "".join(words(name)),
        kind="initiative",
        name=name,
        aliases=aliases,
        site=site,
        themes=themes,
        sources=(Source(document=document),),
    )


def carried(*fiches: Fiche, document: str = "carnet") -> list[Carried]:
    return [(f"{document}.pdf", document, fiche) for fiche in fiches]


def merged(one: Fiche, other: Fiche) -> bool:
    """Say whether a derived fiche joins a written one; whatever comes of it is a sound catalogue."""
    fiches, ids = merge(carried(VERGERS, one, document="fiche"), carried(other))
    build_catalogue(fiches, merged=ids)
    assert len(fiches) == (2 if ids else 3)
    return bool(ids)


@pytest.mark.parametrize(
    ("written", "derived"),
    [
        (initiative("Le Rameau"), initiative("Le Rameau", own="rameau-2")),
        (initiative("Le Rameau", own="r"), initiative("Rameau d'Ussel", own="r")),
        (initiative("R-Ameau", own="r"), initiative("R'AMEAU", own="q")),
        (initiative("Le Rameau", aliases=("Rameau d'Ussel",)), initiative("RAMEAU D’USSEL", own="q")),
        (initiative("Greffes du plateau"), initiative("Greffos du plateau")),
        (initiative("Les Greffes suspendues"), initiative("Greffes suspendues")),
        (
            initiative("Le Rameau", site="https://www.rameau.example/"),
            initiative("Association tulliste", site="http://rameau.example"),
        ),
        (VERGERS, Theme(id="v", kind="theme", name="VERGERS PARTAGES")),
    ],
)
def test_what_shares_an_id_a_name_or_a_link_is_one(written: Fiche, derived: Fiche) -> None:
    fiches, ids = merge(carried(written, document="fiche"), carried(derived))
    assert ids == {derived.id: written.id}
    assert [(file, document) for file, document, _ in fiches] == [("fiche.pdf", "fiche")]
    assert [source.document for source in fiches[0][2].sources[-1:]] == [
        one.document for one in derived.sources[:1]
    ]


@pytest.mark.parametrize(
    ("written", "derived"),
    [
        (initiative("Le Rameau"), initiative("Le Hameau")),
        (initiative("Régie de quartier 13"), initiative("Régie de quartier 18")),
        (initiative("Ressourcerie du Plateau Nord"), initiative("Ressourcerie du Plateau Nord Ouest")),
        (initiative("Greffes du plateau"), initiative("Semis du plateau")),
        (
            initiative("Greffes du plateau", site="https://a.example"),
            initiative("Greffos du plateau", site="https://b.example"),
        ),
        (
            initiative("Le Rameau", site="https://reseau.example/rameau"),
            initiative("La Haie", site="https://reseau.example/haie"),
        ),
        (initiative("Vergers nouveaux"), Theme(id="v", kind="theme", name="Vergers nouvaux")),
    ],
)
def test_what_is_merely_alike_stays_two(written: Fiche, derived: Fiche) -> None:
    assert not merged(written, derived)


def test_the_front_page_of_a_network_makes_no_one_of_its_members() -> None:
    site = "https://reseau.example/"
    members = [initiative(name, site=site) for name in ("Le Rameau", "La Haie", "Le Compost du bourg")]
    fiches, ids = merge([], carried(VERGERS, *members))
    assert [fiche.name for _, _, fiche in fiches[1:]] == [one.name for one in members]
    assert ids == {}
    again, ids = merge(fiches, carried(*members, document="autre"))
    assert len(again) == 4
    assert ids == {one.id: one.id for one in members}


def test_a_written_fiche_keeps_what_it_says_and_takes_over_what_it_leaves_open() -> None:
    own = initiative("Le Rameau", document="fiche").model_copy(
        update={"year": 2009, "form": "SCIC", "figures": (Figure(value="12", counts="salariés"),)}
    )
    new = initiative("Le Rameau", site="https://rameau.example", aliases=("Rameau d'Ussel",)).model_copy(
        update={
            "year": 1999,
            "territory": "Ussel",
            "strength": "la patience",
            "objectives": ("greffer",),
            "figures": (Figure(value="35", counts="vergers"),),
        }
    )
    fiches, _ = merge(carried(VERGERS, own, document="fiche"), carried(new))
    one = fiches[1][2]
    assert isinstance(one, Initiative)
    assert (one.year, one.form, one.territory) == (2009, "SCIC", "Ussel")
    assert (one.strength, one.objectives) == ("la patience", ("greffer",))
    assert one.figures == own.figures
    assert (one.site, one.aliases) == ("https://rameau.example", ("Rameau d'Ussel",))
    assert [source.document for source in one.sources] == ["fiche", "carnet"]


def test_an_initiative_follows_its_theme_to_what_the_theme_became() -> None:
    derived: list[Fiche] = [
        Theme(id="vergers-partages", kind="theme", name="Vergers partagés"),
        Theme(id="vergers-partages-2", kind="theme", name="VERGERS PARTAGÉS"),
        initiative("Le Rameau", themes=("vergers-partages", "vergers-partages-2")),
    ]
    fiches, ids = merge(carried(VERGERS, document="fiche"), carried(*derived))
    assert ids == {"vergers-partages": "vergers", "vergers-partages-2": "vergers"}
    catalogue = build_catalogue(fiches, merged=ids)
    assert [one.themes for one in catalogue.initiatives] == [("vergers",)]


def test_of_several_derived_fiches_the_first_leads() -> None:
    first, second = initiative("Le Rameau"), initiative("Le Rameau", own="x", document="autre")
    fiches, ids = merge([], [*carried(VERGERS, first), *carried(second, document="autre")])
    assert [(document, fiche.id) for _, document, fiche in fiches] == [
        ("carnet", "vergers"),
        ("carnet", first.id),
    ]
    assert ids == {"x": first.id}


def test_a_further_name_that_another_bears_is_no_name() -> None:
    derived = initiative("Le Rameau", aliases=("La Haie", "Rameau d'Ussel"), own="rameau")
    written: list[Fiche] = [VERGERS, initiative("La Haie")]
    fiches, _ = merge(carried(*written, document="fiche"), carried(initiative("Le Rameau", own="r")))
    assert len(fiches) == 3
    fiches, ids = merge(fiches, carried(derived.model_copy(update={"name": "Le Rameau"})))
    build_catalogue(fiches, merged=ids)
    [haie, rameau] = [fiche for _, _, fiche in fiches if isinstance(fiche, Initiative)]
    assert "La Haie" not in rameau.aliases
    assert haie.sources


def twins(*written: Fiche) -> tuple[list[Carried], dict[str, str]]:
    return merge([(f"{one.id}.md", one.id, one) for one in (VERGERS, *written)], [])


def test_of_two_written_fiches_the_fuller_one_leads_whatever_their_order() -> None:
    bare = initiative("Le Rameau", own="a", document="a")
    full = initiative("le rameau", own="z", site="https://rameau.example", document="z")
    for written in ((bare, full), (full, bare)):
        fiches, ids = twins(*written)
        [(_, document, one)] = fiches[1:]
        assert (one.id, document, ids) == ("z", "z", {"a": "z"})
        assert one.sources == (Source(document="z"), Source(document="a"))
        build_catalogue(fiches, merged=ids)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (initiative("Les Greffes 1", own="a"), initiative("Les Greffes 2", own="b")),
        (
            initiative("Ramures", own="a", site="https://x.example"),
            initiative("Semis", own="b", site="https://x.example"),
        ),
        (initiative("Vergers partagés", own="a"), VERGERS.model_copy(update={"id": "v", "name": "Verger"})),
    ],
)
def test_written_fiches_of_two_things_stay_two(one: Fiche, other: Fiche) -> None:
    assert twins(one, other)[1] == {}


def test_themes_of_both_fiches_are_those_of_the_initiative() -> None:
    haies = Theme(id="haies", kind="theme", name="Haies vives")
    both = (initiative("Le Rameau", own="a"), initiative("Le Rameau", own="b", themes=("haies",)))
    fiches, ids = twins(haies, *both)
    [one] = build_catalogue(fiches, merged=ids).initiatives
    assert set(one.themes) == {"vergers", "haies"}
