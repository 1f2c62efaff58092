"""Finds communes: names, villages, other names, postcodes; and towns outside the province (`outside`)."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.vocab import Vocab

from jalon.knowledge.store import KnowledgeStore
from jalon.nlu.finders.names import Name, Phrases
from jalon.nlu.finders.reading import Found, Reading, cut, words_of
from jalon.nlu.finders.spelling import SHORTEST, TWO_EDITS_FROM

OUTSIDE = "outside"
_SHORT = 4  # « Huy », « Spy »: names this short need a word before them, and
_SHORT_MENDED = 6  # misspelt names this short a word that announces a place
_LONGEST = 3  # words of a misspelt name that are looked at together


def place_names(store: KnowledgeStore, rules: dict) -> list[Name]:
    """Every name of a place, with those of a language's rules, each once; communes of the province come first."""
    names: dict[tuple[str, ...], Name] = {}
    communes = store.entries("communes").items()
    told = [(id, name) for id, commune in communes for name in (commune["name"], *commune["aliases"])]
    told += [(id, name) for id, own in rules.get("names", {}).items() for name in own]
    for id, name in [*told, *((OUTSIDE, name) for name in store.entries("outside"))]:
        for words in _spellings(cut(name)):
            names.setdefault(words, Name("commune", id, words))
    return list(names.values())


def _spellings(words: list[str]) -> Iterator[tuple[str, ...]]:
    """A name of several words is also written as one, and saint as st."""
    yield tuple(words)
    if "saint" in words:
        yield tuple("st" if word == "saint" else word for word in words)
    if len(words) > 1:
        yield ("".join(words),)


class PlaceFinder:
    """Finds communes, with care for names that are everyday words and for numbers that are no postcodes."""

    def __init__(self, vocab: Vocab, store: KnowledgeStore, rules: dict) -> None:
        names = place_names(store, rules)
        self._names = frozenset(word for name in names for word in name.words)
        self._phrases = Phrases(vocab, names)
        self._joined = {"".join(name.words): name for name in names}
        self._before = words_of(rules.get("before", []))
        self._after_small = words_of(rules.get("announcing", []))
        self._everyday = {tuple(cut(name)) for name in rules.get("everyday", [])}
        self._amounts = words_of(rules.get("amounts", [])) | {"€"}
        self._postcodes = {
            str(postcode): id for id, commune in store.entries("communes").items() for postcode in commune["postcodes"]
        }

    def find(self, reading: Reading) -> Iterator[Found]:
        """The places of a message."""
        found = [
            Found("commune", name.id, first, last)
            for name, first, last in self._phrases.matches(reading)
            if self._is_place(reading, name, first, last)
        ]
        yield from found or self._misspelt(reading)
        for at, word in enumerate(reading.words):
            if word.text in self._postcodes and self._is_postcode(reading, at):
                yield Found("commune", self._postcodes[word.text], at, at + 1)

    def _is_place(self, reading: Reading, name: Name, first: int, last: int) -> bool:
        alone = len(reading.words) - len(name.words) <= 1
        if name.words in self._everyday:
            return alone or self._announced(reading, first)
        letters, mended = sum(map(len, name.words)), reading.mended(first, last)
        if letters > _SHORT and not mended:
            return True
        if alone or self._announced(reading, first):
            return True
        return not (mended and letters <= _SHORT_MENDED) and not self._before.isdisjoint(reading.before(first, 1))

    def _misspelt(self, reading: Reading) -> Iterator[Found]:
        """Up to three words, one unknown, that are nearly a name, where a place is announced or nothing else said."""
        for first in range(len(reading.words)):
            announced, all_of_it = self._announced(reading, first), len(reading.words) - first
            if not announced and (first > 0 or all_of_it > _LONGEST):
                continue
            shortest = 1 if announced else all_of_it
            for last in range(first + min(_LONGEST, all_of_it), first + shortest - 1, -1):
                words = reading.words[first:last]
                joined = "".join(word.text for word in words)
                if len(joined) < SHORTEST or all(word.known for word in words):
                    continue
                edits = 2 if len(joined) >= TWO_EDITS_FROM else 1
                if near := process.extractOne(joined, self._joined.keys(), scorer=OSA.distance, score_cutoff=edits):
                    yield Found("commune", self._joined[near[0]].id, first, last)
                    return

    def _announced(self, reading: Reading, first: int) -> bool:
        """Whether a word just before says that a place follows: « habite à », « CPAS de », a postcode."""
        words = reading.before(first, 2)
        if not words:
            return False
        if words[-1] in self._postcodes or words[-1] in self._after_small:
            return True
        return words[-1] in self._before and words[0] in self._after_small

    def _is_postcode(self, reading: Reading, at: int) -> bool:
        """A number of the list, unless it is an amount or a part of a longer number, where a place may stand."""
        before, after = reading.before(at, 1), reading.after(at + 1)
        if (
            after in self._amounts
            or after.isdigit()
            or (before and (before[0].isdigit() or before[0] in self._amounts))
        ):
            return False
        return not before or after in self._names or before[0] in self._before or self._announced(reading, at)
