"""Whether an office is open now, and when it opens next: from its hours, the moment and the public holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jalon.procedure.calendar import free_day
from jalon.procedure.today import BELGIUM

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD = 14  # days; an office that does not open in two weeks is not shown as opening


@dataclass(frozen=True)
class Opening:
    """Open now, until `until`; or closed, and opening next at `opens` (None when that is not known)."""

    open: bool
    until: dt.datetime | None = None
    opens: dt.datetime | None = None


def opening(hours: Mapping[str, Sequence[str]], now: dt.datetime) -> Opening | None:
    """The opening of an office at a moment; None when its hours are not known.

    Args:
        hours: day (`mon` … `sun`) → spans such as `09:00-12:30`, in Belgian time.
        now: with its zone; offices are taken to be closed on public holidays.
    """
    if not hours:
        return None
    here = now.astimezone(BELGIUM)
    coming = []
    for ahead in range(_LOOK_AHEAD):
        day = here.date() + dt.timedelta(days=ahead)
        if free_day(day) == "holiday":
            continue
        for span in hours.get(DAYS[day.weekday()], ()):
            begins, ends = (
                dt.datetime.combine(day, dt.time.fromisoformat(clock), BELGIUM) for clock in span.split("-")
            )
            if begins <= here < ends:
                return Opening(True, until=ends)
            if begins > here:
                coming.append(begins)
    return Opening(False, opens=min(coming, default=None))
