"""The day it is where the law applies."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

BELGIUM = ZoneInfo("Europe/Brussels")


def belgian_today() -> dt.date:
    """Today in Belgium, whatever the machine's zone."""
    return dt.datetime.now(BELGIUM).date()
