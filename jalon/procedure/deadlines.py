"""The last day to act: from a date, a period and the calendar, with every step shown.

How the days are counted, and where it is written (docs/design/deadlines.md says what is cautious and why):

- The day of the letter or event is not counted; every day after it is, weekends and holidays too, and the last day
  belongs to the period: Judicial Code, art. 52 and 53; Regulation (EEC, Euratom) 1182/71, art. 3.
- Months go from the number of the first day counted to the eve of that number: Judicial Code, art. 54
  (http://www.droitbelge.be/news_detail.asp?id=1009). Where a month is too short we end with it, as art. 3 (2) c of
  Regulation 1182/71 does.
- A registered letter counts from the day it was first presented, or from the third working day after posting, not from
  the day it was fetched: Act of 15 December 1980, art. 39/57, § 2
  (https://www.agii.be/thema/verblijfsrecht-uitwijzing-reizen/beroepsprocedures/annulatie-en-schorsing-bij-de-rvv/annulatieberoep-0);
  Judicial Code, art. 53bis (https://terralaboris.be/spip.php?rubrique3670). We never add these days: nobody can be
  notified before the date on the letter, so counting from that date is never too late.
- A last day on a Saturday, Sunday or public holiday is put off to the next working day only where such a rule was read
  for that letter (`Trigger.put_off`).

Pure functions: what the data say, the day and today are arguments.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal, get_args

from jalon.procedure import calendar
from jalon.procedure.values import DatedFact, NotKnown

Unit = Literal["day", "working_day", "week", "month", "year"]
DateOf = Literal["letter", "receipt", "event"]
Status = Literal["open", "today", "passed", "future_date", "too_old", "not_known", "impossible"]
Assumption = Literal["letter_date", "may_have_begun_earlier", "shortest_period", "month_end", "not_put_off"]
StepKind = Literal["given", "first_day", "period", "holiday", "end", "put_off", "kept", "last_day"]

_DAYS_AT_LEAST: dict[Unit, int] = {"day": 1, "working_day": 1, "week": 7, "month": 28, "year": 365}
_A_YEAR = dt.timedelta(days=366)
_FROM: dict[DateOf, tuple[Assumption, ...]] = {
    "letter": ("letter_date",),
    "receipt": ("may_have_begun_earlier",),
    "event": (),
}


class Uncountable(ValueError):
    """A period that no calendar can count: its unit is no unit of days, or its number is not a whole one."""


@dataclass(frozen=True)
class Period:
    """A number of days, working days, weeks, months or years.

    Raises:
        Uncountable: another unit, or a number that is not whole.
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise Uncountable(f"{self.unit!r} cannot be counted in days. Use one of {', '.join(get_args(Unit))}.")
        if not isinstance(self.number, int):
            raise Uncountable(f"{self.number!r} is no whole number of {self.unit}. Write a whole number.")

    @property
    def plausible(self) -> bool:
        """Whether a decision may well give this period: at least one day, at most a year."""
        return self.number >= 1 and self.number * _DAYS_AT_LEAST[self.unit] <= _A_YEAR.days


@dataclass(frozen=True)
class DeadlineRule:
    """What the data say of one deadline: its dated period and how its days are counted (calendar or working)."""

    fact: DatedFact
    counting: Literal["calendar", "working"]

    def period_on(self, day: dt.date) -> tuple[Period, str]:
        """The period that holds for what happens on `day`, and how sure it is (high, medium, low).

        Raises:
            NotKnown: no value is known for that day.
            Uncountable: the value is no whole number of days, weeks, months or years.
        """
        value = self.fact.value_on(day)
        unit = "working_day" if (self.fact.unit, self.counting) == ("day", "working") else self.fact.unit
        try:
            return Period(value.value, unit), value.confidence
        except Uncountable as fault:
            raise Uncountable(f"{self.fact.name}: {fault}") from fault


@dataclass(frozen=True)
class Trigger:
    """A letter or an event: the deadlines that it may start.

    Attributes:
        rules: all that it may start.
        written: the letter itself says which period holds, so that any other is only supposed.
        put_off: a rule was read by which a last day on a Saturday, Sunday or holiday becomes the next working day.
    """

    rules: tuple[DeadlineRule, ...]
    written: bool
    put_off: bool = False


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic, for the reader to check: a kind, and the day or the value it is about.

    `given` (value: what the date is of), `first_day`, `period` (value: the period), `holiday` (crossed, on a weekday),
    `end` (before any putting off), `put_off` and `kept` (value: saturday, sunday or holiday), `last_day`.
    """

    kind: StepKind
    day: dt.date | None = None
    value: str | Period | None = None


@dataclass(frozen=True)
class Deadline:
    """The last day to act and how it was found; days are None where nothing could be counted.

    Attributes:
        status: open, today, passed; future_date (the given date is still to come); too_old (it ended more than a year
            ago: more likely a slip in the year); not_known (no period is known for that day); impossible (no such
            period, or no such day in the calendar).
        name: the deadline that gave the period, `deadline:appeal_urgent`; "" when it was written in the letter.
        confidence: of that period: high, medium or low; "" when it was written in the letter.
        first_day: the first day that counts.
        end: the last day before the rule on Saturdays, Sundays and holidays.
        last_day: the last day to act.
        days_left: from today to the last day: 0 today, below zero when passed; None when too old.
        working_days_left: working days after today up to the last day, counted likewise.
        assumptions: what was supposed where the law or the facts leave a choice.
    """

    status: Status
    period: Period | None = None
    name: str = ""
    confidence: str = ""
    first_day: dt.date | None = None
    end: dt.date | None = None
    last_day: dt.date | None = None
    days_left: int | None = None
    working_days_left: int | None = None
    assumptions: tuple[Assumption, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def cautious(self) -> bool:
        """Whether the law may leave more time than counted here."""
        return any(assumption != "may_have_begun_earlier" for assumption in self.assumptions)


def compute_deadline(
    trigger: Trigger, day: dt.date, today: dt.date, *, date_of: DateOf, period: Period | None = None
) -> Deadline:
    """The last day to act after a letter or an event; every date has an answer, none raises.

    Args:
        day: the date on the letter, of its receipt, or of the event, as `date_of` says.
        period: as written in the letter, which always wins; None when the person does not know it: then the one of the
            trigger's deadlines that ends first, as they stood on `day`.

    Raises:
        Uncountable: the data of the trigger hold a period that is no whole number of days, weeks, months or years.
    """
    if day > today:
        return Deadline("future_date", period)
    if period and not period.plausible:
        return Deadline("impossible", period)
    try:
        choices = [("", period, "")] if period else _known_periods(trigger, day)
        counted = [_count(trigger, day, date_of, *choice) for choice in choices]
    except NotKnown:
        return Deadline("not_known")
    except OverflowError:
        return Deadline("impossible", period)
    return _seen_from(today, min(counted, key=lambda deadline: deadline.last_day))


def _known_periods(trigger: Trigger, day: dt.date) -> list[tuple[str, Period, str]]:
    """Name, period and confidence of every deadline of the trigger: if one is not known, neither is the shortest."""
    if not trigger.rules:
        raise NotKnown("no deadline that we know starts here")
    return [(rule.fact.name, *rule.period_on(day)) for rule in trigger.rules]


def _count(trigger: Trigger, day: dt.date, date_of: DateOf, name: str, period: Period, confidence: str) -> Deadline:
    working = period.unit == "working_day"
    first_day = calendar.working_days_after(day, 1) if working else day + calendar.ONE_DAY
    end = _end(day, period)
    last_day = calendar.next_working_day(end) if trigger.put_off else end
    assumptions = list(_FROM[date_of])
    if name and trigger.written:
        assumptions.append("shortest_period")
    if period.unit in ("month", "year") and _eve_of_the_number(first_day, period) > end:
        assumptions.append("month_end")
    if free := calendar.free_day(last_day):
        assumptions.append("not_put_off")
    crossed = [each for each in calendar.days_from(first_day, end) if calendar.free_day(each) == "holiday"]
    steps = (
        Step("given", day, date_of),
        Step("first_day", first_day),
        Step("period", value=period),
        *(Step("holiday", each) for each in crossed),
        Step("end", end),
        *(
            Step("put_off", each, calendar.free_day(each))
            for each in calendar.days_from(end, last_day - calendar.ONE_DAY)
        ),
        *((Step("kept", last_day, free),) if free else ()),
        Step("last_day", last_day),
    )
    return Deadline(
        status="open",
        period=period,
        name=name,
        confidence=confidence,
        first_day=first_day,
        end=end,
        last_day=last_day,
        assumptions=tuple(assumptions),
        steps=steps,
    )


def _end(day: dt.date, period: Period) -> dt.date:
    """The last day of the period that `day` starts, before any putting off."""
    match period.unit:
        case "working_day":
            return calendar.working_days_after(day, period.number)
        case "month" | "year":
            return calendar.months_after(day, _months(period))
        case unit:
            return day + dt.timedelta(days=period.number * _DAYS_AT_LEAST[unit])


def _eve_of_the_number(first_day: dt.date, period: Period) -> dt.date:
    """The end by art. 54 of the Judicial Code, later than ours when the letter came on the last day of its month."""
    return calendar.months_after(first_day, _months(period)) - calendar.ONE_DAY


def _months(period: Period) -> int:
    return period.number * (12 if period.unit == "year" else 1)


def _seen_from(today: dt.date, deadline: Deadline) -> Deadline:
    days_left = (deadline.last_day - today).days
    if days_left < -_A_YEAR.days:
        return replace(deadline, status="too_old")
    return replace(
        deadline,
        status="open" if days_left > 0 else "today" if days_left == 0 else "passed",
        days_left=days_left,
        working_days_left=calendar.working_days_until(today, deadline.last_day),
    )
