import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.procedure import calendar
from jalon.procedure.deadlines import DeadlineRule, Period, Trigger, Uncountable, compute_deadline
from jalon.procedure.values import DatedFact, DatedValue

START = dt.date(2026, 6, 12)
FREE = {"saturday", "sunday", "holiday"}

any_date = st.dates() | st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
of = st.sampled_from(["letter", "receipt", "event"])
units = st.sampled_from(["day", "working_day", "week", "month", "year"])
periods = st.builds(Period, st.integers(-3, 500), units)
short = st.builds(Period, st.integers(1, 60), st.sampled_from(["day", "working_day"]))


def rule(name, number, unit="day", counting="calendar", since=START):
    """A deadline that holds from `since`."""
    return DeadlineRule(DatedFact(f"deadline:{name}", unit, "", (DatedValue(since, number, "low"),)), counting)


triggers = st.builds(
    Trigger,
    st.lists(
        st.builds(rule, st.just("any"), st.integers(1, 400), st.sampled_from(["day", "week", "month"])), max_size=3
    ).map(tuple),
    written=st.booleans(),
    put_off=st.booleans(),
)
APPEAL = Trigger((rule("urgent", 5), rule("accelerated", 10), rule("ordinary", 30)), written=True, put_off=True)
MONDAY = dt.date(2026, 11, 16)


@settings(max_examples=400)
@given(triggers, any_date, any_date, of, st.none() | periods)
def test_every_date_has_an_answer_that_holds_together(trigger, day, today, date_of, period):
    found = compute_deadline(trigger, day, today, date_of=date_of, period=period)
    assert (found.status == "future_date") == (day > today)
    if found.last_day is None:
        assert found.status in {"future_date", "not_known", "impossible"}
        assert found.steps == ()
        return
    assert day < found.first_day <= found.end <= found.last_day
    assert found.last_day == found.end or (trigger.put_off and calendar.free_day(found.end) in FREE)
    assert ("not_put_off" in found.assumptions) == (calendar.free_day(found.last_day) is not None)
    if found.status == "too_old":
        assert found.days_left is found.working_days_left is None
    else:
        assert today + dt.timedelta(days=found.days_left) == found.last_day
        sign = {"open": found.days_left > 0, "today": found.days_left == 0, "passed": found.days_left < 0}
        assert sign[found.status]
    assert found.period == (period or found.period)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)), short, of)
def test_the_days_counted_are_as_many_as_the_period(day, period, date_of):
    found = compute_deadline(APPEAL, day, day, date_of=date_of, period=period)
    counted = 0
    each = day
    while each < found.end:
        each += dt.timedelta(days=1)
        counted += period.unit == "day" or calendar.free_day(each) is None
    assert counted == period.number


@given(st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31)), periods.filter(lambda period: period.plausible))
def test_putting_off_never_gives_an_earlier_day(day, period):
    kept, moved = (
        compute_deadline(Trigger((), written=True, put_off=put_off), day, day, date_of="letter", period=period)
        for put_off in (False, True)
    )
    assert kept.end == kept.last_day == moved.end
    assert moved.last_day == calendar.next_working_day(moved.end)


@given(st.permutations(APPEAL.rules), st.dates(START, dt.date(2030, 1, 1)))
def test_an_unknown_period_is_the_one_that_ends_first(rules, day):
    trigger = Trigger(tuple(rules), written=True, put_off=True)
    found = compute_deadline(trigger, day, day, date_of="letter")
    written = [
        compute_deadline(trigger, day, day, date_of="letter", period=Period(number, "day")) for number in (5, 10, 30)
    ]
    assert found.last_day == min(each.last_day for each in written)
    assert (found.name, found.confidence) == ("deadline:urgent", "low")
    assert "shortest_period" in found.assumptions


def test_if_one_period_is_not_known_neither_is_the_shortest():
    trigger = Trigger((rule("known", 10), rule("later", 5, since=dt.date(2027, 1, 1))), written=True)
    assert compute_deadline(trigger, MONDAY, MONDAY, date_of="letter").status == "not_known"


def test_a_period_of_the_law_is_not_supposed():
    trigger = Trigger((rule("commune", 8, counting="working"),), written=False)
    found = compute_deadline(trigger, MONDAY, MONDAY, date_of="event")
    assert found.period == Period(8, "working_day")
    assert found.assumptions == ()
    assert not found.cautious


def test_a_letter_that_starts_nothing_has_no_known_period():
    assert compute_deadline(Trigger((), written=True), MONDAY, MONDAY, date_of="letter").status == "not_known"


@pytest.mark.parametrize(
    ("date_of", "cautious"),
    [("letter", True), ("receipt", False), ("event", False)],
    ids=["letter", "receipt", "event"],
)
def test_counting_from_the_receipt_is_not_called_cautious(date_of, cautious):
    found = compute_deadline(APPEAL, MONDAY, MONDAY, date_of=date_of, period=Period(10, "day"))
    assert found.cautious is cautious
    assert ("may_have_begun_earlier" in found.assumptions) == (date_of == "receipt")


def test_every_day_of_putting_off_is_shown():
    found = compute_deadline(
        APPEAL, dt.date(2026, 12, 15), dt.date(2026, 12, 15), date_of="letter", period=Period(10, "day")
    )
    assert [(step.day.day, step.value) for step in found.steps if step.kind == "put_off"] == [
        (25, "holiday"), (26, "saturday"), (27, "sunday")
    ]  # fmt: skip


def test_a_free_last_day_that_stays_is_shown():
    trigger = Trigger((rule("urgent", 5),), written=True)
    found = compute_deadline(trigger, MONDAY, MONDAY, date_of="letter")
    assert [(step.day.day, step.value) for step in found.steps if step.kind == "kept"] == [(21, "saturday")]


@pytest.mark.parametrize(("number", "unit"), [(5, "hour"), (5, ""), (2.5, "day"), ("5", "day"), (None, "day")])
def test_a_period_that_cannot_be_counted_is_refused(number, unit):
    with pytest.raises(Uncountable):
        Period(number, unit)


@pytest.mark.parametrize(("number", "unit"), [(72, "hour"), (2.5, "day"), (START, "date")])
def test_data_that_cannot_be_counted_are_named(number, unit):
    with pytest.raises(Uncountable, match="deadline:odd"):
        compute_deadline(Trigger((rule("odd", number, unit),), written=False), MONDAY, MONDAY, date_of="event")
