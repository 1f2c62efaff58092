"""`jalon serve`: builds what is missing, loads the engine, opens the pages."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from jalon.channels.base import Channel
from jalon.channels.graph import Graph
from jalon.channels.messenger import Messenger
from jalon.channels.meta import Webhook
from jalon.channels.places import Places
from jalon.channels.web import WebCarrier, WebConversations
from jalon.channels.whatsapp import WhatsApp
from jalon.conversation.compose import Composer
from jalon.conversation.desk import Desk
from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE
from jalon.privacy.keys import keys_of
from jalon.privacy.retention import retention_of
from jalon.procedure.today import belgian_today
from jalon.runtime import start_engine
from jalon.settings import Settings
from jalon.web.api import api_routes
from jalon.web.app import create_app
from jalon.web.articles import article_routes
from jalon.web.chat import chat_routes
from jalon.web.guidance import guidance_routes
from jalon.web.knowledge import knowledge_routes
from jalon.web.site import Site

SWITCH = 0.001  # seconds until another thread may go on


def make_app(
    settings: Settings,
    engine: Engine,
    records: Records,
    transport: httpx.AsyncBaseTransport | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Starlette:
    """The application around an engine, ready to serve.

    Args:
        transport: leads to Meta; over the network by default.
        stopping: whether the process is about to end.

    Raises:
        SettingError: the secrets are missing or cannot be used.
    """
    store = KnowledgeStore(settings.knowledge_db)

    @lru_cache(maxsize=64)
    def composer(language: str, day: dt.date) -> Composer:
        return Composer(store, settings.data, language, day)

    def in_reference(day: dt.date) -> Composer:
        return composer(REFERENCE, day)

    carrier = WebCarrier(settings.data)
    client = httpx.AsyncClient(transport=transport)
    channels = meta_channels(settings, client, store)
    retention = retention_of(settings)
    desk = Desk(records, engine, [carrier, *channels], keys_of(settings), retention, settings.reply_minutes)
    meta, per_minute = settings.meta, settings.messages_per_minute
    webhooks = [Webhook(channel, desk, meta.app_secret, meta.verify_token, per_minute) for channel in channels]
    conversations = WebConversations(desk, engine, records, carrier, per_minute)
    site = Site(
        data=settings.data,
        composer_in=lambda language: composer(language, belgian_today()),
        public_url=settings.public_url,
        exit_url=settings.exit_url,
        hours=settings.conversation_hours,
    )

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        async with client, desk.open():
            yield
            for webhook in webhooks:
                await webhook.close()

    routes = [
        *chat_routes(site),
        *article_routes(site),
        *api_routes(conversations, settings.network_per_minute, stopping, site.has_words),
        *knowledge_routes(in_reference, belgian_today),
        *guidance_routes(site),
        *(route for one in webhooks for route in one.routes()),
    ]
    return create_app(routes, settings.embed_sites, running)


def meta_channels(settings: Settings, client: httpx.AsyncClient, store: KnowledgeStore) -> list[Channel]:
    """The channels of Meta that are set up on this machine."""
    meta = settings.meta

    def graph(account: str, token: str, name: str) -> Graph:
        return Graph(client, meta.graph_url, meta.graph_version, account, token, name)

    channels: list[Channel] = []
    if meta.whatsapp_number:
        places = Places(store.entries("communes"))
        requests = graph(meta.whatsapp_number, meta.whatsapp_token, WhatsApp.name)
        channels.append(WhatsApp(settings.data, requests, meta.whatsapp_number, places, settings.public_url))
    if meta.messenger_page:
        requests = graph(meta.messenger_page, meta.messenger_token, Messenger.name)
        channels.append(Messenger(settings.data, requests, meta.messenger_page, settings.public_url))
    return channels


def serve_forever(settings: Settings, progress: Callable[[str], None], host: str, port: int) -> None:
    """Serve until the process is stopped; prints the address once requests are answered.

    Raises:
        DataFault: the data has faults.
        SettingError: the secrets are missing or cannot be used.
    """
    # The thread of the records takes turns with the one that thinks: it must not wait 5 ms for each of its steps.
    sys.setswitchinterval(SWITCH)
    records = Records(settings.database_url, settings.conversation_hours)
    ending = threading.Event()
    app = make_app(settings, start_engine(settings, progress, records), records, stopping=ending.is_set)

    class Announcing(uvicorn.Server):
        def handle_exit(self, *args: Any) -> None:
            # Streams would hold the process for as long as their pages stay open.
            ending.set()
            super().handle_exit(*args)

        async def startup(self, *args: Any, **kwargs: Any) -> None:
            await super().startup(*args, **kwargs)
            if not self.should_exit:
                progress(f"Jalon answers on http://{host}:{port}/chat (stop with Ctrl+C)")

    # Rasa keeps websockets at a version that uvicorn no longer speaks; the page needs none.
    options = {"host": host, "port": port, "log_level": "warning", "access_log": False, "ws": "none"}
    Announcing(uvicorn.Config(app, **options)).run()
