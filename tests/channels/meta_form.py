"""What the tests of Meta's channels share: the channels over a Meta of our own, an engine that echoes, a clock."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator

import httpx
from cryptography.fernet import Fernet
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from turn_form import Clock, Said

from jalon.channels.graph import Graph
from jalon.channels.messenger import Messenger
from jalon.channels.meta import Webhook
from jalon.channels.places import Places
from jalon.channels.whatsapp import WhatsApp
from jalon.conversation.desk import Busy, Desk
from jalon.conversation.message import Message
from jalon.conversation.records import Records
from jalon.conversation.reply import Button, Reply
from jalon.conversation.state import State
from jalon.conversation.tables import INBOX, OUTBOX
from jalon.privacy.keys import Keys
from jalon.privacy.retention import Retention
from jalon.settings import settings
from jalon.simulation.graph import FakeGraph
from jalon.simulation.meta import FakeMeta
from jalon.simulation.people import NUMBER, PAGE, words
from jalon.web.api import broken, later

SECRET, VERIFY = "a secret", "a word"
COMMUNES = {"dinant": {"at": (50.234, 4.917)}, "namur": {"at": (50.459, 4.85)}, "nowhere": {"at": None}}
DATA = settings().data
USERS = {"whatsapp": "15550002222", "messenger": "500000000000005"}


class Echo:
    """An engine that repeats what it was told, counts, and offers three choices."""

    async def respond(self, state: State, message: Message) -> tuple[Said, State]:
        after = state.copy()
        after.slots["count"] = state.slots.get("count", 0) + 1
        heard = state.taps.get(message.tap, "gone") if message.tap else message.press or message.text
        buttons = tuple(Button(title=f"Choice {n}", payload=f"/choice{n}") for n in range(3))
        reply = Reply(language="fr", text=f"{after.slots['count']}:{heard}", buttons=buttons)
        after.offer(reply)
        return Said(reply), after

    def sorry(self, name: str, state: State) -> tuple[Said, State]:
        return Said(Reply(language="fr", text=f"sorry:{name}")), state.copy()


def channel_of(name: str, client: httpx.AsyncClient, clock=None, public_url: str = ""):
    """A channel whose requests go where the client leads."""
    account = NUMBER if name == "whatsapp" else PAGE
    graph = Graph(client, "http://graph", "v26.0", account, "token", name, clock or Clock())
    if name == "whatsapp":
        return WhatsApp(DATA, graph, NUMBER, Places(COMMUNES), public_url)
    return Messenger(DATA, graph, PAGE, public_url)


def bare(name: str, public_url: str = ""):
    """A channel that sends nothing."""
    return channel_of(name, httpx.AsyncClient(), public_url=public_url)


def as_sent(name: str, part: dict) -> dict:
    """A part as it goes to Meta."""
    if name == "messenger":
        message = {**part, "metadata": "token"}
        return {"recipient": {"id": USERS[name]}, "messaging_type": "RESPONSE", "message": message}
    body = {key: value for key, value in part.items() if key != "reminder"}
    if "document" in body:
        body["document"] = {**body["document"], "id": "1"}
    sent = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": USERS[name]}
    return {**sent, "biz_opaque_callback_data": "token", **body}


class World:
    """People, Meta and the program, all in one process, under one clock."""

    def __init__(
        self, name: str, database: str, doubled: float = 0.0, reports: bool = True, engine=None, per_minute: int = 1000
    ) -> None:
        self.name, self.clock = name, Clock()
        self.graph = FakeGraph(name, self.clock, delays=(0.0, 0.001), chance=random.Random(1))
        self.records = Records(database)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.graph.app))
        self.channel = channel_of(name, self.client, self.clock)
        keys = Keys("pepper", (Fernet.generate_key().decode(),))
        self.desk = Desk(self.records, engine or Echo(), [self.channel], keys, Retention(), 15, self.clock)
        self.webhook = Webhook(self.channel, self.desk, SECRET, VERIFY, per_minute, self.clock)
        self.app = Starlette(routes=self.webhook.routes(), exception_handlers={Busy: later, SQLAlchemyError: broken})
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.bot = httpx.AsyncClient(transport=transport, base_url="http://bot")
        self.meta = FakeMeta(self.graph, self.bot, SECRET, self.clock, doubled, reports, random.Random(2))

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[World]:
        async with self.client, self.bot:
            async with self.desk.open():
                yield self
                await self.webhook.close()
            await self.graph.close()
        self.records.close()

    def rows(self, table, *columns) -> list:
        with self.records.reading() as connection:
            return connection.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id)).all()

    async def settled(self, seconds: float = 20) -> None:
        """Wait until every message is answered and every reply has an end."""
        ended = {"done", "dead", "sent", "erased"}
        async with asyncio.timeout(seconds):
            while not {row.state for table in (INBOX, OUTBOX) for row in self.rows(table, "state")} <= ended:
                await asyncio.sleep(0.01)

    def texts(self, user: str) -> list[str]:
        """What a person got, in order, without the first introduction."""
        got = [words(self.name, one.body) for one in self.graph.delivered if one.user == user]
        return [text.split("\n\n")[-1] for text in got]
