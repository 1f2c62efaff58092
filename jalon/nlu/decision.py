"""The last component: what the message means for the conversation. Answer, choose, refuse, or a dialogue intent."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.languages import live_languages
from jalon.nlu.bands import CHOICES, band_of
from jalon.nlu.classifier import SparseLinearClassifier
from jalon.nlu.component import MessageComponent
from jalon.nlu.language_names import asks_language
from jalon.nlu.linear import OUT_OF_SCOPE, Prediction
from jalon.nlu.text import main_script
from jalon.settings import settings

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
            self._set(message, CHANGE_LANGUAGE, 1.0, {"band": "dialogue", "intent": CHANGE_LANGUAGE})
            return
        fault = message.get("guard") or _unreadable(message)
        prediction: Prediction | None = message.get("prediction")
        if fault or prediction is None:
            self._set(message, "unreadable", 1.0, {"band": "refuse", "reason": fault or "symbols"})
            return
        ranking = [{"name": label, "confidence": round(sure, 4)} for label, sure in prediction.ranking[:5]]
        message.set("intent_ranking", ranking, add_to_output=True)
        band = band_of(prediction, message.get("thresholds"))
        if band != "answer" and not _is_live(message):
            self._set(message, "unreadable", 1.0, {"band": "refuse", "reason": "language"})
            return
        decision: dict[str, Any] = {"band": band, "intent": prediction.label}
        if band == "refuse":
            decision["intent"] = OUT_OF_SCOPE
            self._set(message, OUT_OF_SCOPE, prediction.confidence, decision)
        elif band == "choose":
            inside = [label for label, _ in prediction.ranking if label != OUT_OF_SCOPE]
            decision["choices"] = inside[:CHOICES]
            self._set(message, "choose", prediction.confidence, decision)
        elif "/" in prediction.label:
            decision["article"] = prediction.label
            self._set(message, prediction.label.split("/")[0], prediction.confidence, decision)
            _fill_selector(message, prediction.label)
        else:
            decision["band"] = "dialogue"
            self._set(message, prediction.label, prediction.confidence, decision)

    def _set(self, message: Message, intent: str, confidence: float, decision: dict[str, Any]) -> None:
        message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
        message.set("decision", decision, add_to_output=True)


def _is_live(message: Message) -> bool:
    """Whether the message is in a language that Jalon speaks."""
    return message.get("language") in live_languages(settings().data)


def _unreadable(message: Message) -> str:
    """`language` for a language that Jalon does not speak, in letters that the classifier has never seen."""
    if _is_live(message):
        return ""
    script = main_script(message.get(TEXT) or "")
    known = {language.script for language in live_languages(settings().data).values()}
    return "language" if script and _SCRIPTS.get(script) not in known else ""


def _fill_selector(message: Message, name: str) -> None:
    """Say the article's name the way Rasa's response selector would, so that stories and tests see it."""
    topic = name.split("/")[0]
    selector = {
        "all_retrieval_intents": [topic],
        topic: {"response": {"intent_response_key": name}, "ranking": []},
    }
    message.set(RESPONSE_SELECTOR, selector, add_to_output=True)
