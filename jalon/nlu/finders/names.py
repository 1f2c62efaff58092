"""Finds what the knowledge base knows by name: letters, organisations, terms, services, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from jalon.knowledge.store import KnowledgeStore
from jalon.nlu.finders.reading import Found, Reading, cut, words_of
from jalon.nlu.language_names import languages_by_name

# An entity, where its entries are in the store, and the names that belong to no language.
_KINDS = (
    ("letter", "letters", lambda entry: entry["codes"]),
    ("organisation", "organisations", lambda entry: [entry["name"], entry["abbreviation"]]),
    ("term", "glossary", lambda entry: [entry["official"], entry["abbreviation"]]),
    ("service", "service_types", lambda entry: []),
)
_BRACKETS = re.compile(r"[()]")  # « OQT (ordre de quitter le territoire) » is two names
_JOINING = frozenset({"et", "ou"})


@dataclass(frozen=True)
class Name:
    """A name of a thing, as words."""

    entity: str
    id: str
    words: tuple[str, ...]


def known_names(store: KnowledgeStore, language: str, everyday: Iterable[str]) -> list[Name]:
    """Every name in a language, each once per kind: the first entry that has it keeps it.

    Names that are everyday words of the language ("AI", the orange card, is also « ai ») are left out.
    """
    left_out = {tuple(cut(word)) for word in everyday}
    names: dict[tuple[str, tuple[str, ...]], Name] = {}
    for entity, kind, neutral in _KINDS:
        for id, entry in store.entries(kind).items():
            words_said = store.words(kind, id, language)
            named = words_said.get("name", "") if kind == "glossary" else ""
            for text in [*neutral(entry), *words_said.get("said", []), *_BRACKETS.split(named)]:
                words = tuple(cut(text or ""))
                if words and words not in left_out:
                    names.setdefault((entity, words), Name(entity, id, words))
    for text, code in languages_by_name().items():
        words = tuple(cut(text))
        if words and words not in left_out:
            names.setdefault(("language", words), Name("language", code, words))
    return list(names.values())


class Phrases:
    """spaCy's phrase matcher over names; the base of the finders of names."""

    def __init__(self, vocab: Vocab, names: Iterable[Name]) -> None:
        self._matcher = PhraseMatcher(vocab)
        self._named: dict[int, Name] = {}
        for name in names:
            key = " ".join((name.entity, name.id, *name.words))
            self._matcher.add(key, [Doc(vocab, words=list(name.words))])
            self._named[vocab.strings[key]] = name

    def matches(self, reading: Reading) -> Iterator[tuple[Name, int, int]]:
        """Every name with its place, overlaps included."""
        for key, first, last in self._matcher(reading.doc):
            yield self._named[key], first, last


class NameFinder:
    """Finds names; a language that is also a people (« je suis ukrainien ») only where it can be but the language."""

    def __init__(self, vocab: Vocab, names: list[Name], language_rules: dict) -> None:
        self._phrases = Phrases(vocab, names)
        self._peoples = words_of(language_rules.get("people", []))
        self._before = words_of(language_rules.get("before", []))

    def find(self, reading: Reading) -> Iterator[Found]:
        """The names of a message."""
        for name, first, last in self._phrases.matches(reading):
            doubtful = name.entity == "language" and self._peoples.issuperset(name.words)
            if doubtful and not self._is_language(reading, first):
                continue
            if len(name.words) > 1 and len(name.words[-1]) == 1 and not _is_code(reading, last):
                continue
            yield Found(name.entity, name.id, first, last)

    def _is_language(self, reading: Reading, first: int) -> bool:
        return len(reading.words) <= 2 or not self._before.isdisjoint(reading.before(first, 2))


def _is_code(reading: Reading, last: int) -> bool:
    """Whether the single letter that ends a name is one: « la carte A », but not « la carte a disparu »."""
    letter = reading.words[last - 1]
    typed = reading.typed[letter.start : letter.end]
    return typed.isupper() or reading.ends_clause(last) or reading.after(last) in _JOINING or typed.isdigit()
