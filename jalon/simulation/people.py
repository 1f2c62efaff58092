"""What Meta sends when an invented person writes, taps, or sends something else; and what it tells of our replies."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

NUMBER, PAGE = "200000000000002", "300000000000003"  # ids of our telephone number and of our page, invented
_COUNT = itertools.count(1)


@dataclass
class Person:
    """Somebody on a channel.

    Attributes:
        user: their number or id, as the channel knows them.
        shown: the choices that were last shown to them, title by token.
    """

    channel: str
    user: str
    shown: dict[str, str] = field(default_factory=dict)

    def text(self, text: str, now: dt.datetime) -> dict[str, Any]:
        """They write."""
        if self.channel == "whatsapp":
            return self._whatsapp({"type": "text", "text": {"body": text}}, now)
        return self._messenger({"message": {"text": text}}, now)

    def tap(self, token: str, now: dt.datetime) -> dict[str, Any]:
        """They tap a choice."""
        title = self.shown.get(token, "?")
        if self.channel == "whatsapp":
            reply = {"type": "list_reply", "list_reply": {"id": token, "title": title}}
            return self._whatsapp({"type": "interactive", "interactive": reply}, now)
        return self._messenger({"message": {"text": title, "quick_reply": {"payload": token}}}, now)

    def voice(self, now: dt.datetime) -> dict[str, Any]:
        """They speak."""
        return self._media("audio", "audio/ogg; codecs=opus", now)

    def photo(self, now: dt.datetime) -> dict[str, Any]:
        """They send a picture."""
        return self._media("image", "image/jpeg", now)

    def place(self, latitude: float, longitude: float, now: dt.datetime) -> dict[str, Any]:
        """They share where they are; on Messenger that is not possible any more."""
        at = {"latitude": latitude, "longitude": longitude}
        if self.channel == "whatsapp":
            return self._whatsapp({"type": "location", "location": at}, now)
        attachment = {"type": "location", "payload": {"coordinates": {"lat": latitude, "long": longitude}}}
        return self._messenger({"message": {"attachments": [attachment]}}, now)

    def _media(self, kind: str, mime: str, now: dt.datetime) -> dict[str, Any]:
        if self.channel == "whatsapp":
            media = {"id": "900000000000009", "mime_type": mime, "sha256": "none"}
            return self._whatsapp({"type": kind, kind: media}, now)
        attachment = {"type": kind, "payload": {"url": "https://example.org/media"}}
        return self._messenger({"message": {"attachments": [attachment]}}, now)

    def _whatsapp(self, content: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
        who = {"from": self.user} if self.user.isdecimal() else {"from_user_id": self.user}
        stamp = {"id": f"wamid.{next(_COUNT)}", "timestamp": str(int(now.timestamp()))}
        contact = {"profile": {"name": "A."}, "wa_id" if self.user.isdecimal() else "user_id": self.user}
        return whatsapp_call({"contacts": [contact], "messages": [{**who, **stamp, **content}]})

    def _messenger(self, content: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
        for key in ("message", "postback"):
            if key in content:
                content = {key: {"mid": f"m_{next(_COUNT)}", **content[key]}}
        event = {"sender": {"id": self.user}, "recipient": {"id": PAGE}, "timestamp": _milliseconds(now), **content}
        return messenger_call([event], now)


def whatsapp_call(value: dict[str, Any]) -> dict[str, Any]:
    """A call with one change."""
    metadata = {"display_phone_number": "15550001111", "phone_number_id": NUMBER}
    change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": "100000000000001", "changes": [change]}]}


def messenger_call(events: list[dict[str, Any]], now: dt.datetime) -> dict[str, Any]:
    """A call with one entry."""
    return {"object": "page", "entry": [{"id": PAGE, "time": _milliseconds(now), "messaging": events}]}


def report(channel: str, user: str, token: str, state: str, now: dt.datetime, code: int = 0) -> dict[str, Any]:
    """What Meta tells of a reply: a state on WhatsApp, a copy of it on Messenger."""
    if channel == "whatsapp":
        status = {"id": f"wamid.{next(_COUNT)}", "status": state, "timestamp": str(int(now.timestamp()))}
        status |= {"recipient_id": user, "biz_opaque_callback_data": token}
        return whatsapp_call({"statuses": [status | ({"errors": [{"code": code}]} if code else {})]})
    message = {"mid": f"m_{next(_COUNT)}", "is_echo": True, "app_id": 400000000000004, "metadata": token, "text": "…"}
    event = {"sender": {"id": PAGE}, "recipient": {"id": user}, "timestamp": _milliseconds(now), "message": message}
    return messenger_call([event], now)


def choices(channel: str, message: dict[str, Any]) -> dict[str, str]:
    """The choices that a message of ours shows, title by token."""
    if channel == "whatsapp":
        action = message.get("interactive", {}).get("action", {})
        replies = [button["reply"] for button in action.get("buttons", ())]
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        return {item["id"]: item["title"] for item in (*replies, *rows)}
    content = message["message"]
    buttons = content.get("attachment", {}).get("payload", {}).get("buttons", ())
    shown = (*buttons, *(content.get("quick_replies") or ()))
    return {item["payload"]: item["title"] for item in shown if "payload" in item}


def words(channel: str, message: dict[str, Any]) -> str:
    """The text of a message of ours."""
    if channel == "messenger":
        content = message["message"]
        return content.get("text") or content["attachment"]["payload"]["text"]
    if message["type"] == "interactive":
        return message["interactive"]["body"]["text"]
    if message["type"] == "document":
        return f"[{message['document']['filename']}] {message['document']['caption']}"
    return message["text"]["body"]


def _milliseconds(now: dt.datetime) -> int:
    return int(now.timestamp() * 1000)
