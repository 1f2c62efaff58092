"""The day and the hour it is where the law applies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

BELGIUM = ZoneInfo("Europe/Brussels")


def belgian_now() -> dt.datetime:
    """This moment in Belgium."""
    return dt.datetime.now(BELGIUM)


def belgian_today() -> dt.date:
    """Today in Belgium, whatever the machine's zone."""
    return belgian_day(belgian_now())


def belgian_day(moment: dt.datetime) -> dt.date:
    """The day it is in Belgium at a moment; the moment has its zone."""
    return moment.astimezone(BELGIUM).date()


def moment_of(metadata: Mapping[str, Any] | None) -> dt.datetime:
    """The moment of a message: its metadata carry it, by the engine's clock; in Rasa's own commands it is now."""
    return (metadata or {}).get("now") or belgian_now()
