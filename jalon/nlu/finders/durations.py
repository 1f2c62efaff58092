"""Finds spans of time with their number: « trente jours », « 1 mois » become `30 day`, `1 month`."""

from __future__ import annotations

from collections.abc import Iterator

from jalon.nlu.finders.reading import Found, Reading, cut

_MOST_DIGITS = 3
_LONGEST_UNIT = 3  # words: « jours ouvrables », « jours de travail »


class DurationFinder:
    """Finds `duration`, a number and a unit of jalon.procedure.deadlines apart by a space.

    Args:
        rules: `numbers` (words → figures), `units` (unit → ways of saying it) and `whole` (words → both).
    """

    def __init__(self, rules: dict) -> None:
        self._numbers = {tuple(cut(said)): number for said, number in rules.get("numbers", {}).items()}
        self._units = {tuple(cut(said)): unit for unit, ways in rules.get("units", {}).items() for said in ways}
        self._whole = {tuple(cut(said)): span for said, span in rules.get("whole", {}).items()}

    def words(self) -> frozenset[str]:
        """The words that durations are made of, for the speller."""
        return frozenset(word for said in (*self._numbers, *self._units, *self._whole) for word in said)

    def find(self, reading: Reading) -> Iterator[Found]:
        """The durations of a message, overlaps included."""
        words = [word.text for word in reading.words]
        for first in range(len(words)):
            for said, span in self._whole.items():
                if tuple(words[first : first + len(said)]) == said:
                    yield Found("duration", span, first, first + len(said))
            number, after = self._number(words, first)
            if not number:
                continue
            for last in range(min(len(words), after + _LONGEST_UNIT), after, -1):
                if unit := self._units.get(tuple(words[after:last])):
                    yield Found("duration", f"{number} {unit}", first, last)
                    break

    def _number(self, words: list[str], first: int) -> tuple[int, int]:
        """The number that begins there (0 for none) and the place after it."""
        if words[first].isdecimal() and len(words[first]) <= _MOST_DIGITS:
            return int(words[first]), first + 1
        for said, number in self._numbers.items():
            if tuple(words[first : first + len(said)]) == said:
                return number, first + len(said)
        return 0, first
