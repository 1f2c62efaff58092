"""Recognises the language of a message: by its script and letters, and by what the conversation spoke before."""

from __future__ import annotations

import re
from functools import lru_cache

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE
from jalon.nlu.component import MessageComponent
from jalon.nlu.languages_of_text import SCRIPT_OF, SCRIPTS, identify
from jalon.nlu.text import main_script
from jalon.settings import settings

UNDETERMINED = "und"  # ISO 639-2, for scripts of which we know no language
FIRST = 5.0  # nats in favour of the reference, before anybody wrote anything
EXPECTED = 8.0  # nats in favour of the language of the conversation
SURE = 0.95  # below it the conversation keeps its language
SURE_OF_A_WORD = 0.995  # one or two words say little

# Words that people keep in any language: offices, papers and places of the country.
_INSTITUTIONS = """
cpas ocmw commune gemeente cgra cgvs oe dvz ibz cce rvv fedasil cire ciré caritas croix-rouge samu forem vdab
actiris onem cai cri civic setis crilux convivial mentor-escale caricole vottem namur namen bruxelles brussel
brussels liège charleroi jambes andenne gembloux dinant ciney florennes belgique belgium belgië belgien wallonie
annexe annexes bis dublin eurodac rn niss mena ila ola rmi ris whatsapp facebook pacheco petit-château unhcr hcr oim
iom ong asbl orange
"""
INSTITUTIONS = frozenset(_INSTITUTIONS.split())
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class LanguageIdentifier(MessageComponent):
    """Sets `language` of a message: what it is written in, not what it will be answered in.

    Metadata: `language` is what the conversation speaks, and is kept while the text does not clearly say otherwise;
    `language_chosen` (true) says that the person chose it, and then only another script changes it; `language_shown`
    (true) says that the person has read replies: without a `language` these were in the reference.
    """

    def look(self, message: Message) -> None:
        """Decide the language of a typed message."""
        metadata = message.get("metadata") or {}
        # A command is nobody's language.
        text = "" if message.get("guard") == "command" else message.get(TEXT) or ""
        found = language_of(
            text,
            metadata.get("language"),
            chosen=bool(metadata.get("language_chosen")),
            shown=bool(metadata.get("language_shown")),
        )
        message.set("language", found, add_to_output=True)


def language_of(text: str, spoken: str | None = None, *, chosen: bool = False, shown: bool = False) -> str:
    """The language of a text in a conversation that has spoken a language, or in which the person chose it.

    What tells no language is in that one, or in the reference as long as none is spoken. Who has been `shown` replies
    in the reference and answers in a word or two has hardly changed the language.
    """
    expected = spoken or REFERENCE
    script = main_script(text)
    if not script:
        return expected
    group = SCRIPTS.get(script)
    if group is None:
        return UNDETERMINED
    foreign = group != SCRIPT_OF.get(expected)
    if chosen and not foreign:
        return expected
    words = _WORD.findall(text.lower())
    telling = [word for word in words if word not in _neutral()]
    if not telling:
        return expected
    weight = EXPECTED if spoken else FIRST
    guess = identify(text if len(telling) == len(words) else " ".join(telling), expected, weight)
    if not guess.language:
        return expected
    few = len(telling) < 3
    if (foreign and group != "latin") or not (spoken or (shown and few)):
        return guess.language
    return guess.language if guess.confidence >= (SURE_OF_A_WORD if few else SURE) else expected


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    """The institution words, with the abbreviations of the knowledge store where it is built."""
    if not settings().knowledge_db.exists():
        return INSTITUTIONS
    store = KnowledgeStore(settings().knowledge_db)
    entries = [*store.entries("organisations").values(), *store.entries("glossary").values()]
    short = {str(entry.get("abbreviation") or "").lower() for entry in entries}
    return INSTITUTIONS | {name for name in short if len(name) > 1}
