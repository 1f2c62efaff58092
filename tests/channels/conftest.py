"""A world of people, Meta and the program, on each channel."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from meta_form import World

from jalon.conversation import desk as desk_module


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(desk_module, "POLL", 0.02)


@pytest.fixture(params=["whatsapp", "messenger"])
async def world(request, quick, tmp_path) -> AsyncIterator[World]:
    made = World(request.param, f"sqlite:///{tmp_path / 'records.db'}")
    async with made.open():
        yield made
    assert made.graph.faults == []
