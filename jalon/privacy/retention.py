"""What is erased when: nothing outlives its purpose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, or_, update

from jalon.conversation.records import Records, naive
from jalon.conversation.tables import CONVERSATIONS, INBOX, OUTBOX, WIPED, unsent, waiting
from jalon.conversation.unanswered import forget
from jalon.settings import Settings


@dataclass(frozen=True)
class Retention:
    """How long things are kept; see the settings of the same names."""

    queue_hours: int = 24
    receipt_days: int = 8
    unanswered_days: int = 180


def retention_of(settings: Settings) -> Retention:
    """How long things are kept on this installation."""
    return Retention(settings.queue_hours, settings.receipt_days, settings.unanswered_days)


@dataclass(frozen=True)
class Purged:
    """What a purge erased: conversations that had ended; messages and replies that nobody will get any more; marks;
    counts of what was not answered.
    """

    conversations: int
    dead: int
    marks: int
    counts: int


def purge(records: Records, retention: Retention, now: dt.datetime) -> Purged:
    """Erase what has outlived its purpose."""
    stale = naive(now) - dt.timedelta(hours=retention.queue_hours)
    forgotten = naive(now) - dt.timedelta(days=retention.receipt_days)
    expired = or_(OUTBOX.c.expires_at < naive(now), OUTBOX.c.created_at < stale)
    with records.writing() as connection:
        conversations = connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.touched < records.oldest(now)))
        unanswered = connection.execute(
            update(INBOX).where(waiting(INBOX), INBOX.c.received_at < stale).values(state="dead", **WIPED)
        )
        undelivered = connection.execute(update(OUTBOX).where(unsent(OUTBOX), expired).values(state="dead", **WIPED))
        connection.execute(update(OUTBOX).where(OUTBOX.c.body.is_not(None), expired).values(**WIPED))
        marks = connection.execute(delete(INBOX).where(INBOX.c.received_at < forgotten))
        connection.execute(delete(OUTBOX).where(OUTBOX.c.created_at < forgotten))
        counts = forget(connection, (naive(now) - dt.timedelta(days=retention.unanswered_days)).date())
    records.tidy()
    return Purged(conversations.rowcount, unanswered.rowcount + undelivered.rowcount, marks.rowcount, counts)


@dataclass(frozen=True)
class Erased:
    """What was erased of a conversation: its state, messages that waited for an answer, replies that were kept."""

    states: int
    messages: int
    replies: int


def erase(records: Records, conversation: str) -> Erased:
    """Erase everything of one conversation at once: its state, and whatever waits in either direction."""
    with records.writing() as connection:
        states = connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation)).rowcount
        ended = {
            table: connection.execute(
                update(table).where(table.c.conversation == conversation).values(state="erased", **WIPED)
            ).rowcount
            for table in (INBOX, OUTBOX)
        }
    records.tidy()
    return Erased(states, ended[INBOX], ended[OUTBOX])
