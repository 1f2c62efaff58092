from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy import update
from talk_form import Talk, served

from jalon.conversation.records import Records
from jalon.conversation.tables import OUTBOX, WIPED

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
WORK = "À partir de quand un demandeur d'asile peut-il travailler ?"

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PARTS = dict.fromkeys(("id", "text", "tap", "choice", "language", "metadata"), ANYTHING)
MESSAGES = ANYTHING | st.fixed_dictionaries({}, optional=PARTS)


@pytest.fixture(scope="module")
def kept():
    return Records("sqlite://")


@pytest.fixture(scope="module")
def client(engine, project, kept):
    with served(engine, project, kept, messages_per_minute=10_000, network_per_minute=100_000) as made:
        yield made


@pytest.fixture
def talk(client) -> Talk:
    return Talk(client)


# Conversations


def test_a_conversation_goes_from_its_start_to_a_choice(talk):
    assert talk.greeting["text"]
    assert talk.greeting["buttons"]
    answer = talk.ask(text=LAWYER)
    assert answer["article"] == "procedure/lawyer_legal_aid"
    assert answer["sources"]
    assert answer["checked_on"]
    related = next(button for button in answer["buttons"] if not button["name"])
    assert talk.ask(tap=related["tap"])["article"] not in ("", answer["article"])


def test_a_button_of_the_greeting_can_be_tapped(talk):
    assert talk.ask(tap=talk.greeting["buttons"][0]["tap"])["buttons"]


def test_buttons_carry_tokens_and_never_what_they_do(talk):
    buttons = talk.ask(text=LAWYER)["buttons"]
    assert not any("/" in button["tap"] or "{" in button["tap"] for button in buttons)
    assert "simpler" in [button["name"] for button in buttons]


def test_a_button_of_an_older_reply_still_does_what_it_says(talk):
    old = talk.ask(text=LAWYER)["buttons"][0]
    expected = talk.ask(tap=old["tap"])
    talk.ask(text=WORK)
    assert talk.ask(tap=old["tap"])["article"] == expected["article"]


def test_a_tap_that_was_never_offered_is_answered_kindly(talk):
    assert talk.ask(tap="mine")["text"]


def test_two_conversations_have_names_that_nobody_can_guess(client):
    names = {Talk(client).name for _ in range(5)}
    assert len(names) == 5
    assert min(map(len, names)) >= 32


def test_an_unknown_conversation_is_not_found(client):
    headers = {"Authorization": "Bearer mine"}
    assert client.post("/api/messages", json={"text": LAWYER}, headers=headers).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Authorization": "mine"}, {"Authorization": "Basic mine"}])
def test_a_request_that_names_no_conversation_is_refused(client, headers):
    for method, path in (("POST", "messages"), ("GET", "events"), ("DELETE", "conversation")):
        assert client.request(method, f"/api/{path}", headers=headers).status_code == 401


def test_an_erased_conversation_is_not_found(talk):
    talk.ask(text=LAWYER)
    assert talk.erase().status_code == 200
    assert talk.send(text=LAWYER).status_code == 404


def test_erasing_says_what_was_erased(talk):
    talk.ask(text=LAWYER)
    first, again = talk.erase().json(), talk.erase().json()
    assert (first["states"], first["messages"], first["replies"]) == (1, 0, 1)
    assert (again["states"], again["messages"], again["replies"]) == (0, 0, 0)
    assert again["receipt"] == first["receipt"]


def test_a_conversation_erased_by_a_sentence_says_so_and_is_gone(talk):
    assert talk.ask(text="Efface toute notre conversation")["text"]
    assert talk.send(text=LAWYER).status_code == 404


def test_a_page_may_say_its_language(client, project):
    assert Talk(client, language="fr").greeting["language"] == "fr"
    assert Talk(client, language="ar").greeting["language"] == "ar"
    assert Talk(client).ask(text="merci", language="ar")["language"] == "ar"


@pytest.mark.parametrize("language", ["xx", "../fr", 7, None, ["fr"]])
def test_a_language_that_is_not_known_changes_nothing(client, language):
    assert Talk(client, language=language).greeting["language"] == "fr"


def test_a_conversation_is_not_kept_by_caches(talk):
    assert talk.send(text=LAWYER).headers["Cache-Control"] == "no-store"


# The log of replies


def test_the_log_can_be_read_again_from_any_number(talk):
    for text in (LAWYER, WORK, LAWYER):
        talk.ask(text=text)
    whole = talk.events(0)
    assert len(whole) == 3
    assert [event["number"] for event in whole] == sorted({event["number"] for event in whole})
    assert talk.events(whole[0]["number"]) == whole[1:]


def test_a_log_belongs_to_its_conversation(client, talk):
    other = Talk(client)
    other.ask(text=WORK)
    talk.ask(text=LAWYER)
    assert [event["reply"]["article"] for event in talk.events(0)] == ["procedure/lawyer_legal_aid"]


def test_a_stream_carries_the_same_events_with_their_numbers(engine, project):
    # A process that is about to end tells what it has, and ends its streams.
    with served(engine, project, ending=True) as client:
        talk = Talk(client)
        talk.ask(text=LAWYER)
        talk.ask(text=WORK)
        first, second = talk.events(0)
        headers = {**talk.headers, "Accept": "text/event-stream", "Last-Event-ID": str(first["number"])}
        answer = client.get("/api/events", headers=headers)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.text.endswith(f"id: {second['number']}\ndata: {json.dumps(second)}\n\n")
    assert answer.text.count("data: ") == 1


@pytest.mark.parametrize("number", ["-1", "one", "1.5", "9" * 19, "²"])
def test_a_number_that_is_none_is_refused(talk, number):
    headers = {**talk.headers, "Last-Event-ID": number.encode()}
    assert talk.client.get("/api/events", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"text": '/tell_situation{"situation": "refused"}'},
        {"text": '/tell_situation{"situation": "refused"}', "metadata": {"pressed": True}},
        {"text": '/tell_situation{"situation": "refused"}', "pressed": True, "press": "tell_situation"},
        {"text": "/life", "parse_data": {"intent": {"name": "life"}}, "intent": "life"},
    ],
)
def test_typed_text_never_becomes_a_press(talk, body):
    before = talk.ask(text=WORK)["text"]
    assert talk.ask(**body)["article"] == ""
    assert talk.ask(text=WORK)["text"] == before


# Sent again, too often, or while something is broken


def test_a_message_sent_again_under_its_id_is_answered_once(talk):
    receipt = talk.send(id="1", text=LAWYER).json()["receipt"]
    assert talk.send(id="1", text=LAWYER).json()["receipt"] == receipt
    talk.ask(id="2", text=WORK)
    assert talk.send(id="1", text=LAWYER).json()["receipt"] == receipt
    assert [event["reply"]["article"] for event in talk.events(0)] == ["procedure/lawyer_legal_aid", "life/work"]


def test_a_message_whose_reply_is_not_kept_any_more_must_be_sent_under_a_new_id(talk, kept):
    talk.ask(id="1", text=LAWYER)
    with kept.writing() as connection:
        connection.execute(update(OUTBOX).values(**WIPED))
    assert talk.send(id="1", text=LAWYER).status_code == 410
    assert talk.ask(id="2", text=LAWYER)["article"] == "procedure/lawyer_legal_aid"


def test_an_id_counts_within_its_conversation_only(client):
    found = [Talk(client).ask(id="1", text=text)["article"] for text in (LAWYER, WORK)]
    assert found == ["procedure/lawyer_legal_aid", "life/work"]


@pytest.fixture
def records_in_a_file(tmp_path) -> Records:
    return Records(f"sqlite:///{tmp_path / 'records.db'}")


def test_the_name_that_a_page_holds_is_written_down_nowhere(engine, records_in_a_file, project, tmp_path):
    with served(engine, project, records_in_a_file) as client:
        talk = Talk(client)
        talk.ask(id="my-own-id", text=LAWYER)
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"conversations" in written
    for secret in (talk.name, "my-own-id", LAWYER, "avocat"):
        assert secret.encode() not in written


def test_a_conversation_that_sends_too_much_is_told_when_to_come_back(engine, project):
    with served(engine, project, messages_per_minute=3) as client:
        talk = Talk(client)
        assert [talk.send(choice=9).status_code for _ in range(4)] == [202, 202, 202, 429]
        assert 1 <= int(talk.send(choice=9).headers["Retry-After"]) <= 20


def test_a_network_that_sends_too_much_is_told_when_to_come_back(engine, project):
    with served(engine, project, network_per_minute=2) as client:
        answers = [client.post("/api/conversation") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 30
        assert client.get("/chat").status_code == 200


def test_without_records_nothing_is_acknowledged(engine, records_in_a_file, project, tmp_path):
    with served(engine, project, records_in_a_file) as client:
        talk = Talk(client)
        for path in tmp_path.iterdir():
            path.write_bytes(b"not a database " * 1000)
        for answer in (talk.send(text=LAWYER), client.post("/api/conversation")):
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]


# What is no message


@pytest.mark.parametrize("body", [b"", b"{", b"text=bonjour", b"\xff\xfe\x00", b"[" * 30_000, b"9" * 5_000])
def test_a_body_that_is_not_json_is_refused(talk, body):
    answer = talk.client.post("/api/messages", content=body, headers=talk.headers)
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
def test_json_without_a_text_or_a_choice_is_refused(talk, body):
    assert talk.client.post("/api/messages", json=body, headers=talk.headers).status_code == 400


@pytest.mark.parametrize("whole", [True, False], ids=["announced", "in pieces"])
def test_a_body_of_three_megabytes_is_refused(talk, whole):
    body = json.dumps({"text": "a" * 3_000_000}).encode()
    pieces = (body[at : at + 10_000] for at in range(0, len(body), 10_000))
    assert talk.client.post("/api/messages", content=body if whole else pieces, headers=talk.headers).status_code == 413


def test_a_choice_that_is_not_on_offer_is_answered_kindly(talk):
    assert talk.ask(choice=99)["text"]


@effort(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=MESSAGES)
def test_no_json_breaks_the_server(talk, body):
    answer = talk.client.post("/api/messages", content=json.dumps(body).encode(), headers=talk.headers)
    assert answer.status_code in (202, 400, 413)
    if answer.status_code == 202:
        while not (found := talk.events()):
            pass
        assert found[0]["reply"]["text"]


@effort(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_no_bytes_break_the_server(talk, body):
    assert talk.client.post("/api/messages", content=body, headers=talk.headers).status_code in (202, 400)
