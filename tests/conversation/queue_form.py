"""What the tests of the queue share: an engine that counts, a channel that writes down what it delivers, a clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cryptography.fernet import Fernet
from turn_form import NOW, Said

from jalon.conversation.carrier import Outcome
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate
from jalon.conversation.reply import Button, Reply
from jalon.conversation.state import State
from jalon.privacy.keys import Keys

KEYS = Keys("pepper", (Fernet.generate_key().decode(),))


def arrival(user: str, text: str, sent: float = 0, channel: str = "post", external: str = "") -> Arrival:
    """A text from a user, sent so many seconds after NOW; by default each text is a message of its own."""
    return Arrival(channel, external or f"{user}-{text}", user, NOW + dt.timedelta(seconds=sent), Message(text))


class Counting:
    """An engine whose reply tells how many messages of the conversation came before: 3:hello is the third."""

    def __init__(self) -> None:
        self.turns = 0
        self.broken = False

    async def respond(self, state: State, message: Message) -> tuple[Said, State]:
        self.turns += 1
        if self.broken:
            raise RuntimeError("broken on purpose")
        after = state.copy()
        after.slots["count"] = state.slots.get("count", 0) + 1
        text = state.taps.get(message.tap, message.text)
        reply = Reply(
            language="fr", text=f"{after.slots['count']}:{text}", buttons=(Button(title="Go", payload="/go"),)
        )
        after.offer(reply)
        return Said(reply), after

    def sorry(self, name: str, state: State) -> tuple[Said, State]:
        return Said(Reply(language=state.slots.get("language", "fr"), text=f"sorry:{name}")), state.copy()


class Page:
    """A channel whose replies a page fetches."""

    name = "page"
    tokens = False

    def introduce(self, reply: Reply) -> Reply:
        return reply

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        return [{"text": reply.text}]


class Post:
    """A channel that delivers; outcomes for the next deliveries can be put into `fate`."""

    name = "post"
    tokens = True

    def __init__(self, pace: Rate | None = None) -> None:
        self.pace = pace or Rate(10_000, 1)
        self.fate: list[Outcome] = []
        self.delivered: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.tokens_used: list[str] = []

    def introduce(self, reply: Reply) -> Reply:
        return reply

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        buttons = [button.payload for button in reply.buttons]
        return [{"text": text, "buttons": buttons} for text in reply.text.split("|")]

    async def send(self, user: str, payload: dict[str, Any], token: str) -> Outcome:
        outcome = self.fate.pop(0) if self.fate else Outcome("sent")
        if outcome.kind == "sent":
            self.delivered.append((user, payload["text"]))
            self.buttons += payload["buttons"]
            self.tokens_used.append(token)
        return outcome

    def texts(self, user: str) -> list[str]:
        """What a user received, in order."""
        return [text for whom, text in self.delivered if whom == user]
