"""Without JavaScript: contacts, articles, search, printing and leaving."""

from __future__ import annotations

import pytest
from page_form import PHONE
from playwright.async_api import expect


@pytest.fixture
async def plain(browser):
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield await context.new_page()
    await context.close()


async def test_the_chat_page_gives_contacts_and_hides_what_would_not_work(plain, address, store):
    await plain.goto(f"{address}/chat?lang=fr")
    await expect(plain.locator(".without .card").first).to_contain_text(store.entries("organisations")["cai"]["name"])
    await expect(plain.locator(".without a[href='tel:112']")).to_be_visible()
    for name in ("ask", "language", "person", "erase", "notice_ok"):
        await expect(plain.locator(f"#{name}")).not_to_be_visible()
    await expect(plain.locator("#leave")).to_be_visible()


async def test_an_answer_is_found_read_and_shown_at_the_counter(plain, address, store):
    await plain.goto(f"{address}/chat?lang=fr")
    await plain.locator(".without a[href^='/a']").click()
    await plain.locator("#q").fill("avocat gratuit")
    await plain.locator("form button").click()
    await plain.locator("a[href^='/a/procedure/lawyer_legal_aid']").first.click()
    await expect(plain.locator("h1")).to_have_text(store.articles["procedure/lawyer_legal_aid"].text("fr").title)
    await plain.locator("a[href*='/card']").click()
    await expect(plain.locator(".paper svg")).to_be_visible()
    await expect(plain.locator("#print")).not_to_be_visible()


async def test_a_script_that_never_comes_leaves_the_contacts_and_the_articles(browser, address):
    """A browser too old for the script, or a network that loses it."""
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.route("**/chat.js", lambda route: route.abort())
    await page.goto(f"{address}/chat?lang=fr")
    await expect(page.locator(".without")).not_to_be_visible()
    await expect(page.locator(".without a[href='tel:112']")).to_be_visible(timeout=10_000)
    await expect(page.locator("#ask")).not_to_be_visible()
    await context.close()
