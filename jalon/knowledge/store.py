"""What can be asked of the knowledge store. Read only; answers are typed and cached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session, selectinload

from jalon.knowledge import tables
from jalon.knowledge.search import FIND, match_query
from jalon.languages import REFERENCE
from jalon.procedure.deadlines import DeadlineRule, Trigger
from jalon.procedure.timeline import StepRecord
from jalon.procedure.values import DatedFact, DatedValue


@dataclass(frozen=True)
class Source:
    """A source as an answer shows it."""

    id: str
    title: str
    publisher: str
    url: str
    dated: str
    kind: str


@dataclass(frozen=True)
class FactSource:
    """Where a fact comes from: its source, and the ISO date on which the two were last compared."""

    title: str
    url: str
    dated: str
    checked_on: str


@dataclass(frozen=True)
class Statement:
    """What a group of sentences is about, how sure we are, and who knows when we are not."""

    about: str
    confidence: str
    sources: tuple[str, ...]
    knows: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """An article in one language."""

    language: str
    title: str
    button: str
    revision: int
    status: str
    parts: dict[str, str]

    def short(self, situation: str | None) -> tuple[str, str | None]:
        """The short answer for a situation, and the situation it is for (None: the general one)."""
        own = self.parts.get(f"short@{situation}") if situation else None
        return (own, situation) if own else (self.parts["short"], None)


@dataclass(frozen=True)
class Article:
    """An article with its texts by language."""

    name: str
    topic: str
    revision: int
    checked_on: dt.date
    checked_by: str
    review_by: dt.date
    situations: tuple[str, ...]
    related: tuple[str, ...]
    letters: tuple[str, ...]
    organisations: tuple[str, ...]
    services: tuple[str, ...]
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    texts: dict[str, Text]

    def text(self, language: str) -> Text:
        """The text in that language, or the reference text where there is none."""
        return self.texts.get(language) or self.texts[REFERENCE]

    @property
    def unsure(self) -> tuple[Statement, ...]:
        """The statements of low confidence."""
        return tuple(statement for statement in self.statements if statement.confidence == "low")


class KnowledgeStore:
    """The articles, facts and entries of `models/knowledge.db`.

    Raises:
        FileNotFoundError: the store has not been built.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist. Run `jalon train`.")
        self._engine: Engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Every article by name."""
        query = (
            select(tables.ArticleRow)
            .options(
                selectinload(tables.ArticleRow.sources),
                selectinload(tables.ArticleRow.statements),
                selectinload(tables.ArticleRow.texts),
            )
            .order_by(tables.ArticleRow.position)
        )
        with Session(self._engine) as session:
            return {row.name: _article(row) for row in session.scalars(query)}

    @cached_property
    def _facts(self) -> dict[tuple[str, str], DatedFact]:
        query = select(tables.FactRow).options(selectinload(tables.FactRow.values))
        with Session(self._engine) as session:
            return {(row.name, row.article): _fact(row) for row in session.scalars(query)}

    @cached_property
    def _counting(self) -> dict[str, str]:
        with Session(self._engine) as session:
            return {row.name: row.counting for row in session.scalars(select(tables.FactRow)) if row.counting}

    def fact(self, name: str, article: str = "") -> DatedFact:
        """A dated fact, `deadline:name` or `amount:name`; `fact:name` with its article.

        Raises:
            KeyError: there is no such fact.
        """
        return self._facts[name, article if name.startswith("fact:") else ""]

    @cached_property
    def _fact_sources(self) -> dict[tuple[str, str, dt.date], FactSource]:
        query = select(tables.FactRow).options(selectinload(tables.FactRow.values))
        with Session(self._engine) as session:
            return {
                (row.name, row.article, value.since): FactSource(
                    value.source["title"], value.source["url"], value.source["dated"], row.checked_on.isoformat()
                )
                for row in session.scalars(query)
                for value in row.values
            }

    def fact_source(self, fact: DatedFact, value: DatedValue, article: str = "") -> FactSource:
        """Where a value of a fact comes from."""
        return self._fact_sources[fact.name, article if fact.name.startswith("fact:") else "", value.since]

    @cached_property
    def _entries(self) -> dict[str, dict[str, dict]]:
        found: dict[str, dict[str, dict]] = {}
        with Session(self._engine) as session:
            for row in session.scalars(select(tables.EntryRow).order_by(tables.EntryRow.position)):
                found.setdefault(row.kind, {})[row.id] = row.data
        return found

    def entries(self, kind: str) -> dict[str, dict]:
        """The entries of a kind by id; the kinds are organisations, letters, service_types, services, communes,
        outside, glossary, steps and signposts.
        """
        return self._entries.get(kind, {})

    def trigger(self, name: str) -> Trigger:
        """What a letter starts, or an event: the name of a letter with a `period`, or of a deadline.

        Raises:
            KeyError: there is no such deadline, and no such letter whose period can be counted.
        """
        letter = self.entries("letters").get(name, {"period": "law", "deadlines": [name], "last_day_put_off": None})
        if not letter["period"]:
            raise KeyError(f"nothing is counted from the letter {name!r}")
        names = [f"deadline:{each}" for each in letter["deadlines"]]
        return Trigger(
            tuple(DeadlineRule(self.fact(each), self._counting[each]) for each in names),
            written=letter["period"] == "written",
            put_off=letter["last_day_put_off"] is not None,
        )

    @cached_property
    def countable_letters(self) -> tuple[str, ...]:
        """The letters whose period can be counted, in the order of the data."""
        return tuple(id for id, letter in self.entries("letters").items() if letter["period"])

    @cached_property
    def steps(self) -> dict[str, StepRecord]:
        """The steps of the procedure, for the timeline."""
        return {
            id: StepRecord(tuple(step["situation"]), tuple(step["next"])) for id, step in self.entries("steps").items()
        }

    @cached_property
    def _words(self) -> dict[tuple[str, str, str], dict]:
        with Session(self._engine) as session:
            return {(row.kind, row.id, row.language): row.data for row in session.scalars(select(tables.WordsRow))}

    def words(self, kind: str, id: str, language: str) -> dict:
        """What is said of an entry in that language, or in the reference language; empty when nothing is."""
        return self._words.get((kind, id, language)) or self._words.get((kind, id, REFERENCE)) or {}

    def has_words(self, kind: str, id: str, language: str) -> bool:
        """Whether something is said of an entry in that very language."""
        return (kind, id, language) in self._words

    @lru_cache(maxsize=1024)  # noqa: B019  one store lives as long as the process
    def search(self, question: str, language: str, limit: int = 3) -> tuple[str, ...]:
        """Names of the articles whose text is nearest to the question, best first."""
        query = match_query(question)
        if not query:
            return ()
        with self._engine.connect() as connection:
            rows = connection.execute(text(FIND), {"query": query, "language": language, "limit": limit})
            return tuple(row.article for row in rows)


def _article(row: tables.ArticleRow) -> Article:
    return Article(
        name=row.name,
        topic=row.topic,
        revision=row.revision,
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        review_by=row.review_by,
        situations=tuple(row.situations),
        related=tuple(row.related),
        letters=tuple(row.letters),
        organisations=tuple(row.organisations),
        services=tuple(row.services),
        sources=tuple(
            Source(source.id, source.title, source.publisher, source.url, source.dated, source.kind)
            for source in row.sources
        ),
        statements=tuple(
            Statement(item.about, item.confidence, tuple(item.sources), tuple(item.knows)) for item in row.statements
        ),
        texts={
            text.language: Text(text.language, text.title, text.button, text.revision, text.status, text.parts)
            for text in row.texts
        },
    )


def _fact(row: tables.FactRow) -> DatedFact:
    values = tuple(DatedValue(value.since, _typed(value.value, row.unit), value.confidence) for value in row.values)
    return DatedFact(row.name, row.unit, row.per, values)


def _typed(value, unit: str):
    return dt.date.fromisoformat(value) if unit == "date" and value is not None else value
