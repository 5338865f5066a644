"""The map counts each initiative where it lies, and lists those that it cannot place."""

from __future__ import annotations

from corpus.catalogue import Initiative
from ui.explore.atlas import HEIGHT, WIDTH, draw, is_close_up
from ui.explore.entries import Entry
from ui.explore.gazetteer import gazetteer
from ui.explore.placing import place


def entry(territory: str | None, name: str = "n") -> Entry:
    one = Initiative(kind="initiative", id="i", name=name, themes=("t",), territory=territory)
    return Entry(one, place(territory))


def test_an_initiative_of_a_region_is_counted_in_each_department() -> None:
    atlas = draw([entry("Bretagne"), entry("Audierne")])
    assert {plot.department.code: len(plot.entries) for plot in atlas.plots} == {
        "22": 1,
        "29": 2,
        "35": 1,
        "56": 1,
    }


def test_what_cannot_be_placed_is_listed_by_reason() -> None:
    atlas = draw(
        [entry("Saint-Denis"), entry(None), entry("Xyzzy"), entry("France entière"), entry("Calvados")]
    )
    assert {why: len(some) for why, some in atlas.unplaced.items()} == {
        "country": 1, "shared": 1, "unknown": 1, "blank": 1,
    }  # fmt: skip
    assert [plot.department.code for plot in atlas.plots] == ["14"]


def test_every_pin_is_on_the_map() -> None:
    atlas = draw([entry(one.name) for one in gazetteer().departments.values() if one.zone == "metro"])
    assert len(atlas.on_map) >= 94
    for plot in atlas.on_map:
        assert 0 < plot.x < WIDTH
        assert 0 < plot.y < HEIGHT


def test_the_inner_suburbs_are_pointed_at_in_the_close_up() -> None:
    atlas = draw([entry("Bagneux"), entry("Paris"), entry("Calvados")])
    near = atlas.close_up
    assert {plot.department.code for plot in near.plots} == {"75", "92"}
    for plot in near.plots:
        assert is_close_up(plot.department)
        assert near.left < plot.x < near.left + near.width
        assert near.top < plot.y < near.top + near.height
    assert {one.code for one in near.outlines} == {"93", "94"}


def test_overseas_departments_have_a_tile_and_communities_where_there_is_something() -> None:
    assert [tile.department.code for tile in draw([]).tiles] == ["971", "972", "973", "974", "976"]
    atlas = draw([entry("Nouvelle-Calédonie"), entry("La Réunion")])
    assert {tile.department.code for tile in atlas.tiles if tile.plot} == {"974", "988"}


def test_more_initiatives_are_of_a_stronger_shade() -> None:
    levels = [draw([entry("Calvados")] * count).plots[0].level for count in (1, 2, 5, 10, 100)]
    assert levels == [1, 2, 3, 4, 4]
