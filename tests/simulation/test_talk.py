"""`jalon simulate`: the whole program over our own Meta, as somebody at a terminal holds the conversation."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from jalon.serving import make_app
from jalon.simulation.talk import HELP, simulated, talk


class Typed(Console):
    """A terminal in which the given lines are typed."""

    def __init__(self, *lines: str) -> None:
        self.shown = io.StringIO()
        super().__init__(file=self.shown, width=1000)
        self._lines = iter(lines)

    def input(self, *_, **__) -> str:
        try:
            return next(self._lines)
        except StopIteration as fault:
            raise EOFError from fault


async def hold(channel, project, engine, records, *lines: str) -> str:
    out = Typed(*lines)
    found = simulated(project)
    await talk(channel, found, lambda transport: make_app(found, engine, records, transport), out)
    return out.shown.getvalue()


@pytest.mark.parametrize("channel", ["whatsapp", "messenger"])
async def test_a_conversation_can_be_held(channel, project, engine, records):
    shown = await hold(channel, project, engine, records, "bonjour", "1", ":voice", ":photo", ":place 50.46 4.86", "")
    assert "[1]" in shown and "[10]" in shown
    assert "Meta refused" not in shown
    assert len([line for line in shown.splitlines() if line.strip().startswith("[1] ")]) >= 4


async def test_trouble_can_be_made(project, engine, records):
    lines = (":fault 100", "bonjour", ":again", ":twice où est le CAI ?", ":lost", "merci", ":place here", ":what", "")
    shown = await hold("whatsapp", project, engine, records, *lines)
    assert "acknowledged with 200" in shown
    assert ":place 50.46 4.86" in shown
    assert shown.count(HELP.splitlines()[0]) == 2
