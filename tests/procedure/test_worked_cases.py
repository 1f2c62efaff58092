"""The deadlines worked out by hand in tests/procedures, against the program and the project's own facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from jalon.procedure.deadlines import Period, compute_deadline

FILES = sorted((Path(__file__).parents[1] / "procedures").glob("*.yml"))


@dataclass(frozen=True)
class Case:
    """One worked deadline, as its file says; unknown keys are refused."""

    date: dt.date
    date_of: str
    period: str
    today: dt.date
    status: str
    because: str
    source: str
    letter: str = ""
    event: str = ""
    takes: str = ""
    first_day: dt.date | None = None
    crossed: tuple = ()
    end: dt.date | None = None
    last_day: dt.date | None = None
    days_left: int | None = None
    working_days_left: int | None = None
    assumptions: tuple = ()

    @property
    def written(self) -> Period | None:
        if self.period == "unknown":
            return None
        number, unit = self.period.split()
        return Period(int(number), unit)


def cases():
    for path in FILES:
        file = yaml.safe_load(path.read_text("utf-8"))
        for name, case in file["cases"].items():
            assert case["source"] in file["sources"], f"{path.name}: {name}: no source {case['source']!r}"
            yield pytest.param(Case(**case), id=f"{path.stem}: {name}")


CASES = list(cases())


def computed(store, case):
    return compute_deadline(
        store.trigger(case.letter or case.event), case.date, case.today, date_of=case.date_of, period=case.written
    )


@pytest.mark.parametrize("case", CASES)
def test_a_deadline_is_the_one_worked_out_by_hand(store, case):
    found = computed(store, case)
    assert (found.status, found.end, found.last_day) == (case.status, case.end, case.last_day), case.because
    assert (found.days_left, found.working_days_left) == (case.days_left, case.working_days_left), case.because
    assert found.assumptions == tuple(case.assumptions)
    assert found.name.removeprefix("deadline:") == case.takes


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0].last_day])
def test_the_arithmetic_shown_is_the_one_worked_out_by_hand(store, case):
    found = computed(store, case)
    assert found.first_day == (case.first_day or case.date + dt.timedelta(days=1))
    shown = [(step.kind, step.day) for step in found.steps]
    assert [day for kind, day in shown if kind == "holiday"] == list(case.crossed)
    assert shown[:2] == [("given", case.date), ("first_day", found.first_day)]
    assert ("end", case.end) in shown
    assert shown[-1] == ("last_day", case.last_day)
    assert found.steps[0].value == case.date_of


def test_every_letter_that_can_be_counted_has_a_worked_case(store):
    letters = {name for name, letter in store.entries("letters").items() if letter["period"]}
    assert letters == {case.values[0].letter for case in CASES} - {""}


@pytest.mark.parametrize("name", ["orange_card", "card_a_renewal_request_min", "pact_start", "moon"])
def test_what_does_not_run_forward_from_its_date_is_not_counted(store, name):
    with pytest.raises(KeyError):
        store.trigger(name)


def test_every_status_has_a_worked_case():
    assert {case.values[0].status for case in CASES} == {
        "open", "today", "passed", "future_date", "too_old", "not_known", "impossible"
    }  # fmt: skip


def test_there_are_enough_worked_cases():
    assert len(CASES) >= 60
