"""Amounts: shares, differences, times and dates, and what is measured, in the language of the reader."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from corpus.documents import Language
from ui.team import moments
from ui.text import phrases

if TYPE_CHECKING:
    from evals.metrics.intervals import Interval

NONE = "–"
_MINUS = "\u2212"


def named(name: str, language: Language) -> str:
    """Return the name of a measure or a kind of question; one that we do not know as it is."""
    known = phrases("evaluations").get(f"evaluations.measure.{name}") or phrases("evals").get(name)
    return name if known is None else known[language]


def percent(value: float | None, language: Language) -> str:
    """Return a share, 0 to 1, as a percentage: `97 %`; a dash for none."""
    return NONE if value is None else f"{100 * value:.0f}{_sign(language)}"


def bounds(interval: Interval | None, language: Language) -> str:
    """Return the interval of a share: `92–99 %`, "" for none."""
    if interval is None:
        return ""
    return f"{100 * interval.low:.0f}–{100 * interval.high:.0f}{_sign(language)}"


def points(value: float, language: Language) -> str:
    """Return a difference of shares in points, its sign always told: `+1,5`."""
    said = "0.0" if abs(value) < 0.0005 else f"{100 * value:+.1f}".replace("-", _MINUS)
    return said.replace(".", ",") if language == "fr" else said


def milliseconds(value: float | None) -> str:
    """Return a time: `34 ms`; a dash for none."""
    return NONE if value is None else f"{value:.0f}\u00a0ms"


def moment(iso: str, language: Language) -> str:
    """Return a moment, ISO 8601, to the minute in the time of this machine."""
    return moments.moment(datetime.fromisoformat(iso), language)


def day(iso: str, language: Language) -> str:
    """Return the day of a moment, without its year."""
    at = datetime.fromisoformat(iso).astimezone()
    return f"{at:%d/%m}" if language == "fr" else f"{at:%b} {at.day}"


def _sign(language: Language) -> str:
    return "\u00a0%" if language == "fr" else "%"
