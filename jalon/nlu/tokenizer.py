"""Cuts a message into normalised tokens with spaCy's rules of its language, and writes out what people shorten."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from jalon.languages import REFERENCE, known_languages
from jalon.nlu.component import MessageComponent
from jalon.nlu.questions import questions_in
from jalon.nlu.shortenings import read_shortenings
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
    """The normalised tokens of a text, without punctuation and spaces, shortenings written out."""
    known = _written_out(language)
    return [word for token in _cut(text, language) for word in known.get(token, (token,))]


def _cut(text: str, language: str) -> list[str]:
    cut = pipeline(language).tokenizer(normalise(text))
    return [token.text for token in cut if not (token.is_punct or token.is_space)]


@lru_cache(maxsize=32)
def _written_out(language: str) -> dict[str, tuple[str, ...]]:
    listed = read_shortenings(settings().data, language)
    return {normalise(short): tuple(_cut(meant, language)) for short, meant in listed.items()}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class Tokenizer(MessageComponent):
    """Sets `words` of the message, and `parts`: the words of each of its questions when there are several."""

    def look(self, message: Message) -> None:
        """Cut one message."""
        recognised = message.get("language") or REFERENCE
        # The classifier has learnt from the known languages only; what it may still understand is cut as it expects.
        language = recognised if recognised in known_languages(settings().data) else REFERENCE
        text = message.get(TEXT) or ""
        message.set("words", tokens(text, language))
        message.set("parts", [tokens(part, language) for part in questions_in(text)])

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
