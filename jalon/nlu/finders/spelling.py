"""Mends misspelt words: an unknown word becomes the known name's word nearest to it, if that is near enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5  # shorter words have too many neighbours
TWO_EDITS_FROM = 9
_FREE_START_FROM = 7  # in shorter words the first letter must be right
_RATHER = 10  # a word people use is a slip only if the name's word is used this many times more


class Speller:
    """Knows the words of the names that are looked for, and the everyday words that are never slips for them."""

    def __init__(self, names: Iterable[str], used: Mapping[str, int], certain: Iterable[str] = ()) -> None:
        """Make it from the names' words, how often each word is `used` by people, and words `certain` to be right."""
        self._names = frozenset(names)
        self._used = used
        self._near: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._names):
            if len(word) >= SHORTEST and word.isalpha():
                self._near[len(word)].append(word)
        self._right = self._names | frozenset(certain)
        # The words that training showed are compared once, here, not at every message.
        self._slips = {word: mended for word in used if (mended := self._compare(word)) != word}

    def knows(self, word: str) -> bool:
        """Whether a word is one of the names' or an everyday word."""
        return word in self._right or word in self._used

    def mend(self, word: str) -> str:
        """The word itself, or the name's word it is a slip for."""
        if word in self._used:
            return self._slips.get(word, word)
        return self._compare(word)

    def _compare(self, word: str) -> str:
        if len(word) < SHORTEST or word in self._right or not word.isalpha():
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        near = [
            (distance, -self._used.get(name, 0), name)
            for length in range(len(word) - edits, len(word) + edits + 1)
            for name, distance, _ in process.extract(
                word, self._near.get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
            )
            if len(word) >= _FREE_START_FROM or name[0] == word[0]
        ]
        near = [(distance, used, name) for distance, used, name in near if -used >= _RATHER * self._used.get(word, 0)]
        return min(near)[2] if near else word


class NoSpeller(Speller):
    """For languages whose everyday words are not known: every word could be one, so none is mended."""

    def __init__(self) -> None:
        super().__init__((), {})
