"""The sender: drains the outbox, in order per conversation, at the pace of the channel, until every part has an end."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from jalon.conversation.carrier import Outcome, Pusher
from jalon.conversation.outbox import Contents, Outbox, Parcel
from jalon.conversation.rates import pause_after
from jalon.conversation.records import Records
from jalon.privacy.encryption import Unreadable
from jalon.privacy.logs import place_of

logger = logging.getLogger(__name__)


class Sender:
    """Sends what waits.

    Args:
        pushers: the channels that deliver, by name.
        apology: the reply, rendered for a channel, that says that something is broken: (channel, language) → payload.
        clock: the present moment, with its zone.
    """

    def __init__(
        self,
        records: Records,
        outbox: Outbox,
        pushers: Mapping[str, Pusher],
        apology: Callable[[str, str], dict[str, Any]],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._records = records
        self._outbox = outbox
        self._pushers = pushers
        self._apology = apology
        self._clock = clock

    async def claim(self) -> Parcel | None:
        """The next part to deliver, if any."""
        return await self._records.aside(self._outbox.claim, self._clock())

    async def deliver(self, parcel: Parcel) -> None:
        """Send a part and write down what became of it.

        Raises:
            SQLAlchemyError: the records cannot be reached; the part is doubted when its hold ends.
        """
        pusher = self._pushers.get(parcel.channel)
        if pusher is None:
            logger.error("A reply waits for a channel that is not configured: %s.", parcel.channel)
            await self._note(self._outbox.dead, parcel, "no channel")
            return
        pause = pusher.pace.wait(parcel.conversation, self._clock())
        if pause:
            await self._note(self._outbox.later, parcel, self._in(pause), "", False)
            return
        try:
            contents = self._outbox.open(parcel, self._clock())
        except Unreadable:
            logger.error("A reply was locked with another key. Put the old key back into JALON_ENCRYPTION_KEYS.")
            await self._note(self._outbox.dead, parcel, "unreadable")
            return
        try:
            outcome = await pusher.send(contents.user, contents.payload, parcel.token)
        except Exception as fault:
            logger.error("A channel broke while sending: %s.", place_of(fault))
            outcome = Outcome("doubt", "broken")
        await self._settle(parcel, contents, outcome)

    async def _settle(self, parcel: Parcel, contents: Contents, outcome: Outcome) -> None:
        now = self._clock()
        if outcome.kind == "sent":
            await self._note(self._outbox.sent, parcel)
        elif outcome.kind == "retry":
            pause = max(outcome.wait, pause_after(parcel.attempts))
            await self._note(self._outbox.later, parcel, self._in(pause), outcome.code)
        elif outcome.kind == "doubt":
            await self._note(self._outbox.doubt, parcel, now, outcome.code)
        else:
            logger.error("A reply cannot be delivered on %s: code %s.", parcel.channel, outcome.code)
            instead = Contents(contents.user, self._apology(parcel.channel, contents.language), contents.language)
            if outcome.kind == "unfit" and instead != contents:
                await self._note(self._outbox.replace, parcel, instead, now, outcome.code)
            else:
                await self._note(self._outbox.dead, parcel, outcome.code)

    def _in(self, seconds: float) -> dt.datetime:
        return self._clock() + dt.timedelta(seconds=seconds)

    async def _note(self, what: Callable[..., None], *about: Any) -> None:
        await self._records.aside(what, *about)
