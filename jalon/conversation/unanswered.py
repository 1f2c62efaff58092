"""What could not be answered, as counts: day, language, theme and ranking. Never a word of a person, nor who it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from jalon.conversation.records import Records, naive
from jalon.conversation.tables import UNANSWERED

NAMES = 3  # of the ranking are kept


@dataclass(frozen=True)
class Unanswered:
    """A turn that did not help.

    Attributes:
        kind: `refused`: no reviewed answer; `choice`: nothing in the choice was meant; `feedback`: the person said so.
        ranking: the likeliest intents, the likeliest first; for feedback, the article that did not help.
    """

    kind: str
    language: str
    ranking: tuple[str, ...] = ()

    @property
    def theme(self) -> str:
        """The topic that the question was probably about; empty when nobody can tell."""
        return next((name.split("/")[0] for name in self.ranking if "/" in name), "")


@dataclass(frozen=True)
class Count:
    """How often the same was not answered."""

    kind: str
    language: str
    theme: str
    ranking: str
    count: int


def note(records: Records, connection: Connection, what: Unanswered, now: dt.datetime) -> None:
    """Count it, in the transaction that keeps the turn."""
    row = {
        "day": naive(now).date(),
        "kind": what.kind,
        "language": what.language,
        "theme": what.theme,
        "ranking": " > ".join(what.ranking[:NAMES]),
    }
    more = records.insert(UNANSWERED).values(**row, count=1)
    same = [UNANSWERED.c[name] for name in row]
    connection.execute(more.on_conflict_do_update(index_elements=same, set_={"count": UNANSWERED.c.count + 1}))


def counts(records: Records, since: dt.date) -> list[Count]:
    """What was not answered since a day, the most frequent first."""
    columns = [UNANSWERED.c[name] for name in ("kind", "language", "theme", "ranking")]
    often = func.sum(UNANSWERED.c.count)
    query = select(*columns, often).where(UNANSWERED.c.day >= since).group_by(*columns).order_by(often.desc(), *columns)
    with records.reading() as connection:
        return [Count(*row) for row in connection.execute(query)]


def forget(connection: Connection, before: dt.date) -> int:
    """Erase the counts of the days before; returns how many."""
    return connection.execute(delete(UNANSWERED).where(UNANSWERED.c.day < before)).rowcount
