"""A whole Jalon on a test stand: `jalon serve` in a process of its own, and our own Meta on the other side."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import random
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import uvicorn

from jalon.settings import environment_with
from jalon.simulation.graph import FakeGraph
from jalon.simulation.meta import FakeMeta
from jalon.simulation.people import NUMBER

READY = 120.0  # seconds until a server that does not answer is given up
FIRST_PAUSE = dt.timedelta(seconds=2)  # Meta repeats a failed call at once, then less and less often


class NotReady(Exception):
    """The server did not start; the message holds the end of its log."""


@dataclasses.dataclass
class Stand:
    """A served Jalon under our own Meta.

    Attributes:
        graph: takes the replies.
        meta: calls on behalf of people.
        deaths: how often the server was killed.
    """

    graph: FakeGraph
    meta: FakeMeta
    port: int
    environment: dict[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0

    async def start(self) -> None:
        """Start the server; returns when it answers.

        Raises:
            NotReady: it does not.
        """
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(Path(sys.executable).with_name("jalon"), "serve", "--port", str(self.port)),
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}") as asking:
            for _ in range(int(READY / 0.1)):
                with contextlib.suppress(httpx.HTTPError):
                    if (await asking.get("/health")).status_code == 200:
                        return
                if self.process.returncode is not None:
                    break
                await asyncio.sleep(0.1)
        raise NotReady(f"The server did not start. The end of its log:\n{self.log.read_text()[-2000:]}")

    async def kill(self) -> None:
        """Kill the server as a power cut would: SIGKILL, no farewell."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()
        self.deaths += 1

    async def stop(self) -> None:
        """Stop the server politely."""
        if self.process and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


@contextlib.asynccontextmanager
async def stand(
    folder: Path, delays: tuple[float, float], doubled: float = 0.0, reports: bool = True
) -> AsyncIterator[Stand]:
    """A stand that runs until the block ends.

    Args:
        folder: an empty one, for the records database and the log.
        delays: the least and the most seconds that an answer of Meta takes.
        doubled: the share of calls that come twice.
        reports: whether Meta tells what became of replies.
    """

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    secret = secrets.token_hex(16)
    graph = FakeGraph("whatsapp", now, delays, random.Random(1))
    (graph_socket, graph_port), (free, port) = _listening(), _listening()
    free.close()
    server = uvicorn.Server(uvicorn.Config(graph.app, log_level="error", access_log=False, ws="none"))
    serving = asyncio.create_task(server.serve(sockets=[graph_socket]))
    environment = environment_with(
        META_APP_SECRET=secret,
        META_VERIFY_TOKEN=secrets.token_hex(16),
        META_GRAPH_URL=f"http://127.0.0.1:{graph_port}",
        WHATSAPP_NUMBER_ID=NUMBER,
        WHATSAPP_TOKEN="simulated",
        DATABASE_URL=f"sqlite:///{folder / 'records.db'}",
    )
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, limits=limits) as bot:
        meta = FakeMeta(graph, bot, secret, now, doubled, reports, chance=random.Random(2), first_pause=FIRST_PAUSE)
        found = Stand(graph, meta, port, environment, folder / "server.log")
        try:
            await found.start()
            yield found
            await graph.close()
        finally:
            await found.stop()
            server.should_exit = True
            await serving


def _listening() -> tuple[socket.socket, int]:
    """A socket on a free port of this machine."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    return made, made.getsockname()[1]
