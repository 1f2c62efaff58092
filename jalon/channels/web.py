"""The website channel: a page sends messages with ids of its own and fetches the replies, as often as it needs."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from jalon.channels.plain import checked_on, dated
from jalon.conversation.desk import Desk, TooFast
from jalon.conversation.engine import Engine
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate
from jalon.conversation.records import Records
from jalon.conversation.reply import Reply
from jalon.conversation.state import State
from jalon.links import line_of
from jalon.phrases import Phrases, read_phrases
from jalon.typography import bound

RECEIPT = 8  # characters of a conversation's digest: enough for staff to see that it is in no table any more


class Unknown(Exception):
    """There is no such conversation (any more)."""


class Passed(Exception):
    """The message was dealt with, and its reply is not kept any more."""


class WebCarrier:
    """Renders replies for the page, which fetches them."""

    name = "web"
    tokens = True  # what waits without a network must not press a button of a later reply

    def __init__(self, data: Path) -> None:
        self._data = data

    def introduce(self, reply: Reply) -> Reply:
        """The reply as it is: the page says who answers, above every conversation."""
        return reply

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """The reply as the page's script receives it."""
        return [render(reply, read_phrases(self._data, reply.language), _button_names(self._data))]


class WebConversations:
    """The conversations of pages. A page holds a secret name; only its keyed digest is ever written down.

    Args:
        per_minute: how many messages a conversation may send in a minute.
        clock: the present moment, with its zone.
    """

    unknown = Unknown
    passed = Passed

    def __init__(
        self,
        desk: Desk,
        engine: Engine,
        records: Records,
        carrier: WebCarrier,
        per_minute: int,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._desk = desk
        self._engine = engine
        self._records = records
        self._carrier = carrier
        self._rate = Rate.per_minute(per_minute)
        self._clock = clock

    async def start(self, language: str | None = None) -> dict[str, Any]:
        """Open a conversation: its secret name, and the greeting.

        Raises:
            SQLAlchemyError: the records cannot be reached.
        """
        name = secrets.token_urlsafe(24)
        turn, state = await self._engine.respond(State(), Message(press="greet", language=language))
        reply = state.mint_taps(turn.reply)
        await self._records.aside(self._records.save, self._id(name), state, self._clock())
        return {"conversation": name, "event": {"number": 0, "reply": self._carrier.render(reply)[0]}}

    async def send(self, name: str, external: str, message: Message) -> str:
        """Take a message; its reply comes with `events`. Returns the mark by which an event names the message.

        Args:
            external: the page's id of the message: the same id is answered once.

        Raises:
            Unknown: there is no such conversation (any more).
            Passed: the message was answered long ago, and its reply is not kept any more.
            Busy: too many messages; send it again later.
            SQLAlchemyError: the records cannot be reached.
        """
        now = self._clock()
        conversation = self._id(name)
        if wait := self._rate.wait(conversation, now):
            raise TooFast(wait)
        if await self._records.aside(self._records.load, conversation, now) is None:
            raise Unknown
        mine = f"{name} {external}"  # an id counts within its conversation only
        arrival = Arrival(WebCarrier.name, mine, name, now, message)
        receipt = self._desk.inbox.receipt_of(arrival)
        known = not await self._desk.accept([arrival])
        if known and await self._records.aside(self._desk.replies.has_passed, receipt, now):
            raise Passed
        return receipt

    async def events(self, name: str, number: int, seconds: float) -> list[dict[str, Any]]:
        """The replies after that number, in order; waits for the next one for `seconds` at most.

        Raises:
            SQLAlchemyError: the records cannot be reached.
        """
        found = await self._desk.replies_after(self._id(name), number, seconds)
        return [{"number": each.number, "answers": each.receipt, "reply": each.payload} for each in found]

    async def erase(self, name: str) -> dict[str, Any]:
        """Erase everything of a conversation; returns what was erased, and the name by which it was known here."""
        conversation = self._id(name)
        erased = await self._desk.erase(conversation)
        return {"receipt": conversation[:RECEIPT], **asdict(erased)}

    def _id(self, name: str) -> str:
        return self._desk.identities.conversation(WebCarrier.name, name)


@lru_cache(maxsize=1)
def _button_names(data: Path) -> dict[str, str]:
    """The names of the phrases' buttons by their titles, in every language: the page draws an icon by the name."""
    found = [read_phrases(data, path.stem) for path in sorted((data / "phrases").glob("*.yml"))]
    return {title: name for phrases in found for name, title in phrases.buttons.items()}


def render(reply: Reply, phrases: Phrases, names: Mapping[str, str]) -> dict[str, Any]:
    """The reply as JSON for the page: plain text in every field, never markup."""
    asked_in = f"lang={reply.language}"
    return {
        "language": reply.language,
        "text": bound(reply.text),
        "steps": [bound(step) for step in reply.steps],
        "sections": [
            {"title": bound(section.title), "lines": [bound(line) for line in section.lines]}
            for section in reply.sections
        ],
        "contacts": [
            {
                "name": card.name,
                "about": card.about,
                "lines": [line_of(*line) for line in card.lines],
            }
            for card in reply.contacts
        ],
        "after": bound(reply.after),
        "cautions": [bound(caution) for caution in reply.cautions],
        "buttons": [
            {"title": button.title, "tap": button.payload, "name": names.get(button.title, "")}
            for button in reply.buttons
        ],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "url": source.url,
                "dated": dated(source.dated, phrases),
            }
            for source in reply.sources
        ],
        "checked_on": checked_on(reply, phrases),
        "article": reply.article,
        "situation": reply.situation,
        "page": f"{reply.page}?{asked_in}" if reply.page else "",
        "reminder": f"/reminder.ics?day={reply.reminder}&{asked_in}" if reply.reminder else "",
    }
