"""The only reader of the environment: `.env` and variables become one frozen object."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dotenv import dotenv_values


class SettingError(Exception):
    """A variable of the environment is missing or cannot be understood; the message names it and the remedy."""


@dataclass(frozen=True)
class MetaSettings:
    """What Meta's console says of the app, the WhatsApp number and the page; docs/tasks/connect-whatsapp.md.

    Attributes:
        app_secret: signs what Meta sends.
        verify_token: a word of our own that Meta repeats when the webhook is connected.
        graph_url, graph_version: where replies go; `jalon simulate` listens elsewhere.
        whatsapp_number: the id of the telephone number, not the number itself.
        messenger_page: the id of the page.
    """

    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    graph_url: str = "https://graph.facebook.com"
    graph_version: str = "v26.0"
    whatsapp_number: str = ""
    whatsapp_token: str = field(default="", repr=False)
    messenger_page: str = ""
    messenger_token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two machines.

    Attributes:
        home: the folder with config.yml, domain.yml and data/.
        models: the folder for built things.
        database_url: the records database, as SQLAlchemy writes it.
        port: the TCP port of `jalon serve`.
        staff_commands: let text typed in Rasa's own shell start commands (`/restart`); never in production.
        conversation_hours: how long the state of an idle conversation is kept, in hours.
        queue_hours: how long a message or a reply may wait, encrypted, before it is wiped, in hours.
        receipt_days: how long the mark of an answered message is kept, so that a repeat is not answered again, in days.
        unanswered_days: how long counts of what was not answered are kept, in days.
        reply_minutes: how long a page may fetch a reply again that it may have missed, in minutes.
        messages_per_minute: how many messages one conversation may send in a minute.
        network_per_minute: the same for one network; a whole reception centre may share one.
        pepper, encryption_keys: the secrets, see jalon.privacy.keys.
        public_url: how people reach the server, for links on paper and in messages; empty: on paper as each request
            says, in messages none.
        embed_sites: the sites whose pages may show the assistant in a frame, `https://www.example.org`.
        exit_url: the harmless page that "leave" opens in place of ours.
        meta: for WhatsApp and Messenger.
        smtp_url: the mail server for call-back requests, `smtp://user:password@host:587`; empty for none.
        callback_to, callback_from: the team's address, and the sender's when it is another one.
    """

    home: Path
    models: Path
    database_url: str = field(repr=False)
    port: int = 8080
    staff_commands: bool = False
    conversation_hours: int = 24
    queue_hours: int = 24
    receipt_days: int = 8
    unanswered_days: int = 180
    reply_minutes: int = 15
    messages_per_minute: int = 60
    network_per_minute: int = 600
    pepper: str = field(default="", repr=False)
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    public_url: str = ""
    embed_sites: tuple[str, ...] = ()
    exit_url: str = "https://www.meteo.be/"
    meta: MetaSettings = MetaSettings()
    smtp_url: str = ""
    callback_to: str = ""
    callback_from: str = ""

    @property
    def data(self) -> Path:
        """The folder that staff edit."""
        return self.home / "data"

    @property
    def knowledge_db(self) -> Path:
        """The knowledge store built from `data/`."""
        return self.models / "knowledge.db"

    @property
    def language_table(self) -> Path:
        """The n-grams by which languages are recognised."""
        return self.models / "languages.npz"


def read_settings(environment: dict[str, str], home: Path) -> Settings:
    """Build the settings from variables.

    Raises:
        SettingError: a variable holds a value that cannot be understood.
    """
    models = Path(environment.get("JALON_MODELS") or home / "models")
    return Settings(
        home=home,
        models=models,
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{models / 'records.db'}",
        port=_whole_number(environment, "PORT", Settings.port, 1, 65535),
        staff_commands=_yes_or_no(environment, "JALON_STAFF_COMMANDS"),
        conversation_hours=_whole_number(environment, "JALON_CONVERSATION_HOURS", Settings.conversation_hours, 1, 720),
        queue_hours=_whole_number(environment, "JALON_QUEUE_HOURS", Settings.queue_hours, 1, 24),
        # Meta repeats a webhook for seven days.
        receipt_days=_whole_number(environment, "JALON_RECEIPT_DAYS", Settings.receipt_days, 8, 30),
        unanswered_days=_whole_number(environment, "JALON_UNANSWERED_DAYS", Settings.unanswered_days, 1, 730),
        reply_minutes=_whole_number(environment, "JALON_REPLY_MINUTES", Settings.reply_minutes, 1, 60),
        messages_per_minute=_whole_number(
            environment, "JALON_MESSAGES_PER_MINUTE", Settings.messages_per_minute, 1, 1000
        ),
        network_per_minute=_whole_number(
            environment, "JALON_NETWORK_PER_MINUTE", Settings.network_per_minute, 1, 100_000
        ),
        pepper=environment.get("JALON_PEPPER") or "",
        encryption_keys=tuple((environment.get("JALON_ENCRYPTION_KEYS") or "").replace(",", " ").split()),
        public_url=(_web_addresses(environment, "JALON_PUBLIC_URL") or ("",))[0],
        embed_sites=_web_addresses(environment, "JALON_EMBED_SITES"),
        exit_url=environment.get("JALON_EXIT_URL") or Settings.exit_url,
        meta=_meta(environment),
        smtp_url=_smtp_url(environment),
        callback_to=environment.get("CALLBACK_TO") or "",
        callback_from=environment.get("CALLBACK_FROM") or "",
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment over `.env` in the project's folder."""
    home = Path(os.environ.get("JALON_HOME") or Path(__file__).parent.parent).resolve()
    from_file = {key: value for key, value in dotenv_values(home / ".env").items() if value}
    return read_settings({**from_file, **os.environ}, home)


def _meta(environment: dict[str, str]) -> MetaSettings:
    """The settings of the two channels; a channel is either whole or absent."""
    shared = ("META_APP_SECRET", "META_VERIFY_TOKEN")
    for own in (("WHATSAPP_NUMBER_ID", "WHATSAPP_TOKEN"), ("MESSENGER_PAGE_ID", "MESSENGER_TOKEN")):
        missing = [name for name in (*own, *shared) if not environment.get(name)]
        if missing and any(environment.get(name) for name in own):
            raise SettingError(f"{', '.join(missing)} must be set too. Add to .env what Meta's console shows.")
    version = environment.get("META_GRAPH_VERSION") or MetaSettings.graph_version
    if not re.fullmatch(r"v\d+\.\d+", version):
        raise SettingError(f"META_GRAPH_VERSION is {version!r}; write it like {MetaSettings.graph_version} in .env.")
    return MetaSettings(
        app_secret=environment.get("META_APP_SECRET") or "",
        verify_token=environment.get("META_VERIFY_TOKEN") or "",
        graph_url=(environment.get("META_GRAPH_URL") or MetaSettings.graph_url).rstrip("/"),
        graph_version=version,
        whatsapp_number=environment.get("WHATSAPP_NUMBER_ID") or "",
        whatsapp_token=environment.get("WHATSAPP_TOKEN") or "",
        messenger_page=environment.get("MESSENGER_PAGE_ID") or "",
        messenger_token=environment.get("MESSENGER_TOKEN") or "",
    )


def _whole_number(environment: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name)
    if not text:
        return default
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SettingError(
            f"{name} is {text!r}, which is not a whole number from {least} to {most}. Correct it in .env."
        )
    return int(text)


def _web_addresses(environment: dict[str, str], name: str) -> tuple[str, ...]:
    """Scheme and host, without a path: more than that has no meaning in a frame's allow-list."""
    written = (environment.get(name) or "").replace(",", " ").split()
    addresses = tuple(address.rstrip("/") for address in written)
    for address in addresses:
        if not re.fullmatch(r"https?://[a-zA-Z0-9.-]+(:\d+)?", address):
            raise SettingError(f"{name} holds {address!r}. Write https://www.example.org, without a path, in .env.")
    return addresses


def _smtp_url(environment: dict[str, str]) -> str:
    address = environment.get("SMTP_URL") or ""
    if address and not address.startswith(("smtp://", "smtps://", "smtp+plain://")):
        # The value is not shown: it may hold a password.
        raise SettingError("SMTP_URL is no mail server. Write smtp://user:password@host:587 in .env.")
    return address


def _yes_or_no(environment: dict[str, str], name: str) -> bool:
    text = (environment.get(name) or "no").lower()
    if text not in {"yes", "no", "true", "false", "1", "0"}:
        raise SettingError(f"{name} is {text!r}; write yes or no in .env.")
    return text in {"yes", "true", "1"}
