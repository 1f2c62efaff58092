"""The project's own facts, built without a model."""

from __future__ import annotations

import pytest

from jalon.knowledge.build import build
from jalon.knowledge.store import KnowledgeStore


@pytest.fixture(scope="session")
def store(project, tmp_path_factory) -> KnowledgeStore:
    target = tmp_path_factory.mktemp("models") / "knowledge.db"
    build(project.data, target)
    return KnowledgeStore(target)
