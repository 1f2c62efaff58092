"""The website channel: the reply as the page's script receives it, with everything already in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel.dates import format_date

from jalon.conversation.reply import Reply
from jalon.phrases import Phrases


def render(reply: Reply, phrases: Phrases) -> dict[str, Any]:
    """The reply as JSON for the page: plain text in every field, never markup."""
    return {
        "language": reply.language,
        "text": reply.text,
        "steps": list(reply.steps),
        "sections": [{"title": section.title, "lines": list(section.lines)} for section in reply.sections],
        "contacts": [
            {"name": card.name, "about": card.about, "lines": [list(line) for line in card.lines]}
            for card in reply.contacts
        ],
        "after": reply.after,
        "cautions": list(reply.cautions),
        "buttons": [button.title for button in reply.buttons],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "dated": _dated(source.dated, phrases, reply.language),
            }
            for source in reply.sources
        ],
        "checked_on": _checked_on(reply, phrases),
        "article": reply.article,
        "page": reply.page,
        "reminder": f"/reminder.ics?day={reply.reminder}" if reply.reminder else "",
    }


def _checked_on(reply: Reply, phrases: Phrases) -> str:
    if not reply.checked_on:
        return ""
    return phrases.labels["checked_on"].format(date=_date(reply.checked_on, reply.language))


def _dated(dated: str, phrases: Phrases, language: str) -> str:
    if dated == "undated":
        return phrases.labels["undated"]
    return phrases.labels["dated"].format(date=_date(dated, language))


def _date(dated: str, language: str) -> str:
    """A whole date in words; a month or a year as it is."""
    if len(dated) == 7:
        return format_date(dt.date.fromisoformat(f"{dated}-01"), "MMMM y", locale=language)
    return format_date(dt.date.fromisoformat(dated), "long", locale=language) if len(dated) == 10 else dated
