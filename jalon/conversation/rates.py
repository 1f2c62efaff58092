"""Rate limits, and pauses between attempts. In memory only: whom they concern is never written down."""

from __future__ import annotations

import datetime as dt
import ipaddress
import random

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 900.0  # seconds before the second attempt, and before any
_SWEEP = 10_000  # keys; those that have recovered are dropped when there are more


class Rate:
    """Lets `burst` things happen at once per key, then one every `seconds` (a token bucket)."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = burst
        self._seconds = seconds
        self._full_at: dict[str, dt.datetime] = {}

    @classmethod
    def per_minute(cls, count: int) -> Rate:
        """So many in a minute, all at once or spread."""
        return cls(count, 60 / count)

    def wait(self, key: str, now: dt.datetime) -> float:
        """Take one, and return 0; or take none, and return how many seconds to wait for it."""
        full_at = max(self._full_at.get(key, now), now) + dt.timedelta(seconds=self._seconds)
        over = (full_at - now).total_seconds() - self._burst * self._seconds
        if over > 1e-6:
            return over
        self._full_at[key] = full_at
        if len(self._full_at) > _SWEEP:
            self._full_at = {key: moment for key, moment in self._full_at.items() if moment > now}
        return 0.0


def pause_after(attempts: int) -> float:
    """Seconds to wait after so many failed attempts: twice as long each time, and never all at the same moment."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1)) * random.uniform(1.0, 1.5)


def network_of(address: str) -> str:
    """The network of an internet address, /24 or /48: enough to slow down a flood, too little to name anybody."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False).network_address)
