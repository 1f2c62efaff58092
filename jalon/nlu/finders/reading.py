"""A message read word by word: normalised, its spelling mended, every word at its place in what the person typed."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Protocol

from spacy.tokens import Doc
from spacy.vocab import Vocab

from jalon.nlu.finders.spelling import Speller
from jalon.nlu.text import normalise

# A word is letters with their marks, or digits: « 26quater » and « d'asile » are two words each. « € » counts as one.
_WORDS = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0670\u200c])*|€")
_BREAKS = re.compile(r"[,:.!?;\n]")
_SIGNS = frozenset({"", "/", ".", "-", ":"})
_APOSTROPHES = frozenset("'’ʼ`´‘")


@dataclass(frozen=True)
class Word:
    """One word of a message.

    Attributes:
        text: normalised, with its spelling mended.
        start, end: where it stands in the message as typed.
        mended: whether its spelling was not the one of a known word.
        known: whether it is a word of a name or an everyday word, once mended.
    """

    text: str
    start: int
    end: int
    mended: bool = False
    known: bool = True


@dataclass(frozen=True)
class Found:
    """An entity: `value` is an id (an ISO date for dates); `first` and `last` count words, last excluded."""

    entity: str
    value: str
    first: int
    last: int


class Finder(Protocol):
    """What finds one kind of thing, or a few alike."""

    def find(self, reading: Reading) -> Iterator[Found]:
        """Everything of its kind in the message, overlaps included."""


@dataclass(frozen=True)
class Reading:
    """A message and its words; `today` is the day it was written."""

    typed: str
    words: tuple[Word, ...]
    vocab: Vocab
    today: dt.date

    @classmethod
    def of(cls, typed: str, vocab: Vocab, speller: Speller, today: dt.date) -> Reading:
        """Read what a person typed."""
        words = []
        for match in _WORDS.finditer(typed):
            # One typed letter may become several words (« ½ »): they share its place.
            for text in cut(match[0]):
                mended = speller.mend(text)
                words.append(Word(mended, match.start(), match.end(), mended != text, speller.knows(mended)))
        return cls(typed, tuple(words), vocab, today)

    @cached_property
    def doc(self) -> Doc:
        """The words as spaCy's matchers want them."""
        return Doc(self.vocab, words=[word.text for word in self.words])

    @cached_property
    def line(self) -> str:
        """The words on one line, with the signs between them that dates need."""
        return "".join(piece for word, gap in zip(self.words, self._gaps, strict=True) for piece in (word.text, gap))

    @cached_property
    def _gaps(self) -> list[str]:
        """What stands after each word: one of / . - ' : when that is all, nothing, or a space."""
        typed = [self.typed[one.end : next.start] for one, next in pairwise(self.words)]
        kept = [gap if gap in _SIGNS else "'" if gap in _APOSTROPHES else " " for gap in typed]
        return [*kept, ""] if self.words else []

    @cached_property
    def _starts(self) -> list[int]:
        lengths = (len(word.text) + len(gap) for word, gap in zip(self.words, self._gaps, strict=True))
        return list(accumulate(lengths, initial=0))

    def word_at(self, place: int) -> int:
        """Which word a place of the line is in."""
        return bisect_right(self._starts, place) - 1

    def text(self, first: int, last: int) -> str:
        """The part of the line from word `first`, without word `last`."""
        return self.line[self._starts[first] : self._starts[last - 1] + len(self.words[last - 1].text)]

    def before(self, first: int, count: int) -> list[str]:
        """Up to `count` words before a place, nearest last."""
        return [word.text for word in self.words[max(0, first - count) : first]]

    def after(self, last: int) -> str:
        """The word after a place; empty at the end."""
        return self.words[last].text if last < len(self.words) else ""

    def ends_clause(self, last: int) -> bool:
        """Whether the message or one of its clauses ends before word `last`."""
        if last >= len(self.words):
            return True
        gap = self.typed[self.words[last - 1].end : self.words[last].start]
        return bool(_BREAKS.search(gap))

    def mended(self, first: int, last: int) -> bool:
        """Whether any of these words was misspelt."""
        return any(word.mended for word in self.words[first:last])


def cut(text: str) -> list[str]:
    """The normalised words of a text, cut as a message is."""
    return _WORDS.findall(normalise(text))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of several texts."""
    return frozenset(word for text in texts for word in cut(text))
