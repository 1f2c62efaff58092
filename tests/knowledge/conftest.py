"""The small project, and the store built from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jalon.knowledge.build import build
from jalon.knowledge.store import KnowledgeStore

SMALL = Path(__file__).parents[1] / "small"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the small project's data, free to change."""
    return shutil.copytree(SMALL / "data", tmp_path / "data")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeStore:
    """The store of the small project."""
    target = tmp_path_factory.mktemp("models") / "knowledge.db"
    build(SMALL / "data", target)
    return KnowledgeStore(target)
