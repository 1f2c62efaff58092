"""`jalon bench`: the product's own speed and memory, measured in this process on held-out questions."""

from __future__ import annotations

import platform
import resource
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from jalon.conversation.engine import Engine
from jalon.evaluation import Question

WARM_UP = 20


async def bench(engine: Engine, questions: Sequence[Question], turns: int) -> dict[str, Any]:
    """Ask `turns` questions, each in a fresh conversation, on one core; times in milliseconds, memory in MB."""
    for number in range(WARM_UP):
        await engine.turn(engine.new_conversation(), questions[number % len(questions)].text)
    times = []
    start = time.perf_counter()
    for number in range(turns):
        turn = await engine.turn(engine.new_conversation(), questions[number % len(questions)].text)
        times.append(turn.ms)
    seconds = time.perf_counter() - start
    return {
        "turns": turns,
        "p50_ms": round(float(np.percentile(times, 50)), 2),
        "p95_ms": round(float(np.percentile(times, 95)), 2),
        "p99_ms": round(float(np.percentile(times, 99)), 2),
        "turns_per_second": round(turns / seconds, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
