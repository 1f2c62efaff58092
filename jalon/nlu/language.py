"""Recognises the language of a message: by its script, and by what the conversation spoke before."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.languages import REFERENCE
from jalon.nlu.component import MessageComponent
from jalon.nlu.text import main_script

# The script alone tells the class where Jalon will know one language of that script; issue by issue this grows.
_BY_SCRIPT = {"ARABIC": "ar", "CYRILLIC": "uk", "ETHIOPIC": "ti"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class LanguageIdentifier(MessageComponent):
    """Sets `language` of the message; the person's own choice (in the metadata) wins within its script."""

    def look(self, message: Message) -> None:
        """Decide the language of a typed message."""
        chosen = (message.get("metadata") or {}).get("language")
        found = _BY_SCRIPT.get(main_script(message.get(TEXT) or ""))
        message.set("language", found or chosen or REFERENCE, add_to_output=True)
