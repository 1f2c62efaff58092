"""A reply as plain text, for channels that show nothing else, and how a long text becomes several messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jalon.channels.limits import length
from jalon.conversation.reply import Button, Reply
from jalon.dates import in_words
from jalon.phrases import Phrases

# From the best place to break a text to the worst; the marks end sentences in the scripts of all our languages.
_BREAKS = (r"\n\n+", r"\n", r"(?<=[.!?…؟۔።])\s+", r"\s+")


def whole_text(reply: Reply, phrases: Phrases) -> str:
    """Everything a reply says: its text, then its sources and the day of the check."""
    blocks = [reply.plain(), _sources(reply, phrases), checked_on(reply, phrases)]
    return "\n\n".join(filter(None, blocks))


def _sources(reply: Reply, phrases: Phrases) -> str:
    """Who says so, since when, and where to read the first; titles and every address when they were asked for.

    In full they are longer than the answer, and on a telephone they push it out of sight.
    """
    if not reply.sources:
        return ""
    asked_for = reply.text == phrases.say["sources"]
    lines = [phrases.labels["sources"]]
    for number, source in enumerate(reply.sources):
        date = dated(source.dated, phrases)
        line = f"{source.title} ({source.publisher}, {date})" if asked_for else f"{source.publisher} ({date})"
        lines.append(f"- {line} {source.url}" if asked_for or not number else f"- {line}")
    return "\n".join(dict.fromkeys(lines))


def numbered(buttons: Sequence[Button]) -> str:
    """Choices as a list to answer with a number."""
    return "\n".join(f"{number}. {button.title}" for number, button in enumerate(buttons, 1))


def split(text: str, most: int, most_at_end: int | None = None) -> list[str]:
    """The text in as few parts as need be, whole sentences if at all possible; every character but spaces is kept.

    Args:
        most: characters of a part.
        most_at_end: characters of the last part, which carries the choices.
    """
    parts = list(_pack(text.strip(), most, _BREAKS))
    if most_at_end is not None and parts and length(parts[-1]) > most_at_end:
        parts[-1:] = _pack(parts[-1], most_at_end, _BREAKS)
    return parts


def _pack(text: str, most: int, breaks: Sequence[str]) -> Iterator[str]:
    """Fill parts with pieces; a piece that is too long for a part is broken at the next worse place."""
    if length(text) <= most:
        yield text
        return
    if not breaks:
        yield from _by_characters(text, most)
        return
    part = ""
    for piece, gap in _pieces(text, breaks[0]):
        if length(part + piece) <= most:
            part += piece + gap
            continue
        if part.strip():
            yield part.strip()
        *full, part = _pack(piece, most, breaks[1:])
        yield from full
        part += gap
    if part.strip():
        yield part.strip()


def _pieces(text: str, place: str) -> Iterator[tuple[str, str]]:
    """The pieces between the breaks, each with the gap after it."""
    start = 0
    for gap in re.finditer(place, text):
        yield text[start : gap.start()], gap[0]
        start = gap.end()
    yield text[start:], ""


def _by_characters(text: str, most: int) -> Iterator[str]:
    part = ""
    for letter in text:
        if length(part + letter) > most:
            yield part
            part = ""
        part += letter
    yield part


def checked_on(reply: Reply, phrases: Phrases) -> str:
    """When the content was compared with its sources; empty when nothing was stated."""
    if not reply.checked_on:
        return ""
    return phrases.labels["checked_on"].format(date=in_words(reply.checked_on, phrases.formats))


def dated(date: str, phrases: Phrases) -> str:
    """The date of a source in words."""
    if date == "undated":
        return phrases.labels["undated"]
    return phrases.labels["dated"].format(date=in_words(date, phrases.formats))
