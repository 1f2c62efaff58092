"""Call-back requests by e-mail, to a mail server of the test's own."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from jalon.conversation.mail import NotDelivered, can_send, send


class Inbox:
    """A mail server that keeps what it takes, or refuses everything."""

    def __init__(self, refuses: bool = False) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self._refuses = refuses

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  named by aiosmtpd
        if self._refuses:
            return "554 no"
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def serving():
    started = []

    def serve(inbox: Inbox) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(inbox, hostname="127.0.0.1", port=port)
        controller.start()
        started.append(controller)
        return f"smtp+plain://127.0.0.1:{port}"

    yield serve
    for controller in started:
        controller.stop()


def with_mail(project, url: str):
    return replace(project, smtp_url=url, callback_to="team@example.org", callback_from="jalon@example.org")


def test_the_team_gets_the_request(project, serving):
    inbox = Inbox()
    send(with_mail(project, serving(inbox)), "Rappel", "Langue : somali. Contact : +32 470 12 34 56.")
    ((sender, to, content),) = inbox.taken
    assert (sender, to) == ("jalon@example.org", ["team@example.org"])
    assert b"+32 470 12 34 56" in content


def test_a_server_that_refuses_is_said(project, serving):
    with pytest.raises(NotDelivered):
        send(with_mail(project, serving(Inbox(refuses=True))), "Rappel", "…")


def test_a_server_that_is_not_there_is_said_without_its_password(project):
    with pytest.raises(NotDelivered) as fault:
        send(with_mail(project, "smtp+plain://jalon:geheim@127.0.0.1:9"), "Rappel", "…")
    assert "geheim" not in str(fault.value)


@pytest.mark.parametrize(("url", "to", "able"), [("", "a@example.org", False), ("smtp://x", "", False)])
def test_without_a_server_or_an_address_nothing_can_be_sent(project, url, to, able):
    assert can_send(replace(project, smtp_url=url, callback_to=to)) is able
