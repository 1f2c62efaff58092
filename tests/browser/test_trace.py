"""What leaves the browser: requests to our own origin, and nothing that stays behind."""

from __future__ import annotations

from page_form import LAWYER, PHONE, ask, opened

ARTICLE = "/a/procedure/lawyer_legal_aid"


async def test_no_page_asks_another_origin_or_sets_a_cookie(browser, address):
    context = await browser.new_context(viewport=PHONE)
    asked: list[str] = []
    refused: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page = await opened(await context.new_page(), address)
    await ask(page, LAWYER)
    await ask(page, "Mon mari me frappe, j'ai peur")
    await page.locator("#person").click()
    for path in ("/a", "/a?q=avocat", ARTICLE, f"{ARTICLE}/card", "/steps/applicant", "/knowledge", "/chat?lang=ar"):
        await page.goto(f"{address}{path}")
        await page.wait_for_load_state("networkidle")
    assert len(asked) > 20
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert refused == []
    assert await context.cookies() == []
    await context.close()
