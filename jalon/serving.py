"""`jalon serve`: builds what is missing, loads the engine, opens the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette

from jalon.channels.web import WebCarrier, WebConversations
from jalon.conversation.compose import Composer
from jalon.conversation.desk import Desk
from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE, read_languages
from jalon.privacy.keys import keys_of
from jalon.privacy.retention import Retention
from jalon.procedure.today import belgian_today
from jalon.runtime import start_engine
from jalon.settings import Settings
from jalon.web.app import create_app
from jalon.web.guidance import guidance_routes
from jalon.web.knowledge import knowledge_routes


def make_app(settings: Settings, engine: Engine, records: Records) -> Starlette:
    """The application around an engine, ready to serve.

    Raises:
        SettingError: the secrets are missing or cannot be used.
    """
    store = KnowledgeStore(settings.knowledge_db)
    language = read_languages(settings.data / "languages.yml")[REFERENCE]

    def composer_on(day: dt.date) -> Composer:
        return Composer(store, settings.data, REFERENCE, day)

    composer = composer_on(belgian_today())
    carrier = WebCarrier(settings.data)
    retention = Retention(settings.queue_hours, settings.receipt_days)
    desk = Desk(records, engine, [carrier], keys_of(settings), retention, settings.reply_minutes)
    return create_app(
        WebConversations(desk, engine, records, carrier, settings.messages_per_minute),
        composer.phrases,
        language,
        composer.card("cai"),
        settings.network_per_minute,
        desk.open,
        [*knowledge_routes(composer_on, belgian_today), *guidance_routes(composer_on, belgian_today)],
    )


def serve_forever(settings: Settings, progress: Callable[[str], None], host: str, port: int) -> None:
    """Serve until the process is stopped; prints the address once requests are answered.

    Raises:
        DataFault: the data has faults.
        SettingError: the secrets are missing or cannot be used.
    """
    records = Records(settings.database_url, settings.conversation_hours)
    app = make_app(settings, start_engine(settings, progress, records), records)

    class Announcing(uvicorn.Server):
        async def startup(self, *args: Any, **kwargs: Any) -> None:
            await super().startup(*args, **kwargs)
            if not self.should_exit:
                progress(f"Jalon answers on http://{host}:{port}/chat (stop with Ctrl+C)")

    # Rasa keeps websockets at a version that uvicorn no longer speaks; the page needs none.
    options = {"host": host, "port": port, "log_level": "warning", "access_log": False, "ws": "none"}
    Announcing(uvicorn.Config(app, **options)).run()
