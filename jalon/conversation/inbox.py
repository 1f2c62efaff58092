"""The inbox: every message is written down before it is acknowledged, and answered once, in order."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, or_, select, tuple_, update

from jalon.conversation.message import Message
from jalon.conversation.records import Records, naive
from jalon.conversation.tables import INBOX, WIPED, waiting
from jalon.privacy.encryption import Vault
from jalon.privacy.identity import Identities

# A turn takes milliseconds. A worker that has not finished by then is dead or stuck: another one takes the message.
HOLD = dt.timedelta(seconds=15)


class Lost(Exception):
    """The message was answered by another worker, or erased, since it was claimed: what was done must not be kept."""


@dataclass(frozen=True)
class Arrival:
    """A message as a channel received it.

    Attributes:
        external: the channel's own id of the message; the same id is the same message.
        user: whom to answer, in the channel's own terms.
        sent_at: by the channel's clock.
    """

    channel: str
    external: str
    user: str
    sent_at: dt.datetime
    message: Message


@dataclass(frozen=True)
class Claim:
    """A message that a worker is answering; `body` is encrypted."""

    id: int
    receipt: str
    channel: str
    conversation: str
    body: bytes
    attempts: int
    holder: str


class Inbox:
    """Messages that have arrived.

    Args:
        identities: names conversations and messages.
        vault: encrypts what waits.
    """

    def __init__(self, records: Records, identities: Identities, vault: Vault) -> None:
        self._records = records
        self._identities = identities
        self._vault = vault
        self._accept = records.insert(INBOX).on_conflict_do_nothing(index_elements=["receipt"]).returning(INBOX.c.id)

    def accept(self, arrivals: Sequence[Arrival], now: dt.datetime) -> int:
        """Write messages down; returns how many are new. All of them are safe once this returns.

        Raises:
            SQLAlchemyError: nothing was written; the channel must not acknowledge.
        """
        if not arrivals:
            return 0
        with self._records.writing() as connection:
            return len(connection.execute(self._accept, [self._row(arrival, now) for arrival in arrivals]).all())

    def receipt_of(self, arrival: Arrival) -> str:
        """The mark by which a message is known here."""
        return self._identities.receipt(arrival.channel, arrival.external)

    def count_waiting(self) -> int:
        """How many messages wait for an answer."""
        with self._records.reading() as connection:
            return connection.execute(_COUNT).scalar_one()

    def claim(self, now: dt.datetime) -> Claim | None:
        """Take the oldest message of a conversation in which no other is being answered; None when there is none."""
        holder = secrets.token_hex(8)
        moments = {"now": naive(now), "until": naive(now + HOLD)}
        with self._records.writing() as connection:
            row = connection.execute(_CLAIM, {"new_holder": holder, **moments}).first()
        return Claim(*row, holder) if row else None

    def open(self, claim: Claim, now: dt.datetime) -> tuple[str, Message]:
        """Whom to answer, and the message.

        Raises:
            Unreadable: it was locked with another key.
        """
        body = self._vault.open(claim.body, now)
        return body["user"], Message(**body["message"])

    def close(self, connection: Connection, claim: Claim, state: str) -> None:
        """Mark a message as done or dead and wipe it, in the transaction that keeps what came of it.

        Raises:
            Lost: the claim does not hold any more; the transaction must be given up.
        """
        if not connection.execute(_CLOSE, {"claimed": claim.id, "by": claim.holder, "new_state": state}).rowcount:
            raise Lost

    def put_back(self, claim: Claim, until: dt.datetime) -> None:
        """Let the message be taken again, from a moment on."""
        with self._records.writing() as connection:
            connection.execute(_PUT_BACK, {"claimed": claim.id, "by": claim.holder, "until": naive(until)})

    def recover(self) -> None:
        """Let everything be taken at once: on SQLite there is one process, and it has just started."""
        with self._records.writing() as connection:
            connection.execute(update(INBOX).where(waiting(INBOX)).values(holder=None, held_until=None))

    def _row(self, arrival: Arrival, now: dt.datetime) -> dict[str, Any]:
        body = {"user": arrival.user, "message": asdict(arrival.message)}
        return {
            "receipt": self.receipt_of(arrival),
            "channel": arrival.channel,
            "conversation": self._identities.conversation(arrival.channel, arrival.user),
            "body": self._vault.lock(body, now),
            "sent_at": naive(arrival.sent_at),
            "received_at": naive(now),
        }


_COUNT = select(func.count()).select_from(INBOX).where(waiting(INBOX))
_mine = (INBOX.c.id == bindparam("claimed"), INBOX.c.holder == bindparam("by"), waiting(INBOX))
_CLOSE = update(INBOX).where(*_mine).values(state=bindparam("new_state"), **WIPED)
_PUT_BACK = update(INBOX).where(*_mine).values(holder=None, held_until=bindparam("until"))

_oldest, _other = INBOX.alias("oldest"), INBOX.alias("other")
_in_the_way = exists().where(
    waiting(_other),
    _other.c.conversation == _oldest.c.conversation,
    or_(
        _other.c.held_until >= bindparam("now"),
        tuple_(_other.c.sent_at, _other.c.id) < tuple_(_oldest.c.sent_at, _oldest.c.id),
    ),
)
_next = (
    select(_oldest.c.id)
    .where(waiting(_oldest), or_(_oldest.c.held_until.is_(None), _oldest.c.held_until < bindparam("now")), ~_in_the_way)
    .order_by(_oldest.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(INBOX)
    .where(INBOX.c.id == _next.scalar_subquery())
    .values(holder=bindparam("new_holder"), held_until=bindparam("until"), attempts=INBOX.c.attempts + 1)
    .returning(INBOX.c.id, INBOX.c.receipt, INBOX.c.channel, INBOX.c.conversation, INBOX.c.body, INBOX.c.attempts)
)
