"""What the tests of the page do on it, and the server they do it with."""

from __future__ import annotations

import dataclasses
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from playwright.async_api import FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.privacy.keys import new_keys
from jalon.serving import make_app
from jalon.settings import Settings

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
WORK = "À partir de quand un demandeur d'asile peut-il travailler ?"
PHONE = {"width": 360, "height": 640}


@contextmanager
def listening(app: ASGIApp) -> Iterator[str]:
    """The address of an application while it is served."""
    listener = socket.create_server(("127.0.0.1", 0))
    options = {"log_level": "error", "ws": "none", "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@contextmanager
def serving(engine: Engine, project: Settings, records: Records | None = None, **changed: Any) -> Iterator[str]:
    """The address of the assistant under settings, secrets and records of its own."""
    keys = new_keys()
    settings = dataclasses.replace(project, pepper=keys.pepper, encryption_keys=keys.encryption, **changed)
    with listening(make_app(settings, engine, records or Records("sqlite://"))) as address:
        yield address


def foreign_site(line: list[str]) -> ASGIApp:
    """Another site with one page, whose editor has pasted the line; its own policy is strict about inline code."""

    async def page(request: Request) -> HTMLResponse:
        policy = f"default-src 'self'; script-src {line[1]}; frame-src {line[1]}"
        body = f"<!doctype html><html lang=fr><title>Site</title><h1>Site</h1><a href=/>x</a>{line[0]}</html>"
        return HTMLResponse(body, headers={"Content-Security-Policy": policy})

    async def icon(request: Request) -> Response:
        return Response(status_code=204)

    return Starlette(routes=[Route("/", page), Route("/favicon.ico", icon)])


def wrong_on(page: Page) -> list[str]:
    """What goes wrong on the page from now on: errors of its scripts, and what the console calls an error."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    return wrong


async def opened(page: Page, address: str, language: str = "fr") -> Page:
    """The page after its greeting, the notice read."""
    await page.goto(f"{address}/chat?lang={language}")
    await expect(page.locator("#log .message")).to_have_count(1)
    await page.locator("#notice_ok").click()
    return page


async def write(page: Page | FrameLocator, question: str) -> None:
    """Type and send, without waiting for the answer."""
    await page.locator("#text").fill(question)
    await page.locator("#ask button").click()


async def ask(page: Page | FrameLocator, question: str) -> None:
    """Type, send and wait for the answer."""
    await write(page, question)
    await settled(page)


async def settled(page: Page | FrameLocator) -> None:
    """Wait until nothing is waited for."""
    await expect(page.locator("#status")).to_have_text("", timeout=20_000)


async def shown(page: Page) -> list[str]:
    """Every message on the page."""
    return await page.locator("#log .message").all_inner_texts()
