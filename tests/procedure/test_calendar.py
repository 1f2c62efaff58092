import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.procedure import calendar
from jalon.procedure.calendar import months_after

# As published for these years: https://feiertagskalender.ch/index.php?geo=3285&jahr=2026&klasse=3&hl=fr
HOLIDAYS = {
    2023: "01-01 04-10 05-01 05-18 05-29 07-21 08-15 11-01 11-11 12-25",
    2026: "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25",
}
PUBLISHED = {dt.date.fromisoformat(f"{year}-{day}") for year, days in HOLIDAYS.items() for day in days.split()}

days_of_now = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@pytest.mark.parametrize("year", HOLIDAYS)
def test_exactly_the_ten_public_holidays_are_free_on_weekdays(year):
    days = calendar.days_from(dt.date(year, 1, 1), dt.date(year, 12, 31))
    free = {day for day in days if calendar.free_day(day) == "holiday"}
    assert free == {day for day in PUBLISHED if day.year == year and day.weekday() < 5}


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2026, 8, 15), "saturday"),
        (dt.date(2026, 11, 1), "sunday"),
        (dt.date(2026, 11, 11), "holiday"),
        (dt.date(2026, 4, 3), None),
        (dt.date(2026, 9, 27), "sunday"),
        (dt.date(2027, 9, 27), None),
        (dt.date(2026, 11, 15), "sunday"),
        (dt.date(2026, 12, 26), "saturday"),
    ],
    ids=["Assumption", "All Saints", "Armistice", "Good Friday", "Sunday", "Community", "King", "day after Christmas"],
)
def test_a_day_is_free_for_a_reason(day, why):
    assert calendar.free_day(day) == why


def busday(first, last):
    """The working days from `first` to `last`, both included, by numpy and the holidays of the two years."""
    return int(np.busday_count(first, last + dt.timedelta(days=1), holidays=sorted(PUBLISHED)))


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_working_days_agree_with_numpy(today, day):
    later, sign = (day, 1) if day >= today else (today, -1)
    earlier = min(day, today)
    expected = busday(earlier + dt.timedelta(days=1), later) if later > earlier else 0
    assert calendar.working_days_until(today, day) == sign * expected


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 9, 1)), st.integers(1, 60))
def test_the_nth_working_day_agrees_with_numpy(day, number):
    found = calendar.working_days_after(day, number)
    assert busday(day + dt.timedelta(days=1), found) == number
    assert busday(found, found) == 1


@given(days_of_now)
def test_the_next_working_day_skips_only_free_days(day):
    found = calendar.next_working_day(day)
    assert calendar.is_working_day(found)
    assert not any(calendar.is_working_day(each) for each in calendar.days_from(day, found - calendar.ONE_DAY))


def test_the_calendar_ends():
    with pytest.raises(OverflowError):
        calendar.working_days_after(dt.date.max, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 5, 31), 24, dt.date(2028, 5, 31)),
        (dt.date(2026, 5, 31), 0, dt.date(2026, 5, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_after(day, months) == later


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.integers(0, 48))
def test_months_are_counted_without_skipping_one(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


def test_months_end_with_the_calendar():
    with pytest.raises(OverflowError, match="9999"):
        months_after(dt.date(9999, 12, 1), 1)
