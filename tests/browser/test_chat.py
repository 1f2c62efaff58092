"""What a person does on the page."""

from __future__ import annotations

import json
import re

import pytest
from page_form import LAWYER, PHONE, WORK, ask, opened, serving, settled, shown
from playwright.async_api import expect
from sqlalchemy import func, select

from jalon.conversation.records import Records
from jalon.conversation.tables import CONVERSATIONS


async def test_the_greeting_appears_with_its_buttons(page):
    greeting = page.locator("#log .message").first
    await expect(greeting.locator("p").first).not_to_be_empty()
    assert await greeting.locator(".choices button").count() >= 3


async def test_the_first_visit_begins_with_the_notice_and_the_next_page_does_not(browser, address):
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    await page.goto(f"{address}/chat?lang=fr")
    await expect(page.locator("#notice_ok")).to_be_in_viewport(ratio=0)
    await expect(page.locator("#title")).to_be_in_viewport()
    await page.locator("#notice_ok").click()
    await expect(page.locator("#notice_ok")).not_to_be_visible()
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(1)
    await expect(page.locator("#notice_ok")).not_to_be_visible()
    await context.close()


async def test_a_question_can_be_asked_with_the_keyboard_alone(page):
    await page.reload()
    await page.keyboard.press("Tab")
    await expect(page.locator("a.skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type(LAWYER)
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .message")).to_have_count(3)
    await expect(page.locator("#log .message.mine")).to_have_text(LAWYER)
    await expect(page.locator("#text")).to_have_value("")
    await expect(page.locator("#text")).to_be_focused()


async def test_a_button_can_be_reached_and_pressed_with_the_keyboard_and_keeps_the_focus(page):
    button = page.locator(".choices button").first
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.locator(".choices button:focus").count():
            break
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .message")).to_have_count(3)
    await expect(button).to_be_focused()


async def test_an_answer_shows_its_sources_and_its_date_when_they_are_unfolded(page, store):
    await ask(page, LAWYER)
    answer = page.locator("#log .message").last
    article = store.articles["procedure/lawyer_legal_aid"]
    links = answer.locator("details a")
    await expect(links).to_have_count(len(article.sources))
    await expect(links.first).not_to_be_visible()
    await answer.locator("summary").click()
    await expect(links.first).to_be_visible()
    await expect(answer.locator(".checked")).to_contain_text(str(article.checked_on.year))
    assert [await link.get_attribute("href") for link in await links.all()] == [
        source.url for source in article.sources
    ]


async def test_a_pressed_button_is_answered(page):
    await ask(page, LAWYER)
    button = page.locator("#log .message").last.locator(".choices button").first
    title = await button.inner_text()
    await button.click()
    await settled(page)
    await expect(page.locator("#log .message.mine").last).to_have_text(title)
    await expect(page.locator("#log .message")).to_have_count(5)


async def test_the_easy_version_is_one_tap_away(page, store):
    await ask(page, LAWYER)
    await page.locator("#log .message").last.locator(".tool:has(.i-simpler)").click()
    await settled(page)
    easy = await page.locator("#log .message").last.locator("p").first.inner_text()
    assert easy[:40] in store.articles["procedure/lawyer_legal_aid"].text("fr").parts["easy"]


async def test_steps_are_a_checklist_that_a_reload_keeps(page):
    await ask(page, LAWYER)
    await page.locator(".steps label").nth(1).click()
    count = await page.locator(".steps input").count()
    await page.reload()
    await expect(page.locator(".steps input")).to_have_count(count)
    ticked = [await box.is_checked() for box in await page.locator(".steps input").all()]
    assert ticked == [at == 1 for at in range(count)]


async def test_reloading_keeps_the_transcript_and_the_conversation(page):
    await ask(page, LAWYER)
    before = await shown(page)
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(len(before))
    assert await shown(page) == before
    await page.locator("#log .message").last.locator(".choices button").first.click()
    await expect(page.locator("#log .message")).to_have_count(len(before) + 2)


async def test_what_a_person_types_is_shown_as_text_and_never_run(page):
    typed = "<img src=x onerror=alert(1)><b>Bonjour</b>"
    await ask(page, typed)
    mine = page.locator("#log .message.mine")
    await expect(mine).to_have_text(typed)
    await expect(mine.locator("img, b")).to_have_count(0)


async def test_nothing_is_asked_of_another_site_and_no_cookie_is_set(browser, address):
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await opened(page, address)
    await ask(page, LAWYER)
    for path in ("/a", "/a/procedure/lawyer_legal_aid", "/a/procedure/lawyer_legal_aid/card"):
        await page.goto(f"{address}{path}")
    assert await context.cookies() == []
    await context.close()
    assert len(asked) >= 12
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


# A person, leaving, erasing


async def test_the_contact_card_opens_and_gives_the_focus_back(page, store):
    await page.locator("#person").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#people")).to_contain_text(store.entries("organisations")["cai"]["name"])
    await expect(page.locator("#people a[href='tel:112']")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#people")).not_to_be_visible()
    await expect(page.locator("#person")).to_be_focused()


async def test_erasing_says_what_was_erased_and_begins_anew(page):
    await ask(page, LAWYER)
    await page.locator("#erase").click()
    await expect(page.locator("#erased_what")).to_have_text(re.compile(r"\b[a-z2-7]{8}\b"))
    await page.locator("#erased .close").click()
    await expect(page.locator("#log .message")).to_have_count(1)
    await page.reload()
    await expect(page.locator("#log .message")).to_have_count(1)


async def test_leaving_erases_the_conversation_and_replaces_the_page(engine, project, browser):
    records = Records("sqlite://")
    with serving(engine, project, records, exit_url="http://127.0.0.1:1/") as address:
        context = await browser.new_context(viewport=PHONE)
        page = await opened(await context.new_page(), address)
        await context.route("http://127.0.0.1:1/", lambda route: route.fulfill(body="weather"))
        await ask(page, LAWYER)
        kept = conversations(records)
        await page.locator("#leave").click()
        await expect(page.locator("body")).to_have_text("weather")
        while conversations(records) != kept - 1:
            await page.wait_for_timeout(50)
        await page.go_back()
        await expect(page.locator("#log")).to_have_count(0)
        await page.goto(f"{address}/chat?lang=fr")
        await expect(page.locator("#log .message")).to_have_count(1)
        await expect(page.locator("#notice_ok")).to_be_visible()
        await context.close()


def conversations(records) -> int:
    """How many conversations are kept."""
    with records.reading() as connection:
        return connection.execute(select(func.count()).select_from(CONVERSATIONS)).scalar()


# Languages


@pytest.fixture
async def arabic(browser, address):
    context = await browser.new_context(viewport=PHONE)
    yield await opened(await context.new_page(), address, "ar")
    await context.close()


async def test_a_page_from_right_to_left_is_mirrored(arabic):
    await expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    listen, leave = [await arabic.locator(f"#{name}").bounding_box() for name in ("language", "leave")]
    assert listen["x"] > leave["x"]
    field, send = [await arabic.locator(f"#ask {name}").bounding_box() for name in ("textarea", "button")]
    assert field["x"] > send["x"]


async def test_each_message_names_its_language_and_direction(arabic):
    greeting = arabic.locator("#log .message").first
    assert [await greeting.get_attribute(name) for name in ("lang", "dir")] == ["ar", "rtl"]
    await expect(greeting.locator("bdi").first).to_have_text("CAI")
    await ask(arabic, LAWYER)
    answer = arabic.locator("#log .message").last
    language, direction = [await answer.get_attribute(name) for name in ("lang", "dir")]
    assert direction == {"fr": "ltr", "ar": "rtl"}[language]


async def test_each_paragraph_has_the_direction_of_its_words_and_numbers_keep_their_order(browser, address):
    texts = ["اتصلوا 081 77 16 48 الآن.", "CAI مركز", "Appelez aujourd'hui.", "خذوا Annexe 26quater وCPAS."]
    nothing = {name: [] for name in ("steps", "sections", "contacts", "cautions", "buttons", "sources")}
    reply = {"language": "ar", "text": "\n\n".join(texts), "after": "", "checked_on": "", **nothing}
    kept = json.dumps({"transcript": [reply], "conversation": "x", "seen": True, "picked": True})
    context = await browser.new_context(viewport=PHONE)
    await context.add_init_script(f"sessionStorage.setItem('jalon', {json.dumps(kept)})")
    page = await context.new_page()
    await page.goto(f"{address}/chat?lang=ar")
    paragraphs = page.locator("#log .message p")
    await expect(paragraphs).to_have_text(texts)
    assert await paragraphs.evaluate_all("all => all.map(one => getComputedStyle(one).direction)") == [
        "rtl", "rtl", "ltr", "rtl",
    ]  # fmt: skip
    await expect(page.locator("#log bdi")).to_have_text(["081 77 16 48", "CAI", "Annexe 26quater", "CPAS"])
    await context.close()


async def test_picking_a_language_shows_the_page_and_the_conversation_in_it(arabic):
    await arabic.locator("#language").click()
    await expect(arabic.locator("#languages a[lang='ar']")).to_have_attribute("aria-current", "true")
    await arabic.locator("#languages a[lang='fr']").click()
    await expect(arabic.locator("html")).to_have_attribute("lang", "fr")
    await expect(arabic.locator("#log .message")).to_have_count(1)
    await ask(arabic, "merci")
    await expect(arabic.locator("#log .message").last).to_have_attribute("lang", "fr")


async def test_the_picker_comes_first_where_there_is_a_choice(browser, address):
    context = await browser.new_context(viewport=PHONE, locale="fr-BE")
    page = await context.new_page()
    await page.goto(f"{address}/chat")
    await expect(page.locator("#languages")).to_be_visible()
    await page.locator("#languages a[lang='ar']").click()
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await expect(page.locator("#languages")).not_to_be_visible()
    await context.close()


# Cards


async def test_a_deadline_is_counted_in_cards_with_a_reminder_for_the_calendar(page):
    await ask(page, "J'ai reçu une décision du CGRA, quel est le dernier jour pour le recours ?")
    for _ in range(6):
        last = page.locator("#log .message").last
        if await last.locator(".tool:has(.i-calendar)").count():
            break
        await last.locator(".choices button").first.click()
        await settled(page)
    reminder = page.locator("#log .message").last.locator(".tool:has(.i-calendar)")
    assert re.fullmatch(r"/reminder\.ics\?day=\d{4}-\d\d-\d\d&lang=fr", await reminder.get_attribute("href"))
    await expect(page.locator("#log .message").last.locator("section.card h2").first).not_to_be_empty()


async def test_the_counter_card_of_an_answer_opens_with_a_code_and_can_be_printed(page):
    await ask(page, WORK)
    async with page.context.expect_page() as opening:
        await page.locator("#log .message").last.locator(".tool:has(.i-counter)").click()
    card = await opening.value
    await expect(card.locator(".paper svg")).to_be_visible()
    await expect(card.locator("#print")).to_be_visible()
    await card.emulate_media(media="print")
    await expect(card.locator("#print")).not_to_be_visible()
    await expect(card.locator("header")).not_to_be_visible()
    await expect(card.locator(".paper svg")).to_be_visible()
    assert len(await card.pdf()) > 5_000
