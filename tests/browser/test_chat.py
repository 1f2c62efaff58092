"""The assistant's page in a real browser. Its security policy forbids eval, so only locators look into it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import uvicorn
from playwright.async_api import Browser, Page, Route, async_playwright, expect

from jalon.privacy.keys import new_keys
from jalon.serving import make_app

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
RELATED = "Faire un recours"  # the button of an article that the answer leads to
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        message = "Chromium is not installed: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="module")
def address(engine, records, project, chromium) -> Iterator[str]:
    """The served application."""
    keys = new_keys()
    served = dataclasses.replace(project, pepper=keys.pepper, encryption_keys=keys.encryption)
    app = make_app(served, engine, records)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
async def browser(chromium) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The page of one person on a telephone; nothing may go wrong in it."""
    context = await browser.new_context(viewport=PHONE)
    opened = await context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    await opened.goto(f"{address}/chat")
    await expect(opened.locator("#log .message")).to_have_count(1)
    yield opened
    await context.close()
    assert wrong == []


async def ask(page: Page, question: str) -> None:
    await page.locator("#text").fill(question)
    await page.locator("#ask button").click()
    await settled(page)


async def settled(page: Page) -> None:
    await expect(page.locator("#status")).to_have_text("")


async def test_the_greeting_appears_with_its_buttons(page):
    greeting = page.locator("#log .message").first
    await expect(greeting.locator("p").first).not_to_be_empty()
    assert await greeting.locator(".choices button").count() >= 3


async def test_a_question_can_be_asked_with_the_keyboard_alone(page):
    await page.keyboard.press("Tab")
    await expect(page.locator("a.skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type(LAWYER)
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .message")).to_have_count(3)
    await expect(page.locator("#log .message.mine")).to_have_text(LAWYER)
    await expect(page.locator("#text")).to_have_value("")


async def test_a_button_can_be_reached_and_pressed_with_the_keyboard(page):
    button = page.locator(".choices button:enabled").first
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.locator(".choices button:focus").count():
            break
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .message")).to_have_count(3)


async def test_an_answer_shows_its_sources_and_its_date(page, store, today):
    await ask(page, LAWYER)
    answer = page.locator("#log .message").last
    article = store.articles["procedure/lawyer_legal_aid"]
    await expect(answer.locator(".checked")).to_contain_text(str(article.checked_on.year))
    links = answer.locator("details a")
    await expect(links).to_have_count(len(article.sources))
    await expect(links.first).not_to_be_visible()
    await answer.locator("summary").click()
    await expect(links.first).to_be_visible()
    assert [await link.get_attribute("href") for link in await links.all()] == [
        source.url for source in article.sources
    ]


async def test_a_pressed_button_is_answered_and_older_buttons_no_longer_work(page):
    await ask(page, LAWYER)
    button = page.locator("#log .message").last.locator(".choices button").first
    title = await button.inner_text()
    await button.click()
    await settled(page)
    await expect(page.locator("#log .message.mine").last).to_have_text(title)
    await expect(page.locator("#log .message")).to_have_count(5)
    assert await page.locator("#log .message").last.locator(".choices button:enabled").count()
    await expect(page.locator("#log .message").nth(2).locator(".choices button:enabled")).to_have_count(0)


async def test_reloading_keeps_the_transcript_and_the_conversation(page):
    await ask(page, LAWYER)
    before = await page.locator("#log .message").all_inner_texts()
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(len(before))
    assert await page.locator("#log .message").all_inner_texts() == before
    await page.locator("#log .message").last.get_by_role("button", name=RELATED).click()
    await settled(page)
    await expect(page.locator("#log .message").last.locator(".checked")).to_be_visible()


async def test_a_new_conversation_begins_with_an_empty_page(page):
    await ask(page, LAWYER)
    await page.locator("#fresh").click()
    await expect(page.locator("#log .message")).to_have_count(1)
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(1)


async def test_what_a_person_types_is_shown_as_text_and_never_run(page):
    typed = "<img src=x onerror=alert(1)><b>Bonjour</b>"
    await ask(page, typed)
    mine = page.locator("#log .message.mine")
    await expect(mine).to_have_text(typed)
    await expect(mine.locator("img, b")).to_have_count(0)


async def test_nothing_is_asked_of_another_site(browser, address):
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{address}/chat")
    await ask(page, LAWYER)
    await context.close()
    assert len(asked) >= 4
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


async def test_a_narrow_telephone_needs_no_horizontal_scroll(page):
    await ask(page, LAWYER)
    await ask(page, "Mon mari me frappe, j'ai peur")
    for part in await page.locator("header, .notice, .message, .message *, form *").all():
        box = await part.bounding_box()
        if box and box["height"]:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
    for button in await page.locator("button:visible").all():
        assert (await button.bounding_box())["height"] >= 44


async def test_a_question_whose_answer_was_lost_on_the_way_is_asked_again_and_answered_once(browser, address):
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{address}/chat")
    await expect(page.locator("#log .message")).to_have_count(1)
    asked: list[str] = []

    async def lose(route: Route) -> None:
        asked.append(route.request.post_data)
        await route.fetch()
        await route.abort()

    await page.route("**/messages", lose, times=1)
    await page.locator("#text").fill(LAWYER)
    await page.locator("#ask button").click()
    await expect(page.locator("#text")).to_have_value(LAWYER)
    async with page.expect_request("**/messages") as again:
        await page.locator("#ask button").click()
    await settled(page)
    assert (await again.value).post_data == asked[0]
    await expect(page.locator("#log .message").last.locator(".checked")).to_be_visible()
    await context.close()


async def test_without_a_network_the_question_is_given_back(browser, address):
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{address}/chat")
    await expect(page.locator("#log .message")).to_have_count(1)
    await context.set_offline(True)
    await page.locator("#text").fill(LAWYER)
    await page.locator("#ask button").click()
    await expect(page.locator("#text")).to_have_value(LAWYER)
    await expect(page.locator("#status")).not_to_be_empty()
    await context.close()
