"""Checks that a term of the French glossary is called by its fixed word in every translation.

Words bend, so that a missing one is a warning: an editor decides. Abbreviations do not bend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jalon.checks.pairs import Pair, pairs
from jalon.findings import Finding
from jalon.knowledge.citations import replace
from jalon.knowledge.read import Content
from jalon.languages import REFERENCE

JOINED, ROOT = 4, 3  # letters of a stem that is also looked for inside longer words; Arabic roots have three
_BEGINNINGS = re.compile(r"^(?:[وفبلك]{0,2}ال|لل)")  # what Arabic writes before a word without a space


def check(content: Content) -> Iterator[Finding]:
    """A warning for each article and term whose fixed words a translation does not use."""
    for language in content.languages:
        if language == REFERENCE:
            continue
        fixed = _fixed(content, language)
        for pair in pairs_of(content, language):
            yield from _terms(pair, fixed)


def pairs_of(content: Content, language: str) -> Iterator[Pair]:
    """The texts of the articles in a language; a button has no room for the fixed words."""
    own = (pair for pair in pairs(content) if pair.language == language)
    return (pair for pair in own if pair.place.endswith(".md") and pair.where != "button")


def _fixed(content: Content, language: str) -> dict[str, list[list[str]]]:
    """The French name of each term, and the ways of saying it: each the stems of its words."""
    found = {}
    for id in content.terms:
        french, own = (content.words.get(("glossary", id, code)) for code in (REFERENCE, language))
        if french and own:
            name = re.sub(r"\s*\(.*\)", "", french.name)
            # The French name is always right: it is what stands on the letter and at the counter.
            ways = (name, *_ways(own.name, own.said))
            found[name] = [[*map(stem, words)] for way in ways if (words := _words(way))]
    return found


def _ways(name: str, said: list[str]) -> list[str]:
    return [re.sub(r"\s*\(.*\)", "", name), *re.findall(r"\((.*?)\)", name), *said]


def _terms(pair: Pair, fixed: dict[str, list[list[str]]]) -> Iterator[Finding]:
    said = {form for word in _words(pair.text) for form in (word, _BEGINNINGS.sub("", word))}
    reference = replace(pair.reference, lambda _: " ")
    for french, ways in fixed.items():
        if not re.search(rf"(?<!\w){re.escape(french)}s?(?!\w)", reference, re.I):
            continue
        if not any(all(_is_in(part, said) for part in way) for way in ways):
            yield Finding(
                pair.place,
                f"{pair.where} does not use the word of the glossary for {french!r}.",
                f"Use it, or say why not in review: data/texts/{pair.language}/glossary.yml.",
                "WARNING",
            )


def _is_in(part: str, said: set[str]) -> bool:
    """Whether a word of the text holds the stem: Dutch joins words, « asielaanvraag »."""
    least = JOINED if part.isascii() else ROOT
    return part in said or (len(part) >= least and any(part in word for word in said))


def stem(word: str) -> str:
    """The part of a word that stays the same when it bends: without what may stand before or at its end."""
    word = _BEGINNINGS.sub("", word) if not word.isascii() else word
    return word[: max(4, len(word) - 2)] if len(word) > 4 else word


def _words(text: str) -> list[str]:
    # Arabic writes the same hamza on different letters, or alone, as a word bends.
    text = re.sub(r"\{[^}]*\}", " ", unicodedata.normalize("NFKD", text.casefold()).replace("ء", ""))
    return re.findall(r"[a-z]+|[^\W\d_a-z]+", "".join(letter for letter in text if not unicodedata.combining(letter)))
