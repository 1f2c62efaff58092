"""Our own Meta is as strict as the real one: a fault that we made would be found."""

from __future__ import annotations

import copy

import pytest

from jalon.simulation.forms import check


def whatsapp(**content) -> dict:
    sent = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "15550002222"}
    return {**sent, "biz_opaque_callback_data": "t", **content}


def messenger(message: dict) -> dict:
    return {"recipient": {"id": "5"}, "messaging_type": "RESPONSE", "message": {"metadata": "t", **message}}


def interactive(kind: str, action: dict, text: str = "Well?") -> dict:
    return whatsapp(type="interactive", interactive={"type": kind, "body": {"text": text}, "action": action})


def replies(*titles: str) -> list[dict]:
    return [{"type": "reply", "reply": {"id": f"{n}", "title": title}} for n, title in enumerate(titles)]


def rows(count: int, title: str = "Row") -> dict:
    return {"button": "Choose", "sections": [{"rows": [{"id": f"{n}", "title": title} for n in range(count)]}]}


def template(buttons: list, text: str = "Well?") -> dict:
    payload = {"template_type": "button", "text": text, "buttons": buttons}
    return messenger({"attachment": {"type": "template", "payload": payload}})


def taps(count: int, title: str = "Go") -> list[dict]:
    return [{"type": "postback", "title": title, "payload": f"{n}"} for n in range(count)]


def quick(count: int, title: str = "Go") -> dict:
    return messenger(
        {
            "text": "?",
            "quick_replies": [{"content_type": "text", "title": title, "payload": f"{n}"} for n in range(count)],
        }
    )


TEXT = {"type": "text", "text": {"body": "Hello.", "preview_url": False}}
LINK = {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://example.org"}}
GOOD = {
    "whatsapp": [
        whatsapp(**TEXT),
        {**{key: value for key, value in whatsapp(**TEXT).items() if key != "to"}, "recipient": "BE.9XK2"},
        interactive("button", {"buttons": replies("Yes", "No", "Later")}, "a" * 1024),
        interactive("list", rows(10, "x" * 24), "a" * 4096),
        interactive("cta_url", LINK),
        whatsapp(type="document", document={"id": "1", "filename": "a.ics", "caption": "A reminder"}),
        {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": "wamid.1",
            "typing_indicator": {"type": "text"},
        },
    ],
    "messenger": [
        messenger({"text": "a" * 1999}),
        quick(13, "x" * 20),
        template(taps(3), "a" * 640),
        template([{"type": "web_url", "title": "Open", "url": "https://example.org"}]),
        {"recipient": {"id": "5"}, "sender_action": "typing_on"},
    ],
}
BAD = {
    "whatsapp": [
        None,
        [],
        {},
        whatsapp(type="text", text={"body": ""}),
        whatsapp(type="text", text={"body": "a" * 4097}),
        whatsapp(type="interactive", text={"body": "a"}),
        whatsapp(**TEXT, recipient="BE.9XK2"),
        whatsapp(**TEXT, to="+15550002222"),
        whatsapp(**TEXT, unknown=1),
        whatsapp(**TEXT, biz_opaque_callback_data="t" * 513),
        interactive("button", {"buttons": []}),
        interactive("button", {"buttons": replies("1", "2", "3", "4")}),
        interactive("button", {"buttons": replies("Same", "Same")}),
        interactive("button", {"buttons": replies("x" * 21)}),
        interactive("button", {"buttons": replies("🙂" * 11)}),
        interactive("button", {"buttons": replies("Yes")}, "a" * 1025),
        interactive("list", rows(11)),
        interactive("list", rows(0)),
        interactive("list", rows(1, "x" * 25)),
        interactive("list", rows(1), "a" * 4097),
        interactive("list", {**rows(1), "button": "x" * 21}),
        interactive("cta_url", {**LINK, "parameters": {"display_text": "Open", "url": "no address"}}),
        whatsapp(type="document", document={"id": "", "filename": "a.ics", "caption": "A"}),
        {"messaging_product": "whatsapp", "status": "seen", "message_id": "wamid.1"},
    ],
    "messenger": [
        None,
        messenger({}),
        messenger({"text": ""}),
        messenger({"text": "a" * 2000}),
        messenger({"text": "a", "attachment": template(taps(1))["message"]["attachment"]}),
        messenger({"text": "a", "metadata": "t" * 1000}),
        quick(0),
        quick(14),
        quick(1, "x" * 21),
        template(taps(0)),
        template(taps(4)),
        template(taps(1, "x" * 21)),
        template(taps(1), "a" * 641),
        {**messenger({"text": "a"}), "messaging_type": "UPDATE"},
        {"recipient": {"id": "5"}, "sender_action": "dance"},
    ],
}


def cases(of):
    return [(channel, copy.deepcopy(body)) for channel, bodies in of.items() for body in bodies]


@pytest.mark.parametrize(("channel", "body"), cases(GOOD))
def test_what_meta_s_pages_show_is_accepted(channel, body):
    assert check(channel, body)[1] == ""


@pytest.mark.parametrize(("channel", "body"), cases(BAD))
def test_what_breaks_a_rule_is_refused_with_the_reason(channel, body):
    form, fault = check(channel, body)
    assert form is None
    assert fault
