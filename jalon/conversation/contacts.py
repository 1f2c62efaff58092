"""How to reach an office or a service, and whether it is open now."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from jalon.conversation.reply import ContactCard
from jalon.knowledge.render import Renderer
from jalon.phrases import Phrases
from jalon.procedure.opening import opening

_MAP = "https://www.openstreetmap.org/search?query="
_FIELDS = ("phone", "hours", "address", "email", "website")


def contact_card(
    entry: dict[str, Any], renderer: Renderer, phrases: Phrases, now: dt.datetime | None = None
) -> ContactCard:
    """How to reach an office or service: only what is known; with `now`, also whether it is open, and a map."""
    lines = []
    for field in _FIELDS:
        if entry.get(field) or (field == "hours" and entry.get("always_open")):
            lines.append((phrases.words[field], renderer.contact(entry, field)))
        if field == "hours" and now and (state := _opening_line(entry, phrases, now)):
            lines.append((phrases.words["now"], state))
    if spoken := entry.get("languages"):
        names = Locale.parse(phrases.formats).languages
        named = [names.get(code, code) for code in spoken]
        lines.append((phrases.words["languages"], format_list(named, locale=phrases.formats)))
    if now and entry.get("address"):
        lines.append((phrases.words["map"], _MAP + quote(entry["address"])))
    return ContactCard(name=entry["name"], lines=tuple(lines))


def _opening_line(entry: dict[str, Any], phrases: Phrases, now: dt.datetime) -> str:
    found = opening(entry.get("hours") or {}, now)
    if found is None:
        return ""
    words = phrases.words
    if found.until:
        return words["open_until"].format(time=_clock(found.until))
    if found.opens is None:
        return words["closed"]
    day = format_date(found.opens, "EEEE", locale=phrases.formats)
    return words["opens"].format(day=day, time=_clock(found.opens))


def _clock(moment: dt.datetime) -> str:
    """A time of day as it is written on a Belgian door, and in the hours beside it."""
    return f"{moment.hour}:{moment:%M}"
