import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from jalon.procedure.reminder import reminder

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 16)


def event_of(file):
    """The one event of a calendar file, read back."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event


def alarm_of(file):
    """When the one alarm of the file rings, as if the event began at midnight."""
    (alarm,) = Calendar.from_ical(file).walk("VALARM")
    return dt.datetime.combine(event_of(file).decoded("dtstart"), dt.time()) + alarm.decoded("trigger")


@pytest.mark.parametrize(
    ("days_before", "rings"),
    [
        pytest.param(3, dt.datetime(2026, 12, 13, 9), id="three days before"),
        pytest.param(0, dt.datetime(2026, 12, 16, 9), id="on the day"),
        pytest.param(60, dt.datetime(2026, 11, 23, 9), id="not before today"),
    ],
)
def test_the_alarm_rings_in_the_morning(days_before, rings):
    assert alarm_of(reminder("Rendez-vous", DAY, days_before=days_before, now=NOW)) == rings


def test_a_day_that_is_past_rings_on_that_day():
    assert alarm_of(reminder("Rendez-vous", dt.date(2026, 11, 1), days_before=3, now=NOW)).date() == dt.date(
        2026, 11, 1
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool), st.dates())
def test_any_title_and_day_can_be_read_back(title, day):
    event = event_of(reminder(title, day, days_before=2, now=NOW))
    assert event["summary"] == title
    assert event.decoded("dtstart") == day
    assert type(event.decoded("dtstart")) is dt.date


def test_the_file_tells_only_its_title_and_its_day():
    file = reminder("Rendez-vous", DAY, days_before=3, now=NOW)
    event = event_of(file)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS", "TRANSP"}
    assert (event["class"], event["transp"]) == ("PRIVATE", "TRANSPARENT")
    assert not [word for word in (b"asyl", b"asil", b"jalon", b"cai", b"refug") if word in file.lower()]


def test_the_file_keeps_to_the_form_of_rfc_5545():
    file = reminder("é" * 200, DAY, days_before=3, now=NOW)
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert {"VERSION", "PRODID"} <= set(Calendar.from_ical(file))


def test_two_reminders_share_no_identifier():
    files = [reminder("Rendez-vous", DAY, days_before=3, now=NOW) for _ in range(2)]
    assert len({str(event_of(file)["uid"]) for file in files}) == 2


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        reminder("Rendez-vous", DAY, days_before=3, now=NOW.replace(tzinfo=None))
