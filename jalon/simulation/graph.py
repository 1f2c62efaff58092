"""The side of Meta that takes replies: it checks them, delivers them, or fails as it is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from jalon.simulation.forms import MessengerMessage, WhatsAppMessage, check

WINDOW = dt.timedelta(hours=24)
# Outside the window only templates may be sent.
_CLOSED = {"whatsapp": (131047, None), "messenger": (10, 2018278)}


@dataclass(frozen=True)
class Fate:
    """What becomes of a request instead of success.

    Attributes:
        code, sub: Meta's error code and subcode; 0 for none.
        status: the HTTP status.
        delivered: the person gets the message nevertheless, only the answer is lost.
        seconds: how long the answer takes.
    """

    code: int = 0
    sub: int | None = None
    status: int = 400
    delivered: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Delivered:
    """A message that a person got."""

    user: str
    token: str
    body: dict[str, Any]


class FakeGraph:
    """Meta's Graph API for one channel.

    Args:
        channel: whatsapp or messenger.
        clock: the present moment, with its zone.
        delays: the least and the most seconds that an answer takes.
        chance: for the delays.

    Attributes:
        delivered: what people got, in order.
        faults: what was wrong with requests; a correct program leaves it empty.
        signs: how often something was marked as read.
        profile: the Messenger profile that was set.
        files: what was uploaded, by id.
        fates: what becomes of the next messages, in order; later ones succeed.
        failing: a share of the other messages, and what may become of those; None for none.
        failed: how many messages had such a fate.
        heard: when each person last wrote; without an entry, the window is closed.
        told: called for every delivered message, to tell the other side what became of it.
    """

    def __init__(
        self,
        channel: str,
        clock: Callable[[], dt.datetime],
        delays: tuple[float, float] = (0.05, 0.5),
        chance: random.Random | None = None,
    ) -> None:
        self.channel = channel
        self._clock = clock
        self._delays = delays
        self._chance = chance or random.Random()
        self.delivered: list[Delivered] = []
        self.faults: list[str] = []
        self.signs = 0
        self.profile: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.fates: deque[Fate] = deque()
        self.failing: tuple[float, Sequence[Fate]] | None = None
        self.failed = 0
        self.heard: dict[str, dt.datetime] = {}
        self.told: Callable[[Delivered], Awaitable[None]] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self.app = Starlette(
            routes=[
                Route("/{version}/{account}/messages", self._messages, methods=["POST"]),
                Route("/{version}/{account}/media", self._media, methods=["POST"]),
                Route("/{version}/{account}/messenger_profile", self._profile, methods=["POST"]),
            ]
        )

    async def _messages(self, request: Request) -> Response:
        await asyncio.sleep(self._chance.uniform(*self._delays))
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return _error(190, None, 401)
        try:
            form, fault = check(self.channel, await request.json())
        except ClientDisconnect:  # whoever called has died
            return Response(status_code=400)
        if form is None:
            self.faults.append(fault)
            return _error(100, None, 400)
        if not isinstance(form, WhatsAppMessage | MessengerMessage):
            self.signs += 1
            return JSONResponse({"success": True})
        return await self._message(form)

    async def _message(self, form: WhatsAppMessage | MessengerMessage) -> Response:
        fate = self._fate()
        if fate:
            self.failed += 1
            await asyncio.sleep(fate.seconds)
        if fate and not fate.delivered:
            return _error(fate.code, fate.sub, fate.status) if fate.code else PlainTextResponse("", fate.status)
        message = _delivered(form)
        heard = self.heard.get(message.user)
        if heard is None or self._clock() - heard > WINDOW:
            return _error(*_CLOSED[self.channel], 400)
        if isinstance(form, WhatsAppMessage) and form.document and form.document.id not in self.files:
            self.faults.append("the document was not uploaded")
            return _error(100, None, 400)
        self.delivered.append(message)
        if self.told:
            task = asyncio.create_task(self.told(message))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        if fate:
            return PlainTextResponse("", fate.status)
        number = str(len(self.delivered))
        if self.channel == "whatsapp":
            return JSONResponse({"messaging_product": "whatsapp", "messages": [{"id": f"wamid.ours.{number}"}]})
        return JSONResponse({"recipient_id": message.user, "message_id": f"m_ours_{number}"})

    def _fate(self) -> Fate | None:
        if self.fates:
            return self.fates.popleft()
        if self.failing and self._chance.random() < self.failing[0]:
            return self._chance.choice(self.failing[1])
        return None

    async def _media(self, request: Request) -> Response:
        parts = _parts(request.headers.get("Content-Type", ""), await request.body())
        if parts.get("messaging_product") != b"whatsapp" or not parts.get("type") or not parts.get("file"):
            self.faults.append("the upload lacks the file, its type or the product")
            return _error(100, None, 400)
        id = f"file{len(self.files) + 1}"
        self.files[id] = parts["file"]
        return JSONResponse({"id": id})

    async def _profile(self, request: Request) -> Response:
        self.profile = await request.json()
        return JSONResponse({"result": "success"})

    async def close(self) -> None:
        """Wait until everything has been told."""
        while self._telling:
            await asyncio.gather(*self._telling)


def _parts(kind: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart form (RFC 7578), by name."""
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    return {
        str(part.get_param("name", header="content-disposition")): bytes(part.get_payload(decode=True) or b"")
        for part in whole.walk()
        if not part.is_multipart()
    }


def _delivered(form: WhatsAppMessage | MessengerMessage) -> Delivered:
    body = form.model_dump(mode="json", exclude_none=True)
    if isinstance(form, WhatsAppMessage):
        return Delivered(form.to or form.recipient or "", form.biz_opaque_callback_data, body)
    return Delivered(form.recipient.id, form.message.metadata, body)


def _error(code: int, sub: int | None, status: int) -> Response:
    error = {"message": f"(#{code})", "type": "OAuthException", "code": code, "fbtrace_id": "simulated"}
    return JSONResponse({"error": error | ({"error_subcode": sub} if sub else {})}, status)
