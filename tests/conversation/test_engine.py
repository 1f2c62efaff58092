from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from rasa.engine.storage.local_model_storage import LocalModelStorage
from turn_form import Clock

from actions.answers import ActionAnswer
from jalon.conversation.engine import Engine
from jalon.conversation.records import Records
from jalon.scenarios import leads_to
from jalon.settings import Settings

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
WORK = "À partir de quand un demandeur d'asile peut-il travailler ?"

NewEngine = Callable[..., Engine]


@pytest.fixture
def new_engine(project: Settings, model: Path) -> NewEngine:
    return lambda records, *clock: Engine(model, project.data, records, *clock)


# Typed text and pressed buttons


@given(st.text(st.characters(categories=["Zs", "Zl", "Zp", "Cc", "Cf"]) | st.just("/"), max_size=4))
@effort(max_examples=60, deadline=None)
def test_nothing_typed_before_a_command_makes_it_a_press(engine, before):
    turn = asyncio.run(engine.turn(engine.new_conversation(), before + '/help{"topic": "family"}'))
    assert not [found for found in turn.entities if found["entity"] == "topic"]
    assert not turn.reply.article


async def test_the_payload_of_an_offered_button_does_nothing_when_it_is_typed(engine, records):
    conversation = engine.new_conversation()
    first = await engine.turn(conversation, WORK)
    payload = next(button.payload for button in first.reply.buttons if leads_to(button.payload) == "recognised")
    turn = await engine.turn(conversation, payload)
    assert (turn.band, turn.reply.situation) == ("refuse", "")
    assert records.load(conversation, dt.datetime.now(dt.UTC)).slots == {"article": "life/work"}


@pytest.mark.parametrize("choice", [-1, 0, 99, 10**30])
async def test_a_choice_out_of_range_is_said_kindly_and_its_button_works(engine, choice):
    conversation = engine.new_conversation()
    await engine.turn(conversation, LAWYER)
    turn = await engine.turn(conversation, choice=choice)
    assert turn.reply.text
    assert [leads_to(button.payload) for button in turn.reply.buttons] == ["talk_to_human"]
    assert not turn.reply.article
    assert (await engine.turn(conversation, choice=1)).intent == "talk_to_human"
    assert (await engine.turn(conversation, press="repeat")).reply.article == "procedure/lawyer_legal_aid"


async def test_a_choice_in_a_conversation_that_never_began_is_said_kindly(engine):
    turn = await engine.turn(engine.new_conversation(), choice=1)
    assert turn.band == "refuse"
    assert turn.reply.text


# The parts of an answer


async def test_the_parts_of_an_answer_differ_and_repeat_says_the_same(engine):
    conversation = engine.new_conversation()
    asked = (LAWYER, "Peux-tu répéter s'il te plaît ?", "Donne-moi plus de détails")
    answer, again, more = [(await engine.turn(conversation, text)).reply for text in asked]
    simple = (await engine.turn(conversation, press="simpler")).reply
    # The answer also offers what the question named; the rest is the same.
    assert (again.text, again.steps, again.cautions) == (answer.text, answer.steps, answer.cautions)
    assert len({answer.text, more.text, simple.text}) == 3
    assert {answer.sources, more.sources, simple.sources} == {answer.sources}


async def test_each_situation_has_its_own_answer(engine, store):
    conversation = engine.new_conversation()
    texts = [(await engine.turn(conversation, WORK)).reply.text]
    for situation in store.articles["life/work"].situations:
        turn = await engine.turn(conversation, press=f'tell_situation{{"situation": "{situation}"}}')
        assert turn.reply.situation == situation
        texts.append(turn.reply.text)
    assert len(set(texts)) == len(texts)


# Many at once


async def test_twenty_messages_at_once_leave_one_consistent_conversation(engine, records):
    conversation = engine.new_conversation()
    asked = [LAWYER, WORK] * 10
    turns = await asyncio.gather(*(engine.turn(conversation, text) for text in asked))
    assert [turn.reply.article for turn in turns] == ["procedure/lawyer_legal_aid", "life/work"] * 10
    state = records.load(conversation, dt.datetime.now(dt.UTC))
    assert state.slots == {"article": "life/work"}
    assert state.offered == [[button.title, button.payload] for button in turns[-1].reply.buttons]


async def test_conversations_held_at_once_do_not_mix(engine, store):
    situations = store.articles["life/work"].situations * 4

    async def talk(situation: str) -> str:
        conversation = engine.new_conversation()
        await engine.turn(conversation, WORK)
        await engine.turn(conversation, press=f'tell_situation{{"situation": "{situation}"}}')
        return (await engine.turn(conversation, WORK)).reply.situation

    assert await asyncio.gather(*map(talk, situations)) == list(situations)


# What is kept, and until when


async def test_nothing_that_a_person_types_is_ever_written_down(new_engine, tmp_path):
    engine = new_engine(Records(f"sqlite:///{tmp_path / 'records.db'}"))
    conversation = engine.new_conversation()
    typed = [
        f"zorglubix {LAWYER}",
        "Je suis zorglubix et j'habite à Brumelande",
        "Mon numéro est le 0499887766, zorglubix@example.org",
        "Donne-moi plus de détails zorglubix",
        "Mon mari me frappe, zorglubix",
        "/zorglubix",
        '{"zorglubix": "Brumelande"}',
        "Efface toute notre conversation, zorglubix",
    ]
    for text in typed:
        await engine.turn(conversation, text)
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
        assert conversation.encode().lower() in written
        for canary in (b"zorglubix", b"brumelande", b"0499887766", b"example.org"):
            assert canary not in written, text


async def test_an_idle_conversation_ends_and_a_used_one_goes_on(new_engine):
    clock = Clock()
    records = Records("sqlite://", hours=24)
    engine = new_engine(records, clock)
    idle, used = engine.new_conversation(), engine.new_conversation()
    for conversation in (idle, used):
        await engine.turn(conversation, LAWYER)
    clock.pass_by(hours=23)
    await engine.turn(used, LAWYER)
    assert records.load(idle, clock.now)
    clock.pass_by(hours=2)
    assert not records.load(idle, clock.now)
    assert records.load(used, clock.now)
    turn = await engine.turn(used, "Peux-tu répéter s'il te plaît ?")
    assert turn.reply.article == "procedure/lawyer_legal_aid"


async def test_a_conversation_that_has_ended_begins_anew(new_engine):
    clock = Clock()
    engine = new_engine(Records("sqlite://", hours=24), clock)
    conversation = engine.new_conversation()
    await engine.turn(conversation, LAWYER)
    clock.pass_by(hours=25)
    turn = await engine.turn(conversation, "Peux-tu répéter s'il te plaît ?")
    assert not turn.reply.article


async def test_forgetting_erases_the_row(new_engine):
    records = Records("sqlite://", hours=24)
    engine = new_engine(records)
    conversation = engine.new_conversation()
    await engine.turn(conversation, LAWYER)
    engine.forget(conversation)
    assert records.load(conversation, dt.datetime.now(dt.UTC)) is None


# When something breaks


async def test_an_action_that_breaks_gives_a_kind_reply_and_the_conversation_goes_on(engine, monkeypatch):
    def broken(*_):
        raise RuntimeError("broken on purpose")

    conversation = engine.new_conversation()
    await engine.turn(conversation, press='tell_situation{"situation": "recognised"}')
    with monkeypatch.context() as patched:
        patched.setattr(ActionAnswer, "reply", broken)
        turn = await engine.turn(conversation, WORK)
    assert turn.band == "refuse"
    assert [leads_to(button.payload) for button in turn.reply.buttons] == ["talk_to_human"]
    assert "broken on purpose" not in turn.reply.text
    assert (await engine.turn(conversation, choice=1)).intent == "talk_to_human"
    assert (await engine.turn(conversation, WORK)).reply.situation == "recognised"


async def test_records_that_cannot_be_reached_give_a_kind_reply(new_engine, tmp_path):
    engine = new_engine(Records(f"sqlite:///{tmp_path / 'records.db'}"))
    conversation = engine.new_conversation()
    for path in tmp_path.iterdir():
        path.write_bytes(b"not a database " * 1000)
    turn = await engine.turn(conversation, LAWYER)
    assert turn.band == "refuse"
    assert [leads_to(button.payload) for button in turn.reply.buttons] == ["talk_to_human"]


async def test_a_language_that_jalon_does_not_have_gives_a_kind_reply(engine):
    turn = await engine.turn(engine.new_conversation(), LAWYER, language="xx")
    assert turn.reply.text
    assert turn.reply.buttons


# The trained domain


def test_every_article_and_every_signpost_is_a_response_of_the_trained_domain(model, store):
    responses = LocalModelStorage.metadata_from_archive(model).domain.responses
    articles = {f"utter_{name}" for name in store.articles}
    signposts = {f"utter_signpost/{id}" for id in store.entries("signposts")}
    assert (articles | signposts) - set(responses) == set()
