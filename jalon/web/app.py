"""The ASGI application: /chat, the requests of its script, /health."""

from __future__ import annotations

import datetime as dt
import json
import logging
import math
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from jalon.conversation.desk import Busy, TooFast
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate, network_of
from jalon.conversation.reply import ContactCard
from jalon.languages import Language
from jalon.phrases import Phrases
from jalon.privacy.logs import place_of

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes: a longer body is no chat message
MAX_ID = 64  # characters of the page's id of a message
_HERE = Path(__file__).parent
_SECURITY = {
    # https://www.w3.org/TR/CSP3/: nothing but our own files, no inline code, no strings turned into code.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Conversations(Protocol):
    """The web channel, as the application sees it."""

    async def start(self) -> dict[str, Any]:
        """Open a conversation."""

    async def send(self, name: str, external: str, message: Message) -> dict[str, Any] | None:
        """The reply to a message; None for an unknown conversation."""

    async def erase(self, name: str) -> None:
        """Erase a conversation."""


def create_app(
    conversations: Conversations,
    phrases: Phrases,
    language: Language,
    contact: ContactCard,
    per_minute: int,
    running: Callable[[], AbstractAsyncContextManager[None]],
    more: Sequence[Route] = (),
) -> Starlette:
    """The application.

    Args:
        conversations: the web channel.
        phrases: the sentences of the page's language.
        language: the page's language, for `lang` and `dir`.
        contact: shown where the script cannot run.
        per_minute: how many requests a network may make in a minute, pages apart.
        running: what runs while the application does.
        more: further pages.
    """
    pages = Jinja2Templates(_HERE / "templates")
    rate = Rate.per_minute(per_minute)

    async def chat(request: Request) -> Response:
        names = {"labels": phrases.labels, "language": language, "contact": contact}
        return pages.TemplateResponse(request, "chat.html", names)

    def slow_down(request: Request) -> None:
        network = network_of(request.client.host if request.client else "")
        if wait := rate.wait(network, dt.datetime.now(dt.UTC)):
            raise TooFast(wait)

    async def start(request: Request) -> Response:
        """Mint a conversation and greet."""
        slow_down(request)
        return JSONResponse(await conversations.start())

    async def message(request: Request) -> Response:
        """Answer one message: {"text"} or {"choice": n}; with an "id" it can be sent again and is answered once."""
        slow_down(request)
        external, sent = await _read_message(request)
        reply = await conversations.send(request.path_params["conversation"], external, sent)
        if reply is None:
            raise HTTPException(404, "This conversation has ended. Start a new one.")
        return JSONResponse(reply)

    async def forget(request: Request) -> Response:
        """Erase a conversation."""
        await conversations.erase(request.path_params["conversation"])
        return Response(status_code=204)

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/chat")),
            Route("/chat", chat),
            Route("/health", health),
            Route("/api/conversations", start, methods=["POST"]),
            Route("/api/conversations/{conversation}/messages", message, methods=["POST"]),
            Route("/api/conversations/{conversation}", forget, methods=["DELETE"]),
            *more,
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_secure)],
        exception_handlers={HTTPException: _as_json, Busy: _later, SQLAlchemyError: _broken},
        lifespan=lambda app: running(),
    )


async def _read_message(request: Request) -> tuple[str, Message]:
    """The id and the message of a request; without an id it gets one that is used once.

    Raises:
        HTTPException: the body is too long, is not JSON, or holds neither a text nor a choice.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, "The message is too long. Send at most 64 kB.")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise HTTPException(400, "The body is not JSON. Send {'text': …} or {'choice': n}.") from fault
    sent = sent if isinstance(sent, dict) else {}
    external = sent.get("id", secrets.token_hex(16))
    if not isinstance(external, str) or not 0 < len(external) <= MAX_ID:
        raise HTTPException(400, f"The 'id' must be a text of 1 to {MAX_ID} characters.")
    text, choice = sent.get("text"), sent.get("choice")
    if isinstance(choice, int) and not isinstance(choice, bool):
        return external, Message(choice=choice)
    if isinstance(text, str):
        return external, Message(text)
    raise HTTPException(400, "Send {'text': …} or {'choice': n}.")


async def _as_json(request: Request, fault: HTTPException) -> Response:
    return JSONResponse({"error": fault.detail}, fault.status_code)


async def _later(request: Request, busy: Busy) -> Response:
    again = {"Retry-After": str(math.ceil(busy.wait))}
    return JSONResponse({"error": str(busy)}, 429 if isinstance(busy, TooFast) else 503, again)


async def _broken(request: Request, fault: SQLAlchemyError) -> Response:
    logger.error("The records cannot be reached: %s.", place_of(fault))
    return JSONResponse({"error": "Something is broken here. Try again."}, 503, {"Retry-After": "10"})


async def _secure(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    response.headers.update(_SECURITY)
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response
