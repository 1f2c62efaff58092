"""What Messenger reports: messages, taps, and copies of what the page itself has said.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from jalon.channels.base import Report, Update, at, branch, declined, each, moment
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message

CHANNEL = "messenger"
_DECLINED = {"audio": "voice", "image": "media", "video": "media", "file": "media"}


class MessengerReader:
    """Reads webhook calls.

    Args:
        page: the id of our page; calls about others are not for us.
        typed: what a typed text becomes.
        presses: what the fixed payloads of the menu and the ice breakers stand for; every other is a token.
    """

    def __init__(self, page: str, typed: Callable[[str], Message], presses: Mapping[str, str]) -> None:
        self._page = page
        self._typed = typed
        self._presses = presses

    def read(self, body: dict[str, Any], now: dt.datetime) -> Update:
        """Every event of every entry. What another app has in hand (`standby`) is not ours to answer."""
        update = Update()
        for entry in each(body, "entry"):
            update.ignored += sum(1 for _ in each(entry, "standby"))
            for event in each(entry, "messaging"):
                self._event(update, event, now)
        return update

    def _event(self, update: Update, event: dict[str, Any], now: dt.datetime) -> None:
        message = branch(event, "message")
        if message.get("is_echo") is True or at(event, "sender", "id") == self._page:
            token = at(message, "metadata")
            if token:
                update.reports.append(Report(token, True))
            else:
                update.ignored += 1
            return
        user = at(event, "sender", "id")
        meaning = self._meaning(event, message) if user and at(event, "recipient", "id") == self._page else None
        if meaning is None:
            update.ignored += 1
            return
        stamp = at(event, "timestamp")
        # A tap on the menu has an id of its own only in newer versions.
        external = at(message, "mid") or at(event, "postback", "mid") or f"{user} {stamp}"
        update.arrivals.append(Arrival(CHANNEL, external, user, moment(stamp, now), meaning))

    def _meaning(self, event: dict[str, Any], message: dict[str, Any]) -> Message | None:
        """What a person did; None for what needs no answer: receipts, reactions, a thumb."""
        if message:
            return self._of_message(message)
        if "postback" in event:
            return self._tapped(at(event, "postback", "payload"))
        if "referral" in event or "pass_thread_control" in event:
            # Somebody comes by a link, or a colleague hands the conversation back: say who answers.
            return Message(press="greet")
        return None

    def _of_message(self, message: dict[str, Any]) -> Message | None:
        if message.get("is_deleted") is True:
            return None
        if tapped := at(message, "quick_reply", "payload"):
            return self._tapped(tapped)
        if text := at(message, "text"):
            return self._typed(text)
        if at(message, "sticker_id"):
            return None
        for attachment in each(message, "attachments"):
            if at(attachment, "payload", "sticker_id"):
                return None
            return declined(_DECLINED.get(at(attachment, "type"), "other"))
        return declined("other")

    def _tapped(self, payload: str) -> Message:
        pressed = self._presses.get(payload)
        return Message(press=pressed) if pressed else Message(tap=payload)
