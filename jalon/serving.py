"""`jalon serve`: builds what is missing, loads the engine, opens the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette

from jalon.channels.web import render
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE, read_languages
from jalon.procedure.today import belgian_today
from jalon.runtime import start_engine
from jalon.settings import Settings


def make_app(settings: Settings, progress: Callable[[str], None]) -> Starlette:
    """The application with its engine, ready to serve.

    Raises:
        DataFault: the data has faults.
    """
    from jalon.conversation.compose import Composer
    from jalon.web.app import create_app
    from jalon.web.guidance import guidance_routes
    from jalon.web.knowledge import knowledge_routes

    engine = start_engine(settings, progress, keep=True)
    store = KnowledgeStore(settings.knowledge_db)
    language = read_languages(settings.data / "languages.yml")[REFERENCE]

    def composer_on(day: dt.date) -> Composer:
        return Composer(store, settings.data, REFERENCE, day)

    composer = composer_on(belgian_today())
    pages = [*knowledge_routes(composer_on, belgian_today), *guidance_routes(composer_on, belgian_today)]
    return create_app(engine, render, composer.phrases, language, composer.card("cai"), pages)


def serve_forever(settings: Settings, progress: Callable[[str], None], host: str, port: int) -> None:
    """Serve until the process is stopped; prints the address once requests are answered."""
    app = make_app(settings, progress)

    class Announcing(uvicorn.Server):
        async def startup(self, *args: Any, **kwargs: Any) -> None:
            await super().startup(*args, **kwargs)
            if not self.should_exit:
                progress(f"Jalon answers on http://{host}:{port}/chat (stop with Ctrl+C)")

    # Rasa keeps websockets at a version that uvicorn no longer speaks; the page needs none.
    options = {"host": host, "port": port, "log_level": "warning", "access_log": False, "ws": "none"}
    Announcing(uvicorn.Config(app, **options)).run()
