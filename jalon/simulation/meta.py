"""The side of Meta that calls: it signs, repeats what was not acknowledged for seven days, doubles and mixes up."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from jalon.simulation import people
from jalon.simulation.graph import Delivered, FakeGraph
from jalon.simulation.people import Person

PERSISTENCE = dt.timedelta(days=7)
FIRST_PAUSE = dt.timedelta(minutes=1)  # until the first repetition; twice as long each time
_STATES = {"whatsapp": ("sent", "delivered", "read"), "messenger": ("echo",)}


@dataclass
class _Call:
    raw: bytes
    first: dt.datetime
    next: dt.datetime
    pause: dt.timedelta


class FakeMeta:
    """Meta between people and a webhook.

    Args:
        graph: the side that takes replies.
        bot: a client whose base address is the program's.
        secret: signs the calls.
        clock: the present moment, with its zone.
        doubled: the share of calls that come twice.
        reports: tell what became of replies.
        first_pause: until a call that was not acknowledged is repeated.

    Attributes:
        unacknowledged: calls that will be repeated.
        given_up: how many calls were not acknowledged for seven days.
        repeated: how many repetitions there were.
    """

    def __init__(
        self,
        graph: FakeGraph,
        bot: httpx.AsyncClient,
        secret: str,
        clock: Callable[[], dt.datetime],
        doubled: float = 0.0,
        reports: bool = True,
        chance: random.Random | None = None,
        first_pause: dt.timedelta = FIRST_PAUSE,
    ) -> None:
        self.graph = graph
        self._bot = bot
        self._secret = secret.encode()
        self._clock = clock
        self._doubled = doubled
        self._chance = chance or random.Random()
        self._first_pause = first_pause
        self.unacknowledged: list[_Call] = []
        self.given_up = 0
        self.repeated = 0
        self.last: bytes = b""
        self._people: dict[str, Person] = {}
        graph.told = self._tell if reports else None

    def person(self, user: str) -> Person:
        """Somebody on the channel; always the same for the same user."""
        return self._people.setdefault(user, Person(self.graph.channel, user))

    async def says(self, user: str, text: str) -> int:
        """Somebody writes; returns what the program answered to the call."""
        return await self.calls(user, self.person(user).text(text, self._clock()))

    async def taps(self, user: str, number: int) -> int:
        """Somebody taps a choice of the last message that had any, by its number from 1."""
        token = list(self.person(user).shown)[number - 1]
        return await self.calls(user, self.person(user).tap(token, self._clock()))

    async def calls(self, user: str, body: dict[str, Any], keep: bool = True) -> int:
        """A call in which somebody does something; it opens the window."""
        self.graph.heard[user] = self._clock()
        return await self.call(body, keep)

    async def call(self, body: dict[str, Any], keep: bool = True) -> int:
        """A call; returns the status of the answer. One that is not acknowledged is kept to be repeated.

        Args:
            keep: otherwise the caller repeats it.
        """
        raw = json.dumps(body, ensure_ascii=False).encode()
        self.last = raw
        if self._chance.random() < self._doubled:
            await self.post(raw)
        status = await self.post(raw)
        if status != 200 and keep:
            now = self._clock()
            self.unacknowledged.append(_Call(raw, now, now + self._first_pause, self._first_pause))
        return status

    async def repeat(self) -> int:
        """Repeat what is due, in any order; returns how many were acknowledged this time."""
        now = self._clock()
        due = [call for call in self.unacknowledged if call.next <= now]
        self._chance.shuffle(due)
        acknowledged = 0
        self.repeated += len(due)
        answers = await asyncio.gather(*(self.post(call.raw) for call in due))
        for call, status in zip(due, answers, strict=True):
            if status == 200:
                acknowledged += 1
                self.unacknowledged.remove(call)
            elif now - call.first > PERSISTENCE:
                self.given_up += 1
                self.unacknowledged.remove(call)
            else:
                call.pause *= 2
                call.next = now + call.pause
        return acknowledged

    async def post(self, raw: bytes, signature: str | None = None) -> int:
        """Send bytes as Meta would; returns the status, 0 when there was no answer."""
        signed = signature or "sha256=" + hmac.new(self._secret, raw, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signed, "Content-Type": "application/json"}
        try:
            return (await self._bot.post(f"/webhooks/{self.graph.channel}", content=raw, headers=headers)).status_code
        except httpx.HTTPError:
            return 0

    async def _tell(self, message: Delivered) -> None:
        person = self.person(message.user)
        person.shown = people.choices(self.graph.channel, message.body) or person.shown
        for state in _STATES[self.graph.channel]:
            await self.call(people.report(self.graph.channel, message.user, message.token, state, self._clock()))
