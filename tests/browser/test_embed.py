"""The assistant on the page of another site, as docs/tasks/embed-on-a-website.md says."""

from __future__ import annotations

import re

import pytest
from page_form import LAWYER, PHONE, ask, foreign_site, listening, serving
from playwright.async_api import expect


@pytest.fixture
async def visited(browser, places):
    context = await browser.new_context(viewport={"width": 1000, "height": 800})
    page = await context.new_page()
    await page.goto(places[0])
    yield page
    await context.close()


async def test_the_launcher_opens_the_assistant_and_it_answers(visited):
    launcher = visited.locator("button")
    await expect(launcher).to_be_visible()
    assert (await launcher.bounding_box())["height"] >= 44
    await expect(visited.locator("iframe")).to_have_count(0)
    await launcher.click()
    frame = visited.frame_locator("iframe")
    await expect(frame.locator("#log .message")).to_have_count(1)
    await frame.locator("#text").fill(LAWYER)
    await frame.locator("#ask button").click()
    await expect(frame.locator("#log .message")).to_have_count(3)


async def test_escape_and_the_close_button_close_it_and_give_the_focus_back(visited):
    launcher = visited.locator("button")
    for close in ("Escape", "#close"):
        await launcher.focus()
        await visited.keyboard.press("Enter")
        frame = visited.frame_locator("iframe")
        await expect(frame.locator("#title")).to_be_focused()
        if close == "Escape":
            await visited.keyboard.press(close)
        else:
            await frame.locator(close).click()
        await expect(visited.locator("iframe")).not_to_be_visible()
        await expect(launcher).to_be_focused()


async def test_the_conversation_goes_on_on_the_next_page_of_the_site(visited):
    await visited.locator("button").click()
    frame = visited.frame_locator("iframe")
    await ask_in(frame)
    await visited.reload()
    await visited.locator("button").click()
    await expect(visited.frame_locator("iframe").locator("#log .message")).to_have_count(3)


async def ask_in(frame) -> None:
    await expect(frame.locator("#log .message")).to_have_count(1)
    await ask(frame, LAWYER)
    await expect(frame.locator("#log .message")).to_have_count(3)


async def test_leaving_replaces_the_whole_page_of_the_site(visited, places):
    await visited.locator("button").click()
    frame = visited.frame_locator("iframe")
    await expect(frame.locator("#log .message")).to_have_count(1)
    await frame.locator("#leave").click()
    await visited.wait_for_url(f"{places[0]}/?gone")


async def test_on_a_telephone_it_fills_the_screen(browser, places):
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.goto(places[0])
    await page.locator("button").click()
    box = await page.locator("iframe").bounding_box()
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    await context.close()


async def test_a_site_that_is_not_allowed_gets_a_link_instead(browser, places, engine, project):
    line = ["", ""]
    with listening(foreign_site(line)) as stranger, serving(engine, project, embed_sites=(places[0],)) as ours:
        line[:] = [f'<script async src="{ours}/embed.js"></script>', ours]
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(stranger)
        await page.locator("button").click()
        link = page.locator("a[target=_blank]")
        await expect(link).to_have_attribute("href", re.compile(f"^{ours}/chat"), timeout=15_000)
        await context.close()
