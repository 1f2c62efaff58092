"""The tables of the records database: the only living data."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    literal_column,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite counts by itself in a column of this very type only.
_Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Base of the records tables. Moments are UTC without a zone. Names of constraints are fixed for migrations."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, bytes: LargeBinary}


class ConversationRow(Base):
    """The state of a conversation, until it has been idle for too long."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(primary_key=True)
    slots: Mapped[dict[str, Any]] = mapped_column(JSON)
    loop: Mapped[str | None]
    offered: Mapped[list[list[str]]] = mapped_column(JSON)
    taps: Mapped[dict[str, str]] = mapped_column(JSON)
    version: Mapped[int]
    touched: Mapped[dt.datetime] = mapped_column(index=True)


class InboxRow(Base):
    """A message that has arrived. Once it is answered only the mark stays, so that a repeat is not answered again.

    Attributes:
        receipt: the keyed digest of the channel's message id.
        conversation, body: what must wait, the body encrypted; both are wiped when the message is answered.
        sent_at: by the channel's clock; messages that wait are answered in this order.
        state: waiting, done, dead or erased.
        holder, held_until: which attempt has the message, and until when nobody else takes it.
    """

    __tablename__ = "inbox"
    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    conversation: Mapped[str | None]
    body: Mapped[bytes | None]
    sent_at: Mapped[dt.datetime]
    received_at: Mapped[dt.datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None]
    held_until: Mapped[dt.datetime | None]


class OutboxRow(Base):
    """A part of a reply: on its way to a person, or kept for a page that fetches it.

    Attributes:
        inbox_id, part: what it answers, and its place in the reply, from 0.
        token: a random mark that the channel gives back in its reports, so that a doubtful delivery can be settled.
        conversation, body: as in the inbox; wiped when it is sent.
        state: waiting, sending, doubt (nobody knows whether it arrived), sent, kept, dead or erased.
        code: the channel's code of the last failure.
        expires_at: from then on it is not sent any more, and is wiped.
    """

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(_Number, primary_key=True)
    inbox_id: Mapped[int] = mapped_column(_Number)
    part: Mapped[int]
    token: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    conversation: Mapped[str | None]
    body: Mapped[bytes | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(default="")
    holder: Mapped[str | None]
    held_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime] = mapped_column(index=True)
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)


class UnansweredRow(Base):
    """How often something was not answered on a day; see `unanswered.py`."""

    __tablename__ = "unanswered"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    ranking: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


CONVERSATIONS = ConversationRow.__table__
INBOX = InboxRow.__table__
OUTBOX = OutboxRow.__table__
UNANSWERED = UnansweredRow.__table__

# What a row of the inbox or the outbox loses when it has come to its end.
WIPED = {"body": None, "conversation": None, "holder": None, "held_until": None}


def waiting(inbox: FromClause) -> ColumnElement[bool]:
    """Messages that are not answered yet. Written out, not as parameters, so that the partial index serves."""
    return inbox.c.state == literal_column("'waiting'")


def unsent(outbox: FromClause) -> ColumnElement[bool]:
    """Parts that are not known to have arrived yet."""
    return outbox.c.state.in_([literal_column(f"'{state}'") for state in ("waiting", "sending", "doubt")])


def kept(outbox: FromClause) -> ColumnElement[bool]:
    """Parts that a page fetches."""
    return outbox.c.state == literal_column("'kept'")


# However much has been answered, the claims look through what has not.
Index(
    "ix_inbox_waiting", INBOX.c.conversation, INBOX.c.sent_at, INBOX.c.id,
    sqlite_where=waiting(INBOX), postgresql_where=waiting(INBOX),
)  # fmt: skip
Index(
    "ix_outbox_unsent", OUTBOX.c.conversation, OUTBOX.c.id,
    sqlite_where=unsent(OUTBOX), postgresql_where=unsent(OUTBOX),
)  # fmt: skip
Index(
    "ix_outbox_kept", OUTBOX.c.conversation, OUTBOX.c.id,
    sqlite_where=kept(OUTBOX), postgresql_where=kept(OUTBOX),
)  # fmt: skip
Index("uq_outbox_inbox_id_part", OUTBOX.c.inbox_id, OUTBOX.c.part, unique=True)
