"""`jalon simulate`: a conversation over a Meta of our own, in the terminal, with everything that may go wrong."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
from rich.console import Console

from jalon.settings import MetaSettings, Settings
from jalon.simulation import people
from jalon.simulation.graph import Delivered, FakeGraph, Fate
from jalon.simulation.meta import FakeMeta
from jalon.simulation.people import NUMBER, PAGE

USERS = {"whatsapp": "15550002222", "messenger": "500000000000005"}  # invented
HELP = """A text is sent as it stands; a number taps that choice; an empty line leaves.
:voice · :photo · :place LATITUDE LONGITUDE · :again (Meta repeats its last call) · :twice TEXT (the call comes double)
:fault CODE (Meta refuses the next reply) · :lost (the next reply arrives, but its answer is lost) · :help"""


def simulated(settings: Settings) -> Settings:
    """The settings of a program that talks to our own Meta, and keeps everything in memory."""
    meta = MetaSettings(
        app_secret=secrets.token_hex(16),
        verify_token=secrets.token_hex(16),
        graph_url="http://graph.simulated",
        whatsapp_number=NUMBER,
        whatsapp_token="simulated",
        messenger_page=PAGE,
        messenger_token="simulated",
    )
    return dataclasses.replace(settings, meta=meta, database_url="sqlite://")


def start(channel: str, settings: Settings, progress: Callable[[str], None], out: Console) -> None:
    """Load the engine and talk.

    Raises:
        DataFault: the data has faults.
    """
    # Rasa takes seconds to import; the other commands do not pay for it.
    from jalon.conversation.records import Records
    from jalon.runtime import start_engine
    from jalon.serving import make_app

    found = simulated(settings)
    records = Records(found.database_url, found.conversation_hours)
    engine = start_engine(found, progress, records)
    asyncio.run(talk(channel, found, lambda transport: make_app(found, engine, records, transport), out))


async def talk(
    channel: str,
    settings: Settings,
    make_app: Callable[[httpx.AsyncBaseTransport], Any],
    out: Console,
) -> None:
    """Hold a conversation until an empty line or the end of input.

    Args:
        settings: `simulated` ones.
        make_app: the application, with the way to Meta.
    """
    graph = FakeGraph(channel, lambda: dt.datetime.now(dt.UTC))
    app = make_app(httpx.ASGITransport(graph.app))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        bot = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://jalon.simulated", timeout=30)
        await stack.enter_async_context(bot)
        meta = FakeMeta(graph, bot, settings.meta.app_secret, lambda: dt.datetime.now(dt.UTC))
        tell = graph.told

        async def shown(message: Delivered) -> None:
            _show(out, channel, message)
            if tell:
                await tell(message)

        graph.told = shown
        out.print(HELP, markup=False, style="dim")
        await _loop(meta, graph, out)
        await graph.close()


async def _loop(meta: FakeMeta, graph: FakeGraph, out: Console) -> None:
    while True:
        try:
            line = (await asyncio.to_thread(out.input, "")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            return
        before, faults = len(graph.delivered), len(graph.faults)
        await _do(meta, graph, out, line)
        for _ in range(100):  # a reply is there within a second; whoever types faster need not wait
            if len(graph.delivered) > before:
                break
            await asyncio.sleep(0.02)
        for fault in graph.faults[faults:]:
            out.print(f"Meta refused: {fault}", markup=False, style="red")


async def _do(meta: FakeMeta, graph: FakeGraph, out: Console, line: str) -> None:
    """What one line of the terminal means."""
    user = USERS[graph.channel]
    person, now = meta.person(user), dt.datetime.now(dt.UTC)
    command, _, rest = line.partition(" ")
    if command == ":voice":
        await meta.calls(user, person.voice(now))
    elif command == ":photo":
        await meta.calls(user, person.photo(now))
    elif command == ":place":
        try:
            latitude, longitude = map(float, rest.split())
        except ValueError:
            out.print("Write for example: :place 50.46 4.86", markup=False)
            return
        await meta.calls(user, person.place(latitude, longitude, now))
    elif command == ":again":
        out.print(f"acknowledged with {await meta.post(meta.last)}", markup=False, style="dim")
    elif command == ":twice":
        await meta.calls(user, person.text(rest, now))
        await meta.post(meta.last)
    elif command == ":fault" and rest.isdecimal():
        graph.fates.append(Fate(int(rest)))
    elif command == ":lost":
        graph.fates.append(Fate(status=502, delivered=True))
    elif command.startswith(":"):
        out.print(HELP, markup=False, style="dim")
    elif line.isascii() and line.isdecimal() and 1 <= int(line) <= len(person.shown):
        await meta.taps(user, int(line))
    else:
        await meta.says(user, line)


def _show(out: Console, channel: str, message: Delivered) -> None:
    out.print(people.words(channel, message.body), markup=False)
    for number, title in enumerate(people.choices(channel, message.body).values(), 1):
        out.print(f"  [{number}] {title}", markup=False)
