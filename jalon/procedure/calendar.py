"""Days as Belgian law counts them: public holidays, working days, months.

A working day is any day but Saturday, Sunday and the ten public holidays (royal decree of 18 April 1974, art. 1):
so for European periods (Regulation (EEC, Euratom) 1182/71, art. 2, https://eur-lex.europa.eu/eli/reg/1971/1182) and
for Belgian ones (Council of State, judgment 230.088,
http://elfri.be/rechtspraak/raad-van-state-en-termijnen-zaterdag-en-zondag-zijn-geen-werkdagen).
The holidays come from the library `holidays`, which knows 1901 to 2100; outside these years only weekends are free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Literal

import holidays
from dateutil.relativedelta import relativedelta

ONE_DAY = dt.timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

FreeDay = Literal["holiday", "saturday", "sunday"]


@cache
def _holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("BE")


def free_day(day: dt.date) -> FreeDay | None:
    """Why `day` is no working day, or None when it is one; a holiday on a weekend is named by the weekend."""
    if day.weekday() == SATURDAY:
        return "saturday"
    if day.weekday() == SUNDAY:
        return "sunday"
    return "holiday" if day in _holidays() else None


def is_working_day(day: dt.date) -> bool:
    """Whether `day` is neither a Saturday, nor a Sunday, nor a public holiday."""
    return free_day(day) is None


def days_from(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from `first` to `last`, both included; none when `last` comes first."""
    for number in range((last - first).days + 1):
        yield first + dt.timedelta(days=number)


def next_working_day(day: dt.date) -> dt.date:
    """`day` itself when it is a working day, otherwise the first one after it.

    Raises:
        OverflowError: there is none before the end of the year 9999.
    """
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The `number`-th working day after `day`, which is not counted itself; `number` is 1 or more.

    Raises:
        OverflowError: it lies after the year 9999.
    """
    for _ in range(number):
        day = next_working_day(day + ONE_DAY)
    return day


def working_days_until(today: dt.date, day: dt.date) -> int:
    """The working days after `today` up to and including `day`; below zero when `day` is past."""
    if day < today:
        return -working_days_until(day, today)
    return sum(is_working_day(each) for each in days_from(today, day)) - is_working_day(today)


def months_after(day: dt.date, months: int) -> dt.date:
    """The day of the same number `months` later, or the last of that month where it has no such day.

    Raises:
        OverflowError: it lies after the year 9999.
    """
    try:
        return day + relativedelta(months=months)
    except ValueError as beyond:
        raise OverflowError(f"{months} months after {day} lie after the year 9999") from beyond
