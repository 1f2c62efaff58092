"""The nearest help: a kind of service and a commune lead to addresses, with the day they were checked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, entity, store
from actions.forms import UNKNOWN, Ask, Form, forget_forms, inform, not_sure
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Button, Reply
from jalon.knowledge.services import is_local, nearest

# The kinds of help that people look for most, as buttons; any other can be written.
_FIRST_KINDS = ("cpas", "lawyer", "commune", "french_courses", "health", "food", "night_shelter", "housing")
_FIRST_COMMUNES = ("namur", "dinant", "gembloux", "andenne", "sambreville", "ciney", "philippeville", "couvin")
_MOST = 4
OUTSIDE = "outside"


class ServiceForm(Form):
    """Asks for the kind of help and for the commune."""

    form = "service_form"
    slots = ("service", "commune")
    starts = "find_service"

    def value(self, slot: str, tracker: Tracker) -> Any | None:
        """A kind of service, a commune; not knowing is an answer too."""
        return entity(tracker, slot) or self.not_sure(slot, tracker)

    def also(self, found: dict[str, Any], tracker: Tracker) -> dict[str, Any]:
        """The commune is asked only where it makes a difference, and no more without a kind of help."""
        service = found.get("service") or tracker.get_slot("service")
        known = found.get("commune") or tracker.get_slot("commune")
        needless = service and (service == UNKNOWN or not is_local(store(), service))
        return {"commune": UNKNOWN} if needless and not known else {}


class AskService(Ask):
    """Asks which help is looked for."""

    slot = "service"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The usual kinds of help."""
        buttons = [
            Button(title=composer.words("service_types", id)["button"], payload=inform(service=id))
            for id in _FIRST_KINDS
        ]
        return composer.say("ask_service", (*buttons, not_sure(composer, service=UNKNOWN)))


class AskCommune(Ask):
    """Asks for the commune or the postcode."""

    slot = "commune"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The largest communes; any other can be written."""
        buttons = [
            Button(title=composer.store.entries("communes")[id]["name"], payload=inform(commune=id))
            for id in _FIRST_COMMUNES
        ]
        return composer.say("ask_commune", (*buttons, not_sure(composer, commune=UNKNOWN)))


class ActionService(JalonAction):
    """Says where the help is: in the commune, beside it, or for everybody."""

    in_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_service"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Up to four addresses; where none is known, how to find one."""
        kind, commune = tracker.get_slot("service"), tracker.get_slot("commune")
        if kind == UNKNOWN:
            return composer.contact("service_unknown", ("cai",), buttons=self._ways(composer))
        found = nearest(composer.store, kind, commune)
        shown, sentence = found.everywhere, "service_everywhere"
        if commune == OUTSIDE:
            sentence = "service_outside"
        elif found.here:
            shown, sentence = found.here, "service_here"
        elif found.beside:
            shown, sentence = (*found.beside, *found.everywhere), "service_beside"
        elif commune != UNKNOWN and is_local(composer.store, kind):
            sentence = "service_none_here"
        words = composer.words("service_types", kind)
        place = composer.store.entries("communes").get(commune, {}).get("name", "")
        about = words["about"]
        return composer.services(
            sentence, shown[:_MOST], self._ways(composer, kind), about=about, service=words["name"], commune=place
        )

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """What the form asked is forgotten once it has been used."""
        return forget_forms()

    def _ways(self, composer: Composer, kind: str = "") -> list[Button]:
        """The articles most about this kind of help: named after it, or naming it first and little else."""
        about = {name: each.services for name, each in composer.store.articles.items() if kind in each.services}
        articles = sorted(
            about, key=lambda name: (kind not in name.split("/")[1], about[name].index(kind), len(about[name]))
        )
        return [
            *(composer.article_button(name) for name in articles[:2]),
            composer.button("find_service"),
            composer.button("talk_to_human"),
        ]
