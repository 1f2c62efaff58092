"""Dates as people read them."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date


def in_words(date: str, language: str) -> str:
    """An ISO date in words: a whole date, a month, or a year as it is."""
    if len(date) == 7:
        return format_date(dt.date.fromisoformat(f"{date}-01"), "MMMM y", locale=language)
    return format_date(dt.date.fromisoformat(date), "long", locale=language) if len(date) == 10 else date
