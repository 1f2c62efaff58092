"""What WhatsApp reports: messages of every kind, and what became of our own.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import Any

from jalon.channels.base import Report, Update, at, branch, declined, each, moment
from jalon.channels.places import Places
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.phrases import payload

CHANNEL = "whatsapp"
_DECLINED = {
    "audio": "voice", "voice": "voice",
    "image": "media", "video": "media", "document": "media", "sticker": "media",
    "contacts": "contacts",
}  # fmt: skip
# Answering these would only disturb.
_SILENT = {"reaction", "ephemeral"}
_ARRIVED = {"sent", "delivered", "read", "played"}


class WhatsAppReader:
    """Reads webhook calls.

    Args:
        number: the id of our telephone number; calls about others are not for us.
        typed: what a typed text becomes.
        places: for shared positions.
    """

    def __init__(self, number: str, typed: Callable[[str], Message], places: Places) -> None:
        self._number = number
        self._typed = typed
        self._places = places

    def read(self, body: dict[str, Any], now: dt.datetime) -> Update:
        """Every entry, every change, every message and status."""
        update = Update()
        for entry in each(body, "entry"):
            for change in each(entry, "changes"):
                value = branch(change, "value")
                ours = at(value, "metadata", "phone_number_id") == self._number
                if at(change, "field") != "messages" or not ours:
                    update.ignored += 1
                    continue
                for message in each(value, "messages"):
                    self._message(update, message, value, now)
                update.reports += _reports(value)
        return update

    def _message(self, update: Update, message: dict[str, Any], value: dict[str, Any], now: dt.datetime) -> None:
        external, user, kind = at(message, "id"), _user(message, value), at(message, "type")
        if kind == "system":
            update.gone += _former(message)
            return
        if not external or not user or kind in _SILENT or at(message, "group_id"):
            update.ignored += 1
            return
        sent = moment(at(message, "timestamp"), now)
        update.arrivals.append(Arrival(CHANNEL, external, user, sent, self._meaning(message, kind)))

    def _meaning(self, message: dict[str, Any], kind: str) -> Message:
        if kind == "text":
            return self._typed(at(message, "text", "body"))
        if kind == "interactive":
            reply = branch(message, "interactive")
            token = at(reply, "button_reply", "id") or at(reply, "list_reply", "id")
            return Message(tap=token) if token else declined("other")
        if kind == "button":
            token = at(message, "button", "payload")
            return Message(tap=token) if token else self._typed(at(message, "button", "text"))
        if kind == "location":
            return self._nearby(branch(message, "location"))
        if kind == "request_welcome":
            return Message(press="greet")
        return declined(_DECLINED.get(kind, "other"))

    def _nearby(self, location: dict[str, Any]) -> Message:
        """A search for help near a position; only the commune is kept."""
        latitude, longitude = location.get("latitude"), location.get("longitude")
        if not (_is_degree(latitude) and _is_degree(longitude)):
            return declined("other")
        commune = self._places.nearest(latitude, longitude)
        return Message(press=payload("find_service", commune=commune).removeprefix("/"))


def _is_degree(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) <= 180


def _user(message: dict[str, Any], value: dict[str, Any]) -> str:
    """Whom to answer: the id that Meta gave them for us, or, from before there were such ids, their number.

    Somebody with a user name may come without a number, and nobody has to have one:
    https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids/
    """
    number = at(message, "from")
    if user := at(message, "from_user_id"):
        return user
    contacts = list(each(value, "contacts"))
    for contact in contacts:
        if at(contact, "user_id") and (at(contact, "wa_id") == number if number else len(contacts) == 1):
            return at(contact, "user_id")
    return number


def _former(message: dict[str, Any]) -> list[str]:
    """The addresses that are somebody else's, or nobody's, from now on."""
    changed = at(message, "system", "type") in ("user_changed_number", "user_changed_user_id")
    former = (at(message, "from"), at(message, "system", "previous_user_id"))
    return [user for user in former if user] if changed else []


def _reports(value: dict[str, Any]) -> Iterator[Report]:
    """What became of parts; we know them by the mark that we gave them, and by nothing else."""
    for status in each(value, "statuses"):
        token, state = at(status, "biz_opaque_callback_data"), at(status, "status")
        if token and state in _ARRIVED:
            yield Report(token, True)
        elif token and state == "failed":
            errors = list(each(status, "errors"))
            yield Report(token, False, at(errors[0], "code") if errors else "failed")
