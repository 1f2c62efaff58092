"""Finds the situation that a person states as their own; a mention, a wish or a question states nothing."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.matcher import Matcher
from spacy.vocab import Vocab

from jalon.nlu.finders.patterns import ending, pattern_words, token_patterns
from jalon.nlu.finders.reading import Found, Reading, cut, words_of

HELPER = "helper"
_REACH = 4  # how many words before a statement may deny it or make it a condition, or after it move it elsewhere


class SituationFinder:
    """Matches what people say of themselves, and gives up wherever the statement is denied, supposed or double."""

    def __init__(self, vocab: Vocab, rules: dict) -> None:
        self._matcher = Matcher(vocab)
        self._meant: dict[int, tuple[str, bool, bool]] = {}
        self._negations = words_of(rules.get("negations", []))
        self._conditions = [f" {' '.join(cut(words))} " for words in rules.get("conditions", [])]
        self._elsewhere = words_of(rules.get("elsewhere", []))
        self._unless: dict[str, frozenset[str]] = {}
        self._endings: set[str] = set()
        for id, words in rules.get("situations", {}).items():
            self._unless[id] = words_of(words["unless"])
            for alone in (False, True):
                for notation in words["alone" if alone else "said"]:
                    key = f"{id} {alone} {notation}"
                    patterns = token_patterns(notation)
                    self._matcher.add(key, patterns)
                    self._endings.update(word for pattern in patterns for word in ending(pattern))
                    denies = not self._negations.isdisjoint(pattern_words(notation))
                    self._meant[vocab.strings[key]] = (id, alone, denies)

    def find(self, reading: Reading) -> Iterator[Found]:
        """The situation of a message, when exactly one is stated; who helps somebody states only that."""
        words = {word.text for word in reading.words}
        if self._endings.isdisjoint(words):
            return  # most messages state nothing, and matching costs more than all other finders together
        stated: dict[str, Found] = {}
        for key, first, last in self._matcher(reading.doc):
            id, alone, denies = self._meant[key]
            if (alone and last - first < len(reading.words)) or not self._unless[id].isdisjoint(words):
                continue
            longest = stated.get(id)
            if (longest is None or last - first > longest.last - longest.first) and self._is_stated(
                reading, first, last, denies
            ):
                stated[id] = Found("situation", id, first, last)
        if HELPER in stated:
            yield stated[HELPER]
        elif len(stated) == 1:
            yield from stated.values()

    def _is_stated(self, reading: Reading, first: int, last: int, denies: bool) -> bool:
        """Whether nothing in the clause before the words, nor among them, denies them or makes them a condition."""
        start = first
        while start > max(0, first - _REACH) and not reading.ends_clause(start):
            start -= 1
        before = [word.text for word in reading.words[start:first]]
        inside = [word.text for word in reading.words[first:last]]
        denied = before if denies else before + inside
        after = [word.text for word in reading.words[last : last + _REACH]]
        heard = f" {' '.join(before + inside)} "
        if not self._negations.isdisjoint(denied) or not self._elsewhere.isdisjoint(inside + after):
            return False
        return not any(words in heard for words in self._conditions)
