"""What the tests of the running assistant share: the trained model, one engine in memory, a page's application."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from jalon.training import ensure_built, quiet_rasa

quiet_rasa()

from jalon.conversation.engine import Engine  # noqa: E402
from jalon.conversation.records import Records  # noqa: E402
from jalon.knowledge.store import KnowledgeStore  # noqa: E402
from jalon.procedure.today import belgian_today  # noqa: E402
from jalon.settings import Settings, settings  # noqa: E402


@pytest.fixture(scope="session")
def project() -> Settings:
    return settings()


@pytest.fixture(scope="session")
def model(project: Settings) -> Path:
    return ensure_built(project, print)


@pytest.fixture(scope="session")
def records(project: Settings) -> Records:
    return Records("sqlite://", project.conversation_hours)


@pytest.fixture(scope="session")
def engine(project: Settings, model: Path, records: Records) -> Engine:
    made = Engine(model, project.data, records)
    asyncio.run(made.warm_up())
    return made


@pytest.fixture(scope="session")
def store(project: Settings, model: Path) -> KnowledgeStore:
    return KnowledgeStore(project.knowledge_db)


@pytest.fixture
def fresh_store(project: Settings, model: Path) -> KnowledgeStore:
    """A store that a test may change."""
    return KnowledgeStore(project.knowledge_db)


@pytest.fixture(scope="session")
def today() -> dt.date:
    return belgian_today()
