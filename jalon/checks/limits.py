"""Checks that whatever may be sent fits into every channel, in every language: nothing is cut when it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml
from pydantic import ValidationError

from jalon.channels.limits import Limit, length, limit, tightest
from jalon.channels.messenger_profile import read_profile
from jalon.channels.words import plain, read_words
from jalon.findings import Finding
from jalon.knowledge.read import Content
from jalon.phrases import Phrases, read_phrases

# The words that another place of a channel takes, by their name in data/phrases.
_PLACES = {
    "labels.choose": ("whatsapp", "list opener"),
    "labels.open_page": ("whatsapp", "link title"),
    "labels.reminder": ("whatsapp", "caption"),
    "say.page_greeting": ("messenger", "greeting"),
}


def check(content: Content) -> Iterator[Finding]:
    """Every title, phrase and sentence that is longer than a channel takes, and faults of what channels are told."""
    readable = dict(_readable(content))
    for place, phrases in readable.items():
        yield from _phrases(place, phrases)
    yield from _texts(content)
    yield from _words(content)
    yield from _profile(content, readable)


def _readable(content: Content) -> Iterator[tuple[str, Phrases]]:
    """The phrases by their place; what is wrong with the others is for jalon.checks.phrases to say."""
    for path in sorted((content.root / "phrases").glob("*.yml")):
        try:
            yield content.place(path), read_phrases(content.root, path.stem)
        except (OSError, ValueError, yaml.YAMLError):
            continue


def _phrases(place: str, phrases: Phrases) -> Iterator[Finding]:
    titles = {f"buttons.{name}": title for name, title in phrases.buttons.items()}
    for part in ("topics", "situations"):
        titles |= {f"{part}.{name}": entry.button for name, entry in getattr(phrases, part).items()}
    for where, title in titles.items():
        yield from _fits(place, where, title, tightest("option"))
    for name, text in phrases.say.items():
        # A phrase is one thought: it goes out whole, in one message, with its choices.
        yield from _fits(place, f"say.{name}", text, limit("whatsapp", "button body"))
    for where, (channel, part) in _PLACES.items():
        kind, _, name = where.partition(".")
        if text := getattr(phrases, kind).get(name):
            yield from _fits(place, where, text, limit(channel, part))


def _texts(content: Content) -> Iterator[Finding]:
    """Titles of articles, letters and the like, and every sentence that could not be split."""
    for (name, language), text in content.texts.items():
        place = content.place(content.root / "articles" / name / f"{language}.md")
        yield from _fits(place, "button", text.button, tightest("option"))
        for part, body in text.parts.items():
            yield from _sentences(place, part, body)
    for (kind, id, language), words in content.words.items():
        place = content.place(content.root / "texts" / language / f"{kind}.yml")
        for field, text in words.model_dump().items():
            if field == "button":
                yield from _fits(place, f"{id}.button", text, tightest("option"))
            elif isinstance(text, str):
                yield from _sentences(place, f"{id}.{field}", text)


def _sentences(place: str, where: str, text: str) -> Iterator[Finding]:
    for sentence in re.split(r"(?<=[.!?…؟۔።])\s+|\n+", text):
        yield from _fits(place, where, sentence, tightest("text"))


def _fits(place: str, where: str, text: str, limit: Limit) -> Iterator[Finding]:
    if length(text) > limit.most:
        yield Finding(
            place,
            f"{where}: {text if len(text) < 60 else text[:59] + '…'!r} has {length(text)} characters.",
            f"{limit.channel.capitalize()} takes {limit.most} ({limit.part}, {limit.source}): say it shorter.",
        )


def _words(content: Content) -> Iterator[Finding]:
    path = content.root / "dialogue" / "words.yml"
    words = yield from _read(content, path, read_words)
    if words is None:
        return
    for language, entry in content.languages.items():
        for kind in ("stop", "start"):
            if entry.status == "live" and not getattr(words, kind).get(language):
                yield Finding(content.place(path), f"{kind}: {language} has no words.", "Add them.")
    both = _all(words.stop.values()) & _all(words.start.values())
    for word in sorted(both):
        yield Finding(content.place(path), f"{word!r} means both stop and start.", "Keep it where it belongs.")


def _all(lists: Iterable[list[str]]) -> set[str]:
    return {plain(word) for words in lists for word in words}


def _profile(content: Content, readable: dict[str, Phrases]) -> Iterator[Finding]:
    path = content.root / "dialogue" / "messenger.yml"
    profile = yield from _read(content, path, read_profile)
    if profile is None:
        return
    place = content.place(path)
    for kind, part, names in (("menu", "menu", profile.menu), ("ice_breakers", "ice breaker", profile.ice_breakers)):
        allowed = limit("messenger", f"{part} count")
        if len(names) > allowed.most:
            yield Finding(
                place, f"{kind} has {len(names)} entries.", f"Messenger takes {allowed.most}: leave some out."
            )
    for name in profile.ice_breakers:
        if name not in content.articles:
            yield Finding(place, f"ice_breakers: {name!r} does not exist.", "Correct the name.")
    for where, phrases in readable.items():
        for name in profile.menu:
            if name not in phrases.buttons:
                yield Finding(place, f"menu: the button {name!r} has no words in {where}.", "Correct the name.")
            else:
                title = phrases.buttons[name]
                yield from _fits(where, f"buttons.{name}", title, limit("messenger", "menu title"))


def _read(content: Content, path, read):
    try:
        return read(content.root)
    except FileNotFoundError:
        yield Finding(content.place(path), "is missing.", "Restore it.")
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        yield Finding(content.place(path), "does not have its form.", "See the first lines of the file.")
    return None
