"""Reading aloud: offered where the device has a voice for the language, absent where it has none."""

from __future__ import annotations

import pytest
from page_form import LAWYER, PHONE, ask, opened
from playwright.async_api import expect

# Chromium without a desktop has no voice; this one writes down what it is told to say.
VOICES = """
const said = [];
const voices = [{ lang: "%s", name: "invented" }];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices, addEventListener() {}, cancel() { document.documentElement.dataset.said = ""; },
  speak(spoken) { document.documentElement.dataset.said += `[${spoken.lang}] ${spoken.text}`; },
} });
"""


@pytest.fixture
def with_voice(browser, address):
    """Opens a page on a device with one voice."""

    async def make(language: str):
        context = await browser.new_context(viewport=PHONE)
        await context.add_init_script(VOICES % language)
        return await opened(await context.new_page(), address)

    return make


async def test_an_answer_is_read_aloud_and_stops_when_told(with_voice):
    page = await with_voice("fr-BE")
    await ask(page, LAWYER)
    answer = page.locator("#log .message").last
    await answer.locator(".listen").click()
    first = (await answer.locator("p").first.inner_text())[:50]
    html = page.locator("html")
    assert f"[fr-BE] {first}" in await html.get_attribute("data-said")
    await expect(page.locator("#listen")).to_have_attribute("aria-pressed", "true")
    await page.locator("#listen").click()
    await expect(html).to_have_attribute("data-said", "")
    await expect(page.locator("#listen")).to_have_attribute("aria-pressed", "false")
    await page.context.close()


async def test_writing_stops_the_voice(with_voice):
    page = await with_voice("fr-FR")
    await page.locator("#listen").click()
    await expect(page.locator("#listen")).to_have_attribute("aria-pressed", "true")
    await ask(page, LAWYER)
    await expect(page.locator("#listen")).to_have_attribute("aria-pressed", "false")
    await page.context.close()


async def test_a_voice_of_another_language_is_not_used(with_voice):
    page = await with_voice("nl-BE")
    await ask(page, LAWYER)
    await expect(page.locator("#listen")).not_to_be_visible()
    await expect(page.locator(".listen:visible")).to_have_count(0)
    await page.context.close()


async def test_a_device_without_a_voice_shows_no_button(page):
    await ask(page, LAWYER)
    await expect(page.locator("#listen")).not_to_be_visible()
    await expect(page.locator(".listen:visible")).to_have_count(0)
