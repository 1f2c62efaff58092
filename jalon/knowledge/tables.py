"""The tables of the knowledge store (`models/knowledge.db`): built from `data/`, read only, disposable."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """Base of the knowledge tables."""


class ArticleRow(Base):
    """An article: what is true of it in every language."""

    __tablename__ = "articles"
    name: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    position: Mapped[int]
    revision: Mapped[int]
    checked_on: Mapped[dt.date]
    checked_by: Mapped[str]
    review_by: Mapped[dt.date]
    situations: Mapped[list[str]] = mapped_column(JSON)
    related: Mapped[list[str]] = mapped_column(JSON)
    letters: Mapped[list[str]] = mapped_column(JSON)
    organisations: Mapped[list[str]] = mapped_column(JSON)
    services: Mapped[list[str]] = mapped_column(JSON)
    sources: Mapped[list[SourceRow]] = relationship(order_by="SourceRow.position")
    statements: Mapped[list[StatementRow]] = relationship(order_by="StatementRow.position")
    texts: Mapped[list[TextRow]] = relationship()


class SourceRow(Base):
    """A source of an article."""

    __tablename__ = "sources"
    article: Mapped[str] = mapped_column(ForeignKey("articles.name"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    publisher: Mapped[str]
    url: Mapped[str]
    dated: Mapped[str]
    kind: Mapped[str]


class StatementRow(Base):
    """A group of sentences of an article, and how sure we are of it."""

    __tablename__ = "statements"
    article: Mapped[str] = mapped_column(ForeignKey("articles.name"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    confidence: Mapped[str]
    sources: Mapped[list[str]] = mapped_column(JSON)
    knows: Mapped[list[str]] = mapped_column(JSON)


class TextRow(Base):
    """How an article is said in one language; `parts` by name (`short`, `steps`, `short@refused`, …)."""

    __tablename__ = "texts"
    article: Mapped[str] = mapped_column(ForeignKey("articles.name"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    button: Mapped[str]
    revision: Mapped[int]
    status: Mapped[str]
    parts: Mapped[dict[str, str]] = mapped_column(JSON)


class FactRow(Base):
    """A dated fact: `deadline:name`, `amount:name`, or `fact:name` of one article."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(primary_key=True)  # "" for the facts that all articles share
    unit: Mapped[str]
    per: Mapped[str]
    counting: Mapped[str]
    description: Mapped[str]
    checked_on: Mapped[dt.date]
    values: Mapped[list[FactValueRow]] = relationship(order_by="FactValueRow.since")


class FactValueRow(Base):
    """One value of a dated fact and its source; the value is JSON, a date in ISO form."""

    __tablename__ = "fact_values"
    name: Mapped[str] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[dt.date] = mapped_column(primary_key=True)
    value: Mapped[float | str | dict | None] = mapped_column(JSON)
    confidence: Mapped[str]
    source: Mapped[dict[str, str]] = mapped_column(JSON)
    __table_args__ = (ForeignKeyConstraint(["name", "article"], ["facts.name", "facts.article"]),)


class EntryRow(Base):
    """An entry of a list of facts: organisation, service, letter, commune, term, step, signpost."""

    __tablename__ = "entries"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    data: Mapped[dict] = mapped_column(JSON)


class WordsRow(Base):
    """What is said of an entry in one language."""

    __tablename__ = "words"
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[dict] = mapped_column(JSON)
