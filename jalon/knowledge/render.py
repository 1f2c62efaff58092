"""Turns a text with citations into what a person reads, on a given day, in a language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import reduce
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from jalon.knowledge.citations import Citation, replace
from jalon.knowledge.forms import DAYS
from jalon.knowledge.store import FactSource, KnowledgeStore
from jalon.procedure.values import DatedFact, NotKnown

_CLDR = {  # CLDR unit identifiers, https://cldr.unicode.org
    "hour": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "km": "length-kilometer",
}


@dataclass(frozen=True)
class Rendered:
    """A text ready to show; `not_known` lists the facts that have no value on that day."""

    text: str
    not_known: tuple[str, ...]


@dataclass(frozen=True)
class FilledIn:
    """A citation that a text was filled in with.

    Attributes:
        citation: as the text writes it, `{deadline:appeal_ordinary}`.
        written: what the reader sees instead.
        since: the first day of the value; None for a contact, and for a fact of one article.
        source: None where nothing is known on that day.
    """

    citation: str
    written: str
    since: dt.date | None = None
    source: FactSource | None = None


_noted: ContextVar[list[FilledIn] | None] = ContextVar("filled_in", default=None)


@contextmanager
def noting_facts() -> Iterator[list[FilledIn]]:
    """Within the block, and in this task alone, every citation that is filled in is added to the list."""
    found: list[FilledIn] = []
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


class Renderer:
    """Renders citations in one language.

    Args:
        locale: whose formats are used (CLDR): a language, or a language in a country, `en_GB`.
        words: the phrases of the language that formats need (`working_day_other`, `per_month`, `always_open`, …).
    """

    def __init__(self, store: KnowledgeStore, locale: str, words: Mapping[str, str]) -> None:
        self._store = store
        self._words = words
        self._locale = Locale.parse(locale)

    def render(self, text: str, day: dt.date, article: str = "") -> Rendered:
        """The text with every citation replaced by its value on `day`.

        A fact without a value on that day is replaced by the phrase `not_known`, never by an older value.
        """
        not_known: list[str] = []

        def value_of(citation: Citation) -> str:
            try:
                filled = self._filled_in(citation, day, article)
            except (NotKnown, KeyError):
                not_known.append(citation.text)
                filled = FilledIn(citation.text, self._words["not_known"])
            if (noted := _noted.get()) is not None:
                noted.append(filled)
            return filled.written

        return Rendered(replace(text, value_of), tuple(not_known))

    def _filled_in(self, citation: Citation, day: dt.date, article: str) -> FilledIn:
        if citation.kind in ("organisation", "service"):
            entry = self._store.entries(f"{citation.kind}s")[citation.name]
            source = entry["source"]
            known = FactSource(source["title"], source["url"], source["dated"], entry["checked_on"])
            return FilledIn(citation.text, self.contact(entry, citation.field), source=known)
        fact = self._store.fact(f"{citation.kind}:{citation.name}", article)
        holding = fact.value_on(day)
        since = None if holding.since == dt.date.min else holding.since
        written = self._written(holding.value, fact, citation)
        return FilledIn(citation.text, written, since, self._store.fact_source(fact, holding, article))

    def _written(self, value: Any, fact: DatedFact, citation: Citation) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return self._worded(value, fact.unit)
        if citation.field == "value" and fact.unit not in ("eur", "date"):
            return format_decimal(value, locale=self._locale)
        written = self.quantity(value, fact.unit)
        per = self._words.get(f"per_{fact.per}") if fact.per in ("month", "year") else None
        return per.format(amount=written) if per and citation.field != "value" else written

    def _worded(self, value: dict[str, Any], unit: str) -> str:
        """A value that each language words in its own way (jalon/knowledge/forms.py, `Estimate` to `Weekly`)."""
        if "about" in value:
            return self._words["about"].format(number=self.quantity(value["about"], unit))
        if "from" in value:
            first = format_decimal(value["from"], locale=self._locale)
            return self._words["range"].format(first=first, last=self.quantity(value["to"], unit))
        if "at" in value:
            days = self._days([DAYS.index(day) for day in value["days"]])
            return self._words["days_at"].format(days=days, time=_hour(value["at"]))
        style = "or" if "one_of" in value else "standard"
        return self._listed(value.get("one_of") or value["all_of"], style)

    def quantity(self, value: float | dt.date, unit: str) -> str:
        """A value with its unit: `30 jours`, `1 340 €`, `12 juin 2026`."""
        if isinstance(value, dt.date):
            written = format_date(value, "long", locale=self._locale)
            first = self._words.get("first_of_month")  # French writes « 1er mars », which CLDR does not
            return re.sub(r"^1\b", first, written) if first else written
        if unit == "eur":
            pattern = "#,##0 ¤" if float(value).is_integer() else "#,##0.00 ¤"
            return format_currency(value, "EUR", format=pattern, locale=self._locale, currency_digits=False)
        if unit in _CLDR:
            return format_unit(value, _CLDR[unit], length="long", locale=self._locale)
        number = format_decimal(value, locale=self._locale)
        if unit == "percent":
            return f"{number} %"
        form = self._words.get(f"{unit}_{self._locale.plural_form(value)}") or self._words.get(f"{unit}_other")
        return form.format(number=number) if form else number

    def contact(self, entry: Mapping, field: str) -> str:
        """A field of a contact as a person reads it.

        Raises:
            KeyError: the field is not known.
        """
        if field == "hours":
            return self._hours(entry)
        value = entry.get(field)
        if not value:
            raise KeyError(field)
        return (
            str(value).removeprefix("https://").removeprefix("www.").rstrip("/") if field == "website" else str(value)
        )

    def _hours(self, entry: Mapping) -> str:
        if entry.get("always_open"):
            return self._words["always_open"]
        hours = entry.get("hours") or {}
        if not hours:
            raise KeyError("hours")
        groups: list[tuple[list[int], list[str]]] = []
        for number, day in enumerate(DAYS):
            if day in hours:
                if groups and groups[-1][1] == hours[day] and groups[-1][0][-1] == number - 1:
                    groups[-1][0].append(number)
                else:
                    groups.append(([number], hours[day]))
        lines = [
            f"{self._days(days)} {format_list([*map(_span, spans)], locale=self._locale)}" for days, spans in groups
        ]
        return reduce(lambda first, more: self._words["then"].format(first=first, more=more), lines)

    def _days(self, days: Sequence[int]) -> str:
        """Days of the week, 0 for Monday: from the first to the last where they follow one another."""
        names = [self._locale.days["format"]["wide"][day] for day in days]
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return self._words["from_to"].format(first=names[0], last=names[-1])
        return self._listed(names)

    def _listed(self, names: Iterable[str], style: str = "standard") -> str:
        return format_list([*names], style=style, locale=self._locale)


def _span(span: str) -> str:
    return "-".join(map(_hour, span.split("-")))


def _hour(clock: str) -> str:
    return clock.removeprefix("0")
