"""Finds in a message what the knowledge base knows by name (letters, organisations, terms) and languages, as ids."""

from __future__ import annotations

from functools import cached_property

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE
from jalon.nlu.component import MessageComponent
from jalon.nlu.language_names import languages_by_name
from jalon.nlu.text import normalise
from jalon.nlu.tokenizer import pipeline
from jalon.settings import settings


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class KnowledgeEntities(MessageComponent):
    """Sets `entities` of a message with spaCy's entity ruler, from the names of the knowledge store."""

    def look(self, message: Message) -> None:
        """Find the names in one message."""
        if message.get("guard"):
            return
        text = normalise(message.get(TEXT) or "")
        found = [
            {
                "entity": span.label_,
                "value": span.ent_id_,
                "start": span.start_char,
                "end": span.end_char,
                "extractor": type(self).__name__,
            }
            for span in self._ruler(text).ents
        ]
        message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)

    @cached_property
    def _ruler(self) -> Language:
        """spaCy's rules for every name, made at the first message: the store is built before the model is used."""
        store = KnowledgeStore(settings().knowledge_db)
        ruled = type(pipeline(REFERENCE))()
        ruler = ruled.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": label, "pattern": name, "id": id} for name, (label, id) in _names(store).items()])
        return ruled


def _names(store: KnowledgeStore) -> dict[str, tuple[str, str]]:
    """Every normalised name with its label and id; a name that a letter and a term share means the letter.

    Names that are everyday words of the language ("AI", the orange card, is also « ai ») are left out.
    """
    named: dict[str, tuple[str, str]] = {}
    everyday = {normalise(word) for word in pipeline(REFERENCE).Defaults.stop_words}
    for label, kind, names_of in (
        ("letter", "letters", lambda entry: entry["codes"]),
        ("organisation", "organisations", lambda entry: [entry["name"], entry["abbreviation"]]),
        ("term", "glossary", lambda entry: [entry["official"], entry["abbreviation"]]),
    ):
        for id, entry in store.entries(kind).items():
            for name in filter(None, names_of(entry)):
                if normalise(name) not in everyday:
                    named.setdefault(normalise(name), (label, id))
    for name, code in languages_by_name().items():
        named.setdefault(name, ("language", code))
    return named
