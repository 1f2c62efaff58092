"""Replies on WhatsApp and Messenger: whole, within every limit, the choices last."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meta_form import as_sent, bare

from jalon.channels.limits import LIMITS, length, limit, most, tightest
from jalon.channels.plain import split
from jalon.conversation.reply import Button, ContactCard, Reply, SourceLine
from jalon.simulation.forms import check
from jalon.simulation.people import choices, words

URL = "https://jalon.example"
CHANNELS = {name: bare(name) for name in ("whatsapp", "messenger")}
LINKED = {name: bare(name, URL) for name in ("whatsapp", "messenger")}
each_channel = pytest.mark.parametrize("name", ["whatsapp", "messenger"])


def buttons(count: int, title: str = "Choice") -> tuple[Button, ...]:
    return tuple(Button(title=f"{title} {n}", payload=f"token{n}") for n in range(count))


def reply(text: str = "A sentence.", count: int = 0, **more) -> Reply:
    return Reply(language="fr", text=text, buttons=buttons(count), **more)


def sentences(count: int) -> str:
    return " ".join(f"This is sentence number {n}." for n in range(count))


def rendered(name: str, what: Reply, linked: bool = False) -> list[dict]:
    """The parts as they go to Meta; every one is accepted."""
    parts = [as_sent(name, part) for part in (LINKED if linked else CHANNELS)[name].render(what)]
    faults = [fault for part in parts if (fault := check(name, part)[1])]
    assert faults == []
    return parts


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# One turn, one message


@pytest.mark.parametrize(
    ("count", "kind"), [(0, "text"), (1, "button"), (3, "button"), (4, "list"), (10, "list"), (11, "text")]
)
def test_on_whatsapp_the_number_of_choices_decides_how_they_are_shown(count, kind):
    (part,) = rendered("whatsapp", reply(count=count))
    assert (part.get("interactive") or part)["type"] == kind
    assert len(choices("whatsapp", part)) == (count if kind != "text" else 0)


@pytest.mark.parametrize(
    ("count", "text", "kind"),
    [
        (0, "A sentence.", "text"),
        (3, "A sentence.", "attachment"),
        (4, "A sentence.", "quick_replies"),
        (13, "A sentence.", "quick_replies"),
        (14, "A sentence.", "text"),
        (3, sentences(30), "quick_replies"),
    ],
)
def test_on_messenger_the_number_of_choices_decides_how_they_are_shown(count, text, kind):
    (part,) = rendered("messenger", reply(text, count))
    assert kind in part["message"]
    assert ("quick_replies" in part["message"]) == (kind == "quick_replies")


def test_on_whatsapp_a_text_too_long_for_buttons_has_a_list_and_stays_one_message():
    (part,) = rendered("whatsapp", reply(sentences(100), 2))
    assert part["interactive"]["type"] == "list"
    assert list(choices("whatsapp", part)) == ["token0", "token1"]


def test_two_choices_with_the_same_title_are_never_two_buttons_on_whatsapp():
    twins = (Button(title="Yes", payload="a"), Button(title="Yes", payload="b"))
    (part,) = rendered("whatsapp", Reply(language="fr", text="Well?", buttons=twins))
    assert part["interactive"]["type"] == "list"


@each_channel
def test_choices_that_fit_nowhere_are_numbered(name):
    shown = rendered(name, Reply(language="fr", text="Which?", buttons=buttons(30)))
    text = "\n".join(words(name, part) for part in shown)
    assert [f"{n + 1}. Choice {n}" in text for n in range(30)] == [True] * 30
    long = Reply(language="fr", text="Which?", buttons=buttons(2, "A title that is much too long for a button"))
    assert "2. A title that is much too long for a button 1" in words(name, rendered(name, long)[-1])


# Nothing is lost


@each_channel
def test_a_long_reply_is_split_between_sentences_and_the_choices_come_last(name):
    long = sentences(400)
    parts = rendered(name, reply(long, 4))
    assert len(parts) > 1
    assert all(words(name, part).endswith(".") for part in parts)
    assert [bool(choices(name, part)) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert squeezed("".join(words(name, part) for part in parts)) == squeezed(long)


_SOURCES = st.lists(
    st.builds(
        SourceLine,
        title=st.text(max_size=100),
        publisher=st.text(max_size=60),
        url=st.just("https://example.org/a"),
        dated=st.sampled_from(["undated", "2024", "2024-05", "2024-05-22"]),
    ),
    max_size=8,
)
_REPLIES = st.builds(
    Reply,
    language=st.just("fr"),
    text=st.text(min_size=1, max_size=400) | st.integers(1, 300).map(sentences) | st.just("mot" * 3000),
    steps=st.lists(st.text(max_size=200), max_size=8).map(tuple),
    contacts=st.lists(st.builds(ContactCard, name=st.text(max_size=50), lines=st.just((("Tel", "1"),)))).map(tuple),
    cautions=st.lists(st.text(max_size=100), max_size=2).map(tuple),
    buttons=st.lists(
        st.builds(Button, title=st.text(min_size=1, max_size=30), payload=st.uuids().map(str)), max_size=20
    ).map(tuple),
    sources=_SOURCES.map(tuple),
    checked_on=st.sampled_from(["", "2026-11-23"]),
    page=st.sampled_from(["", "/steps/recognised"]),
    reminder=st.sampled_from(["", "2026-12-31"]),
).filter(lambda one: one.text.strip())


@each_channel
@given(what=_REPLIES, linked=st.booleans())
def test_whatever_is_said_every_part_is_accepted_and_no_character_is_lost(name, what, linked):
    parts = rendered(name, what, linked)
    got = squeezed("".join(words(name, part) for part in parts))
    assert squeezed(what.plain()) in got
    shown = [title for part in parts for title in choices(name, part).values()]
    if shown:
        assert shown == [button.title for button in what.buttons]
        assert choices(name, parts[-1])
    else:
        assert all(squeezed(f"{n}. {button.title}") in got for n, button in enumerate(what.buttons, 1))


@given(st.text(max_size=500), st.integers(2, 60), st.integers(2, 60))
def test_a_split_text_has_all_its_characters_and_no_part_is_too_long(text, most_each, most_last):
    parts = split(text, most_each, min(most_each, most_last))
    assert squeezed("".join(parts)) == squeezed(text)
    assert all(length(part) <= most_each for part in parts)
    assert not parts or length(parts[-1]) <= min(most_each, most_last)


@pytest.mark.parametrize(
    ("text", "most_each", "parts"),
    [
        ("One. Two.\n\nThree. Four.", 14, ["One. Two.", "Three. Four."]),
        ("One.\nTwo. Three.", 12, ["One.", "Two. Three."]),
        ("One. Two. Three.", 10, ["One. Two.", "Three."]),
        ("أين؟ هنا۔ نعم.", 9, ["أين؟ هنا۔", "نعم."]),
        ("ሰላም። ጽቡቕ።", 5, ["ሰላም።", "ጽቡቕ።"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("🙂🙂🙂", 4, ["🙂🙂", "🙂"]),
    ],
)
def test_a_text_is_split_at_the_best_place(text, most_each, parts):
    assert split(text, most_each) == parts


# Sources, links, files


@each_channel
def test_an_answer_bears_its_sources_and_the_day_it_was_checked(name):
    source = SourceLine(title="Law", publisher="Gazette", url="https://example.org/law", dated="2026-06-19")
    shown = rendered(name, reply(sources=(source,), checked_on="2026-11-23"))
    text = "\n".join(words(name, part) for part in shown)
    assert all(part in text for part in ("Gazette", "19 juin 2026", "https://example.org/law", "23 novembre 2026"))


@each_channel
def test_every_source_has_its_title_and_address_when_they_were_asked_for(name):
    channel = CHANNELS[name]
    asked = channel.phrases(reply()).say["sources"]
    sources = tuple(
        SourceLine(title=f"Law {n}", publisher="Gazette", url=f"https://example.org/{n}", dated="undated")
        for n in range(3)
    )
    text = "\n".join(words(name, part) for part in rendered(name, reply(asked, sources=sources)))
    assert all(f"Law {n}" in text and f"https://example.org/{n}" in text for n in range(3))


@each_channel
def test_a_page_is_linked_where_people_can_reach_it(name):
    assert URL not in str(rendered(name, reply(page="/steps/recognised")))
    assert f"{URL}/steps/recognised" in str(rendered(name, reply(page="/steps/recognised"), linked=True))
    assert f"{URL}/steps/recognised" in str(rendered(name, reply(page="/steps/recognised", count=5), linked=True))


def test_a_page_without_choices_is_a_link_button():
    (part,) = rendered("whatsapp", reply(page="/steps/recognised"), linked=True)
    assert part["interactive"]["type"] == "cta_url"
    (part,) = rendered("messenger", reply(page="/steps/recognised", count=2), linked=True)
    assert [one["type"] for one in part["message"]["attachment"]["payload"]["buttons"]] == [
        "postback", "postback", "web_url",
    ]  # fmt: skip


def test_a_reminder_is_a_calendar_file_before_the_choices_on_whatsapp():
    parts = rendered("whatsapp", reply(reminder="2026-12-31", count=2))
    assert [part["type"] for part in parts] == ["document", "interactive"]


# Introductions


@each_channel
def test_the_first_reply_says_who_answers(name):
    channel = CHANNELS[name]
    say = channel.phrases(reply()).say
    first = channel.introduce(reply("An answer.")).text
    assert first.endswith("An answer.")
    assert say["bot_notice"] in first and say["meta_notice"] in first
    greeting = channel.introduce(reply(say["greet"])).text
    assert greeting.startswith(say["greet"]) and say["meta_notice"] in greeting
    assert say["bot_notice"] not in greeting


@each_channel
def test_numbers_to_call_come_before_the_introduction(name):
    card = ContactCard(name="Help", lines=(("Tel", "112"),))
    urgent = CHANNELS[name].introduce(reply("Call.", contacts=(card,), after="Now."))
    assert urgent.text == "Call."
    assert urgent.after.startswith("Now.") and len(urgent.after) > 10


# The table of limits


def test_every_limit_has_a_source_and_is_found_by_its_name():
    assert all(one.source.startswith("https://") and one.most > 0 for one in LIMITS)
    assert len({(one.channel, one.part) for one in LIMITS}) == len(LIMITS)
    assert limit("whatsapp", "text").most == most("whatsapp", "text")


def test_a_title_must_fit_the_tightest_place():
    assert tightest("option").most == min(one.most for one in LIMITS if one.part.endswith("option"))
    assert tightest("text").channel == "messenger"


def test_an_emoji_counts_as_two():
    assert length("a🙂é") == 4
