"""Sending to Meta: what every answer means for the part, and that nothing is sent twice or to nobody."""

from __future__ import annotations

import json

import httpx
import pytest
from meta_form import USERS, channel_of
from turn_form import Clock

from jalon.channels.graph import RETRY, STOP, STOPPED, UNFIT, outcome_of
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.reply import Button, Reply

each_channel = pytest.mark.parametrize("name", ["whatsapp", "messenger"])
GOOD = {"whatsapp": {"messages": [{"id": "wamid.1"}]}, "messenger": {"message_id": "m_1", "recipient_id": "1"}}


class Meta:
    """Answers every request as it is told, and writes the requests down."""

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else (200, {})
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        return httpx.Response(status, content=body) if isinstance(body, bytes) else httpx.Response(status, json=body)

    def bodies(self) -> list[dict]:
        return [json.loads(request.content) for request in self.requests]


def error(code, sub=None, status=400):
    return status, {"error": {"code": code, "message": "no", **({"error_subcode": sub} if sub else {})}}


def connected(name, *answers, clock=None):
    meta = Meta(*answers)
    client = httpx.AsyncClient(transport=httpx.MockTransport(meta))
    return channel_of(name, client, clock), meta


async def sent(name, *answers):
    channel, meta = connected(name, *answers)
    (payload,) = channel.render(Reply(language="fr", text="Hello.", buttons=(Button(title="Go", payload="token1"),)))
    return await channel.send(USERS[name], payload, "mark"), meta


# What goes out


@each_channel
async def test_a_part_goes_to_its_person_with_its_mark_and_our_token(name):
    outcome, meta = await sent(name, (200, GOOD[name]))
    assert outcome.kind == "sent"
    (request,), (body,) = meta.requests, meta.bodies()
    assert request.headers["Authorization"] == "Bearer token"
    assert "token" not in str(request.url)
    assert str(request.url).startswith("http://graph/v26.0/")
    assert "mark" in (body.get("biz_opaque_callback_data"), body.get("message", {}).get("metadata"))
    assert USERS[name] in (body.get("to"), body.get("recipient", {}).get("id") if name == "messenger" else None)


async def test_somebody_without_a_number_is_reached_by_the_id_meta_gave_them():
    channel, meta = connected("whatsapp", (200, GOOD["whatsapp"]))
    await channel.send("BE.9XK2", channel.render(Reply(language="fr", text="Hello."))[0], "mark")
    assert meta.bodies()[0]["recipient"] == "BE.9XK2"
    assert "to" not in meta.bodies()[0]


async def test_a_reminder_is_uploaded_first_and_holds_the_day():
    channel, meta = connected("whatsapp", (200, {"id": "file1"}), (200, GOOD["whatsapp"]))
    document, _ = channel.render(Reply(language="fr", text="Until then.", reminder="2026-12-31"))
    assert (await channel.send(USERS["whatsapp"], document, "mark")).kind == "sent"
    upload, message = meta.requests
    assert upload.url.path.endswith("/media") and b"DTSTART;VALUE=DATE:20261231" in upload.content
    sent = json.loads(message.content)
    assert sent["document"]["id"] == "file1" and sent["document"]["filename"].endswith(".ics")
    assert "reminder" not in sent


@pytest.mark.parametrize("answer", [(500, b""), (200, {}), httpx.ReadTimeout("late"), error(1, status=500)])
async def test_a_failed_upload_is_tried_again_and_no_message_goes_out(answer):
    channel, meta = connected("whatsapp", answer)
    document, _ = channel.render(Reply(language="fr", text="Until then.", reminder="2026-12-31"))
    assert (await channel.send(USERS["whatsapp"], document, "mark")).kind == "retry"
    assert len(meta.requests) == 1


# What comes back


@each_channel
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param((200, {}), "doubt", id="no id"),
        pytest.param((200, b"not json"), "doubt", id="no JSON"),
        pytest.param((200, [1]), "doubt", id="a list"),
        pytest.param((500, b""), "doubt", id="500 without a word"),
        pytest.param((502, b"<html>"), "doubt", id="gateway"),
        pytest.param((429, b""), "retry", id="429 without a word"),
        pytest.param((403, b"<html>"), "retry", id="a proxy"),
        pytest.param(httpx.ConnectError("no"), "retry", id="no connection"),
        pytest.param(httpx.ConnectTimeout("no"), "retry", id="no connection in time"),
        pytest.param(httpx.ReadTimeout("no"), "doubt", id="no answer in time"),
        pytest.param(httpx.WriteError("no"), "doubt", id="cut off while sending"),
        pytest.param(httpx.RemoteProtocolError("no"), "doubt", id="cut off while answering"),
        pytest.param(error(131056), "retry", id="too fast for one person"),
        pytest.param(error(131016, status=500), "retry", id="service unavailable"),
        pytest.param(error(131026), "refused", id="undeliverable"),
        pytest.param(error(131047), "refused", id="window closed"),
        pytest.param(error(131050), "refused", id="opted out"),
        pytest.param(error(10, 2018278), "refused", id="window closed on Messenger"),
        pytest.param(error(551, 1545041), "refused", id="not reachable"),
        pytest.param(error(100), "unfit", id="content"),
        pytest.param(error(131009), "unfit", id="value"),
        pytest.param(error(424242), "unfit", id="unknown, our fault"),
        pytest.param(error(424242, status=500), "doubt", id="unknown, their fault"),
        pytest.param(error(True), "retry", id="a code that is none"),
        pytest.param((400, {"error": "text"}), "retry", id="an error that is none"),
    ],
)
async def test_what_an_answer_means_for_the_part(name, answer, kind):
    outcome, _ = await sent(name, answer)
    assert outcome.kind == kind


def test_every_code_means_one_thing_and_slowing_down_takes_its_time():
    assert not RETRY.keys() & STOP.keys() and not UNFIT & STOP.keys() and not UNFIT & RETRY.keys()
    for code, seconds in RETRY.items():
        assert outcome_of(400, {"code": code}).wait == seconds > 0


# When somebody must mend something


@each_channel
@pytest.mark.parametrize("code", [*STOP, 200, 299])
async def test_a_channel_that_needs_a_person_stops_says_so_and_goes_on_later(name, code, caplog):
    clock = Clock()
    channel, meta = connected(name, error(code, status=401), (200, GOOD[name]), clock=clock)
    (payload,) = channel.render(Reply(language="fr", text="Hello."))
    assert (await channel.send(USERS[name], payload, "mark")).kind == "retry"
    assert [(record.levelname, str(code) in record.message) for record in caplog.records] == [("CRITICAL", True)]
    again = await channel.send(USERS[name], payload, "mark")
    assert (again.kind, again.code) == ("retry", "stopped") and again.wait > 0
    assert len(meta.requests) == 1
    clock.pass_by(seconds=STOPPED + 1)
    assert (await channel.send(USERS[name], payload, "mark")).kind == "sent"


@each_channel
async def test_no_log_line_holds_a_word_a_number_or_a_token(name, caplog):
    for answer in (error(190), error(100), httpx.ReadTimeout("15550002222"), (500, b"Hello")):
        await sent(name, answer)
    logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("jalon"))
    assert logged
    assert not any(secret in logged for secret in (USERS[name], "Hello", "Bearer", "mark"))


# Showing that we read


async def test_whatsapp_marks_a_message_as_read_and_shows_dots():
    channel, meta = connected("whatsapp")
    await channel.seen([Arrival("whatsapp", "wamid.1", USERS["whatsapp"], Clock()(), Message("hello"))])
    (body,) = meta.bodies()
    assert body["message_id"] == "wamid.1" and body["status"] == "read"
    assert body["typing_indicator"] == {"type": "text"}


@each_channel
@pytest.mark.parametrize("answer", [error(131000), httpx.ReadTimeout("late"), (500, b"")])
async def test_nothing_depends_on_showing_that_we_read(name, answer):
    channel, meta = connected(name, answer, (200, GOOD[name]))
    await channel.seen([Arrival(name, "id", USERS[name], Clock()(), Message("hello"))])
    (payload,) = channel.render(Reply(language="fr", text="Hello."))
    outcome = await channel.send(USERS[name], payload, "mark")
    assert (outcome.kind, len(meta.requests)) == ("sent", 2)
