"""WCAG 2.2 AA: axe-core over every page and state, keyboard, zoom, targets, motion."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from layout_form import sticking_out
from page_form import LAWYER, PHONE, ask, opened, write
from playwright.async_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ARTICLE = "/a/procedure/lawyer_legal_aid"


async def faults(page: Page) -> list[str]:
    """What axe-core finds, as lines that name the rule and the elements."""
    found = await Axe().run(page, options=RULES)
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found.response["violations"]]


@pytest.fixture(params=["fr", "ar"])
async def looked_at(request, browser, address):
    """A page that axe may look into, in both directions."""
    # As long as the page: what a bar covers for the moment would count as too small.
    tall = {"width": PHONE["width"], "height": 12000}
    context = await browser.new_context(viewport=tall, bypass_csp=True, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(f"{address}/chat?lang={request.param}")
    await expect(page.locator("#log .message")).to_have_count(1)
    yield page, request.param
    await context.close()


async def test_every_state_of_the_chat_page(looked_at):
    page, _ = looked_at
    states = {"first visit": await faults(page)}
    await page.locator("#notice_ok").click()
    await ask(page, LAWYER)
    await page.locator("#log .message").last.locator("summary").click()
    states["answer"] = await faults(page)
    for name, question in (
        ("danger", "Mon mari me frappe, j'ai peur"),
        ("refusal", "Quel temps fera-t-il demain à Paris ?"),
        ("service", "Où trouver un médecin à Dinant ?"),
        ("steps", "Quelles sont les prochaines étapes ?"),
        ("form", "J'ai reçu une décision du CGRA hier, quel est le dernier jour pour le recours ?"),
        ("last day", "5 jours"),
    ):
        await ask(page, question)
        states[name] = await faults(page)
    await expect(page.locator(".tool:has(.i-calendar)")).to_have_count(1)
    for name, panel in (("language", "languages"), ("person", "people"), ("erase", "erased")):
        await page.locator(f"#{name}").click()
        await expect(page.locator(f"#{panel}")).to_be_visible()
        states[panel] = await faults(page)
        await page.locator(f"#{panel} .close").click()
    await page.context.set_offline(True)
    await write(page, LAWYER)
    await expect(page.locator("#status")).not_to_be_empty()
    states["offline"] = await faults(page)
    assert {name: found for name, found in states.items() if found} == {}


@pytest.mark.parametrize(
    "path",
    [
        "/a",
        "/a?q=avocat",
        "/a?q=zzzz",
        ARTICLE,
        f"{ARTICLE}/card",
        "/steps/applicant",
        "/knowledge",
        f"/knowledge{ARTICLE[2:]}",
    ],
)
async def test_every_other_page(browser, address, path):
    context = await browser.new_context(bypass_csp=True)
    page = await context.new_page()
    found = {}
    for language in ("fr", "ar"):
        await page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        found[language] = await faults(page)
    await context.close()
    assert found == {"fr": [], "ar": []}


async def test_axe_finds_a_fault_that_is_there(looked_at):
    page, _ = looked_at
    await page.set_content("<!doctype html><html><title>x</title><img src=x><input>")
    assert any(line.startswith("image-alt") for line in await faults(page))


@pytest.mark.parametrize("width", [1280, 360, 320])
async def test_nothing_is_cut_off_from_a_desk_to_four_hundred_percent(browser, address, width):
    """At 400 % a screen of 1280 by 1024 is 320 by 256 pixels wide, WCAG 1.4.10."""
    context = await browser.new_context(viewport={"width": width, "height": 256 if width == 320 else 640})
    page = await opened(await context.new_page(), address)
    await ask(page, LAWYER)
    await ask(page, "Mon mari me frappe, j'ai peur")
    assert await sticking_out(page.locator("html")) == []
    await context.close()


async def test_everything_to_tap_is_forty_four_pixels_high(page):
    await ask(page, LAWYER)
    await ask(page, "Mon mari me frappe, j'ai peur")
    await page.locator("#log summary").first.click()
    small = {}
    for target in await page.locator("button:visible, summary:visible, a:visible, label:has(input):visible").all():
        height = (await target.bounding_box())["height"]
        if height < 44:
            small[await target.inner_text()] = height
    assert small == {}


async def test_answers_are_announced_politely_and_once(page):
    await expect(page.locator("#log")).to_have_attribute("role", "log")
    await expect(page.locator("#log")).to_have_attribute("aria-live", "off")
    await ask(page, LAWYER)
    announced = await page.locator("#announcer[aria-live=polite]").inner_text()
    assert announced.startswith((await page.locator("#log .message").last.locator("p").first.inner_text())[:60])


async def test_the_whole_page_can_be_walked_with_the_keyboard_in_the_order_of_the_screen(page):
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(1)
    order = []
    for _ in range(14):
        await page.keyboard.press("Tab")
        for name in ("language", "person", "leave", "log", "text", "erase"):
            if await page.locator(f"#{name}:focus").count():
                order.append(name)
    assert order[:6] == ["language", "person", "leave", "log", "text", "erase"]


async def test_nothing_moves_for_who_asked_for_no_motion(browser, address):
    found = {}
    for motion in ("reduce", "no-preference"):
        context = await browser.new_context(reduced_motion=motion)
        page = await opened(await context.new_page(), address)
        found[motion] = await page.locator("html").evaluate("one => getComputedStyle(one).scrollBehavior")
        await context.close()
    assert found == {"reduce": "auto", "no-preference": "smooth"}
