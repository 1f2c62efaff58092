"""The last component: what the message means for the conversation. Answer, choose, refuse, or a dialogue intent."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE, Language, known_languages, live_languages
from jalon.nlu.bands import CHOICES, Thresholds, band_of
from jalon.nlu.classifier import SparseLinearClassifier
from jalon.nlu.component import MessageComponent
from jalon.nlu.follow_up import read_follow_ups
from jalon.nlu.language_names import asks_language
from jalon.nlu.linear import OUT_OF_SCOPE, Prediction
from jalon.nlu.text import main_script
from jalon.phrases import read_buttons
from jalon.settings import settings

IN_DANGER = "in_danger"
# A message of a name and little else asks for what is said of that name.
_ASKED_BY_NAME = {
    "letter": "explain_letter",
    "service": "find_service",
    "commune": "find_service",
    "organisation": "define_term",
    "term": "define_term",
}
_NAME_ALONE, _NAME_AND_PLACE = 3, 7  # words
SIGNPOST = "signpost/"
CHANGE_LANGUAGE = "change_language"

# The scripts of ISO 15924, as data/languages.yml names them, by their name in Unicode.
_SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "ETHIOPIC": "Ethi"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class Decision(MessageComponent):
    """Sets `intent`, the ranking, the retrieval name and `decision` (what was decided, and why) of a message."""

    @classmethod
    def required_components(cls) -> list[type]:
        """The classifier comes before."""
        return [SparseLinearClassifier]

    def look(self, message: Message) -> None:
        """Decide on one message."""
        if not message.get("guard") and asks_language(message.get(TEXT) or ""):
            ranking = [{"name": CHANGE_LANGUAGE, "confidence": 1.0}]
            message.set("intent_ranking", ranking, add_to_output=True)
            self._set(message, CHANGE_LANGUAGE, 1.0, {"band": "dialogue", "intent": CHANGE_LANGUAGE})
            return
        fault = message.get("guard") or _unreadable(message)
        prediction: Prediction | None = message.get("prediction")
        if fault or prediction is None:
            self._set(message, "unreadable", 1.0, {"band": "refuse", "reason": fault or "symbols"})
            return
        thresholds = message.get("thresholds")
        first, also = self._questions(prediction, message.get("parts") or (), thresholds)
        band = self._band(first, thresholds)
        named = _named(message, band) if first.label != IN_DANGER else ""
        if named:
            first, band = first.led_by(named, thresholds.answer), "answer"
        nearby = self._nearby(message, first)
        if nearby and first.label not in nearby:
            band = "choose"
        decision: dict[str, Any] = {"band": band, "intent": first.label, **({"also": also} if also else {})}
        ranking = [{"name": label, "confidence": round(sure, 4)} for label, sure in first.ranking[:5]]
        message.set("intent_ranking", ranking, add_to_output=True)
        if not named and band_of(first, thresholds) != "answer" and not _is_spoken(message):
            self._set(message, "unreadable", 1.0, {"band": "refuse", "reason": "language"})
            return
        if band == "answer" and first.label.startswith(SIGNPOST):
            # Not ours to answer: an honest sentence and the office that knows count as a refusal.
            decision |= {"band": "refuse", "intent": OUT_OF_SCOPE, "signpost": first.label.removeprefix(SIGNPOST)}
            self._set(message, "signpost", first.confidence, decision)
        elif band == "refuse":
            decision["intent"] = OUT_OF_SCOPE
            self._set(message, OUT_OF_SCOPE, first.confidence, decision)
        elif band == "choose":
            ranked = [label for label, _ in first.ranking if self._can_offer(label)]
            decision["choices"] = list(dict.fromkeys([*nearby, *ranked]))[:CHOICES]
            self._set(message, "choose", first.confidence, decision)
        elif "/" in first.label:
            decision["article"] = first.label
            self._set(message, first.label.split("/")[0], first.confidence, decision)
            _fill_selector(message, first.label)
        else:
            decision["band"] = "dialogue"
            self._set(message, first.label, first.confidence, decision)

    def _questions(
        self, whole: Prediction, parts: Sequence[Prediction], thresholds: Thresholds
    ) -> tuple[Prediction, str]:
        """What to answer, and the label of a second question; danger in any part comes before everything."""
        sure = [part for part in parts if band_of(part, thresholds) == "answer"]
        for part in (whole, *sure):
            if part.label == IN_DANGER:
                return part, ""
        first = {part.label: part for part in reversed(sure) if self._can_offer(part.label)}
        asked = list(reversed(first.values()))
        return (asked[0], asked[1].label) if len(asked) > 1 else (whole, "")

    def _nearby(self, message: Message, prediction: Prediction) -> list[str]:
        """For a message that leans on the last answer: the articles related to it, the likeliest first."""
        last = (message.get("metadata") or {}).get("article")
        language = message.get("language") or REFERENCE
        if last not in self._store.articles or prediction.label == IN_DANGER:
            return []
        if not read_follow_ups(settings().data, language).match(message.get(TEXT) or ""):
            return []
        shares = dict(prediction.ranking)
        return sorted(self._store.articles[last].related, key=lambda name: -shares.get(name, 0.0))

    @cached_property
    def _store(self) -> KnowledgeStore:
        return KnowledgeStore(settings().knowledge_db)

    def _band(self, prediction: Prediction, thresholds: Thresholds) -> str:
        """A courtesy that is likely is answered: nobody wants to choose between titles after « merci »."""
        band = band_of(prediction, thresholds)
        return "answer" if band == "choose" and not self._can_offer(prediction.label) else band

    def _can_offer(self, label: str) -> bool:
        """Whether a button can stand for the label: an article, or a dialogue intent with a button of its own."""
        return "/" in label or label in self._with_button

    @cached_property
    def _with_button(self) -> Set[str]:
        return read_buttons(settings().data).buttons.keys()

    def _set(self, message: Message, intent: str, confidence: float, decision: dict[str, Any]) -> None:
        message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
        message.set("decision", decision, add_to_output=True)


def _named(message: Message, band: str) -> str:
    """The dialogue intent of a short message that is hardly more than a name that Jalon knows; empty for any other."""
    kinds = {found["entity"] for found in message.get(ENTITIES) or ()}
    words = len(message.get("words") or ())
    if {"service", "commune"} <= kinds and words <= _NAME_AND_PLACE:
        return "find_service"
    if band == "answer" or words > _NAME_ALONE:
        return ""
    return next((intent for kind, intent in _ASKED_BY_NAME.items() if kind in kinds), "")


def _spoken() -> dict[str, Language]:
    """The languages that Jalon speaks: the live ones, and for staff the drafts."""
    return (known_languages if settings().drafts else live_languages)(settings().data)


def _is_spoken(message: Message) -> bool:
    """Whether the message is in a language that Jalon speaks; a conversation may have been led into a draft."""
    return message.get("language") in {*_spoken(), (message.get("metadata") or {}).get("language")}


def _unreadable(message: Message) -> str:
    """`language` for a language that Jalon does not speak, in letters that the classifier has never seen."""
    if _is_spoken(message):
        return ""
    script = main_script(message.get(TEXT) or "")
    known = {language.script for language in _spoken().values()}
    return "language" if script and _SCRIPTS.get(script) not in known else ""


def _fill_selector(message: Message, name: str) -> None:
    """Say the article's name the way Rasa's response selector would, so that stories and tests see it."""
    topic = name.split("/")[0]
    selector = {
        "all_retrieval_intents": [topic],
        topic: {"response": {"intent_response_key": name}, "ranking": []},
    }
    message.set(RESPONSE_SELECTOR, selector, add_to_output=True)
