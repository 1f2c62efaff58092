"""The records database: connections, migrations, and the state of conversations."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    bindparam,
    create_engine,
    delete,
    event,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import QueuePool

from jalon.conversation.state import State
from jalon.conversation.tables import CONVERSATIONS

P = ParamSpec("P")
R = TypeVar("R")

_CONNECTIONS = 8  # to PostgreSQL, at once
_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 5  # seconds that SQLite waits for a lock
_MIGRATION_LOCK = 0x4A41_4C4F_4E  # any number that no other program on the server locks; this one spells the name
_COLUMNS = CONVERSATIONS.c
# Built once: what SQLAlchemy compiles anew for every statement costs more than the statement.
_LOAD = select(_COLUMNS.slots, _COLUMNS.loop, _COLUMNS.offered, _COLUMNS.taps, _COLUMNS.version).where(
    _COLUMNS.id == bindparam("id"), _COLUMNS.touched >= bindparam("oldest")
)
_BEGIN = insert(CONVERSATIONS)
# A conversation that has ended is begun anew: its old version counts for nothing.
_CHANGE = update(CONVERSATIONS).where(
    _COLUMNS.id == bindparam("same_id"),
    (_COLUMNS.version == bindparam("same_version")) | (_COLUMNS.touched < bindparam("oldest")),
)


class Outdated(Exception):
    """The state was saved by another turn since it was loaded; the turn must be run again."""


class Records:
    """The records database, ready for use: it is brought to the present form when it is opened.

    Args:
        url: as SQLAlchemy writes it; `sqlite://` keeps everything in memory, for one process.
        hours: how long an idle conversation is kept.
    """

    def __init__(self, url: str, hours: int = 24) -> None:
        self._engine = _engine(url)
        self._hours = hours
        self.is_sqlite = self._engine.dialect.name == "sqlite"
        self._insert = sqlite.insert if self.is_sqlite else postgresql.insert
        # SQLite has one writer: to queue here is fair and quick, to be told "locked" and try again is neither.
        self._writer = threading.Lock() if self.is_sqlite else nullcontext()
        # Threads that wait for SQLite's one writer would also wait for each other's turn to run Python.
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else _CONNECTIONS, thread_name_prefix="records")
        self._migrate()

    async def aside(self, what: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Do what reads or writes beside the event loop, which never waits for a disk."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(what, *args, **named))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: everything in it happens, or nothing."""
        with self._writer, self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; it does not wait for a writer, and writes nothing."""
        # On PostgreSQL a transaction around one SELECT would be two round trips more.
        options = {"reading": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self._engine.connect().execution_options(**options) as connection:
            yield connection

    def insert(self, table: Any) -> Any:
        """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        return self._insert(table)

    def load(self, conversation: str, now: dt.datetime) -> State | None:
        """The state of a conversation; None when it is unknown or has ended."""
        with self.reading() as connection:
            row = connection.execute(_LOAD, {"id": conversation, "oldest": self.oldest(now)}).first()
        return State(*row) if row else None

    def save(self, conversation: str, state: State, now: dt.datetime) -> None:
        """Keep the state in a transaction of its own; see `put`."""
        with self.writing() as connection:
            self.put(connection, conversation, state, now)

    def put(self, connection: Connection, conversation: str, state: State, now: dt.datetime) -> None:
        """Keep the state, new or changed; an empty one is erased.

        Raises:
            Outdated: another turn has saved the conversation since this state was loaded.
        """
        if state.is_empty:
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))
            return
        values = {
            "slots": state.slots,
            "loop": state.loop,
            "offered": state.offered,
            "taps": state.taps,
            "version": state.version + 1,
            "touched": naive(now),
        }
        same = {"same_id": conversation, "same_version": state.version, "oldest": self.oldest(now)}
        if connection.execute(_CHANGE, values | same).rowcount:
            return
        if state.version:
            raise Outdated
        try:
            connection.execute(_BEGIN, values | {"id": conversation})
        except IntegrityError as fault:
            raise Outdated from fault

    def oldest(self, now: dt.datetime) -> dt.datetime:
        """The moment before which a conversation that was not used has ended."""
        return naive(now) - dt.timedelta(hours=self._hours)

    def tidy(self) -> None:
        """Empty SQLite's log of past writes, in which erased rows would stay readable."""
        if self.is_sqlite:
            with self._writer, closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self._threads.shutdown()
        self._engine.dispose()

    def _migrate(self) -> None:
        """Bring the tables to the present form; of several processes that start at once, one does it."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def naive(moment: dt.datetime) -> dt.datetime:
    """The moment in UTC without a zone, as every database stores it."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _engine(url: str) -> Engine:
    made = make_url(url)
    if made.drivername in ("postgres", "postgresql"):
        made = made.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"hide_parameters": True}  # what a person wrote must not appear in an error
    if made.get_backend_name() != "sqlite":
        return create_engine(made, pool_pre_ping=True, **options)
    if not made.database:
        # All threads share the one connection that holds the tables, one after the other.
        options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_engine(made, connect_args={"check_same_thread": False}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, record: Any) -> None:
    """Readers do not wait for the writer, a commit survives a power cut, erased rows are overwritten.

    https://sqlite.org/pragma.html; the driver must not open transactions by itself, see `_begin`.
    """
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_PATIENCE * 1000}", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # A file changes its journal once, when nobody else has it open; for that SQLite does not wait by itself.
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that read first could not be granted it later."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
