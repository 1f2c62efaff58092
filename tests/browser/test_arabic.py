"""In Arabic from the first tap to the last: the conversation in its frame on another site, and the counter card."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from icalendar import Calendar
from layout_form import mirrored, sticking_out
from page_form import ask, settled, wrong_on
from playwright.async_api import FrameLocator, Locator, expect

from jalon.knowledge.store import Article
from jalon.languages import known_languages
from jalon.phrases import read_phrases
from jalon.procedure.deadlines import Period, compute_deadline

LAWYER = "هل يمكنني الحصول على محامٍ مجاني؟"
ARTICLE = "procedure/lawyer_legal_aid"
FIVE_DAYS = "٥ أيام"
BLOCKS = "#log .message:not(.mine) :is(p, li, h2, .card > div, strong)"
NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 %
PAPER = {"width": 794, "height": 1123}  # A4


@pytest.fixture
async def site_page(browser, places):
    """The page of another site on a narrow telephone; nothing may go wrong in it, nor in the frame."""
    context = await browser.new_context(viewport=NARROW, locale="fr-BE")
    page = await context.new_page()
    wrong = wrong_on(page)
    await page.goto(places[0])
    yield page
    await context.close()
    assert wrong == []


@pytest.fixture
async def widget(site_page) -> FrameLocator:
    """The assistant in its frame, after Arabic was chosen."""
    await site_page.locator("button").click()
    frame = site_page.frame_locator("iframe")
    await expect(frame.locator("html")).to_have_attribute("lang", "fr")
    await frame.locator("#language").click()
    await frame.locator("#languages a[lang='ar']").click()
    await expect(frame.locator("html")).to_have_attribute("lang", "ar")
    await expect(frame.locator("#log .message")).to_have_count(1)
    await frame.locator("#notice_ok").click()
    return frame


def last(frame: FrameLocator) -> Locator:
    """The last message."""
    return frame.locator("#log .message").last


async def tap(frame: FrameLocator, button: Locator) -> None:
    """Press a button and wait for what it brings."""
    await button.click()
    await settled(frame)


async def assert_is_in_arabic(frame: FrameLocator) -> None:
    """The whole page runs from right to left, nothing is cut off, and names and numbers stand as on paper."""
    parts = frame.locator("html, body, header, main, #log, form, footer, dialog")
    directions = await parts.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert set(directions) == {"rtl"}
    assert await sticking_out(frame.locator("html")) == []
    assert await mirrored(frame.locator(BLOCKS)) == []


async def assert_answers(frame: FrameLocator, article: Article, language: str) -> str:
    """The last message is the article in that language with its sources and its date; returns how it begins."""
    answer = last(frame)
    await expect(answer).to_have_attribute("lang", language)
    await answer.locator("summary").click()
    await expect(answer.locator("details a")).to_have_count(len(article.sources))
    await expect(answer.locator("details a").first).to_be_visible()
    await expect(answer.locator(".checked")).to_contain_text(str(article.checked_on.year))
    await expect(answer.locator(f".tool[href^='/a/{article.name}/card?lang=ar']")).to_be_visible()
    await assert_is_in_arabic(frame)
    return await answer.locator("p").first.inner_text()


async def test_a_question_is_answered_and_the_french_original_is_one_tap_away_and_one_back(widget, store, project):
    article = store.articles[ARTICLE]
    await ask(widget, LAWYER)
    arabic = await assert_answers(widget, article, "ar")
    original = read_phrases(project.data, "ar").buttons["original"]
    await tap(widget, last(widget).get_by_role("button", name=original, exact=True))
    french = await assert_answers(widget, article, "fr")
    back = known_languages(project.data)["ar"].name
    await tap(widget, last(widget).get_by_role("button", name=back, exact=True))
    assert await assert_answers(widget, article, "ar") == arabic != french


async def test_last_days_are_counted_through_the_form_and_go_into_a_calendar(
    widget, site_page, places, store, today, project
):
    buttons = read_phrases(project.data, "ar").buttons
    await ask(widget, LAWYER)
    # The answer's own button brings its letter along; after that, the form asks for one.
    for letter, paper, received in (("cgra_decision", "", "yesterday"), ("annexe_26quater", "26quater", "today")):
        await tap(widget, last(widget).locator(".choices button:has(.i-compute_deadline)"))
        if paper:
            await tap(widget, last(widget).locator(".choices button", has_text=paper))
        await assert_is_in_arabic(widget)
        await tap(widget, last(widget).get_by_role("button", name=buttons[received], exact=True))
        await ask(widget, FIVE_DAYS)
        day = today - dt.timedelta(days=1) if received == "yesterday" else today
        counted = compute_deadline(store.trigger(letter), day, today, date_of="receipt", period=Period(5, "day"))
        answer = last(widget)
        await expect(answer).to_have_attribute("lang", "ar")
        await expect(answer.locator(".lead")).to_contain_text(f"{counted.last_day.year}")
        await expect(answer.locator("section.card li")).not_to_have_count(0)
        await assert_is_in_arabic(widget)
        reminder = await answer.locator(".tool:has(.i-calendar)").get_attribute("href")
        file = await site_page.request.get(f"{places[1]}{reminder}")
        (event,) = Calendar.from_ical(await file.body()).walk("VEVENT")
        assert event.decoded("dtstart") == counted.last_day
        assert re.search("[\u0600-\u06ff]", str(event["summary"]))


# The counter card


@pytest.fixture
async def card(browser, address):
    """The counter card of the article on a narrow telephone, for somebody who reads Arabic."""
    context = await browser.new_context(viewport=NARROW, bypass_csp=True)
    page = await context.new_page()
    wrong = wrong_on(page)
    await page.goto(f"{address}/a/{ARTICLE}/card?lang=ar")
    yield page
    await context.close()
    assert wrong == []


@pytest.mark.parametrize("letters", ["100%", "200%"])
async def test_the_card_is_read_from_both_sides_of_a_counter_in_large_letters(card, store, letters):
    await card.add_style_tag(content=f"html {{ font-size: {letters}; }}")
    columns = card.locator(".columns section")
    assert await columns.evaluate_all("all => all.map(one => [one.lang, one.dir])") == [["fr", "ltr"], ["ar", "rtl"]]
    await expect(card.locator("html")).to_have_attribute("dir", "rtl")
    article = store.articles[ARTICLE]
    for column, language in zip(await columns.all(), ("fr", "ar"), strict=True):
        await expect(column.locator("h2")).to_have_text(article.text(language).title)
        await expect(column.locator("ul.meta a")).to_have_count(len(article.sources))
        await expect(column.locator("p.meta")).to_contain_text(str(article.checked_on.year))
    assert min(await sizes(card.locator(".columns :is(p, ol li):not(.meta)"))) >= 1.25 * min(
        await sizes(card.locator("body"))
    )
    assert await sticking_out(card.locator("html")) == []
    assert await mirrored(card.locator(".columns :is(h2, p, li), .paper p")) == []


async def sizes(texts: Locator) -> list[float]:
    """How large the letters of elements are, in pixels."""
    return await texts.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")


async def test_on_paper_french_stands_beside_arabic_and_nothing_of_the_screen(card):
    await card.set_viewport_size(PAPER)
    await card.emulate_media(media="print")
    french, arabic = [await column.bounding_box() for column in await card.locator(".columns section").all()]
    assert french["y"] == arabic["y"]
    assert arabic["x"] + arabic["width"] <= french["x"]
    for part in ("header", "#print"):
        await expect(card.locator(part)).not_to_be_visible()
    await expect(card.locator(".paper svg")).to_be_visible()
    assert await card.locator(".paper p[lang]").evaluate_all("all => all.map(one => one.lang)") == ["fr", "ar"]
    assert await sticking_out(card.locator("html")) == []
    assert await mirrored(card.locator(".columns :is(h2, p, li), .paper p")) == []
    assert (await card.pdf(format="A4")).startswith(b"%PDF")
