"""The ASGI application: /chat, the requests of its script, /health."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from jalon.conversation.engine import Engine
from jalon.conversation.reply import ContactCard, Reply
from jalon.languages import Language
from jalon.phrases import Phrases

MAX_BODY = 64 * 1024  # bytes: a longer body is no chat message
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


def create_app(
    engine: Engine,
    render: Callable[[Reply, Phrases], dict[str, Any]],
    phrases: Phrases,
    language: Language,
    contact: ContactCard,
    more: Sequence[Route] = (),
) -> Starlette:
    """The application.

    Args:
        render: the web channel's rendering of a reply.
        phrases: the sentences of the page's language.
        language: the page's language, for `lang` and `dir`.
        contact: shown where the script cannot run.
        more: further pages.
    """
    pages = Jinja2Templates(_HERE / "templates")

    async def chat(request: Request) -> Response:
        names = {"labels": phrases.labels, "language": language, "contact": contact}
        return pages.TemplateResponse(request, "chat.html", names)

    async def start(request: Request) -> Response:
        """Mint a conversation and greet."""
        conversation = engine.start()
        greeting = await engine.turn(conversation, press="greet")
        return JSONResponse({"conversation": conversation, "greeting": render(greeting.reply, phrases)})

    async def message(request: Request) -> Response:
        """Answer one message: {"text"} or {"choice": n}."""
        conversation = request.path_params["conversation"]
        text, choice = await _read_message(request)
        if not engine.knows(conversation):
            raise HTTPException(404, "This conversation has ended. Start a new one.")
        turn = await engine.turn(conversation, text, choice)
        return JSONResponse(render(turn.reply, phrases))

    async def forget(request: Request) -> Response:
        """Erase a conversation."""
        engine.forget(request.path_params["conversation"])
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
        exception_handlers={HTTPException: _as_json},
    )


async def _read_message(request: Request) -> tuple[str, int | None]:
    """The text or the choice of a request.

    Raises:
        HTTPException: the body is too long, is not JSON, or holds neither.
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
    text, choice = (sent.get("text"), sent.get("choice")) if isinstance(sent, dict) else (None, None)
    if isinstance(choice, int) and not isinstance(choice, bool):
        return "", choice
    if isinstance(text, str):
        return text, None
    raise HTTPException(400, "Send {'text': …} or {'choice': n}.")


async def _as_json(request: Request, fault: HTTPException) -> Response:
    return JSONResponse({"error": fault.detail}, fault.status_code)


async def _secure(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    response.headers.update(_SECURITY)
    if not request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response
