import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jalon.procedure.values import DatedFact, DatedValue, NotKnown

DAY = dt.timedelta(days=1)
FIRST, SECOND, END = dt.date(2025, 1, 1), dt.date(2026, 3, 1), dt.date(2027, 6, 1)
VALUES = (DatedValue(FIRST, 15, "high"), DatedValue(SECOND, 30, "low"), DatedValue(END, None, "high"))


def fact(*values):
    """A fact with these values."""
    return DatedFact("deadline:example", "day", "", values)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        pytest.param(FIRST, 15, id="on the first day"),
        pytest.param(FIRST + DAY, 15, id="between two values"),
        pytest.param(SECOND - DAY, 15, id="on the last day of a value"),
        pytest.param(SECOND, 30, id="on the day of a change"),
        pytest.param(END - DAY, 30, id="on the last day of the rule"),
    ],
)
@pytest.mark.parametrize("values", [VALUES, VALUES[::-1]], ids=["in order", "out of order"])
def test_the_value_of_a_day_is_the_last_that_began(values, day, value):
    assert fact(*values).value_on(day).value == value


@pytest.mark.parametrize(
    "day", [FIRST - DAY, dt.date.min, END, END + DAY, dt.date.max], ids=["before", "long before", "end", "after", "far"]
)
def test_outside_its_range_a_fact_is_not_known(day):
    with pytest.raises(NotKnown, match="deadline:example"):
        fact(*VALUES).value_on(day)


def test_a_rule_that_ended_may_begin_again():
    again = DatedValue(END + DAY, 45, "high")
    assert fact(*VALUES, again).value_on(END + DAY) is again


def test_a_fact_without_values_is_never_known():
    with pytest.raises(NotKnown):
        fact().value_on(FIRST)


@given(st.dictionaries(st.dates(), st.none() | st.integers(), min_size=1, max_size=6), st.dates(), st.randoms())
def test_no_value_is_ever_taken_from_another_day(values, day, random):
    begun = [since for since in values if since <= day]
    expected = values[max(begun)] if begun else None
    shuffled = [DatedValue(since, value, "high") for since, value in values.items()]
    random.shuffle(shuffled)
    if expected is None:
        with pytest.raises(NotKnown):
            fact(*shuffled).value_on(day)
    else:
        assert fact(*shuffled).value_on(day).value == expected


@given(st.dates(), st.dates())
def test_a_value_holds_until_the_next_begins(since, day):
    assume(since <= day)
    assert fact(DatedValue(since, 1, "high")).value_on(day).since == since
