"""A call-back by a person of the CAI: asked for in four questions, shown before it is sent, sent only after a yes."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from babel import Locale, UnknownLocaleError
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import JalonAction, composer_for, entity
from actions.forms import Ask, Form, forget_forms, inform
from jalon.conversation.compose import Composer
from jalon.conversation.mail import NotDelivered, send
from jalon.conversation.reply import Button, Reply
from jalon.privacy.contacts import contact_in
from jalon.settings import settings

logger = logging.getLogger(__name__)
_PEOPLE = ("cai",)
_FIRST_LANGUAGES = ("fr", "en", "ar", "fa", "ps", "ti", "so", "tr")


class CallbackForm(Form):
    """Asks for the language, the subject, one way to reach the person, and for a yes to what will be sent."""

    form = "callback_form"
    slots = ("callback_language", "callback_topic", "contact", "consent")
    starts = "request_callback"

    def value(self, slot: str, tracker: Tracker) -> Any | None:
        """Each answer counts only for the question that was asked: nothing is picked up on the way."""
        if tracker.get_slot("requested_slot") != slot:
            return None
        if slot == "consent":
            intent = tracker.latest_message["intent"]["name"]
            return {"affirm": "yes", "deny": "no"}.get(intent) or entity(tracker, "consent")
        if slot == "contact":
            return contact_in(tracker.latest_message.get("text") or "")
        return entity(tracker, {"callback_language": "language", "callback_topic": "topic"}.get(slot, slot))


class AskCallbackLanguage(Ask):
    """Asks which language the person speaks."""

    slot = "callback_language"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """Those that most people need, each by its own name; others can be written."""
        buttons = [Button(title=_name_of(code), payload=inform(language=code)) for code in _FIRST_LANGUAGES]
        return composer.say("ask_callback_language", buttons)


class AskCallbackTopic(Ask):
    """Asks for the subject."""

    slot = "callback_topic"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The topics; the story is not asked for."""
        topics = composer.phrases.topics.items()
        return composer.say(
            "ask_callback_topic", [Button(title=topic.button, payload=inform(topic=id)) for id, topic in topics]
        )


class AskContact(Ask):
    """Asks for one telephone number or e-mail address."""

    slot = "contact"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """To be written."""
        return composer.say("ask_contact")


class AskConsent(Ask):
    """Shows what would be sent, and asks for an explicit yes."""

    slot = "consent"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The message as the team would read it."""
        buttons = [
            Button(title=composer.phrases.buttons["send"], payload=inform(consent="yes")),
            Button(title=composer.phrases.buttons["do_not_send"], payload=inform(consent="no")),
        ]
        return composer.say("ask_consent", buttons, **_request(composer, tracker))


class ActionCallback(JalonAction):
    """Sends the request after a yes; says what really happened, and gives the contact card in any case."""

    in_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_callback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict]:
        """Send first, then say how it went."""
        tracker.slots = {**tracker.slots, "outcome": await self._send(tracker)}
        return await super().run(dispatcher, tracker, domain)

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Sent, not sent as asked, or not delivered."""
        return composer.contact(tracker.get_slot("outcome"), _PEOPLE, buttons=(composer.button("help"),))

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The way to reach the person is forgotten at once."""
        return forget_forms()

    async def _send(self, tracker: Tracker) -> str:
        if tracker.get_slot("consent") != "yes":
            return "callback_not_sent"
        composer = composer_for(tracker)
        body = composer.phrases.say["callback_mail"].format(**_request(composer, tracker))
        try:
            await asyncio.to_thread(send, settings(), composer.phrases.say["callback_subject"], body)
        except NotDelivered as fault:
            logger.error("A call-back request was not delivered: %s.", fault)
            return "callback_failed"
        return "callback_sent"


def _request(composer: Composer, tracker: Tracker) -> dict[str, str]:
    """The three things that the team learns."""
    language = tracker.get_slot("callback_language")
    topic = composer.phrases.topics.get(tracker.get_slot("callback_topic"))
    return {
        "language": _name_of(language) if language else "",
        "topic": topic.name if topic else "",
        "contact": tracker.get_slot("contact") or "",
    }


def _name_of(language: str) -> str:
    """The name of a language in itself (CLDR); its code where CLDR has none."""
    try:
        return Locale.parse(language).get_language_name(language) or language
    except (UnknownLocaleError, ValueError):
        return language
