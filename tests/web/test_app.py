from __future__ import annotations

import dataclasses
import json
import re
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from starlette.testclient import TestClient

from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.privacy.keys import new_keys
from jalon.serving import make_app

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
RELATED = "Faire un recours"  # the button of an article that the answer leads to
WORK = "À partir de quand un demandeur d'asile peut-il travailler ?"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARTS = dict.fromkeys(("id", "text", "choice", "metadata"), ANYTHING)
MESSAGES = ANYTHING | st.fixed_dictionaries({}, optional=PARTS)


@pytest.fixture(scope="module")
def client(engine, records, project):
    with served(engine, records, project, messages_per_minute=1000, network_per_minute=100_000) as made:
        yield made


@contextmanager
def served(engine, records, project, **changed):
    """A client of the application under settings of its own."""
    keys = new_keys()
    settings = dataclasses.replace(project, pepper=keys.pepper, encryption_keys=keys.encryption, **changed)
    with TestClient(make_app(settings, engine, records), raise_server_exceptions=False) as made:
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


# Sent again, too often, or while something is broken


def test_a_message_sent_again_under_its_id_is_answered_once_with_the_same_reply(client, messages):
    first = client.post(messages, json={"id": "1", "text": LAWYER}).json()
    assert client.post(messages, json={"id": "2", "choice": 1}).json() != first
    assert client.post(messages, json={"id": "1", "text": LAWYER}).json() == first
    assert client.post(messages, json={"text": "Peux-tu répéter s'il te plaît ?"}).json() != first


def test_an_id_counts_within_its_conversation_only(client, messages):
    other = f"/api/conversations/{client.post('/api/conversations').json()['conversation']}/messages"
    asked = {messages: LAWYER, other: WORK}
    found = {path: client.post(path, json={"id": "1", "text": text}).json()["article"] for path, text in asked.items()}
    assert found == {messages: "procedure/lawyer_legal_aid", other: "life/work"}


@pytest.fixture
def records_in_a_file(tmp_path) -> Records:
    return Records(f"sqlite:///{tmp_path / 'records.db'}")


@pytest.fixture
def engine_on_a_file(model, project, records_in_a_file) -> Engine:
    return Engine(model, project.data, records_in_a_file)


def test_the_name_that_a_page_holds_is_written_down_nowhere(engine_on_a_file, records_in_a_file, project, tmp_path):
    with served(engine_on_a_file, records_in_a_file, project) as client:
        name = client.post("/api/conversations").json()["conversation"]
        client.post(f"/api/conversations/{name}/messages", json={"id": "my-own-id", "text": LAWYER})
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"conversations" in written
    for secret in (name, "my-own-id", LAWYER, "avocat"):
        assert secret.encode() not in written


def test_a_conversation_that_sends_too_much_is_told_when_to_come_back(engine, records, project):
    with served(engine, records, project, messages_per_minute=3) as client:
        messages = f"/api/conversations/{client.post('/api/conversations').json()['conversation']}/messages"
        codes = [client.post(messages, json={"choice": 9}).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        assert 1 <= int(client.post(messages, json={"choice": 9}).headers["Retry-After"]) <= 20


def test_a_network_that_sends_too_much_is_told_when_to_come_back(engine, records, project):
    with served(engine, records, project, network_per_minute=2) as client:
        answers = [client.post("/api/conversations") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 30
        assert client.get("/chat").status_code == 200


def test_without_records_nothing_is_acknowledged(engine_on_a_file, records_in_a_file, project, tmp_path):
    with served(engine_on_a_file, records_in_a_file, project) as client:
        messages = f"/api/conversations/{client.post('/api/conversations').json()['conversation']}/messages"
        for path in tmp_path.iterdir():
            path.write_bytes(b"not a database " * 1000)
        answer = client.post(messages, json={"text": LAWYER})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]


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
        {"id": 7, "text": "bonjour"},
        {"id": "", "text": "bonjour"},
        {"id": "x" * 65, "text": "bonjour"},
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
