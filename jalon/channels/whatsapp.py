"""WhatsApp, by Meta's Cloud API: one turn is one message wherever it fits, for each delivered reply is billed.

https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jalon.channels.base import Channel, at, each
from jalon.channels.graph import Graph, NotSent
from jalon.channels.limits import length, most
from jalon.channels.places import Places
from jalon.channels.plain import numbered, split
from jalon.channels.whatsapp_in import CHANNEL, WhatsAppReader
from jalon.conversation.carrier import Outcome
from jalon.conversation.inbox import Arrival
from jalon.conversation.rates import Rate
from jalon.conversation.reply import Button, Reply
from jalon.procedure.reminder import reminder

DAYS_BEFORE = 3  # of the alarm of a reminder
REMINDER = "reminder.ics"
_TEXT = most(CHANNEL, "text")


class WhatsApp(Channel):
    """The WhatsApp channel.

    Args:
        data: the folder of the phrases.
        graph: requests on behalf of our number.
        number: its id.
        places: for shared positions.
        public_url: where people reach the pages; empty for no links.
    """

    name = CHANNEL

    def __init__(self, data: Path, graph: Graph, number: str, places: Places, public_url: str = "") -> None:
        super().__init__(data, public_url)
        self._graph = graph
        self.reader = WhatsAppReader(number, self.typed, places)
        # One message in 6 seconds to one person, 45 at once: https://dualhook.com/docs/capacity-quality-limits
        self.pace = Rate(40, 6)

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """A calendar file when there is one, the text, and the choices with the last of it."""
        phrases, buttons, page = self.phrases(reply), reply.buttons, self.page_of(reply)
        text, parts = self.text_of(reply), []
        if reply.reminder:
            parts.append(_document(reply.reminder, phrases.words["reminder_title"], phrases.labels["reminder"]))
        if page and not buttons and length(text) <= most(CHANNEL, "link body"):
            return [*parts, _link(text, phrases.labels["open_page"], page)]
        if page:
            text = f"{text}\n\n{phrases.labels['print']} : {page}"
        if _fit_buttons(text, buttons):
            return [*parts, _interactive(text, _button_action(buttons))]
        if _fit_list(buttons):
            *first, last = split(text, _TEXT, most(CHANNEL, "list body"))
            action = _list_action(buttons, phrases.labels["choose"])
            return [*parts, *map(_text, first), _interactive(last, action)]
        if buttons:
            text = f"{text}\n\n{phrases.say['choose_number']}\n{numbered(buttons)}"
        return [*parts, *map(_text, split(text, _TEXT))]

    async def send(self, user: str, payload: dict[str, Any], token: str) -> Outcome:
        """Deliver one part; what becomes of it comes back with the token."""
        body = {key: value for key, value in payload.items() if key != "reminder"}
        try:
            if day := payload.get("reminder"):
                body["document"] = {**body["document"], "id": await self._upload(day["on"], day["title"])}
            answer = await self._graph.post(
                "messages",
                {
                    "messaging_product": "whatsapp",
                    "recipient_type": "individual",
                    **_address(user),
                    "biz_opaque_callback_data": token,
                    **body,
                },
            )
        except NotSent as fault:
            return fault.outcome
        known = any(at(message, "id") for message in each(answer, "messages"))
        return Outcome("sent") if known else Outcome("doubt", "no id")

    async def seen(self, arrivals: Sequence[Arrival]) -> None:
        """Two blue ticks, and dots while the answer is being made."""
        for arrival in arrivals:
            shown = {"status": "read", "message_id": arrival.external, "typing_indicator": {"type": "text"}}
            try:
                await self._graph.post("messages", {"messaging_product": "whatsapp", **shown})
            except NotSent:
                return  # the answer itself matters more, and will tell the same story

    async def _upload(self, day: str, title: str) -> str:
        """Leave a calendar file with Meta; it is text, and the telephone knows it by its name.

        Meta's list of documents does not name text/calendar:
        https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/document-messages
        """
        now = dt.datetime.now(dt.UTC)
        file = reminder(title, dt.date.fromisoformat(day), days_before=DAYS_BEFORE, now=now)
        return await self._graph.upload("media", REMINDER, file, "text/plain")


def _address(user: str) -> dict[str, str]:
    """A telephone number is all digits; the ids that Meta gives to people begin with their country and a dot."""
    return {"to": user} if user.isdecimal() else {"recipient": user}


def _fit_buttons(text: str, buttons: Sequence[Button]) -> bool:
    titles = [button.title for button in buttons]
    return (
        0 < len(titles) <= most(CHANNEL, "button count")
        and len(set(titles)) == len(titles)
        and length(text) <= most(CHANNEL, "button body")
        and all(length(title) <= most(CHANNEL, "button option") for title in titles)
    )


def _fit_list(buttons: Sequence[Button]) -> bool:
    fitting = all(length(button.title) <= most(CHANNEL, "list option") for button in buttons)
    return fitting and 0 < len(buttons) <= most(CHANNEL, "list count")


def _text(text: str) -> dict[str, Any]:
    # A preview would make Meta fetch the page and tell it who reads.
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _interactive(text: str, action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"body": {"text": text}, **action}}


def _button_action(buttons: Sequence[Button]) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": button.payload, "title": button.title}} for button in buttons]
    return {"type": "button", "action": {"buttons": replies}}


def _list_action(buttons: Sequence[Button], opener: str) -> dict[str, Any]:
    rows = [{"id": button.payload, "title": button.title} for button in buttons]
    return {"type": "list", "action": {"button": opener, "sections": [{"rows": rows}]}}


def _link(text: str, title: str, url: str) -> dict[str, Any]:
    parameters = {"display_text": title, "url": url}
    return _interactive(text, {"type": "cta_url", "action": {"name": "cta_url", "parameters": parameters}})


def _document(day: str, title: str, caption: str) -> dict[str, Any]:
    """A calendar file, made when it is sent: what waits in the outbox is the day."""
    document = {"filename": REMINDER, "caption": caption}
    return {"type": "document", "document": document, "reminder": {"on": day, "title": title}}
