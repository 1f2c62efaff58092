from __future__ import annotations

import dataclasses
import gzip
import html
import json
import re
from contextlib import contextmanager

import pytest
from talk_form import served

from jalon.languages import read_languages
from jalon.web import site
from jalon.web.site import STATIC

ARTICLE = "procedure/lawyer_legal_aid"
PAGES = ["/chat", "/chat?lang=ar", "/a", "/a?q=avocat", f"/a/{ARTICLE}", f"/a/{ARTICLE}?lang=ar", f"/a/{ARTICLE}/card"]
LAUNCHER = "embed.js"


@pytest.fixture(scope="module")
def client(engine, project):
    with served(engine, project, embed_sites=("https://www.example.org",)) as made:
        yield made


def weight(*names: str) -> int:
    """Bytes over the network, each file compressed for itself."""
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)


# The application


def test_health_says_that_it_is_ready(client):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready"}


def test_the_root_leads_to_the_chat_page(client):
    assert client.get("/").url.path == "/chat"


@pytest.mark.parametrize(
    "path", [*PAGES, "/health", "/embed.js", "/sw.js", "/static/x/chat.js", "/knowledge", "/nowhere"]
)
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in str(policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_only_the_allowed_sites_may_frame_the_assistant_and_nothing_else(client, engine, project):
    def ancestors(asked, path):
        return re.search(r"frame-ancestors ([^;]+)", asked.get(path).headers["Content-Security-Policy"])[1]

    assert ancestors(client, "/chat") == "https://www.example.org"
    assert ancestors(client, f"/a/{ARTICLE}") == ancestors(client, "/knowledge") == "'none'"
    with served(engine, project) as nobody:
        assert ancestors(nobody, "/chat") == "'none'"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_inline_code_or_anything_from_elsewhere(client, path):
    page = client.get(path).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S)
    assert [body for kind, body in scripts if body.strip() and "application/ld+json" not in kind] == []
    loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]+)"', page)
    loaded += re.findall(r'<link rel="(?:stylesheet|icon|modulepreload)" href="([^"]+)"', page)
    assert loaded
    assert {client.get(link).status_code for link in loaded} == {200}
    assert [link for link in loaded if not link.startswith("/static/")] == []


def test_the_static_files_are_kept_for_ever_under_their_version_only(client):
    link = re.search(r'href="(/static/[^"]+chat\.js)"', client.get("/chat").text)[1]
    assert "immutable" in client.get(link).headers["Cache-Control"]
    assert client.get("/static/older/chat.js").headers["Cache-Control"] == "no-store"
    assert client.get("/static/older/../../../settings.py").status_code == 404


# Budgets: bytes, compressed


def test_the_script_and_style_of_the_page_stay_within_thirty_kilobytes():
    ours = [path.name for path in STATIC.iterdir() if path.suffix in (".js", ".css")]
    assert {"chat.js", "chat.css", "page.css", "sw.js"} <= set(ours)
    assert weight(*ours) <= 30_000


def test_the_launcher_stays_within_three_kilobytes(client):
    for language in ("fr", "ar"):
        assert len(gzip.compress(client.get(f"/embed.js?lang={language}").content, 9)) <= 3_000


# The chat page


def test_the_chat_page_names_its_language_and_has_a_labelled_form(client):
    page = client.get("/chat").text
    assert re.search(r'<html lang="fr" dir="ltr">', page)
    assert re.search(r'<form id="ask".*<label for="text">.*<textarea id="text".*type="submit"', page, re.S)
    assert 'lang="ar" dir="rtl"' in client.get("/chat?lang=ar").text


@pytest.mark.parametrize("asked", ["xx", "", "../fr", "<b>"])
def test_a_language_without_words_is_shown_in_french(client, asked):
    assert '<html lang="fr"' in client.get("/chat", params={"lang": asked}).text


def test_a_draft_is_shown_to_who_names_it_and_offered_to_nobody(client, project, monkeypatch):
    known = read_languages(project.data / "languages.yml")
    known["ar"] = dataclasses.replace(known["ar"], status="draft")
    monkeypatch.setattr(site, "read_languages", lambda path: known)
    monkeypatch.setattr(site, "live_languages", lambda data: {"fr": known["fr"]})
    french, arabic = (client.get(f"/chat?lang={code}").text for code in ("fr", "ar"))
    assert 'hreflang="ar"' not in french
    assert "/chat?lang=ar" not in french
    assert '<p class="caution">' in arabic
    assert '<html lang="fr"' in client.get("/chat", headers={"Accept-Language": "ar,fr;q=0.5"}).text


def test_without_a_script_the_page_gives_contacts_and_the_way_to_the_articles(client, store):
    (without,) = re.findall(r'class="notice without">(.*?)</section>', html.unescape(client.get("/chat").text), re.S)
    assert store.entries("organisations")["cai"]["name"] in without
    assert 'href="tel:112"' in without
    assert 'href="/a?lang=fr"' in without


def test_leaving_needs_no_script(client, project):
    assert f'id="leave" href="{project.exit_url}"' in client.get("/chat").text


def test_the_words_of_the_notice_hold_the_hours_of_the_settings(engine, project):
    with served(engine, project, conversation_hours=13) as client:
        assert "13" in re.search(r'id="notice".*?</details>', client.get("/chat").text, re.S)[0]


# The articles


def test_the_index_links_every_article_under_its_theme(client, store):
    page = client.get("/a").text
    assert set(re.findall(r'href="/a/([^"?]+)\?lang=fr"', page)) == set(store.articles)


def test_the_search_finds_by_words_and_says_when_there_is_nothing(client, store):
    found = re.search(
        r"</form>(.*?)<h2>", client.get("/a", params={"q": "avocat gratuit"}).text.replace("<h2>", "", 1), re.S
    )
    assert ARTICLE in found[1]
    nothing = client.get("/a", params={"q": "zzzzzz"}).text
    assert nothing.count("<li>") == client.get("/a").text.count("<li>")
    assert '"&lt;b&gt;"' in client.get("/a", params={"q": "<b>"}).text


def test_an_article_page_holds_the_answer_its_sources_and_its_date(client, store):
    article = store.articles[ARTICLE]
    page = client.get(f"/a/{ARTICLE}").text
    for source in article.sources:
        assert source.url.replace("&", "&amp;") in page
    assert str(article.checked_on.year) in page
    assert article.text("fr").title.replace("'", "&#39;") in page


def test_an_article_page_describes_itself_for_search_engines(client, store):
    page = client.get(f"/a/{ARTICLE}").text
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    found = json.loads(described)
    assert (found["@context"], found["@type"], found["inLanguage"]) == ("https://schema.org", "FAQPage", "fr")
    (question,) = found["mainEntity"]
    assert question["name"] == store.articles[ARTICLE].text("fr").title
    assert question["acceptedAnswer"]["text"]


@pytest.mark.parametrize("path", ["/a/life/nothing", "/a/nothing/work", "/a/life/nothing/card"])
def test_an_article_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_article_for_a_situation_is_the_answer_that_the_assistant_gives(client, store):
    article = next(each for each in store.articles.values() if "short@recognised" in each.text("fr").parts)
    general, own = (client.get(f"/a/{article.name}{asked}").text for asked in ("", "?situation=recognised"))
    assert general != own
    assert client.get(f"/a/{article.name}?situation=nonsense").text == general


# The card for the counter


@pytest.fixture
def with_texts(engine, project, store, monkeypatch):
    """The application with one article in the given languages: French, and what is added."""

    @contextmanager
    def make(**added):
        article = store.articles[ARTICLE]
        changed = dataclasses.replace(article, texts={"fr": article.text("fr"), **added})
        monkeypatch.setattr("jalon.serving.KnowledgeStore", lambda path: store)
        monkeypatch.setitem(store.articles, ARTICLE, changed)
        with served(engine, project, public_url="https://jalon.example.org") as made:
            yield made

    return make


@pytest.fixture
def translated(with_texts, store):
    """The application with one article in French and Arabic."""
    french = store.articles[ARTICLE].text("fr")
    with with_texts(
        ar=dataclasses.replace(french, language="ar", title="محامٍ مجاني", parts={"short": "اتصلوا 081 77 16 48."})
    ) as made:
        yield made


def test_a_card_shows_french_and_the_other_language_side_by_side(translated, store):
    page = translated.get(f"/a/{ARTICLE}/card?lang=ar").text
    assert re.findall(r'<section class="card" lang="(\w+)" dir="(\w+)">', page) == [("fr", "ltr"), ("ar", "rtl")]
    assert "محامٍ مجاني" in page


def test_a_card_of_what_is_not_translated_has_one_column_as_in_french(with_texts):
    with with_texts() as client:
        pages = [client.get(f"/a/{ARTICLE}/card?lang={language}").text for language in ("fr", "ar")]
    columns = [re.findall(r'<section class="card".*?</section>', page, re.S) for page in pages]
    assert len(columns[0]) == 1
    assert columns[0] == columns[1]


def test_a_telephone_number_in_a_mirrored_text_keeps_its_order(translated):
    page = translated.get(f"/a/{ARTICLE}?lang=ar").text
    assert '<article lang="ar" dir="rtl">' in page
    assert "<bdi>081 77 16 48</bdi>" in page


def test_a_card_leads_to_the_article_by_its_address_and_its_code(translated):
    page = translated.get(f"/a/{ARTICLE}/card?lang=ar").text
    assert f"https://jalon.example.org/a/{ARTICLE}?lang=ar" in page
    assert "<svg" in page.split('class="paper"')[1]
