"""Finds in a message what Jalon knows: letters, organisations, terms, services, places, situations, languages, dates.

Every value is an id of the knowledge base, an ISO code for languages, an ISO date for dates.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE
from jalon.nlu.component import TrainedComponent
from jalon.nlu.finders.dates import DateFinder
from jalon.nlu.finders.durations import DurationFinder
from jalon.nlu.finders.names import NameFinder, known_names
from jalon.nlu.finders.patterns import pattern_words
from jalon.nlu.finders.places import PlaceFinder, place_names
from jalon.nlu.finders.reading import Found, Reading, words_of
from jalon.nlu.finders.situations import SituationFinder
from jalon.nlu.finders.spelling import NoSpeller, Speller
from jalon.nlu.tokenizer import pipeline
from jalon.procedure.today import belgian_day, moment_of
from jalon.settings import settings

# Kinds of one group never share a word: the longest find wins, then the kind that stands first.
_GROUPS = (
    ("letter", "organisation", "term"),
    ("service", "language"),
    ("commune",),
    ("situation",),
    ("date", "period", "duration"),
)
_RANK = {kind: (group, rank) for group, kinds in enumerate(_GROUPS) for rank, kind in enumerate(kinds)}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class KnowledgeEntities(TrainedComponent):
    """Sets `entities` of a message. Training teaches it only which words are everyday words, never slips for a name."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._everyday: dict[str, dict[str, int]] = {}  # how often each word is used, by language
        self._readers: dict[str, EntityReader] = {}

    def learn(self, training_data: TrainingData) -> None:
        """Count the words of the example questions, by language."""
        for example in training_data.training_examples:
            language = (example.get("metadata") or {}).get("language", REFERENCE)
            self._everyday.setdefault(language, Counter()).update(words_of([example.get(TEXT) or ""]))

    def write(self, folder: Path) -> None:
        """Write the counts."""
        (folder / "everyday.json").write_text(json.dumps(self._everyday, ensure_ascii=False), "utf-8")

    def read(self, folder: Path) -> None:
        """Read the counts."""
        self._everyday = json.loads((folder / "everyday.json").read_text("utf-8"))

    def look(self, message: Message) -> None:
        """Find the entities of one message.

        People who chose another language still copy what stands on their papers, « 5 jours », « hier »: where the rules
        of a language find nothing, those of the reference may.
        """
        if message.get("guard"):
            return
        text, today = message.get(TEXT) or "", belgian_day(moment_of(message.get("metadata")))
        language = message.get("language") or REFERENCE
        found = list(self._reader(language).entities(text, today))
        if not found and language != REFERENCE:
            found = list(self._reader(REFERENCE).entities(text, today))
        said = [{**entity, "extractor": type(self).__name__} for entity in found]
        message.set(ENTITIES, message.get(ENTITIES, []) + said, add_to_output=True)

    def _reader(self, language: str) -> EntityReader:
        """The reader of a language; all that have no example questions share the reference's rules, without mending."""
        known = language if language in self._everyday else ""
        if known not in self._readers:
            self._readers[known] = EntityReader(self._store, known or REFERENCE, self._everyday.get(known))
        return self._readers[known]

    @cached_property
    def _store(self) -> KnowledgeStore:
        """Opened at the first message: the store is built before the model is used."""
        return KnowledgeStore(settings().knowledge_db)


class EntityReader:
    """All finders of one language, over one reading of the message."""

    def __init__(self, store: KnowledgeStore, language: str, used: dict[str, int] | None) -> None:
        """Make the finders; `used` counts the everyday words, None where the language has no example questions."""
        rules = store.words("entities", "rules", language)
        stop_words = pipeline(language).Defaults.stop_words
        names = known_names(store, language, stop_words)
        self._vocab = pipeline(language).vocab
        dates = DateFinder(self._vocab, language, rules.get("date", {}))
        durations = DurationFinder(rules.get("duration", {}))
        self._finders = (
            NameFinder(self._vocab, names, rules.get("language", {})),
            PlaceFinder(self._vocab, store, rules.get("place", {})),
            SituationFinder(self._vocab, rules),
            dates,
            durations,
        )
        if used is None:
            self._speller: Speller = NoSpeller()
        else:
            wanted = (
                {word for name in (*names, *place_names(store, rules.get("place", {}))) for word in name.words}
                | dates.words()
                | durations.words()
            )
            for situation in rules.get("situations", {}).values():
                wanted.update(word for notation in situation["said"] for word in pattern_words(notation))
            self._speller = Speller(wanted, used, words_of([*stop_words, *_written(store, language)]))

    def entities(self, text: str, today: dt.date) -> Iterator[dict[str, Any]]:
        """The entities of a text written today, in their order, with their words as typed.

        `start` and `end` count the characters of the text as it was typed.
        """
        reading = Reading.of(text, self._vocab, self._speller, today)
        for found in _without_overlaps(one for finder in self._finders for one in finder.find(reading)):
            start, end = reading.words[found.first].start, reading.words[found.last - 1].end
            yield {
                "entity": found.entity,
                "value": found.value,
                "start": start,
                "end": end,
                "text": text[start:end],
            }


def _written(store: KnowledgeStore, language: str) -> Iterator[str]:
    """The articles in a language: their words are spelt right."""
    for article in store.articles.values():
        if language in article.texts:
            yield from article.texts[language].parts.values()


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """In each group of kinds the longest finds, that share no word; all in their order in the message."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for one in sorted(found, key=lambda one: (one.first - one.last, _RANK[one.entity], one.first)):
        places = {(_RANK[one.entity][0], at) for at in range(one.first, one.last)}
        if places.isdisjoint(taken):
            taken |= places
            kept.append(one)
    return sorted(kept, key=lambda one: (one.first, one.last, _RANK[one.entity]))
