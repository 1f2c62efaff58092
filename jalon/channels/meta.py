"""What WhatsApp and Messenger share: Meta's webhook. Verify, write down, acknowledge; everything else comes later."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from jalon.channels.base import Channel
from jalon.conversation.inbox import Arrival
from jalon.conversation.rates import Rate
from jalon.privacy.identity import Identities
from jalon.privacy.logs import place_of

logger = logging.getLogger(__name__)

# https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
MAX_BODY = 3 * 1024 * 1024


class Desk(Protocol):
    """The desk, as the webhook sees it."""

    identities: Identities

    async def accept(self, arrivals: Sequence[Arrival]) -> int:
        """Write messages down."""

    async def report(self, token: str, arrived: bool, code: str = "") -> None:
        """Note what became of a part."""

    async def erase(self, conversation: str) -> None:
        """Erase everything of a conversation."""


class Webhook:
    """Where Meta calls for one channel.

    Args:
        app_secret: Meta signs every call with it.
        verify_token: Meta shows that it was told it when the webhook is connected.
        per_minute: how many messages one person may send in a minute; more are not answered.
        clock: the present moment, with its zone.
    """

    def __init__(
        self,
        channel: Channel,
        desk: Desk,
        app_secret: str,
        verify_token: str,
        per_minute: int,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._channel = channel
        self._desk = desk
        self._secret = app_secret.encode()
        self._verify_token = verify_token.encode()
        self._rate = Rate.per_minute(per_minute)
        self._clock = clock
        self._showing: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """`/webhooks/<channel>`."""
        path = f"/webhooks/{self._channel.name}"
        return [Route(path, self.connect, methods=["GET"]), Route(path, self.receive, methods=["POST"])]

    async def connect(self, request: Request) -> Response:
        """Meta asks whether the address is ours: give the challenge back to whoever knows the word."""
        asked = request.query_params
        known = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), self._verify_token)
        if asked.get("hub.mode") != "subscribe" or not known:
            raise HTTPException(403, "The verify token is not ours.")
        return PlainTextResponse(asked.get("hub.challenge", ""))

    async def receive(self, request: Request) -> Response:
        """Take in what Meta reports; it is acknowledged once it is written down, and repeated otherwise.

        Raises:
            HTTPException: too long, not signed by Meta, or no JSON object; nothing was kept.
            Busy, SQLAlchemyError: it could not be written down.
        """
        raw = await _body(request)
        signature = request.headers.get("X-Hub-Signature-256")
        if not authentic(raw, signature, self._secret):
            raise HTTPException(403 if signature else 401, "The call is not signed with our app secret.")
        now = self._clock()
        update = self._channel.read(_object(raw), now)
        if update.ignored:
            logger.info("%s: %d things without meaning for us.", self._channel.name, update.ignored)
        arrivals = [arrival for arrival in update.arrivals if not self._too_fast(arrival, now)]
        new = await self._desk.accept(arrivals)
        for report in update.reports:
            if report.code:
                logger.error("A reply was not delivered on %s: code %s.", self._channel.name, report.code)
            await self._desk.report(report.token, report.arrived, report.code)
        for user in update.gone:
            await self._desk.erase(self._desk.identities.conversation(self._channel.name, user))
        if new:
            self._show(arrivals)
        return PlainTextResponse("ok")

    async def close(self) -> None:
        """Wait for what is still being shown."""
        await asyncio.gather(*self._showing)

    def _too_fast(self, arrival: Arrival, now: dt.datetime) -> bool:
        conversation = self._desk.identities.conversation(arrival.channel, arrival.user)
        too_fast = self._rate.wait(conversation, now) > 0
        if too_fast:
            logger.warning("%s: somebody writes too fast; a message is not answered.", self._channel.name)
        return too_fast

    def _show(self, arrivals: Sequence[Arrival]) -> None:
        """Show the writers that we have read, while Meta is already being answered."""
        task = asyncio.create_task(self._seen(arrivals))
        self._showing.add(task)
        task.add_done_callback(self._showing.discard)

    async def _seen(self, arrivals: Sequence[Arrival]) -> None:
        try:
            last = {arrival.user: arrival for arrival in arrivals}
            await self._channel.seen(list(last.values()))
        except Exception as fault:
            logger.warning("%s: reading could not be shown: %s.", self._channel.name, place_of(fault))


def authentic(raw: bytes, signature: str | None, secret: bytes) -> bool:
    """Whether a body, byte for byte, was signed with the app secret.

    https://developers.facebook.com/docs/graph-api/webhooks/getting-started
    """
    right = "sha256=" + hmac.new(secret, raw, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), (signature or "").encode("utf-8", "replace"))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, "The body is longer than any that Meta sends.")
    return bytes(body)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as fault:
        raise HTTPException(400, "The body is not JSON.") from fault
    if not isinstance(found, dict):
        raise HTTPException(400, "The body is not a JSON object.")
    return found
