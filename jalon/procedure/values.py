"""Values that hold from a day on: a period, an amount, a date that the law or an office changes from time to time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class NotKnown(LookupError):
    """No value is known for that day. The assistant then says so and names who knows; it never guesses."""


@dataclass(frozen=True)
class DatedValue:
    """One value and the first day it holds; `value` None ends the rule on that day.

    A mapping is a value that each language words in its own way: jalon/knowledge/forms.py, `Estimate` to `Weekly`.
    """

    since: date
    value: float | str | date | dict | None
    confidence: str


@dataclass(frozen=True)
class DatedFact:
    """A named fact and its values in the order of their start.

    Attributes:
        name: as texts cite it, `deadline:appeal_ordinary`.
        unit: of the values, as in jalon/knowledge/forms.py (day, month, eur, date …), or "" for a text.
        per: for amounts: month, year, once or "".
        values: ordered by `since`; start dates only, so that no gap or overlap can be written.
    """

    name: str
    unit: str
    per: str
    values: tuple[DatedValue, ...]

    def value_on(self, day: date) -> DatedValue:
        """The value that holds on `day`.

        Raises:
            NotKnown: `day` is before the first value or the rule has ended. Never the last known value.
        """
        holding = [value for value in self.values if value.since <= day]
        if not holding:
            raise NotKnown(f"{self.name} has no value on {day}")
        latest = max(holding, key=lambda value: value.since)
        if latest.value is None:
            raise NotKnown(f"{self.name} ended on {latest.since}")
        return latest
