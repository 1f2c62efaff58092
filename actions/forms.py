"""What the forms of domain.yml share: what fills a slot, what is asked, and when a message is about something else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import JalonAction, decision, entity
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Button, Reply
from jalon.phrases import payload

UNKNOWN = "unknown"  # the value of a slot when the person does not know
ANSWER_WORDS = 5  # a longer message that is a question of its own is not an answer to ours
# Said in a form, these are no question of their own: the form asks again.
_COURTESIES = {"greet", "thank", "goodbye", "affirm", "deny", "chitchat", "not_sure", "inform"}
_BEFORE_ALL = {"in_danger", "cancel", "stop", "restart", "delete_my_data", "talk_to_human"}


class Form(Action, ABC):
    """`validate_<form>`: fills the slots of a form from a message, or leaves the message to the rules.

    A digression (a question with an answer of its own, danger, « annuler ») changes nothing here: Rasa then follows
    the rule of its intent, and the answering action brings the person back to the form.
    """

    form: ClassVar[str]
    slots: ClassVar[tuple[str, ...]]
    starts: ClassVar[str]  # the intent that opens the form
    asks_alike: ClassVar[dict[str, str]] = {}  # intents that would ask the same without this entity: no way out of it

    def name(self) -> str:
        """As in domain.yml."""
        return f"validate_{self.form}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict]:
        """The slots that the message fills; a miss when it should have filled one."""
        if tracker.latest_action_name not in (None, "action_listen"):
            return []  # back from a digression: its message was not meant for the form
        intent = tracker.latest_message.get("intent", {}).get("name")
        wanted = tracker.get_slot("requested_slot") in self.slots  # another form may have asked last
        if wanted and intent in _BEFORE_ALL:
            return []
        empty = [slot for slot in self.slots if tracker.get_slot(slot) is None]
        found = {slot: value for slot in empty if (value := self.value(slot, tracker)) is not None}
        if wanted and self._is_another_question(tracker, bool(found)):
            return []
        found |= self.also(found, tracker)
        if found:
            return [SlotSet(slot, value) for slot, value in {**found, "misses": None}.items()]
        return [SlotSet("misses", (tracker.get_slot("misses") or 0) + 1)] if wanted else [SlotSet("misses", None)]

    @abstractmethod
    def value(self, slot: str, tracker: Tracker) -> Any | None:
        """What the message says for an empty slot; None when it says nothing."""

    def also(self, found: dict[str, Any], tracker: Tracker) -> dict[str, Any]:
        """Slots that need no question once others are known; none unless a form says so."""
        return {}

    def not_sure(self, slot: str, tracker: Tracker) -> str | None:
        """`UNKNOWN` when the message answers the question for this slot by « je ne sais pas »."""
        asked = tracker.get_slot("requested_slot") == slot
        return UNKNOWN if asked and tracker.latest_message["intent"]["name"] == "not_sure" else None

    def _is_another_question(self, tracker: Tracker, fills: bool) -> bool:
        intent = tracker.latest_message.get("intent", {}).get("name")
        decided = decision(tracker)
        if not decided:  # a pressed button: either for the form, or the way out of it
            return intent not in {"inform", self.starts}
        if decided.get("signpost"):
            return True
        if decided["band"] not in ("answer", "dialogue") or intent in {*_COURTESIES, self.starts}:
            return False
        if intent in self.asks_alike and not entity(tracker, self.asks_alike[intent]):
            return False
        return not fills or len((tracker.latest_message.get("text") or "").split()) > ANSWER_WORDS


class Ask(JalonAction, ABC):
    """`action_ask_<slot>`: asks for a slot; after a miss it says how to answer, and offers a person."""

    slot: ClassVar[str]
    in_form = True
    keeps_refusals = True

    def name(self) -> str:
        """As in domain.yml."""
        return f"action_ask_{self.slot}"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The question with its buttons."""
        asked = self.ask(composer, tracker)
        way_out = [composer.button("cancel")]
        if tracker.get_slot("misses"):
            hint = composer.phrases.say[f"ask_{self.slot}_again"]
            asked = asked.model_copy(update={"text": f"{hint}\n\n{asked.text}"})
            way_out.append(composer.button("talk_to_human"))
        return asked.model_copy(update={"buttons": (*asked.buttons, *way_out)})

    @abstractmethod
    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The question, with buttons for the likely answers."""


class ActionCancel(JalonAction):
    """Leaves the form, and forgets what it had asked."""

    ends_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_cancel"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Say so, and what else can be done."""
        return composer.choices("cancelled", (), "help", "talk_to_human")

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """Every slot of every form."""
        return forget_forms()


def forget_forms() -> dict[str, None]:
    """The slots that forms fill, emptied: they are kept no longer than the form."""
    filled = [slot for form in Form.__subclasses__() for slot in form.slots]
    return dict.fromkeys([*filled, "misses", "requested_slot"])


def inform(**values: str) -> str:
    """What a button of a form sends."""
    return payload("inform", **values)


def not_sure(composer: Composer, **value: str) -> Button:
    """The button for who does not know."""
    return Button(title=composer.phrases.buttons["not_sure"], payload=inform(**value))
