import datetime as dt

import pytest

from jalon.procedure.opening import opening
from jalon.procedure.today import BELGIUM

HOURS = {"mon": ["09:00-12:00", "13:30-16:00"], "wed": ["09:00-12:00"]}


def at(day: int, clock: str) -> dt.datetime:
    return dt.datetime.combine(dt.date(2026, 11, day), dt.time.fromisoformat(clock), BELGIUM)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(9, "09:00"), at(9, "12:00")),
        (at(9, "11:59"), at(9, "12:00")),
        (at(9, "14:00"), at(9, "16:00")),
        (dt.datetime(2026, 11, 9, 8, 30, tzinfo=dt.UTC), at(9, "12:00")),  # half past nine in Belgium
    ],
)
def test_an_office_is_open_from_its_hour_until_the_next(now, until):
    found = opening(HOURS, now)
    assert (found.open, found.until) == (True, until)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(9, "08:59"), at(9, "09:00")),
        (at(9, "12:00"), at(9, "13:30")),
        (at(9, "16:00"), at(16, "09:00")),  # Wednesday is 11 November
        (at(17, "10:00"), at(18, "09:00")),
    ],
)
def test_a_closed_office_opens_next_on_a_day_that_is_no_holiday(now, opens):
    found = opening(HOURS, now)
    assert (found.open, found.opens) == (False, opens)


def test_nothing_is_said_of_hours_that_are_not_known():
    assert opening({}, at(9, "10:00")) is None


def test_the_clocks_of_summer_do_not_move_the_hours():
    sunday = dt.date(2026, 3, 29)  # the clocks go forward
    hours = {"sun": ["09:00-10:00"]}
    now = dt.datetime(2026, 3, 29, 7, 30, tzinfo=dt.UTC)  # half past nine in summer time
    assert opening(hours, now).until == dt.datetime.combine(sunday, dt.time(10), BELGIUM)
