"""The ASGI application: the pages, the requests of their script, /health."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from jalon.conversation.desk import Busy
from jalon.web.api import as_json, broken, later
from jalon.web.chat import PAGE
from jalon.web.security import Security
from jalon.web.site import Assets


def create_app(
    routes: Sequence[Route], embed_sites: Sequence[str], running: Callable[[], AbstractAsyncContextManager[None]]
) -> Starlette:
    """The application.

    Args:
        routes: the pages and the requests of their scripts.
        embed_sites: the sites that may show the assistant in a frame.
        running: what runs while the application does.
    """

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse(PAGE)),
            Route("/health", health),
            *routes,
            Mount("/static/{version}", Assets()),
        ],
        middleware=[
            Middleware(Security, framed=PAGE, sites=embed_sites),
            Middleware(GZipMiddleware, minimum_size=500),
        ],
        exception_handlers={HTTPException: as_json, Busy: later, SQLAlchemyError: broken},
        lifespan=lambda app: running(),
    )
