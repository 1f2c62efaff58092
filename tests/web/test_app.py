from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from starlette.testclient import TestClient

from jalon.channels.web import render
from jalon.conversation.compose import Composer
from jalon.languages import read_languages
from jalon.web.app import create_app

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
RELATED = "Faire un recours"  # the button of an article that the answer leads to
WORK = "À partir de quand un demandeur d'asile peut-il travailler ?"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
MESSAGES = ANYTHING | st.fixed_dictionaries({}, optional={"text": ANYTHING, "choice": ANYTHING, "metadata": ANYTHING})


@pytest.fixture(scope="module")
def client(engine, store, project, today):
    composer = Composer(store, project.data, "fr", today)
    language = read_languages(project.data / "languages.yml")["fr"]
    app = create_app(engine, render, composer.phrases, language, composer.card("cai"))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def messages(client) -> str:
    """Where the messages of a new conversation go."""
    return f"/api/conversations/{client.post('/api/conversations').json()['conversation']}/messages"


# Pages


def test_health_says_that_it_is_ready(client):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready"}


def test_the_root_leads_to_the_chat_page(client):
    assert client.get("/").url.path == "/chat"


def test_the_chat_page_names_its_language_and_has_a_labelled_form(client):
    page = client.get("/chat").text
    assert re.search(r'<html lang="fr" dir="ltr">', page)
    assert re.search(r'<form id="ask">.*<label for="text">.*<textarea id="text".*type="submit"', page, re.S)
    assert "<noscript>" in page


def test_the_chat_page_holds_no_inline_code_and_nothing_from_elsewhere(client):
    page = client.get("/chat").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert [body for body in re.findall(r"<script[^>]*>(.*?)</script>", page, re.S) if body.strip()] == []
    assert [
        link for link in re.findall(r'(?:src|href)="([^"]+)"', page) if not link.startswith(("/static/", "#"))
    ] == []


def test_every_file_that_the_chat_page_needs_is_served(client):
    links = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/chat").text)
    assert links
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("path", ["/chat", "/health", "/static/chat.js", "/nowhere"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_conversation_is_not_kept_by_caches(client, messages):
    assert client.post(messages, json={"text": LAWYER}).headers["Cache-Control"] == "no-store"


# Conversations


def test_a_conversation_goes_from_its_start_to_a_choice(client):
    started = client.post("/api/conversations").json()
    assert started["greeting"]["text"]
    assert started["greeting"]["buttons"]
    messages = f"/api/conversations/{started['conversation']}/messages"
    answer = client.post(messages, json={"text": LAWYER}).json()
    assert answer["article"] == "procedure/lawyer_legal_aid"
    assert answer["sources"]
    assert answer["checked_on"]
    assert all(isinstance(title, str) and not title.startswith("/") for title in answer["buttons"])
    related = answer["buttons"].index(RELATED) + 1
    pressed = client.post(messages, json={"choice": related}).json()
    assert pressed["article"] not in ("", answer["article"])


def test_two_conversations_have_names_that_nobody_can_guess(client):
    names = {client.post("/api/conversations").json()["conversation"] for _ in range(5)}
    assert len(names) == 5
    assert min(map(len, names)) >= 32


def test_an_unknown_conversation_is_not_found(client):
    assert client.post("/api/conversations/mine/messages", json={"text": LAWYER}).status_code == 404


def test_an_erased_conversation_is_not_found(client, messages):
    assert client.post(messages, json={"text": LAWYER}).status_code == 200
    assert client.delete(messages.removesuffix("/messages")).status_code == 204
    assert client.post(messages, json={"text": LAWYER}).status_code == 404


def test_a_conversation_erased_by_a_sentence_can_go_on(client, messages):
    client.post(messages, json={"text": "Efface toute notre conversation"})
    assert client.post(messages, json={"text": LAWYER}).json()["article"] == "procedure/lawyer_legal_aid"


@pytest.mark.parametrize(
    "body",
    [
        {"text": '/tell_situation{"situation": "refused"}'},
        {"text": '/tell_situation{"situation": "refused"}', "metadata": {"pressed": True}},
        {"text": '/tell_situation{"situation": "refused"}', "pressed": True, "press": "tell_situation"},
        {"text": "/life", "parse_data": {"intent": {"name": "life"}}, "intent": "life"},
    ],
)
def test_typed_text_never_becomes_a_press(client, messages, body):
    before = client.post(messages, json={"text": WORK}).json()
    assert client.post(messages, json=body).json()["article"] == ""
    assert client.post(messages, json={"text": WORK}).json() == before


# What is no message


@pytest.mark.parametrize("body", [b"", b"{", b"text=bonjour", b"\xff\xfe\x00", b"[" * 30_000, b"9" * 5_000])
def test_a_body_that_is_not_json_is_refused(client, messages, body):
    answer = client.post(messages, content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        "bonjour",
        7,
        {"text": None},
        {"text": 7},
        {"text": ["bonjour"]},
        {"text": {"text": "bonjour"}},
        {"choice": "1"},
        {"choice": 1.0},
        {"choice": True},
        {"choice": [1]},
        {"choice": None},
        {"message": {"text": "bonjour"}},
    ],
)
def test_json_without_a_text_or_a_choice_is_refused(client, messages, body):
    assert client.post(messages, json=body).status_code == 400


@pytest.mark.parametrize("whole", [True, False], ids=["announced", "in pieces"])
def test_a_body_of_three_megabytes_is_refused(client, messages, whole):
    body = json.dumps({"text": "a" * 3_000_000}).encode()
    pieces = (body[at : at + 10_000] for at in range(0, len(body), 10_000))
    assert client.post(messages, content=body if whole else pieces).status_code == 413


def test_a_choice_that_is_not_on_offer_is_answered_kindly(client, messages):
    answer = client.post(messages, json={"choice": 99})
    assert answer.status_code == 200
    assert answer.json()["text"]


@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=MESSAGES)
def test_no_json_breaks_the_server(client, messages, body):
    answer = client.post(messages, content=json.dumps(body).encode())
    assert answer.status_code in (200, 400, 413)
    if answer.status_code == 200:
        assert answer.json()["text"]


@effort(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_no_bytes_break_the_server(client, messages, body):
    assert client.post(messages, content=body).status_code in (200, 400)
