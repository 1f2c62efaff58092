"""`jalon simulate load`: how soon a served Jalon acknowledges Meta's calls, and how soon people have their answer."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from jalon.simulation.graph import Delivered
from jalon.simulation.stand import Stand, stand

# What people ask in the load: short and long, answers, dialogue, and what Jalon does not know.
QUESTIONS = (
    "Bonjour",
    "Où demander l'asile ?",
    "C'est quoi le CGRA ?",
    "Je voudrais savoir comment avoir un avocat gratuit, je n'ai pas d'argent",
    "aide du cpas",
    "Quel temps fera-t-il demain ?",
    "merci",
)
META = (0.05, 0.5)  # seconds that Meta takes for an answer
LATE = 30.0  # seconds after the last call until an answer counts as missing


async def load(rate: int, seconds: int, delays: tuple[float, float], reports: bool) -> dict[str, Any]:
    """Let `rate` new people a second write for so many seconds; times in milliseconds.

    `answered` counts from the call to the moment the reply reaches Meta's server, with the time that Meta takes for it.

    Args:
        delays: the least and the most seconds that an answer of Meta takes.
        reports: whether Meta tells what became of each reply, in three calls more (sent, delivered, read).

    Raises:
        NotReady: the server did not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        async with stand(Path(folder), delays, reports=reports) as found:
            return await _measure(found, rate, seconds)


async def _measure(found: Stand, rate: int, seconds: int) -> dict[str, Any]:
    begun: dict[str, float] = {}
    acknowledged, answered, refused = [], [], 0
    chance = random.Random(3)
    tell = found.graph.told

    async def told(message: Delivered) -> None:
        if start := begun.pop(message.user, None):
            answered.append((time.perf_counter() - start) * 1000)
        if tell:
            await tell(message)

    async def write(user: str) -> None:
        nonlocal refused
        body = found.meta.person(user).text(chance.choice(QUESTIONS), dt.datetime.now(dt.UTC))
        start = begun[user] = time.perf_counter()
        if await found.meta.calls(user, body) != 200:
            refused += 1
        acknowledged.append((time.perf_counter() - start) * 1000)

    found.graph.told = told
    people = rate * seconds
    calls, start = [], time.perf_counter()
    for number in range(people):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        calls.append(asyncio.create_task(write(f"1555{number:07}")))
    await asyncio.gather(*calls)
    for _ in range(int(LATE / 0.1)):
        if not begun:
            break
        await asyncio.sleep(0.1)
    return {
        "messages": people,
        "per_second": rate,
        "refused": refused,
        "acknowledged_ms": _percentiles(acknowledged),
        "answered_ms": _percentiles(answered),
        "missing": len(begun),
        "faults": found.graph.faults[:5],
    }


def _percentiles(values: list[float]) -> dict[str, float | None]:
    """By name, rounded to a tenth; None when there are no values."""
    return {f"p{each}": round(float(np.percentile(values, each)), 1) if values else None for each in (50, 95, 99)}
