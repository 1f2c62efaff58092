"""Answers messages in a process that is killed at a chosen step, then in one that is not; tells what was delivered.

    PYTHONPATH=.. python victim.py DATABASE_URL FOLDER [TIMES]

A step is a statement, a commit or a delivery, as the database and the channel see it. A first run is not killed: it
tells which steps there are. Then, for each, the run is repeated on a fresh database and killed (SIGKILL) when the step
is taken for the TIMES-th time (the second, unless said otherwise). A second process does what a channel would do: it
sends again every message, acknowledged or not, and reports what it was given. Prints a JSON object per run: the step,
whether the process was killed, and the texts delivered by user.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import re
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  (each process would have to read it again)
from queue_form import KEYS, Counting, Post, arrival
from sqlalchemy import create_engine, event, text
from turn_form import Clock

from jalon.conversation import desk as desk_module
from jalon.conversation import outbox as outbox_module
from jalon.conversation.carrier import Outcome
from jalon.conversation.desk import Desk
from jalon.conversation.records import Records
from jalon.conversation.tables import Base
from jalon.privacy.retention import Retention

desk_module.POLL = 0.02
desk_module.PURGE_EVERY = 0.05
outbox_module.GRACE = dt.timedelta(seconds=30)
ARRIVALS = [arrival(user, text, sent) for sent, text in enumerate(("one", "two|three", "four")) for user in "ab"]


class Steps:
    """Counts the steps of this process, and ends it at one of them."""

    def __init__(self, fatal: str = "", times: int = 0) -> None:
        self._fatal = fatal
        self._times = times
        self.count: Counter[str] = Counter()

    def step(self, name: str) -> None:
        self.count[name] += 1
        if name == self._fatal and self.count[name] == self._times:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, records: Records) -> None:
        engine = records._engine
        event.listen(engine, "before_cursor_execute", lambda *about: self.step(f"before {short(about[2])}"))
        event.listen(engine, "after_cursor_execute", lambda *about: self.step(f"after {short(about[2])}"))
        event.listen(engine, "commit", lambda connection: self.step("before commit"))
        event.listen(engine, "checkin", lambda *about: self.step("after commit"))


def short(sql: str) -> str:
    """The beginning of a statement, without what differs between databases and numbers of rows."""
    return re.sub(r"\(.*|%\(\w+\)s(::\w+)?|\?", "", sql, flags=re.S)[:48].strip()


class World(Post):
    """What is outside of the process, and survives it: the telephones, in a file."""

    def __init__(self, file: Path, steps: Steps) -> None:
        super().__init__()
        self._file = file
        self._steps = steps

    async def send(self, user, payload, token) -> Outcome:
        self._steps.step("before delivery")
        with self._file.open("a") as file:
            file.write(json.dumps([user, payload["text"], token]) + "\n")
        self._steps.step("after delivery")
        return Outcome("sent")

    def delivered_so_far(self) -> list[list[str]]:
        return [json.loads(line) for line in self._file.read_text().splitlines()] if self._file.exists() else []


async def answer(url: str, world: World, steps: Steps) -> None:
    """Take every message in and answer until nothing waits; time flies, so that holds and doubts come to an end."""
    records, clock = Records(url), Clock()
    desk = Desk(records, Counting(), [world], KEYS, Retention(), 15, clock)
    steps.watch(records)
    async with desk.open():
        await desk.accept(ARRIVALS[:3])
        await desk.accept(ARRIVALS[2:])
        async with asyncio.timeout(60):
            while await asyncio.to_thread(anything_waits, records):
                for _, _, token in world.delivered_so_far():
                    await desk.report(token, True)
                clock.pass_by(seconds=3)
                await asyncio.sleep(0.01)


def anything_waits(records: Records) -> bool:
    queries = (
        "SELECT 1 FROM inbox WHERE state = 'waiting'",
        "SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'dead')",
    )
    with create_engine(records._engine.url).connect() as connection:
        return any(connection.execute(text(query)).first() for query in queries)


def in_a_process(work: Callable[[], None]) -> bool:
    """Do it in a process of its own; returns whether it was killed."""
    child = os.fork()
    if not child:
        failed = 1
        try:
            work()
            failed = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(failed)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
        raise RuntimeError("The process failed by itself.")
    return os.WIFSIGNALED(status)


def all_steps(url: str, folder: Path) -> dict[str, int]:
    """The steps of a run that nobody kills, and how often each is taken."""
    found = folder / "steps.json"

    def work() -> None:
        steps = Steps()
        asyncio.run(answer(url, World(folder / "calm", steps), steps))
        found.write_text(json.dumps(steps.count))

    in_a_process(work)
    return json.loads(found.read_text())


def run(url: str, file: Path, step: str, times: int) -> dict[str, Any]:
    """One run that is killed at a step, and one that comes to its end."""
    fatal, calm = Steps(step, times), Steps()
    killed = in_a_process(lambda: asyncio.run(answer(url, World(file, fatal), fatal)))
    if killed:
        in_a_process(lambda: asyncio.run(answer(url, World(file, calm), calm)))
    return {"step": step, "killed": killed, "delivered": World(file, calm).delivered_so_far()}


def fresh(url: str, folder: Path, number: int) -> str:
    """An empty database for a run."""
    if url.startswith("sqlite"):
        return f"sqlite:///{folder / f'{number}.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    engine.dispose()
    return url


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    for number, (step, count) in enumerate(all_steps(fresh(url, folder, 0), folder).items(), 1):
        file = folder / f"delivered-{number}"
        print(json.dumps(run(fresh(url, folder, number), file, step, min(times, count))), flush=True)


if __name__ == "__main__":
    main()
