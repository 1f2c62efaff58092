"""Checks of how a language is written: its letters, its digits, its direction, and how easily it reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from jalon.checks.pairs import Pair, pairs
from jalon.findings import Finding
from jalon.knowledge.citations import replace
from jalon.knowledge.read import Content
from jalon.languages import Language
from jalon.readability import EASY_READING, reading_ease

NAMES = 60  # letters; a shorter text may be nothing but names
OWN_LETTERS = 0.5  # share of a text's letters in its own script; the rest are names of papers and offices


def check(content: Content) -> Iterator[Finding]:
    """Every text in the wrong letters or digits, and plain-language versions that read with difficulty."""
    for language in content.languages.values():
        yield from _direction(content, language)
    for pair in pairs(content):
        language = content.languages.get(pair.language)
        if language:
            yield from _letters(pair, language)
        if pair.is_easy and (ease := reading_ease(pair.text, pair.language)) is not None and ease < EASY_READING:
            yield Finding(
                pair.place,
                f"easy has a reading ease of {ease:.0f}; {EASY_READING:.0f} and more reads easily.",
                "Use shorter words and sentences, where the matter allows.",
                "WARNING",
            )


def _direction(content: Content, language: Language) -> Iterator[Finding]:
    place = content.place(content.root / "languages.yml")
    try:
        direction = "rtl" if Locale.parse(language.code).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        yield Finding(place, f"{language.code}: CLDR knows no such language.", "Write its ISO 639 code.")
        return
    if direction != language.direction:
        yield Finding(place, f"{language.code}: direction is {language.direction}.", f"It is written {direction}.")


def _letters(pair: Pair, language: Language) -> Iterator[Finding]:
    text = re.sub(r"\{\w+\}|https?://\S+|\S+@\S+", " ", replace(pair.text, lambda _: " "))
    if foreign := sorted({letter for letter in text if letter.isdecimal() and not letter.isascii()}):
        yield Finding(pair.place, f"{pair.where} has the digits {' '.join(foreign)}.", "Write the digits 0 to 9.")
    letters = [letter for letter in text if letter.isalpha()]
    own = sum(_is_of(letter, language.script) for letter in letters)
    if language.script == "Latn":
        if own < len(letters):
            yield Finding(pair.place, f"{pair.where} has letters of another script.", "Write it in its own letters.")
    elif own == 0 and sum(_is_word(word) for word in text.split()) > 1:
        yield Finding(pair.place, f"{pair.where} has no letter of its script: {text[:40]!r}.", "Translate it.")
    elif not pair.is_name and len(letters) > NAMES and own < OWN_LETTERS * len(letters):
        yield Finding(
            pair.place,
            f"{pair.where} is mostly in other letters: {text[:40]!r}.",
            "Translate it; only names of papers and offices stay.",
            "WARNING",
        )


def _is_of(letter: str, script: str) -> bool:
    name = Locale("en").scripts[script].split()[0].upper()
    return unicodedata.name(letter, "").startswith((name, "FEMININE", "MASCULINE", "MODIFIER"))


def _is_word(word: str) -> bool:
    """Whether it is an everyday word: abbreviations and proper names are the same in every language."""
    return len(word) > 3 and word.islower()
