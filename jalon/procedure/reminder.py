"""A reminder that says nothing of its owner: a calendar file (RFC 5545) that any telephone opens."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from icalendar import Alarm, Calendar, Event

MORNING = dt.timedelta(hours=9)


def reminder(title: str, day: dt.date, *, days_before: int, now: dt.datetime) -> bytes:
    """An all-day event on `day` with an alarm at nine in the morning some days before, as the bytes of an .ics file.

    Who looks at the calendar learns `title` and the day, nothing else: the identifier is random and the file names
    neither the assistant nor the procedure. So the title must be neutral; no word on asylum belongs in it.

    Args:
        days_before: of the alarm, 0 or more; it never falls before the day of `now`.
        now: when the file is made, with its time zone.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("`now` has no time zone. Pass datetime.now(UTC).")
    wait = max(0, min(days_before, (day - now.date()).days))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", MORNING - dt.timedelta(days=wait))
    event = Event()
    event.add("uid", str(uuid4()))
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", day)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(alarm)
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//Reminder//EN")
    file.add_component(event)
    return file.to_ical()
