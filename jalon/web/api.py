"""The requests of the page's script: open a conversation, send, read the replies, erase."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import math
import secrets
from collections.abc import AsyncIterator, Callable
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from jalon.conversation.desk import Busy, TooFast
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate, network_of
from jalon.privacy.logs import place_of

logger = logging.getLogger(__name__)

MAX_BODY = 64 * 1024  # bytes: a longer body is no chat message
MAX_ID = 64  # characters of the page's id of a message
BEAT = 15.0  # seconds between signs of life on a stream; a page that hears none for longer asks anew
LOOK = 1.0  # seconds after which a stream looks whether the process is about to end
STREAM = 300.0  # seconds until a stream ends; a page that still waits asks anew
PATIENCE = 25.0  # seconds that a request without a stream waits, less than proxies do


class Conversations(Protocol):
    """The web channel, as the application sees it; see `jalon.channels.web`."""

    unknown: type[Exception]
    passed: type[Exception]

    async def start(self, language: str | None = None) -> dict[str, Any]:
        """Open a conversation."""

    async def send(self, name: str, external: str, message: Message) -> str:
        """Take a message."""

    async def events(self, name: str, number: int, seconds: float) -> list[dict[str, Any]]:
        """The replies after that number."""

    async def erase(self, name: str) -> dict[str, Any]:
        """Erase a conversation."""


def api_routes(
    conversations: Conversations,
    per_minute: int,
    stopping: Callable[[], bool],
    known_language: Callable[[str], bool],
) -> list[Route]:
    """`/api/…`; a page names its conversation in the header `Authorization: Bearer …`, never in an address.

    Args:
        per_minute: how many conversations and messages a network may send in a minute.
        stopping: whether the process is about to end: streams end then, so that their pages ask another process.
        known_language: whether a page may ask for a language by that code.
    """
    rate = Rate.per_minute(per_minute)

    def slow_down(request: Request) -> None:
        network = network_of(request.client.host if request.client else "")
        if wait := rate.wait(network, dt.datetime.now(dt.UTC)):
            raise TooFast(wait)

    def language_of(sent: dict[str, Any]) -> str | None:
        language = sent.get("language")
        return language if isinstance(language, str) and known_language(language) else None

    async def start(request: Request) -> Response:
        """Mint a conversation and greet: {"language"?}."""
        slow_down(request)
        return JSONResponse(await conversations.start(language_of(await _read(request, b"{}"))))

    async def send(request: Request) -> Response:
        """Take a message: {"id", "text" | "tap" | "choice", "language"?}; sent again under its id, it counts once."""
        slow_down(request)
        name = _name(request)
        sent = await _read(request)
        external, message = _message(sent, language_of(sent))
        try:
            receipt = await conversations.send(name, external, message)
        except conversations.unknown as fault:
            raise HTTPException(404, "This conversation has ended. Start a new one.") from fault
        except conversations.passed as fault:
            raise HTTPException(410, "The reply is not kept any more. Send the message under a new id.") from fault
        return JSONResponse({"receipt": receipt}, 202)

    async def events(request: Request) -> Response:
        """The replies after `Last-Event-ID`: a stream for who accepts one, otherwise the next ones as JSON."""
        name, after = _name(request), _number(request)
        if "text/event-stream" not in request.headers.get("Accept", ""):
            return JSONResponse({"events": await conversations.events(name, after, PATIENCE)})
        # A proxy that gathers what it forwards would keep replies back.
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(stream(name, after), media_type="text/event-stream", headers=headers)

    async def stream(name: str, after: int) -> AsyncIterator[str]:
        yield ": open\n\n"
        clock = asyncio.get_running_loop().time
        end, beat = clock() + STREAM, clock() + BEAT
        while True:
            try:
                found = await conversations.events(name, after, LOOK)
            except SQLAlchemyError as fault:
                logger.error("A stream could not go on: %s.", place_of(fault))
                return
            for event in found:
                after = event["number"]
                yield f"id: {after}\ndata: {json.dumps(event)}\n\n"
            if clock() >= end or stopping():
                return
            if clock() >= beat:
                beat = clock() + BEAT
                yield ": alive\n\n"

    async def forget(request: Request) -> Response:
        """Erase a conversation; says what was erased."""
        return JSONResponse(await conversations.erase(_name(request)))

    return [
        Route("/api/conversation", start, methods=["POST"]),
        Route("/api/conversation", forget, methods=["DELETE"]),
        Route("/api/messages", send, methods=["POST"]),
        Route("/api/events", events),
    ]


def _name(request: Request) -> str:
    scheme, _, name = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not name:
        raise HTTPException(401, "Name the conversation: `Authorization: Bearer …`.", {"WWW-Authenticate": "Bearer"})
    return name


def _number(request: Request) -> int:
    number = request.headers.get("Last-Event-ID") or "0"
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        raise HTTPException(400, "`Last-Event-ID` must be the number of an event.")
    return int(number)


async def _read(request: Request, instead: bytes = b"") -> dict[str, Any]:
    """The object in the body; `instead` stands for an empty one.

    Raises:
        HTTPException: the body is too long, or is not JSON.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, "The message is too long. Send at most 64 kB.")
    try:
        sent = json.loads(body or instead)
    except (ValueError, RecursionError) as fault:
        raise HTTPException(400, "The body is not JSON. Send {'text': …} or {'tap': …}.") from fault
    return sent if isinstance(sent, dict) else {}


def _message(sent: dict[str, Any], language: str | None) -> tuple[str, Message]:
    """The id and the message; without an id it gets one that is used once.

    Raises:
        HTTPException: it holds no text, no tap and no choice.
    """
    external = sent.get("id", secrets.token_hex(16))
    if not isinstance(external, str) or not 0 < len(external) <= MAX_ID:
        raise HTTPException(400, f"The 'id' must be a text of 1 to {MAX_ID} characters.")
    text, tap, choice = sent.get("text"), sent.get("tap"), sent.get("choice")
    if isinstance(choice, int) and not isinstance(choice, bool):
        return external, Message(choice=choice, language=language)
    if isinstance(tap, str) and tap:
        return external, Message(tap=tap, language=language)
    if isinstance(text, str):
        return external, Message(text, language=language)
    raise HTTPException(400, "Send {'text': …} or {'tap': …}.")


async def as_json(request: Request, fault: HTTPException) -> Response:
    """A refusal, for scripts."""
    return JSONResponse({"error": fault.detail}, fault.status_code, fault.headers)


async def later(request: Request, busy: Busy) -> Response:
    """Too much at once: when to come back."""
    again = {"Retry-After": str(math.ceil(busy.wait))}
    return JSONResponse({"error": str(busy)}, 429 if isinstance(busy, TooFast) else 503, again)


async def broken(request: Request, fault: SQLAlchemyError) -> Response:
    """The records cannot be reached: nothing was taken."""
    logger.error("The records cannot be reached: %s.", place_of(fault))
    return JSONResponse({"error": "Something is broken here. Try again."}, 503, {"Retry-After": "10"})
