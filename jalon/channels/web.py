"""The website channel: a page sends messages with ids of its own and fetches the replies, as often as it needs."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jalon.channels.plain import checked_on, dated
from jalon.conversation.desk import Busy, Desk, TooFast
from jalon.conversation.engine import Engine
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate
from jalon.conversation.records import Records
from jalon.conversation.reply import Reply
from jalon.phrases import Phrases, read_phrases

PATIENCE = 20.0  # seconds until a page is told to ask again


class WebCarrier:
    """Renders replies for the page, which fetches them."""

    name = "web"
    tokens = False

    def __init__(self, data: Path) -> None:
        self._data = data

    def introduce(self, reply: Reply) -> Reply:
        """The reply as it is: the page says who answers, above every conversation."""
        return reply

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """The reply as the page's script receives it."""
        return [render(reply, read_phrases(self._data, reply.language))]


class WebConversations:
    """The conversations of pages. A page holds a secret name; only its keyed digest is ever written down.

    Args:
        per_minute: how many messages a conversation may send in a minute.
        clock: the present moment, with its zone.
    """

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

    async def start(self) -> dict[str, Any]:
        """Open a conversation: its secret name, and the greeting."""
        name = secrets.token_urlsafe(24)
        greeting = await self._engine.turn(self._id(name), press="greet")
        return {"conversation": name, "greeting": self._carrier.render(greeting.reply)[0]}

    async def send(self, name: str, external: str, message: Message) -> dict[str, Any] | None:
        """The reply to a message; None when there is no such conversation (any more).

        Args:
            external: the page's id of the message: the same id is answered once, with the same reply.

        Raises:
            Busy: too many messages, or no reply yet; ask again with the same id.
            SQLAlchemyError: the records cannot be reached.
        """
        now = self._clock()
        conversation = self._id(name)
        if wait := self._rate.wait(conversation, now):
            raise TooFast(wait)
        if await self._records.aside(self._records.load, conversation, now) is None:
            return None
        mine = f"{name} {external}"  # an id counts within its conversation only
        parts = await self._desk.ask(Arrival(WebCarrier.name, mine, name, now, message), PATIENCE)
        if not parts:
            raise Busy(1.0)
        return parts[0]

    async def erase(self, name: str) -> None:
        """Erase everything of a conversation."""
        await self._desk.erase(self._id(name))

    def _id(self, name: str) -> str:
        return self._desk.identities.conversation(WebCarrier.name, name)


def render(reply: Reply, phrases: Phrases) -> dict[str, Any]:
    """The reply as JSON for the page: plain text in every field, never markup."""
    return {
        "language": reply.language,
        "text": reply.text,
        "steps": list(reply.steps),
        "sections": [{"title": section.title, "lines": list(section.lines)} for section in reply.sections],
        "contacts": [
            {"name": card.name, "about": card.about, "lines": [list(line) for line in card.lines]}
            for card in reply.contacts
        ],
        "after": reply.after,
        "cautions": list(reply.cautions),
        "buttons": [button.title for button in reply.buttons],
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
        "page": reply.page,
        "reminder": f"/reminder.ics?day={reply.reminder}" if reply.reminder else "",
    }
