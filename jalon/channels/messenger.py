"""Messenger: quick replies, buttons, and a menu that is always there.

https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/send-api
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jalon.channels.base import Channel, at
from jalon.channels.graph import Graph, NotSent
from jalon.channels.limits import length, most
from jalon.channels.messenger_in import CHANNEL, MessengerReader
from jalon.channels.messenger_profile import presses
from jalon.channels.plain import numbered, split
from jalon.conversation.carrier import Outcome
from jalon.conversation.inbox import Arrival
from jalon.conversation.rates import Rate
from jalon.conversation.reply import Button, Reply

_TEXT = most(CHANNEL, "text")


class Messenger(Channel):
    """The Messenger channel.

    Args:
        data: the folder of the phrases.
        graph: requests on behalf of our page.
        page: its id.
        public_url: where people reach the pages; empty for no links.
    """

    name = CHANNEL

    def __init__(self, data: Path, graph: Graph, page: str, public_url: str = "") -> None:
        super().__init__(data, public_url)
        self._graph = graph
        self.reader = MessengerReader(page, self.typed, presses(data))
        # Far below what Meta allows a page in all; nobody reads faster.
        self.pace = Rate(20, 1)

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """Few choices under a short text stay in place; more, or under a long one, vanish with the next message."""
        labels, text, buttons = self.phrases(reply).labels, self.text_of(reply), reply.buttons
        page = self.page_of(reply)
        links = [(labels["open_page"], page)] if page else []
        if reply.reminder and self._public_url:
            text = f"{text}\n\n{labels['reminder']} : {self._public_url}/reminder.ics?day={reply.reminder}"
        if _fit_template(text, buttons, links):
            return [_template(text, buttons, links)]
        for _, url in links:
            text = f"{text}\n\n{labels['print']} : {url}"
        if buttons and not _fit_quick_replies(buttons):
            text = f"{text}\n\n{self.phrases(reply).say['choose_number']}\n{numbered(buttons)}"
            buttons = ()
        *first, last = split(text, _TEXT)
        return [*({"text": part} for part in first), _with_quick_replies(last, buttons)]

    async def send(self, user: str, payload: dict[str, Any], token: str) -> Outcome:
        """Deliver one part; the copy that Meta sends back bears the token."""
        message = {**payload, "metadata": token}
        try:
            answer = await self._graph.post(
                "messages", {"recipient": {"id": user}, "messaging_type": "RESPONSE", "message": message}
            )
        except NotSent as fault:
            return fault.outcome
        return Outcome("sent") if at(answer, "message_id") else Outcome("doubt", "no id")

    async def seen(self, arrivals: Sequence[Arrival]) -> None:
        """Seen, and dots while the answer is being made."""
        for arrival in arrivals:
            for action in ("mark_seen", "typing_on"):
                try:
                    await self._graph.post("messages", {"recipient": {"id": arrival.user}, "sender_action": action})
                except NotSent:
                    return  # the answer itself matters more, and will tell the same story


def _fit_template(text: str, buttons: Sequence[Button], links: Sequence[tuple[str, str]]) -> bool:
    titles = [button.title for button in buttons] + [title for title, _ in links]
    return (
        0 < len(titles) <= most(CHANNEL, "button count")
        and length(text) <= most(CHANNEL, "button body")
        and all(length(title) <= most(CHANNEL, "button option") for title in titles)
    )


def _fit_quick_replies(buttons: Sequence[Button]) -> bool:
    fitting = all(length(button.title) <= most(CHANNEL, "quick reply option") for button in buttons)
    return fitting and len(buttons) <= most(CHANNEL, "quick reply count")


def _template(text: str, buttons: Sequence[Button], links: Sequence[tuple[str, str]]) -> dict[str, Any]:
    shown: list[dict[str, str]] = [
        {"type": "postback", "title": button.title, "payload": button.payload} for button in buttons
    ]
    shown += [{"type": "web_url", "title": title, "url": url} for title, url in links]
    template = {"template_type": "button", "text": text, "buttons": shown}
    return {"attachment": {"type": "template", "payload": template}}


def _with_quick_replies(text: str, buttons: Sequence[Button]) -> dict[str, Any]:
    if not buttons:
        return {"text": text}
    replies = [{"content_type": "text", "title": button.title, "payload": button.payload} for button in buttons]
    return {"text": text, "quick_replies": replies}
