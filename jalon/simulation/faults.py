"""`jalon simulate faults`: many conversations while the server is killed, the database locked and Meta fails."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import random
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from jalon.conversation.outbox import GRACE
from jalon.simulation.graph import Fate
from jalon.simulation.people import words
from jalon.simulation.stand import Stand, stand

# Each has an answer of its own, so that a reply that is lost, doubled or out of order can be told from the others.
QUESTIONS = (
    "Où demander l'asile ?",
    "Comment avoir un avocat gratuit ?",
    "Comment faire un recours contre un refus du CGRA ?",
    "Quelle aide donne le CPAS ?",
    "Comment faire venir ma femme en Belgique ?",
    "Comment inscrire mes enfants à l'école ?",
    "Comment ouvrir un compte en banque ?",
    "Qu'est-ce que le parcours d'intégration ?",
    "Comment trouver un logement ?",
    "Où apprendre le français ?",
)
# What Meta does instead of taking a reply: refused for now, broken, delivered but the answer is lost, too slow.
FATES = (
    Fate(131000, status=500),
    Fate(131016, status=503),
    Fate(130429, status=429),
    Fate(status=429),
    Fate(status=502),
    Fate(status=502, delivered=True),
    Fate(status=504, delivered=True, seconds=12.0),
)
FAILING = 0.05  # the share of replies that Meta fails
DOUBLED = 0.1  # the share of calls that come twice
LOCKED = 7.0  # seconds that another program holds the database: longer than the server waits for it
PATIENCE = 600.0  # seconds without any reply until the run is given up


async def faults(messages: int, conversations: int, kills: int, locks: int) -> dict[str, Any]:
    """Hold conversations through faults; returns what was done, and what people did not get as they should.

    What they should get is what one person got from the same server before anything was broken. A person writes the
    next message once Meta has its acknowledgement for the one before, and does not wait for an answer.

    Raises:
        NotReady: the server did not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        async with stand(Path(folder), (0.01, 0.1), DOUBLED) as found:
            each = max(1, messages // conversations)
            expected = await _undisturbed(found, [QUESTIONS[n % len(QUESTIONS)] for n in range(each)])
            start = time.perf_counter()
            people = [f"1555{number:07}" for number in range(1, conversations + 1)]
            trouble = asyncio.create_task(_trouble(found, Path(folder) / "records.db", kills, locks))
            repeating = asyncio.create_task(_repeat(found))
            pace = random.Random(5)
            async with asyncio.TaskGroup() as writing:
                for user in people:
                    writing.create_task(_write(found, user, each, pace))
            await trouble
            given_up = await _settle(found, people, each)
            repeating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await repeating
            received = _received(found)
            return {
                "messages": each * conversations,
                "conversations": conversations,
                "kills": found.deaths,
                "database_locked": locks,
                "replies_that_meta_failed": found.graph.failed,
                "calls_repeated": found.meta.repeated,
                **_compare({user: received[user] for user in people}, expected),
                "given_up_waiting": given_up,
                "refused_by_meta": found.graph.faults[:5],
                "seconds": round(time.perf_counter() - start, 1),
            }


async def _undisturbed(found: Stand, questions: list[str]) -> list[str]:
    """What one person gets when nothing goes wrong."""
    user = "15550000000"
    for number, question in enumerate(questions, 1):
        await found.meta.says(user, question)
        async with asyncio.timeout(30):
            while len(_received(found)[user]) < number:
                await asyncio.sleep(0.02)
    return _received(found)[user]


async def _write(found: Stand, user: str, count: int, pace: random.Random) -> None:
    await asyncio.sleep(pace.uniform(0, 20))
    for number in range(count):
        body = found.meta.person(user).text(QUESTIONS[number % len(QUESTIONS)], dt.datetime.now(dt.UTC))
        while await found.meta.calls(user, body, keep=False) != 200:
            await asyncio.sleep(pace.uniform(0.5, 2))
        if pace.random() < 0.3:  # Meta repeats what it had an answer for, now and then
            await found.meta.post(found.meta.last)
        await asyncio.sleep(pace.uniform(0, 6))


async def _repeat(found: Stand) -> None:
    """Meta repeats its reports until they are acknowledged."""
    while True:
        await found.meta.repeat()
        await asyncio.sleep(0.5)


async def _trouble(found: Stand, database: Path, kills: int, locks: int) -> None:
    """Break things one after the other, at moments that nobody chose."""
    chance = random.Random(7)
    found.graph.failing = (FAILING, FATES)
    for kind in chance.sample(["kill"] * kills + ["lock"] * locks, kills + locks):
        await asyncio.sleep(chance.uniform(1, 5))
        if kind == "kill":
            await found.kill()
            await found.start()
        elif database.exists():
            await asyncio.to_thread(_lock, database)
    found.graph.failing = None


def _lock(database: Path) -> None:
    """Hold SQLite's write lock, as a backup or a curious person would."""
    with contextlib.closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(LOCKED)
        connection.execute("ROLLBACK")


async def _settle(found: Stand, people: list[str], each: int) -> bool:
    """Wait until everybody has as many replies as messages, and a little longer for what may come twice."""
    everybody = frozenset(people)
    got, since = -1, time.perf_counter()
    while got < each * len(people):
        now = sum(message.user in everybody for message in found.graph.delivered)
        if now > got:
            got, since = now, time.perf_counter()
        if time.perf_counter() - since > PATIENCE:
            return True
        await asyncio.sleep(0.5)
    await asyncio.sleep(GRACE.total_seconds() + 15)  # then a doubtful delivery is sent again
    return False


def _received(found: Stand) -> defaultdict[str, list[str]]:
    """What each person got, in order; nothing for who is not in it."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for message in found.graph.delivered:
        texts[message.user].append(words("whatsapp", message.body))
    return texts


def _compare(received: dict[str, list[str]], expected: list[str]) -> dict[str, Any]:
    """How many replies are missing, came twice, or came in another order; and who got something else."""
    wanted = Counter(expected)
    lost = doubled = 0
    disordered, other = [], 0
    for texts in received.values():
        got = Counter(texts)
        lost += (wanted - got).total()
        doubled += sum(count - wanted[text] for text, count in got.items() if text in wanted and count > wanted[text])
        other += sum(count for text, count in got.items() if text not in wanted)
        once = list(dict.fromkeys(text for text in texts if text in wanted))
        disordered.append(once != [text for text in dict.fromkeys(expected) if text in got])
    return {"lost": lost, "doubled": doubled, "out_of_order": sum(disordered), "other_replies": other}
