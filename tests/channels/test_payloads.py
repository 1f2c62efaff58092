"""What Meta reports, one file per case: who is answered for what, and what is passed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meta_form import bare
from turn_form import NOW

from jalon.conversation.message import Message

PAYLOADS = Path(__file__).parents[1] / "payloads"
FILES = sorted(PAYLOADS.glob("*/*.json"))
WHATSAPP, MESSENGER = bare("whatsapp"), bare("messenger")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_call_of_meta_means_what_its_file_says(path):
    case = json.loads(path.read_text("utf-8"))
    channel = WHATSAPP if path.parent.name == "whatsapp" else MESSENGER
    update = channel.read(case["call"], NOW)
    expected = case["expect"]
    arrivals = [(arrival.user, arrival.message) for arrival in update.arrivals]
    assert arrivals == [(one.pop("user"), Message(**one)) for one in expected["arrivals"]]
    assert [vars(report) for report in update.reports] == expected["reports"]
    assert update.gone == expected["gone"]
    assert update.ignored == expected["ignored"]
    assert len({arrival.external for arrival in update.arrivals}) == len(update.arrivals)
    assert all(arrival.channel == path.parent.name for arrival in update.arrivals)


@pytest.mark.parametrize(("channel", "least"), [("whatsapp", 30), ("messenger", 25)])
def test_there_is_a_file_for_every_case(channel, least):
    assert len([path for path in FILES if path.parent.name == channel]) >= least


@pytest.mark.parametrize(
    ("name", "sent_at"),
    [("text", 1790000000.0), ("milliseconds", 1790000000.123), ("impossible_time", NOW.timestamp())],
)
def test_the_time_of_a_message_is_meta_s_where_it_makes_sense(name, sent_at):
    case = json.loads((PAYLOADS / "whatsapp" / f"{name}.json").read_text("utf-8"))
    (arrival,) = WHATSAPP.read(case["call"], NOW).arrivals
    assert arrival.sent_at.timestamp() == pytest.approx(sent_at)


def test_no_message_is_from_the_future():
    case = json.loads((PAYLOADS / "whatsapp" / "text.json").read_text("utf-8"))
    message = case["call"]["entry"][0]["changes"][0]["value"]["messages"][0]
    for stamp in ("9999999999", "9" * 30, 10**40, -1, 1.5, None, [], True):
        message["timestamp"] = stamp
        assert WHATSAPP.read(case["call"], NOW).arrivals[0].sent_at <= NOW


def test_a_position_is_not_kept():
    case = json.loads((PAYLOADS / "whatsapp" / "location_in_the_province.json").read_text("utf-8"))
    (arrival,) = WHATSAPP.read(case["call"], NOW).arrivals
    assert not any(part in repr(arrival) for part in ("50.2", "4.91", "Rue"))


# Whatever Meta, or somebody with its key, may send

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8)
_TREES = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@st.composite
def damaged(draw):
    """A recorded call in which some values are replaced by anything."""
    case = json.loads(draw(st.sampled_from(FILES)).read_text("utf-8"))["call"]

    def damage(tree):
        if draw(st.integers(0, 9)) == 0:
            return draw(_TREES)
        if isinstance(tree, dict):
            return {key: damage(value) for key, value in tree.items()}
        return [damage(item) for item in tree] if isinstance(tree, list) else tree

    return damage(case)


@given(damaged() | _TREES)
def test_nothing_that_is_sent_breaks_the_reading(call):
    body = call if isinstance(call, dict) else {"entry": call}
    for channel in (WHATSAPP, MESSENGER):
        update = channel.read(body, NOW)
        for arrival in update.arrivals:
            assert arrival.user and arrival.external
            assert arrival.sent_at <= NOW
            json.dumps(vars(arrival.message)).encode()
            (arrival.user + arrival.external).encode()
        for report in update.reports:
            report.token.encode()
