"""The language of the conversation, when the person asks for one by name or by button."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, composer_in, spoken
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Reply
from jalon.languages import live_languages
from jalon.settings import settings


class ActionChangeLanguage(JalonAction):
    """Goes on in the language that the person chose, until they choose another; or says which languages there are."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_change_language"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """A word in the chosen language, or the languages."""
        chosen = _chosen(tracker)
        if not chosen:
            return composer.languages("change_language")
        own = composer_in(chosen, tracker)
        again = ("repeat",) if tracker.get_slot("article") in own.store.articles else ()
        return own.say("language_chosen", map(own.button, (*again, "help", "talk_to_human")))

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The choice, which what the person writes no longer changes."""
        chosen = _chosen(tracker)
        return {"language": chosen, "language_chosen": True} if chosen else {}


def _chosen(tracker: Tracker) -> str | None:
    """The language asked for, when Jalon speaks it; of several, the last that is not spoken already."""
    entities = tracker.latest_message.get("entities", [])
    asked = [item["value"] for item in entities if item["entity"] == "language"]
    others = [code for code in asked if code != spoken(tracker)]
    wanted = (others or asked or [None])[-1]
    return wanted if wanted in live_languages(settings().data) else None
