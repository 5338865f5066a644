"""Numbers are written as the reader's language writes them."""

from __future__ import annotations

from evals.metrics.intervals import Interval
from ui.team.evaluations.amounts import bounds, day, milliseconds, named, percent, points


def test_a_share_is_a_percentage() -> None:
    assert (percent(0.974, "fr"), percent(0.974, "en"), percent(None, "fr")) == ("97\u00a0%", "97%", "–")
    assert bounds(Interval(0.9, 0.805, 0.95, 12), "fr") == "80–95\u00a0%"
    assert bounds(None, "en") == ""


def test_a_difference_tells_its_sign() -> None:
    assert [points(one, "fr") for one in (0.0123, -0.3, 0.0, -0.0001)] == ["+1,2", "\u221230,0", "0,0", "0,0"]
    assert points(0.0123, "en") == "+1.2"


def test_a_time_is_in_milliseconds() -> None:
    assert (milliseconds(34.4), milliseconds(None)) == ("34\u00a0ms", "–")


def test_a_day_stands_without_its_year() -> None:
    assert (day("2026-11-07T12:00:00+00:00", "fr"), day("2026-11-07T12:00:00+00:00", "en")) == (
        "07/11",
        "Nov 7",
    )


def test_what_has_no_name_is_called_as_it_is() -> None:
    assert (named("right", "fr"), named("right", "en"), named("<b>", "fr")) == ("juste", "right", "<b>")
    assert named("abstention precision", "en") == "share of the refusals that are right"
