"""The worker: takes a message from the inbox, runs the turn, keeps state and reply in one transaction."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from jalon.conversation.carrier import Carrier, is_pusher
from jalon.conversation.inbox import Claim, Inbox, Lost
from jalon.conversation.message import Message
from jalon.conversation.outbox import Contents, Outbox
from jalon.conversation.rates import pause_after
from jalon.conversation.records import Outdated, Records
from jalon.conversation.reply import Reply
from jalon.conversation.state import State
from jalon.conversation.unanswered import Unanswered, note
from jalon.privacy.encryption import Unreadable
from jalon.privacy.logs import place_of

logger = logging.getLogger(__name__)

# A message that has broken a worker this often is answered with an apology instead of being tried again.
ATTEMPTS = 3


class Said(Protocol):
    """A turn, as far as the worker is concerned."""

    reply: Reply
    unanswered: Unanswered | None


class Answerer(Protocol):
    """The engine, as the worker sees it."""

    async def respond(self, state: State, message: Message) -> tuple[Said, State]:
        """Answer a message in a state."""

    def sorry(self, name: str, state: State) -> tuple[Said, State]:
        """Say what went wrong."""


class Worker:
    """Answers messages.

    Args:
        carriers: the channels by name.
        lives: how long a reply of a channel may wait, by the channel's name.
        clock: the present moment, with its zone.
    """

    def __init__(
        self,
        records: Records,
        inbox: Inbox,
        outbox: Outbox,
        engine: Answerer,
        carriers: Mapping[str, Carrier],
        lives: Mapping[str, dt.timedelta],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._records = records
        self._inbox = inbox
        self._outbox = outbox
        self._engine = engine
        self._carriers = carriers
        self._lives = lives
        self._clock = clock

    async def step(self) -> Claim | None:
        """Answer one message; returns what was taken, or None when nothing can be taken.

        Raises:
            SQLAlchemyError: the records cannot be reached; the message is taken again later.
        """
        claim, state = await self._records.aside(self._take)
        if claim is None:
            return None
        try:
            await self._answer(claim, state)
        except Lost:
            logger.warning("A message was answered elsewhere, or erased, while it was being answered here.")
        except Outdated:
            await self._records.aside(self._inbox.put_back, claim, self._clock())
        except Unreadable:
            logger.error("A message was locked with another key. Put the old key back into JALON_ENCRYPTION_KEYS.")
            await self._records.aside(self._give_up, claim)
        except SQLAlchemyError:
            raise
        except Exception as fault:
            logger.error("A message could not be answered: %s.", place_of(fault))
            pause = dt.timedelta(seconds=pause_after(claim.attempts))
            await self._records.aside(self._inbox.put_back, claim, self._clock() + pause)
        return claim

    def _take(self) -> tuple[Claim | None, State]:
        now = self._clock()
        claim = self._inbox.claim(now)
        known = self._records.load(claim.conversation, now) if claim else None
        return claim, known or State()

    async def _answer(self, claim: Claim, state: State) -> None:
        user, message = self._inbox.open(claim, self._clock())
        if claim.attempts > ATTEMPTS:
            said, after = self._engine.sorry("failed", state)
        else:
            said, after = await self._engine.respond(state, message)
        carrier = self._carriers[claim.channel]
        reply = said.reply if state.version else carrier.introduce(said.reply)
        reply = after.mint_taps(reply) if carrier.tokens else reply
        parts = [Contents(user, payload, reply.language) for payload in carrier.render(reply)]
        await self._records.aside(self._keep, claim, after, parts, said)

    def _keep(self, claim: Claim, state: State, parts: list[Contents], said: Said) -> None:
        """Close the message, keep the state and put the reply into the outbox: all of it or nothing."""
        now = self._clock()
        to_send = is_pusher(self._carriers[claim.channel])
        with self._records.writing() as connection:
            self._inbox.close(connection, claim, "done")
            if said.reply.forgets:
                self._outbox.forget(connection, claim.conversation)
            self._records.put(connection, claim.conversation, state, now)
            if said.unanswered:
                note(self._records, connection, said.unanswered, now)
            expires_at = now + self._lives[claim.channel]
            self._outbox.put(connection, claim, parts, "waiting" if to_send else "kept", now, expires_at)

    def _give_up(self, claim: Claim) -> None:
        with self._records.writing() as connection:
            self._inbox.close(connection, claim, "dead")
