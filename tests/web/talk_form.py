"""A page without a browser: it sends messages and reads the log of replies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.privacy.keys import new_keys
from jalon.serving import make_app
from jalon.settings import Settings


@contextmanager
def served(
    engine: Engine, project: Settings, records: Records | None = None, ending: bool = False, **changed: Any
) -> Iterator[TestClient]:
    """A client of the application under settings of its own; of one that is about to end, if wanted.

    Its secrets are its own too, so that it must share its records with no other.
    """
    keys = new_keys()
    settings = dataclasses.replace(project, pepper=keys.pepper, encryption_keys=keys.encryption, **changed)
    app = make_app(settings, engine, records or Records("sqlite://"), stopping=lambda: ending)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


class Talk:
    """One conversation of a page."""

    def __init__(self, client: TestClient, **start: Any) -> None:
        self.client = client
        started = client.post("/api/conversation", json=start).json()
        self.name = started["conversation"]
        self.greeting = started["event"]["reply"]
        self.headers = {"Authorization": f"Bearer {self.name}"}
        self.last = 0

    def send(self, **body: Any) -> Response:
        """Send a message; the answer of the server to the sending."""
        return self.client.post("/api/messages", json=body, headers=self.headers)

    def events(self, after: int | None = None) -> list[dict[str, Any]]:
        """The replies after a number, by default the last one that was read."""
        headers = {**self.headers, "Last-Event-ID": str(self.last if after is None else after)}
        found = self.client.get("/api/events", headers=headers).json()["events"]
        self.last = max([self.last, *(event["number"] for event in found)])
        return found

    def ask(self, **body: Any) -> dict[str, Any]:
        """Send a message and read its reply."""
        receipt = self.send(**body).json()["receipt"]
        while not (found := [event for event in self.events() if event["answers"] == receipt]):
            pass
        return found[0]["reply"]

    def erase(self) -> Response:
        """Erase the conversation."""
        return self.client.delete("/api/conversation", headers=self.headers)
