"""Chromium, the served assistant, and the page of one person on a telephone."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from page_form import PHONE, foreign_site, listening, opened, serving, wrong_on
from playwright.async_api import Browser, Page, async_playwright

TASK = Path(__file__).parents[2] / "docs" / "tasks" / "embed-on-a-website.md"

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        message = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def address(engine, project, chromium) -> Iterator[str]:
    """The served assistant."""
    with serving(engine, project) as served:
        yield served


@pytest.fixture(scope="module")
async def browser(chromium) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        await launched.close()


@pytest.fixture(scope="module")
def places(engine, project, chromium) -> Iterator[tuple[str, str]]:
    """A foreign site with the line of the task's page, and the assistant that allows it; both on ports of their own."""
    line: list[str] = ["", ""]
    pasted = re.search(r"^<script async .*</script>$", TASK.read_text("utf-8"), re.M)[0]
    with (
        listening(foreign_site(line)) as foreign,
        serving(engine, project, embed_sites=(foreign,), exit_url=f"{foreign}/?gone") as ours,
    ):
        line[:] = [re.sub(r"https://[^/]+", ours, pasted), ours]
        yield foreign, ours


@pytest.fixture
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The page of one person on a telephone; nothing may go wrong in it.

    The security policy forbids eval, so that tests look into it with locators only.
    """
    context = await browser.new_context(viewport=PHONE)
    made = await context.new_page()
    wrong = wrong_on(made)
    yield await opened(made, address)
    await context.close()
    assert wrong == []
