"""The page when the network or the server fails: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from page_form import LAWYER, PHONE, WORK, ask, opened, serving, settled, shown, write
from playwright.async_api import Page, Route, expect

from jalon.settings import environment_with

VICTIM = Path(__file__).with_name("victim.py")
# A slow mobile connection: 400 ms to answer, 400 kbit/s.
SLOW = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8, "offline": False}


@pytest.fixture
async def tab(browser, address):
    """A page on which something may go wrong."""
    context = await browser.new_context(viewport=PHONE)
    yield await opened(await context.new_page(), address)
    await context.close()


async def answers(page: Page, count: int) -> None:
    """Wait until so many questions have been answered, each once."""
    await expect(page.locator("#log .message")).to_have_count(1 + 2 * count, timeout=30_000)
    await settled(page)
    await expect(page.locator("#log .message.mine")).to_have_count(count)


async def test_a_message_whose_acknowledgement_was_lost_is_sent_again_and_answered_once(tab):
    asked: list[str] = []

    async def lose(route: Route) -> None:
        asked.append(route.request.post_data)
        await route.fetch()
        await route.abort()

    await tab.route("**/api/messages", lose, times=1)
    async with tab.expect_request("**/api/messages"):
        await write(tab, LAWYER)
    await answers(tab, 1)
    await ask(tab, WORK)
    await answers(tab, 2)
    assert len(asked) == 1


async def test_an_answer_that_comes_before_the_acknowledgement_ends_the_waiting(tab):
    async def dawdle(route: Route) -> None:
        answer = await route.fetch()
        await tab.wait_for_timeout(1500)
        await route.fulfill(response=answer)

    await tab.route("**/api/messages", dawdle)
    await write(tab, LAWYER)
    await answers(tab, 1)


async def test_without_a_network_messages_wait_and_go_when_it_is_back(tab):
    await tab.context.set_offline(True)
    await write(tab, LAWYER)
    await expect(tab.locator("#status")).to_contain_text("réseau")
    await write(tab, WORK)
    await expect(tab.locator("#log .message")).to_have_count(3)
    await tab.context.set_offline(False)
    await answers(tab, 2)
    assert await tab.locator("#log .message.mine").all_inner_texts() == [LAWYER, WORK]


async def test_a_reload_in_the_middle_loses_and_doubles_nothing(tab):
    await tab.context.set_offline(True)
    await write(tab, LAWYER)
    await write(tab, WORK)
    await tab.context.set_offline(False)
    await tab.reload()
    await answers(tab, 2)
    before = await shown(tab)
    await tab.reload()
    await answers(tab, 2)
    assert await shown(tab) == before


async def test_a_second_tap_on_send_sends_nothing_twice(tab):
    await tab.locator("#text").fill(LAWYER)
    await tab.locator("#ask button").dblclick()
    await answers(tab, 1)


async def test_two_tabs_hold_two_conversations(tab):
    other = await opened(await tab.context.new_page(), tab.url.split("/chat")[0])
    await write(tab, LAWYER)
    await write(other, WORK)
    for page, mine in ((tab, LAWYER), (other, WORK)):
        await answers(page, 1)
        await expect(page.locator("#log .message.mine")).to_have_text(mine)


async def test_a_stream_that_a_proxy_keeps_back_is_given_up_for_plain_requests(tab):
    async def keep_back(route: Route) -> None:
        if "event-stream" in route.request.headers["accept"]:
            return  # never answered
        await route.continue_()

    await tab.route("**/api/events", keep_back)
    await write(tab, LAWYER)
    await answers(tab, 1)
    await write(tab, WORK)
    await answers(tab, 2)


async def test_a_conversation_that_has_ended_on_the_server_goes_on_in_a_new_one(tab):
    await ask(tab, LAWYER)

    async def ended(route: Route) -> None:
        await route.fulfill(status=404, json={"error": "ended"})

    await tab.route("**/api/messages", ended, times=1)
    await write(tab, WORK)
    await expect(tab.locator("#log .note")).not_to_be_empty()
    await settled(tab)
    await expect(tab.locator("#log .message.mine")).to_have_text([LAWYER, WORK])
    await expect(tab.locator("#log .message:not(.mine)")).to_have_count(4)


async def test_after_erasing_by_a_sentence_the_next_question_is_answered_in_a_new_conversation(tab):
    await ask(tab, "Efface toute notre conversation")
    await ask(tab, LAWYER)
    await expect(tab.locator("#log .message").last.locator("details")).to_be_visible()


async def test_a_message_that_the_server_refuses_is_given_back(tab):
    async def refuse(route: Route) -> None:
        await route.fulfill(status=413, json={"error": "too long"})

    await tab.route("**/api/messages", refuse, times=1)
    await write(tab, LAWYER)
    await expect(tab.locator("#text")).to_have_value(LAWYER)
    await expect(tab.locator("#log .note")).not_to_be_empty()
    await ask(tab, WORK)


async def test_a_busy_server_is_left_alone_for_as_long_as_it_says(tab):
    moments: list[float] = []

    async def busy(route: Route) -> None:
        moments.append(time.monotonic())
        if len(moments) == 1:
            await route.fulfill(status=429, headers={"Retry-After": "3"}, json={"error": "slow down"})
        else:
            await route.continue_()

    await tab.route("**/api/messages", busy)
    await write(tab, LAWYER)
    await answers(tab, 1)
    assert moments[1] - moments[0] >= 3


# The server dies


@contextmanager
def victim(port: int, folder: Path) -> Iterator[subprocess.Popen]:
    """A server in a process of its own, once it answers; it can be killed."""
    environment = environment_with(PYTHONPATH=str(VICTIM.parents[1]))
    process = subprocess.Popen([sys.executable, VICTIM, str(port), folder], env=environment)
    try:
        while True:
            assert process.poll() is None
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.kill()
        process.wait()


async def test_killing_the_server_in_the_middle_loses_and_doubles_nothing(browser, model, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    context = await browser.new_context(viewport=PHONE)
    with victim(port, tmp_path) as process:
        page = await opened(await context.new_page(), f"http://127.0.0.1:{port}")
        await ask(page, "one")
        for question in ("two", "three", "four"):
            await write(page, question)
        await expect(page.locator("#log .message:not(.mine)")).to_have_count(3)
        os.kill(process.pid, signal.SIGKILL)
        await write(page, "five")
        await expect(page.locator("#status")).to_contain_text("réseau", timeout=30_000)
    with victim(port, tmp_path):
        await answers(page, 5)
        given = await page.locator("#log .message:not(.mine) p:first-child").all_inner_texts()
        assert given[1:] == [
            f"{number}: {said}" for number, said in enumerate(("one", "two", "three", "four", "five"), 1)
        ]
    await context.close()


# No server at all


async def test_the_page_and_the_contact_card_stay_usable_without_a_server(engine, project, browser, store):
    context = await browser.new_context(viewport=PHONE)
    with serving(engine, project) as address:
        page = await opened(await context.new_page(), address)
        await ask(page, LAWYER)
        before = await shown(page)
        # The worker answers for the page from its second load on; by then everything lies in the cache.
        await page.reload()
        await page.wait_for_timeout(1500)
    await page.reload()
    assert await shown(page) == before
    await page.locator("#person").click()
    await expect(page.locator("#people")).to_contain_text(store.entries("organisations")["cai"]["name"])
    await page.locator("#people .close").click()
    await write(page, WORK)
    await expect(page.locator("#status")).to_contain_text("réseau")
    await context.close()


# A slow connection


async def test_on_a_slow_connection_the_page_is_usable_in_three_seconds_and_answers_in_one_more(
    browser, address, record_property
):
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    tools = await context.new_cdp_session(page)
    await tools.send("Network.enable")
    await tools.send("Network.emulateNetworkConditions", SLOW)
    began = time.monotonic()
    await page.goto(f"{address}/chat?lang=fr", wait_until="commit")
    await page.locator("#log .message").first.wait_for()
    usable = time.monotonic() - began
    asked = time.monotonic()
    await write(page, LAWYER)
    await page.locator("#log .message").nth(2).wait_for()
    answered = time.monotonic() - asked
    await context.close()
    print(f"usable {usable:.2f} s, answered {answered:.2f} s")
    assert usable <= 3
    assert answered <= 1
