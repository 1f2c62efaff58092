"""What is kept between two turns: slots and the choices on offer. Never what a person wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import JSON, Engine, bindparam, create_engine, delete, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import StaticPool


@dataclass
class State:
    """The state of one conversation.

    Attributes:
        slots: names and values, only those that are set.
        loop: the active form, if any.
        offered: title and payload of the buttons of the last reply, in order.
    """

    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    offered: list[list[str]] = field(default_factory=list)


class StateTrackerStore(TrackerStore):
    """Hands trackers to Rasa that hold the state and nothing else, and takes the state out of them again.

    It keeps nothing beyond a turn: the engine puts the state in before and takes it out after.
    """

    def __init__(self, domain: Domain | None = None) -> None:
        super().__init__(domain or Domain.empty(), None)
        self._states: dict[str, State] = {}

    def put(self, conversation: str, state: State) -> None:
        """Make the state ready for a turn."""
        self._states[conversation] = state

    def take(self, conversation: str) -> State:
        """The state after the turn; it is forgotten here."""
        return self._states.pop(conversation, State())

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep slots and form; the events of the turn, with the person's words, are dropped."""
        state = self._states.setdefault(tracker.sender_id, State())
        slots = tracker.current_slot_values()
        state.slots = {
            name: slots[name]
            for name in slots
            if slots[name] is not None and (name not in DEFAULT_SLOT_NAMES or name == REQUESTED_SLOT)
        }
        state.loop = tracker.active_loop_name

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker in that state, waiting for a message; an empty one for an unknown conversation."""
        state = self._states.get(sender_id, State())
        known = {slot.name for slot in self.domain.slots}
        events: list[Event] = [SlotSet(name, value) for name, value in state.slots.items() if name in known]
        if state.loop:
            events.append(ActiveLoop(state.loop))
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """The conversations of this moment."""
        return list(self._states)


class Base(DeclarativeBase):
    """Base of the records tables: the only living data."""


class ConversationRow(Base):
    """The state of a conversation, until it has been idle for too long."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(primary_key=True)
    slots: Mapped[dict[str, Any]] = mapped_column(JSON)
    loop: Mapped[str | None]
    offered: Mapped[list[list[str]]] = mapped_column(JSON)
    touched: Mapped[dt.datetime] = mapped_column(index=True)


_ROWS = ConversationRow.__table__
_LOAD = select(_ROWS.c.slots, _ROWS.c.loop, _ROWS.c.offered).where(
    _ROWS.c.id == bindparam("conversation"), _ROWS.c.touched >= bindparam("oldest")
)


class Records:
    """The records database.

    Args:
        url: as SQLAlchemy writes it; `sqlite://` keeps everything in memory, for one process.
        hours: how long an idle conversation is kept.
    """

    def __init__(self, url: str, hours: int = 24) -> None:
        in_memory = url == "sqlite://"
        options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
        if url.startswith("sqlite"):
            options["connect_args"] = {"check_same_thread": False}
        self._engine: Engine = create_engine(url, **options)
        insert = (postgresql if self._engine.dialect.name == "postgresql" else sqlite).insert(_ROWS)
        changed = {name: insert.excluded[name] for name in ("slots", "loop", "offered", "touched")}
        # Built once: SQLAlchemy then finds the compiled statement at every turn.
        self._put = insert.on_conflict_do_update(index_elements=[_ROWS.c.id], set_=changed)
        self._hours = hours
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _write_ahead)
        Base.metadata.create_all(self._engine)

    def load(self, conversation: str, now: dt.datetime) -> State | None:
        """The state of a conversation; None when it is unknown or has ended."""
        with self._engine.connect() as connection:
            row = connection.execute(_LOAD, {"conversation": conversation, "oldest": self._oldest(now)}).first()
        return State(row.slots, row.loop, row.offered) if row else None

    def save(self, conversation: str, state: State, now: dt.datetime) -> None:
        """Keep the state, new or changed, in one statement."""
        values = {"slots": state.slots, "loop": state.loop, "offered": state.offered, "touched": _naive(now)}
        with self._engine.begin() as connection:
            connection.execute(self._put, {"id": conversation, **values})

    def forget(self, conversation: str) -> None:
        """Erase a conversation."""
        with self._engine.begin() as connection:
            connection.execute(delete(_ROWS).where(_ROWS.c.id == conversation))

    def purge(self, now: dt.datetime) -> int:
        """Erase the conversations that have been idle for too long; returns how many."""
        with self._engine.begin() as connection:
            return connection.execute(delete(_ROWS).where(_ROWS.c.touched < self._oldest(now))).rowcount

    def _oldest(self, now: dt.datetime) -> dt.datetime:
        return _naive(now) - dt.timedelta(hours=self._hours)


def _write_ahead(connection: Any, record: Any) -> None:
    """Readers do not wait for the writer; commits wait for the disk at checkpoints only, https://sqlite.org/wal.html."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


def _naive(moment: dt.datetime) -> dt.datetime:
    """The moment in UTC without a zone, as every database stores it."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
