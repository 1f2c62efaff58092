"""What every action shares: the composer of replies for this conversation, and how a reply is handed to Rasa."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from jalon.conversation.compose import Composer
from jalon.conversation.reply import Reply
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE
from jalon.procedure.today import belgian_day, moment_of
from jalon.settings import settings

REFUSAL = "cgra_decision"  # the letter that people call a refusal; any other is asked for by name


class JalonAction(Action, ABC):
    """An action that answers with one reply; subclasses write `reply` and, where they change slots, `slots`."""

    # An answer to the question ends a row of refusals.
    keeps_refusals = False
    # An answer given in the middle of a form leads back to it, unless it belongs to the form or ends it.
    in_form = False
    ends_form = False

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict]:
        """Compose the reply and hand it over with the slots it changes."""
        composer = composer_for(tracker)
        reply = self.reply(composer, tracker)
        if second := decision(tracker).get("also"):
            reply = composer.also(reply, second, **said(tracker, second))
        dispatcher.utter_message(
            text=reply.plain(),
            buttons=[button.model_dump() for button in reply.buttons],
            reply=reply.model_dump(),
        )
        told = entity(tracker, "situation")
        changed = {**({"situation": told, "step": None} if told else {}), **self.slots(tracker, reply)}
        events = [SlotSet(name, value) for name, value in changed.items()]
        if not self.keeps_refusals and tracker.get_slot("refusals"):
            events.append(SlotSet("refusals", None))
        form = tracker.active_loop.get("name") if tracker.active_loop else None
        if form and self.ends_form:
            events.append(ActiveLoop(None))
        elif form and not self.in_form:
            events += [SlotSet("misses", None), FollowupAction(form)]
        return events

    @abstractmethod
    def name(self) -> str:
        """As in domain.yml."""

    @abstractmethod
    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The one reply of the turn."""

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The slots that change: the article that was answered, unless an action says otherwise."""
        return {"article": reply.article} if reply.article else {}


def composer_for(tracker: Tracker) -> Composer:
    """The composer for the conversation's language, at the moment of the message."""
    return composer_in(spoken(tracker), tracker)


def composer_in(language: str, tracker: Tracker) -> Composer:
    """The composer for another language, at the same moment."""
    now = moment_of(tracker.latest_message.get("metadata"))
    return Composer(store(), settings().data, language, belgian_day(now), now)


def spoken(tracker: Tracker) -> str:
    """The language of the conversation."""
    return tracker.get_slot("language") or REFERENCE


def entity(tracker: Tracker, name: str) -> str | None:
    """The last value of an entity in the message."""
    values = [item["value"] for item in tracker.latest_message.get("entities", []) if item["entity"] == name]
    return values[-1] if values else None


def situation_of(tracker: Tracker) -> str | None:
    """The person's situation: as the message states it, otherwise as told before; never guessed."""
    return entity(tracker, "situation") or tracker.get_slot("situation")


def letter_of(tracker: Tracker) -> str | None:
    """The letter that the message names; « j'ai reçu un refus » means the decision on the asylum application."""
    return entity(tracker, "letter") or (REFUSAL if entity(tracker, "situation") == "refused" else None)


def said(tracker: Tracker, intent: str) -> dict[str, str | None]:
    """What the message already says of what a form would ask, to be taken along by the button that opens it."""
    deadline = {"letter": letter_of(tracker), "date": entity(tracker, "date"), "duration": entity(tracker, "duration")}
    if intent == "compute_deadline":
        return deadline
    if intent == "find_service":
        return {name: entity(tracker, name) for name in ("service", "commune")}
    if intent == "next_steps":  # which lead to the deadline in turn
        return {"situation": entity(tracker, "situation"), **deadline}
    return {"situation": entity(tracker, "situation")} if intent == "tell_situation" else {}


def decision(tracker: Tracker) -> dict[str, Any]:
    """What the pipeline decided on the message; empty for a pressed button."""
    return tracker.latest_message.get("decision") or {}


@lru_cache(maxsize=1)
def store() -> KnowledgeStore:
    """The knowledge store of this process."""
    return KnowledgeStore(settings().knowledge_db)
