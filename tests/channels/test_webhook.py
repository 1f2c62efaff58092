"""The webhook: signed, written down, acknowledged; otherwise nothing, and Meta comes again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from meta_form import SECRET, VERIFY, World
from sqlalchemy.exc import OperationalError

from jalon.channels.meta import MAX_BODY, authentic
from jalon.conversation import desk as desk_module
from jalon.conversation.tables import CONVERSATIONS, INBOX, OUTBOX
from jalon.simulation.people import whatsapp_call

ANNA, BEN = "15550002222", "15550003333"


def signed(raw: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


# Connecting


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ({"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158"}, 200, "1158"),
        ({"hub.mode": "subscribe", "hub.verify_token": "wrong", "hub.challenge": "1158"}, 403, None),
        ({"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1158"}, 403, None),
        ({"hub.mode": "unsubscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158"}, 403, None),
        ({}, 403, None),
    ],
)
async def test_the_challenge_goes_back_to_whoever_knows_the_word(world, query, status, text):
    answer = await world.bot.get(f"/webhooks/{world.name}", params=query)
    assert answer.status_code == status
    assert text is None or answer.text == text


# Signatures


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(None, id="none"),
        pytest.param("", id="empty"),
        pytest.param("sha256=", id="no digits"),
        pytest.param("sha256=" + "0" * 64, id="wrong"),
        pytest.param(signed(b"{}")[7:], id="without its name"),
        pytest.param(signed(b"{}").replace("sha256", "sha1"), id="another name"),
        pytest.param(signed(b"{}") + "0", id="too long"),
        pytest.param(signed(b"{}", "another secret"), id="another secret"),
        pytest.param("é" * 71, id="no ASCII"),
    ],
)
async def test_what_meta_has_not_signed_is_not_kept(world, signature):
    raw = json.dumps(world.meta.person(ANNA).text("hello", world.clock())).encode()
    headers = {"X-Hub-Signature-256": signature.encode()} if signature is not None else {}
    answer = await world.bot.post(f"/webhooks/{world.name}", content=raw, headers=headers)
    assert answer.status_code == (403 if signature else 401)
    assert world.rows(INBOX, "id") == []


async def test_the_signature_is_of_the_bytes_not_of_their_meaning(world):
    raw = json.dumps(world.meta.person(ANNA).text("hello", world.clock())).encode()
    assert await world.meta.post(raw + b" ", signed(raw)) == 403
    assert await world.meta.post(raw + b" ", signed(raw + b" ")) == 200


def test_the_old_kind_of_signature_counts_for_nothing():
    assert not authentic(b"{}", "sha1=" + hmac.new(b"k", b"{}", hashlib.sha1).hexdigest(), b"k")
    assert not authentic(b"{}", None, b"k")


# What is taken in


async def test_a_message_is_written_down_before_it_is_acknowledged(world):
    assert await world.meta.says(ANNA, "hello") == 200
    assert len(world.rows(INBOX, "id")) == 1
    await world.settled()
    assert world.texts(ANNA) == ["1:hello"]


async def test_a_call_that_is_repeated_is_acknowledged_and_answered_once(world):
    await world.meta.says(ANNA, "hello")
    assert [await world.meta.post(world.meta.last) for _ in range(3)] == [200] * 3
    await world.settled()
    assert world.texts(ANNA) == ["1:hello"]


@pytest.mark.parametrize("channel", ["whatsapp"])
async def test_a_thousand_messages_in_one_call_are_all_taken_in(channel, quick, tmp_path, monkeypatch):
    monkeypatch.setattr(desk_module, "WORKERS", 0)
    world = World(channel, f"sqlite:///{tmp_path / 'records.db'}")
    stamp = str(int(world.clock().timestamp()))
    messages = [
        {"from": f"1555{n % 100:07}", "id": f"wamid.{n}", "timestamp": stamp, "type": "text", "text": {"body": f"{n}"}}
        for n in range(1000)
    ]
    async with world.open():
        assert await world.meta.call(whatsapp_call({"messages": messages})) == 200
        assert len(world.rows(INBOX, "id")) == 1000


async def test_a_thousand_reports_in_one_call_are_all_noted(quick, tmp_path):
    world = World("whatsapp", f"sqlite:///{tmp_path / 'records.db'}")
    statuses = [{"status": "delivered", "biz_opaque_callback_data": f"token{n}"} for n in range(1000)]
    async with world.open():
        async with asyncio.timeout(10):
            assert await world.meta.call(whatsapp_call({"statuses": statuses})) == 200


async def test_a_body_is_read_up_to_the_longest_that_meta_sends(world):
    longest = b'{"a": "' + b"a" * (MAX_BODY - 9) + b'"}'
    assert len(longest) == MAX_BODY
    assert await world.meta.post(longest) == 200
    assert await world.meta.post(longest + b" ") == 413
    assert world.rows(INBOX, "id") == []


async def test_a_long_text_is_kept_only_as_far_as_a_person_can_write(quick, tmp_path):
    world = World("whatsapp", f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        update = world.channel.read(world.meta.person(ANNA).text("a" * 1_000_000, world.clock()), world.clock())
        assert len(update.arrivals[0].message.text) == 4096


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"no json", b"[1, 2]", b'"text"', b"null", b"{", b"\xff\xfe", b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
    ids=["nothing", "words", "list", "text", "null", "half", "no UTF-8", "deep", "endless number"],
)  # fmt: skip
async def test_what_is_no_json_object_is_refused_with_400(world, raw):
    assert await world.meta.post(raw) == 400
    assert world.rows(INBOX, "id") == []


@rounds(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["object", "entry", "changes", "messaging", "value", "messages", "id"]), inner, max_size=4
    ),
).map(lambda tree: json.dumps(tree).encode()))  # fmt: skip
async def test_no_call_ever_gets_a_server_error(world, raw):
    assert await world.meta.post(raw) in (200, 400)


# When it cannot be written down


async def test_when_nothing_can_be_written_meta_is_asked_to_come_again(world, monkeypatch):
    def broken(*_):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(world.desk.inbox, "accept", broken)
        assert await world.meta.says(ANNA, "hello") == 503
    assert await world.meta.repeat() == 0
    world.clock.pass_by(minutes=2)
    assert await world.meta.repeat() == 1
    await world.settled()
    assert world.texts(ANNA) == ["1:hello"]


async def test_when_too_much_waits_meta_is_asked_to_come_again(world, monkeypatch):
    monkeypatch.setattr(desk_module, "MOST_WAITING", -1)
    assert await world.meta.says(ANNA, "hello") == 503
    assert world.rows(INBOX, "id") == []


async def test_somebody_who_writes_too_fast_is_not_answered_any_more(quick, tmp_path):
    world = World("messenger", f"sqlite:///{tmp_path / 'records.db'}", per_minute=5)
    async with world.open():
        for n in range(8):
            assert await world.meta.says(ANNA, f"{n}") == 200
        await world.meta.says(BEN, "hello")
        await world.settled()
        assert len(world.texts(ANNA)) == 5
        assert world.texts(BEN) == ["1:hello"]


# What is not a message


async def test_the_conversation_of_a_number_that_changes_hands_is_erased(quick, tmp_path):
    world = World("whatsapp", f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        await world.meta.says(ANNA, "hello")
        await world.settled()
        assert len(world.rows(CONVERSATIONS, "id")) == 1
        system = {"type": "user_changed_number", "wa_id": "15550009999"}
        message = {"from": ANNA, "id": "wamid.s", "timestamp": "1", "type": "system", "system": system}
        assert await world.meta.call(whatsapp_call({"messages": [message]})) == 200
        assert world.rows(CONVERSATIONS, "id") == []


async def test_a_reply_that_meta_could_not_deliver_is_marked_with_the_code(quick, tmp_path):
    world = World("whatsapp", f"sqlite:///{tmp_path / 'records.db'}", reports=False)
    async with world.open():
        await world.meta.says(ANNA, "hello")
        await world.settled()
        [(token,)] = world.rows(OUTBOX, "token")
        status = {"status": "failed", "biz_opaque_callback_data": token, "errors": [{"code": 131026}]}
        await world.meta.call(whatsapp_call({"statuses": [status]}))
        assert world.rows(OUTBOX, "state", "code") == [("dead", "131026")]


async def test_reading_is_shown_once_per_person_and_call(world):
    await world.meta.says(ANNA, "hello")
    await world.settled()
    await world.webhook.close()
    assert world.graph.signs == (1 if world.name == "whatsapp" else 2)
    await world.meta.post(world.meta.last)
    await world.webhook.close()
    assert world.graph.signs == (1 if world.name == "whatsapp" else 2)
