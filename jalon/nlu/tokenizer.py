"""Cuts a message into tokens with spaCy's rules of its language, after the one normalisation."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from jalon.languages import REFERENCE, live_languages
from jalon.nlu.component import MessageComponent
from jalon.nlu.text import normalise
from jalon.settings import settings


@lru_cache(maxsize=32)
def pipeline(language: str) -> Language:
    """spaCy's blank pipeline of a language (rules only, no weights); the multilingual one where spaCy has none."""
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def tokens(text: str, language: str) -> list[str]:
    """The normalised tokens of a text, without punctuation and spaces."""
    return [
        token.text for token in pipeline(language).tokenizer(normalise(text)) if not (token.is_punct or token.is_space)
    ]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class Tokenizer(MessageComponent):
    """Sets `words` of the message: what the classifier and the entities look at."""

    def look(self, message: Message) -> None:
        """Cut one message."""
        language = message.get("language") or REFERENCE
        # The classifier has learnt from live languages only; what it may still understand is cut as it expects.
        spoken = language if language in live_languages(settings().data) else REFERENCE
        message.set("words", tokens(message.get(TEXT) or "", spoken))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Cut every example."""
        for example in training_data.training_examples:
            language = (example.get("metadata") or {}).get("language") or REFERENCE
            example.set("words", tokens(example.get(TEXT) or "", language))
        return training_data

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No options."""
        return {}
