"""Builds the knowledge store from the files under `data/`: all or nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from jalon.findings import DataFault, errors
from jalon.knowledge import forms, tables
from jalon.knowledge.read import Content, read_content
from jalon.knowledge.search import CREATE_INDEX, index_rows
from jalon.procedure.calendar import months_after


def build(data: Path, target: Path) -> int:
    """Build `target` from `data` and put it in place in one step; returns the number of articles.

    Raises:
        DataFault: a file cannot be read; the store that was there stays as it was.
    """
    content = read_content(data)
    if faults := errors(content.findings):
        raise DataFault(faults)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{fresh}")
    tables.Base.metadata.create_all(engine)
    with Session(engine) as session:
        for position, article in enumerate(content.articles.values()):
            session.add(_article_row(content, position, article))
        _add_facts(session, content)
        _add_entries(session, content)
        session.execute(text(CREATE_INDEX))
        session.flush()
        for row in index_rows(content):
            session.execute(text("INSERT INTO search VALUES (:article, :language, :title, :body)"), row)
        session.commit()
    engine.dispose()
    fresh.replace(target)
    return len(content.articles)


def _article_row(content: Content, position: int, article) -> tables.ArticleRow:
    return tables.ArticleRow(
        name=article.name,
        topic=article.topic,
        position=position,
        revision=article.revision,
        checked_on=article.checked_on,
        checked_by=article.checked_by,
        review_by=months_after(article.checked_on, article.review_every_months),
        situations=article.situations,
        related=article.related,
        letters=article.letters,
        organisations=article.organisations,
        services=article.services,
        sources=[
            tables.SourceRow(id=id, position=at, **source.model_dump())
            for at, (id, source) in enumerate(article.sources.items())
        ],
        statements=[
            tables.StatementRow(position=at, **statement.model_dump())
            for at, statement in enumerate(article.statements)
        ],
        texts=[
            tables.TextRow(language=language, **words.model_dump())
            for (name, language), words in content.texts.items()
            if name == article.name
        ],
    )


def _add_facts(session: Session, content: Content) -> None:
    for name, fact in content.facts.items():
        session.add(
            tables.FactRow(
                name=name,
                article="",
                unit=fact.unit,
                per=fact.per or "",
                counting=fact.counting or "",
                description=fact.description,
                checked_on=fact.checked_on,
                values=[
                    tables.FactValueRow(
                        since=since,
                        value=_json_value(value.value),
                        confidence=value.confidence,
                        source=value.source.model_dump(),
                    )
                    for since, value in fact.values.items()
                ],
            )
        )
    for article in content.articles.values():
        for name, own in article.facts.items():
            value = tables.FactValueRow(
                since=dt.date.min,
                value=_json_value(own.value),
                confidence=own.confidence,
                source=article.sources[own.source].model_dump(),
            )
            session.add(
                tables.FactRow(
                    name=f"fact:{name}",
                    article=article.name,
                    unit=own.unit or "",
                    per=own.per or "",
                    counting="",
                    description="",
                    checked_on=article.checked_on,
                    values=[value],
                )
            )


def _add_entries(session: Session, content: Content) -> None:
    kinds = {
        "organisations": content.organisations,
        "letters": content.letters,
        "services": content.services,
        "communes": content.communes,
        "glossary": content.terms,
        "steps": content.steps,
        "signposts": content.signposts,
    }
    for kind, entries in kinds.items():
        for position, (id, entry) in enumerate(entries.items()):
            session.add(tables.EntryRow(kind=kind, id=id, position=position, data=entry.model_dump(mode="json")))
    for position, id in enumerate(content.service_types):
        session.add(tables.EntryRow(kind="service_types", id=id, position=position, data={}))
    for position, name in enumerate(content.outside):
        session.add(tables.EntryRow(kind="outside", id=name, position=position, data={}))
    for (kind, id, language), words in content.words.items():
        session.add(tables.WordsRow(kind=kind, id=id, language=language, data=words.model_dump()))
    for language, rules in content.entity_rules.items():
        session.add(tables.WordsRow(kind="entities", id="rules", language=language, data=rules.model_dump()))


def _json_value(value):
    if isinstance(value, forms.Form):
        return value.model_dump(by_alias=True)
    return value.isoformat() if isinstance(value, dt.date) else value
