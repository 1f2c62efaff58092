"""What a channel of messages is: it reads what a platform reports, renders replies within limits, and sends parts."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from jalon.channels.plain import whole_text
from jalon.channels.words import Words, read_words
from jalon.conversation.carrier import Outcome
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.rates import Rate
from jalon.conversation.reply import Reply
from jalon.phrases import Phrases, payload, read_phrases

# Longer than any platform lets a person write; the guard says from how many characters on a text is no question.
MAX_TEXT = 4096


@dataclass(frozen=True)
class Report:
    """What became of a part that was sent, as the platform tells: by its token, with the platform's code."""

    token: str
    arrived: bool
    code: str = ""


@dataclass
class Update:
    """What one call of the platform holds.

    Attributes:
        arrivals: messages to answer.
        reports: on parts that were sent.
        gone: users who write under another address now; the old one may become somebody else's.
        ignored: how many things were not for us, or mean nothing here.
    """

    arrivals: list[Arrival] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    ignored: int = 0


class Reader(Protocol):
    """Reads what a platform reports."""

    def read(self, body: dict[str, Any], now: dt.datetime) -> Update:
        """What one call holds. Never raises, whatever is in it."""


class Channel(ABC):
    """A channel that delivers replies itself. The desk sees it as a `Pusher`.

    Attributes:
        name: of the channel, and of its webhook.
        tokens: buttons carry tokens: on a telephone they can be tapped long after.
        pace: of the parts to one person.
        reader: of what the platform reports.

    Args:
        data: the folder of the phrases.
        public_url: where people reach the pages; empty for no links.
    """

    name: str
    pace: Rate
    reader: Reader
    tokens = True

    def __init__(self, data: Path, public_url: str = "") -> None:
        self._data = data
        self._words: Words = read_words(data)
        self._public_url = public_url

    def read(self, body: dict[str, Any], now: dt.datetime) -> Update:
        """What a call of the platform holds. Never raises, whatever is in it."""
        return self.reader.read(body, now)

    @abstractmethod
    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """The parts of a reply in the platform's own form, the choices last, each part within its limits."""

    @abstractmethod
    async def send(self, user: str, payload: dict[str, Any], token: str) -> Outcome:
        """Deliver one part. Never raises for what the network does."""

    @abstractmethod
    async def seen(self, arrivals: Sequence[Arrival]) -> None:
        """Show the writers that their messages have arrived and are being answered. Never raises."""

    def introduce(self, reply: Reply) -> Reply:
        """The first reply of a conversation, with who answers: a program, and on whose premises it does.

        Required at the start, and again after a long pause:
        https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
        Numbers to call stay in the first place.
        """
        say = self.phrases(reply).say
        if reply.text == say["greet"]:
            return reply.model_copy(update={"text": f"{reply.text}\n\n{say['meta_notice']}"})
        notice = f"{say['bot_notice']} {say['meta_notice']}"
        if reply.contacts:
            return reply.model_copy(update={"after": "\n\n".join(filter(None, (reply.after, notice)))})
        return reply.model_copy(update={"text": f"{notice}\n\n{reply.text}"})

    def phrases(self, reply: Reply) -> Phrases:
        """The phrases of the reply's language."""
        return read_phrases(self._data, reply.language)

    def text_of(self, reply: Reply) -> str:
        """The reply as text."""
        return whole_text(reply, self.phrases(reply))

    def page_of(self, reply: Reply) -> str:
        """The address of the page with the same content; empty for none."""
        return f"{self._public_url}{reply.page}" if reply.page and self._public_url else ""

    def typed(self, text: str) -> Message:
        """A typed message; a word that means stop or start is taken for nothing else."""
        pressed = self._words.pressed(text)
        return Message(press=pressed) if pressed else Message(text[:MAX_TEXT])


def declined(kind: str) -> Message:
    """A message of a kind that Jalon does not take (`voice`, `media`, `contacts`, `other`): it is told so, kindly."""
    return Message(press=payload("unreadable", reason=kind).removeprefix("/"))


# Reading what strangers write: any key may be missing, and any value may be of any kind.


def at(tree: Any, *path: str) -> str:
    """The text at a path of keys; empty when there is none. A whole number is read as text."""
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(tree, int) and not isinstance(tree, bool):
        return str(tree) if abs(tree) < 10**20 else ""
    # A lone surrogate is valid JSON, but no text: nothing could write it down.
    return tree.encode("utf-8", "replace").decode("utf-8") if isinstance(tree, str) else ""


def branch(tree: Any, *path: str) -> dict[str, Any]:
    """The object at a path of keys; an empty one when there is none."""
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree if isinstance(tree, dict) else {}


def each(tree: Any, key: str) -> Iterator[dict[str, Any]]:
    """The objects of the list under a key."""
    found = tree.get(key) if isinstance(tree, dict) else None
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict):
            yield item


def moment(stamp: str, now: dt.datetime) -> dt.datetime:
    """When something was sent: seconds or, as also seen, milliseconds since 1970; `now` when it makes no sense."""
    if not stamp.isdecimal():
        return now
    seconds = int(stamp) / 1000 if len(stamp) > 11 else int(stamp)
    try:
        sent = dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(sent, now)
