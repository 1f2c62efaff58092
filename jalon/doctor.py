"""`jalon doctor`: what is missing on this machine, and how to fix it."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from jalon.channels.graph import VERSION_ENDS
from jalon.procedure.today import belgian_today
from jalon.settings import Settings

FREE_BYTES = 500 * 1024 * 1024
WARN_DAYS = 90  # before a version of Meta's API ends


@dataclass(frozen=True)
class Symptom:
    """One thing that was looked at: whether it is well, what was found, what to do otherwise."""

    well: bool
    what: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Symptom]:
    """Look at everything the assistant needs."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Symptom(sys.version_info[:2] == (3, 11), f"Python {version}", "Run `uv sync`; it installs Python 3.11.")
    for package in ("rasa", "rasa_sdk", "spacy", "sklearn", "sqlalchemy", "starlette"):
        found = importlib.util.find_spec(package) is not None
        yield Symptom(found, f"package {package}", "Run `uv sync`.")
    yield Symptom(
        (settings.home / "domain.yml").exists(),
        "domain.yml",
        "Run the command in the project's folder, or set JALON_HOME.",
    )
    yield Symptom(
        (settings.home / ".env").exists(), ".env (optional)", "Copy .env.example to .env to change a setting."
    )
    yield Symptom(settings.knowledge_db.exists(), "knowledge store", "Run `jalon train`.")
    yield Symptom(settings.language_table.exists(), "table of languages", "Run `jalon train`.")
    model = any(settings.models.glob("jalon-*.tar.gz"))
    yield Symptom(model, "trained model", "Run `jalon train`.")
    free = shutil.disk_usage(settings.home).free
    yield Symptom(free > FREE_BYTES, f"{free // 2**20} MB free on the disk", "Free at least 500 MB.")
    yield Symptom(_port_free(settings.port), f"port {settings.port} is free", "Stop what uses it, or set PORT in .env.")
    yield from _meta(settings)
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    yield Symptom(browser is not None, "Chromium (only for the browser tests)", "Run `apt-get install chromium`.")


def _meta(settings: Settings) -> Iterator[Symptom]:
    """The channels of Meta, where they are set up."""
    meta = settings.meta
    for name, account in (("WhatsApp", meta.whatsapp_number), ("Messenger", meta.messenger_page)):
        page = f"docs/tasks/connect-{name.lower()}.md"
        yield Symptom(bool(account), f"{name} (optional)", f"See {page} to set it up.")
    if not (meta.whatsapp_number or meta.messenger_page):
        return
    yield Symptom(bool(settings.public_url), "JALON_PUBLIC_URL (for links in messages)", "Set it in .env.")
    end = VERSION_ENDS.get(meta.graph_version)
    if end:
        left = (end - belgian_today()).days
        what = f"Graph API {meta.graph_version} until {end.isoformat()}"
        yield Symptom(left > WARN_DAYS, what, "Read Meta's changelog and set a later META_GRAPH_VERSION in .env.")
    known = meta.graph_version in VERSION_ENDS or _number(meta.graph_version) > max(map(_number, VERSION_ENDS))
    yield Symptom(known, f"Graph API {meta.graph_version} is offered", "Set a later META_GRAPH_VERSION in .env.")


def _number(version: str) -> float:
    return float(version.removeprefix("v"))


def _port_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
