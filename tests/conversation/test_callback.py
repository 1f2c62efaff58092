"""A request for a call-back, from the question to the team's letter box: a mail server of the test's own takes it."""

from __future__ import annotations

import datetime as dt
import socket
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from actions import callback, care
from jalon.scenarios import leads_to

CONTACT = "0470 12 34 56"  # invented


class Letterbox:
    """Keeps what it takes."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  named by aiosmtpd
        self.taken.append(envelope.content)
        return "250 OK"


@pytest.fixture
def letterbox(project, monkeypatch):
    box = Letterbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    configured = replace(project, smtp_url=f"smtp+plain://127.0.0.1:{port}", callback_to="team@example.org")
    for module in (callback, care):
        monkeypatch.setattr(module, "settings", lambda: configured)
    yield box
    controller.stop()


async def press(engine, conversation, turn, what):
    names = [leads_to(button.payload) for button in turn.reply.buttons]
    return await engine.turn(conversation, choice=names.index(what) + 1)


async def asked_for(engine):
    """A conversation in which everything but the yes has been said."""
    conversation = engine.new_conversation()
    turn = await engine.turn(conversation, "Je voudrais parler avec une vraie personne")
    turn = await press(engine, conversation, turn, "request_callback")
    turn = await engine.turn(conversation, "en arabe")
    turn = await press(engine, conversation, turn, "family")
    return conversation, await engine.turn(conversation, f"mon numéro c'est {CONTACT}")


def kept(engine, conversation, records):
    state = records.load(conversation, dt.datetime.now(dt.UTC))
    return str(state.slots) if state else ""


async def test_after_a_yes_the_team_gets_it_and_the_number_is_forgotten(engine, records, letterbox):
    conversation, preview = await asked_for(engine)
    assert "+32 470 12 34 56" in preview.reply.text
    assert letterbox.taken == []
    sent = await press(engine, conversation, preview, "yes")
    assert b"+32 470 12 34 56" in letterbox.taken[0]
    assert sent.reply.contacts
    assert "470" not in kept(engine, conversation, records)


@pytest.mark.parametrize("answer", ["no", "cancel"])
async def test_without_a_yes_nothing_is_sent_and_the_number_is_forgotten(engine, records, letterbox, answer):
    conversation, preview = await asked_for(engine)
    await press(engine, conversation, preview, answer)
    assert letterbox.taken == []
    assert "470" not in kept(engine, conversation, records)


async def test_without_a_mail_server_no_call_back_is_offered(engine):
    turn = await engine.turn(engine.new_conversation(), "Je voudrais parler avec une vraie personne")
    assert "request_callback" not in [leads_to(button.payload) for button in turn.reply.buttons]
