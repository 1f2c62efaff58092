"""The outbox: every part of every reply waits here until it is known to have arrived, in order per conversation."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, insert, or_, select, update

from jalon.conversation.inbox import Claim
from jalon.conversation.records import Records, naive
from jalon.conversation.tables import OUTBOX, WIPED, unsent
from jalon.privacy.encryption import Vault

# A request to a channel is given up long before; whoever sends for longer has died.
HOLD = dt.timedelta(seconds=30)
# How long a report of the channel may take to tell that a doubtful delivery did arrive, before it is sent again.
GRACE = dt.timedelta(seconds=60)


@dataclass(frozen=True)
class Parcel:
    """A part of a reply that is being sent; `body` is encrypted."""

    id: int
    channel: str
    conversation: str
    body: bytes
    token: str
    attempts: int
    holder: str


@dataclass(frozen=True)
class Contents:
    """What a parcel holds: whom it is for, the channel's own payload, and the language to apologise in."""

    user: str
    payload: dict[str, Any]
    language: str


class Outbox:
    """Replies on their way."""

    def __init__(self, records: Records, vault: Vault) -> None:
        self._records = records
        self._vault = vault

    def put(
        self,
        connection: Connection,
        claim: Claim,
        parts: Sequence[Contents],
        state: str,
        now: dt.datetime,
        expires_at: dt.datetime,
    ) -> None:
        """Write a reply down, in the transaction that closes its message: `waiting` to be sent, `kept` for a page."""
        rows = [
            {
                "inbox_id": claim.id,
                "part": number,
                "token": secrets.token_urlsafe(16),
                "channel": claim.channel,
                "conversation": claim.conversation,
                "body": self._locked(part, now),
                "state": state,
                "created_at": naive(now),
                "expires_at": naive(expires_at),
            }
            for number, part in enumerate(parts)
        ]
        connection.execute(_PUT, rows)

    def forget(self, connection: Connection, conversation: str) -> None:
        """Erase the replies that are kept for a page; what is still to be sent is wiped once it is."""
        mine = update(OUTBOX).where(OUTBOX.c.conversation == conversation, OUTBOX.c.state == "kept")
        connection.execute(mine.values(state="erased", **WIPED))

    def claim(self, now: dt.datetime) -> Parcel | None:
        """Take the oldest part that may be sent now of a conversation whose earlier parts have arrived."""
        holder = secrets.token_hex(8)
        moments = {"now": naive(now), "until": naive(now + HOLD)}
        with self._records.writing() as connection:
            row = connection.execute(_CLAIM, {"new_holder": holder, **moments}).first()
        return Parcel(*row, holder) if row else None

    def open(self, parcel: Parcel, now: dt.datetime) -> Contents:
        """What the parcel holds.

        Raises:
            Unreadable: it was locked with another key.
        """
        return Contents(**self._vault.open(parcel.body, now))

    def sent(self, parcel: Parcel) -> None:
        """It has arrived: wipe it. That is true even when the hold has ended meanwhile."""
        with self._records.writing() as connection:
            gone = update(OUTBOX).where(OUTBOX.c.id == parcel.id, unsent(OUTBOX))
            connection.execute(gone.values(state="sent", code="", **WIPED))

    def dead(self, parcel: Parcel, code: str) -> None:
        """It will never arrive: wipe it, and keep the channel's code for staff."""
        self._change(parcel, state="dead", code=code, **WIPED)

    def later(self, parcel: Parcel, until: dt.datetime, code: str = "", counts: bool = True) -> None:
        """It did not arrive; send it again from a moment on. `counts`: as a failed attempt."""
        attempts = parcel.attempts if counts else parcel.attempts - 1
        self._change(parcel, state="waiting", held_until=naive(until), code=code, attempts=attempts)

    def doubt(self, parcel: Parcel, now: dt.datetime, code: str) -> None:
        """It may have arrived: wait for a report of the channel before sending it again."""
        self._change(parcel, state="doubt", held_until=naive(now + GRACE), code=code)

    def replace(self, parcel: Parcel, contents: Contents, now: dt.datetime, code: str) -> None:
        """Send something else in its place, next."""
        self._change(parcel, state="waiting", held_until=None, code=code, body=self._locked(contents, now))

    def doubt_abandoned(self, now: dt.datetime, everything: bool = False) -> None:
        """Doubt what was being sent when its sender died: held for too long, or, just after a start, `everything`."""
        abandoned = OUTBOX.c.state == "sending"
        if not everything:
            abandoned = and_(abandoned, OUTBOX.c.held_until < naive(now))
        with self._records.writing() as connection:
            values = {"state": "doubt", "holder": None, "held_until": naive(now + GRACE)}
            connection.execute(update(OUTBOX).where(unsent(OUTBOX), abandoned).values(values))

    def report(self, token: str, arrived: bool, code: str = "") -> None:
        """What the channel reports of a part, by its token: it has arrived, or it never will."""
        state = {"state": "sent" if arrived else "dead", "code": code}
        about = [OUTBOX.c.token == token]
        # Reports come in any order; a failure is final whatever came before.
        about += [unsent(OUTBOX)] if arrived else []
        with self._records.writing() as connection:
            connection.execute(update(OUTBOX).where(*about).values(**state, **WIPED))

    def _change(self, parcel: Parcel, **values: Any) -> None:
        """Change what this sender holds; when the hold was lost, or a report came first, that stands."""
        mine = (OUTBOX.c.id == parcel.id, OUTBOX.c.holder == parcel.holder, unsent(OUTBOX))
        with self._records.writing() as connection:
            connection.execute(update(OUTBOX).where(*mine).values({"holder": None} | values))

    def _locked(self, contents: Contents, now: dt.datetime) -> bytes:
        return self._vault.lock(vars(contents), now)


_PUT = insert(OUTBOX)
_oldest, _other = OUTBOX.alias("oldest"), OUTBOX.alias("other")
_in_the_way = exists().where(
    unsent(_other),
    _other.c.conversation == _oldest.c.conversation,
    _other.c.id < _oldest.c.id,
    _other.c.expires_at > bindparam("now"),
)
_next = (
    select(_oldest.c.id)
    .where(
        unsent(_oldest),
        _oldest.c.state != "sending",
        or_(_oldest.c.held_until.is_(None), _oldest.c.held_until < bindparam("now")),
        _oldest.c.expires_at > bindparam("now"),
        ~_in_the_way,
    )
    .order_by(_oldest.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(OUTBOX)
    .where(OUTBOX.c.id == _next.scalar_subquery())
    .values(
        state="sending",
        holder=bindparam("new_holder"),
        held_until=bindparam("until"),
        attempts=OUTBOX.c.attempts + 1,
    )
    .returning(OUTBOX.c.id, OUTBOX.c.channel, OUTBOX.c.conversation, OUTBOX.c.body, OUTBOX.c.token, OUTBOX.c.attempts)
)
