"""The desk between the channels and the engine: inbox, workers, outbox, sender and the daily cleaning, in one place."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from jalon.conversation.carrier import Carrier, is_pusher
from jalon.conversation.inbox import Arrival, Inbox
from jalon.conversation.outbox import Outbox
from jalon.conversation.records import Records
from jalon.conversation.replies import Kept, ReplyLog
from jalon.conversation.sender import Sender
from jalon.conversation.state import State
from jalon.conversation.worker import Answerer, Worker
from jalon.privacy.encryption import Vault
from jalon.privacy.identity import Identities
from jalon.privacy.keys import Keys
from jalon.privacy.logs import place_of
from jalon.privacy.retention import Erased, Purged, Retention, erase, purge

logger = logging.getLogger(__name__)

WORKERS = 4  # some wait for the database while one thinks; the thinking itself is one thread
SENDING = 32  # deliveries at once: channels take up to half a second each
MOST_WAITING = 5000  # messages; beyond, channels are told to come back later
FULL_PAUSE = 10.0  # seconds
POLL = 1.0  # seconds until a look at the database, for what other processes have left there
PURGE_EVERY = 600.0  # seconds


class Busy(Exception):
    """Come back in `wait` seconds: too much is waiting."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"Come back in {wait:.0f} seconds.")
        self.wait = wait


class TooFast(Busy):
    """Somebody sends more than anybody can read."""


class Desk:
    """Takes messages in and gets replies out.

    Args:
        carriers: the channels.
        keys: the secrets of the installation.
        retention: how long things are kept.
        reply_minutes: how long a page may fetch a reply.
        clock: the present moment, with its zone.
    """

    def __init__(
        self,
        records: Records,
        engine: Answerer,
        carriers: Iterable[Carrier],
        keys: Keys,
        retention: Retention,
        reply_minutes: int,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._records = records
        self._engine = engine
        self._retention = retention
        self._clock = clock
        self._carriers = {carrier.name: carrier for carrier in carriers}
        pushers: dict[str, Any] = {name: one for name, one in self._carriers.items() if is_pusher(one)}
        push_life, fetch_life = dt.timedelta(hours=retention.queue_hours), dt.timedelta(minutes=reply_minutes)
        lives = {name: push_life if name in pushers else fetch_life for name in self._carriers}
        vault = Vault(keys.encryption, retention.queue_hours)
        self.identities = Identities(keys.pepper)
        self.inbox = Inbox(records, self.identities, vault)
        self.outbox = Outbox(records, vault)
        self.replies = ReplyLog(records, vault)
        self.worker = Worker(records, self.inbox, self.outbox, engine, self._carriers, lives, clock)
        self.sender = Sender(records, self.outbox, pushers, self._apology, clock)
        self._stopping = asyncio.Event()
        self._to_answer: set[asyncio.Event] = set()
        self._to_send: set[asyncio.Event] = set()
        self._asking: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._waiting = 0

    # For the channels

    async def accept(self, arrivals: Sequence[Arrival]) -> int:
        """Write messages down; returns how many are new. The channel acknowledges only when this has returned.

        Raises:
            Busy: too much is waiting; the channel must not acknowledge.
            SQLAlchemyError: the records cannot be reached.
        """
        if self._waiting > MOST_WAITING:
            raise Busy(FULL_PAUSE)
        new = await self._records.aside(self.inbox.accept, arrivals, self._clock())
        _ring(self._to_answer)
        return new

    async def replies_after(self, conversation: str, number: int, seconds: float) -> list[Kept]:
        """The kept replies of a conversation after that number; waits for one for `seconds` at most.

        Raises:
            SQLAlchemyError: the records cannot be reached.
        """
        answered = asyncio.Event()
        self._asking[conversation].add(answered)
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        try:
            while True:
                answered.clear()
                found = await self._records.aside(self.replies.since, conversation, number, self._clock())
                if found or loop.time() >= end or self._stopping.is_set():
                    return found
                await _rung(answered, min(end - loop.time(), POLL))
        finally:
            self._asking[conversation].discard(answered)
            if not self._asking[conversation]:
                del self._asking[conversation]

    async def report(self, token: str, arrived: bool, code: str = "") -> None:
        """Note what a channel reports of a part that was sent."""
        await self._records.aside(self.outbox.report, token, arrived, code)

    async def erase(self, conversation: str) -> Erased:
        """Erase everything of a conversation at once."""
        return await self._records.aside(erase, self._records, conversation)

    # The running of it

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Work until the block ends; then finish what has been begun, and no more."""
        await self._records.aside(self._recover)
        self._stopping = asyncio.Event()
        loops = [self._work() for _ in range(WORKERS)]
        loops += [self._send(), self._every(POLL, self._watch), self._every(PURGE_EVERY, self.purge)]
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            yield
        finally:
            self._stopping.set()
            _ring(self._to_answer | self._to_send)
            await asyncio.gather(*tasks)

    def purge(self) -> Purged:
        """Erase what has outlived its purpose."""
        purged = purge(self._records, self._retention, self._clock())
        if purged.dead:
            logger.error("%d messages or replies waited too long and were erased.", purged.dead)
        return purged

    def _recover(self) -> None:
        if self._records.is_sqlite:
            self.inbox.recover()
            self.outbox.doubt_abandoned(self._clock(), everything=True)

    async def _work(self) -> None:
        async def step() -> bool:
            claim = await self.worker.step()
            if claim is None:
                return False
            _ring(self._asking.get(claim.conversation, ()))
            if is_pusher(self._carriers[claim.channel]):
                _ring(self._to_send)
            return True

        await self._until_stopped(step, self._to_answer)

    async def _send(self) -> None:
        sending: set[asyncio.Task[None]] = set()

        async def step() -> bool:
            if len(sending) >= SENDING:
                await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
            parcel = await self.sender.claim()
            if parcel is None:
                return False
            task = asyncio.create_task(self._deliver(parcel))
            sending.add(task)
            task.add_done_callback(sending.discard)
            return True

        await self._until_stopped(step, self._to_send)
        await asyncio.gather(*sending)

    async def _deliver(self, parcel: Any) -> None:
        try:
            await self.sender.deliver(parcel)
        except SQLAlchemyError as fault:
            logger.error("What became of a reply could not be noted: %s.", place_of(fault))
        _ring(self._to_send)  # the next part of the conversation may go now

    def _watch(self) -> None:
        """Count what waits, and doubt what a dead process was sending."""
        self._waiting = self.inbox.count_waiting()
        self.outbox.doubt_abandoned(self._clock())

    async def _until_stopped(self, step: Callable[[], Awaitable[bool]], bells: set[asyncio.Event]) -> None:
        """Take step after step; rest when there is nothing to do, and when the records cannot be reached."""
        bell = asyncio.Event()
        bells.add(bell)
        try:
            while not self._stopping.is_set():
                bell.clear()
                try:
                    busy = await step()
                except Exception as fault:
                    logger.error("The queue rests: %s.", place_of(fault))
                    await _rung(self._stopping, POLL)
                    continue
                if not busy:
                    await _rung(bell, POLL)
        finally:
            bells.discard(bell)

    async def _every(self, seconds: float, what: Callable[[], Any]) -> None:
        """Do something again and again, beside the rest."""
        while not self._stopping.is_set():
            try:
                await self._records.aside(what)
            except Exception as fault:
                logger.error("The care of the queue rests: %s.", place_of(fault))
            await _rung(self._stopping, seconds)

    def _apology(self, channel: str, language: str) -> dict[str, Any]:
        said, _ = self._engine.sorry("failed", State(slots={"language": language}))
        # The state is not at hand here: a button would have no token, and do nothing.
        return self._carriers[channel].render(said.reply.model_copy(update={"buttons": ()}))[-1]


def _ring(bells: Iterable[asyncio.Event]) -> None:
    """Wake whoever waits."""
    for bell in bells:
        bell.set()


async def _rung(bell: asyncio.Event, seconds: float) -> None:
    """Wait for a bell, but not for longer."""
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return
