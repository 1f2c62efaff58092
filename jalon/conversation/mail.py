"""Sends a request for a call-back to the team by e-mail, over SMTP, when that is configured."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from jalon.settings import Settings

SECONDS = 10


class NotDelivered(Exception):
    """The mail server did not take the message; nothing was sent, and the person must be told so."""


def can_send(settings: Settings) -> bool:
    """Whether a mail server and an address of the team are configured."""
    return bool(settings.smtp_url and settings.callback_to)


def send(settings: Settings, subject: str, body: str) -> None:
    """Send a plain message to the team.

    Raises:
        NotDelivered: the server cannot be reached, refuses us, or refuses the message.
    """
    server = urlsplit(settings.smtp_url)
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = settings.callback_to
    message["From"] = settings.callback_from or settings.callback_to
    message.set_content(body)
    try:
        with _connect(server.scheme, server.hostname or "", server.port) as connection:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as fault:
        raise NotDelivered(f"the mail server of SMTP_URL did not take the message: {type(fault).__name__}") from fault


def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """`smtps` speaks TLS from the start, `smtp` asks for it; `smtp+plain` never does, for a server on this machine."""
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port or 587, timeout=SECONDS)
    if scheme == "smtp":
        connection.starttls(context=ssl.create_default_context())
    return connection
