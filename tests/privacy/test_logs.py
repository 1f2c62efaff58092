from __future__ import annotations

import logging

from jalon.conversation.message import Message
from jalon.conversation.state import State
from jalon.privacy.logs import place_of


def test_a_fault_is_named_by_kind_and_place_without_its_words():
    try:
        State(taps=None).mint_taps("zorglubix")
    except AttributeError as fault:
        found = place_of(fault)
    assert found.startswith("AttributeError in conversation/state.py, line ")
    assert "zorglubix" not in found


async def test_a_turn_that_breaks_logs_nothing_that_was_written(engine, monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("zorglubix lives at Brumelande 7")

    monkeypatch.setattr("jalon.conversation.engine.Engine._one", broken)
    with caplog.at_level(logging.DEBUG, logger="jalon"):
        turn, _ = await engine.respond(State(), Message("zorglubix"))
    assert turn.band == "refuse"
    assert "RuntimeError" in caplog.text
    assert "zorglubix" not in caplog.text.lower()
