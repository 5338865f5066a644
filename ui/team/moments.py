"""Moments and sizes as the pages of the team say them."""

from __future__ import annotations

from datetime import datetime

from corpus.documents import Language
from ui.text import say

_UNITS = ("bytes", "kilobytes", "megabytes", "gigabytes")


def moment(at: datetime, language: Language) -> str:
    """Return a moment to the minute, in the time of this machine."""
    return at.astimezone().strftime("%d/%m/%Y, %H:%M" if language == "fr" else "%Y-%m-%d, %H:%M")


def size_said(size: int, language: Language) -> str:
    """Return a number of bytes as people say it: `3,2 Mo`."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    number = f"{amount:.0f}" if amount >= 10 or unit == 0 else f"{amount:.1f}"
    if language == "fr":
        number = number.replace(".", ",")
    return say(f"team.{_UNITS[unit]}", language, number=number)
