"""What tests of turns share: a clock that stands still, and what an engine of a test returns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jalon.conversation.reply import Reply
from jalon.conversation.unanswered import Unanswered

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += dt.timedelta(**time)


@dataclass(frozen=True)
class Said:
    """A turn with nothing but its reply."""

    reply: Reply
    unanswered: Unanswered | None = None
