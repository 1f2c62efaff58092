"""The replies that are kept for a page, as a log: a page that lost its connection reads on where it stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from jalon.conversation.records import Records, naive
from jalon.conversation.tables import INBOX, OUTBOX, kept, waiting
from jalon.privacy.encryption import Vault


@dataclass(frozen=True)
class Kept:
    """One entry of the log.

    Attributes:
        number: grows within the conversation.
        receipt: the mark of the message that it answers.
        payload: the reply in the channel's own form.
    """

    number: int
    receipt: str
    payload: dict[str, Any]


class ReplyLog:
    """Reads the outbox by conversation. A turn at a time is answered in a conversation, so its numbers only grow."""

    def __init__(self, records: Records, vault: Vault) -> None:
        self._records = records
        self._vault = vault

    def since(self, conversation: str, number: int, now: dt.datetime) -> list[Kept]:
        """What was answered after that number and may still be fetched, in order.

        Raises:
            Unreadable: it was locked with another key.
        """
        asked = {"conversation": conversation, "number": number, "now": naive(now)}
        with self._records.reading() as connection:
            rows = connection.execute(_SINCE, asked).all()
        return [Kept(row.id, row.receipt, self._vault.open(row.body, now)["payload"]) for row in rows]

    def has_passed(self, receipt: str, now: dt.datetime) -> bool:
        """Whether a message that arrived has been dealt with and its reply cannot be fetched any more."""
        with self._records.reading() as connection:
            return connection.execute(_OPEN, {"receipt": receipt, "now": naive(now)}).first() is None


_fetchable = (kept(OUTBOX), OUTBOX.c.body.is_not(None), OUTBOX.c.expires_at > bindparam("now"))
_SINCE = (
    select(OUTBOX.c.id, INBOX.c.receipt, OUTBOX.c.body)
    .join(INBOX, INBOX.c.id == OUTBOX.c.inbox_id)
    .where(OUTBOX.c.conversation == bindparam("conversation"), OUTBOX.c.id > bindparam("number"), *_fetchable)
    .order_by(OUTBOX.c.id)
)
_OPEN = (
    select(INBOX.c.id)
    .where(INBOX.c.receipt == bindparam("receipt"))
    .where(waiting(INBOX) | select(OUTBOX.c.id).where(OUTBOX.c.inbox_id == INBOX.c.id, *_fetchable).exists())
)
