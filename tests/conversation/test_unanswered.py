"""What could not be answered is counted without a word of it."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from queue_form import KEYS, Page, arrival
from turn_form import NOW, Clock

from jalon.conversation.desk import Desk
from jalon.conversation.message import Message
from jalon.conversation.records import Records
from jalon.conversation.state import State
from jalon.conversation.unanswered import Unanswered, counts, forget, note
from jalon.privacy.retention import Retention

TODAY = NOW.date()
OFF_TOPIC = "Quelle est la recette des frites ?"


@pytest.fixture
def kept(database):
    made = Records(database)
    yield made
    made.close()


def noted(kept: Records, *some: Unanswered, at: dt.datetime = NOW) -> None:
    with kept.writing() as connection:
        for what in some:
            note(kept, connection, what, at)


def test_the_same_is_counted_together_and_the_most_frequent_comes_first(kept):
    refused = Unanswered("refused", "fr", ("life/work", "rights/cpas_help", "greet", "deny"))
    noted(kept, refused, Unanswered("refused", "ar"), refused, refused)
    noted(kept, refused, at=NOW + dt.timedelta(days=1))
    first, second = counts(kept, TODAY)
    assert (first.count, first.theme, first.language) == (4, "life", "fr")
    assert first.ranking == "life/work > rights/cpas_help > greet"
    assert (second.count, second.theme, second.ranking) == (1, "", "")


def test_old_counts_are_not_shown_and_can_be_erased(kept):
    noted(kept, Unanswered("refused", "fr"))
    assert counts(kept, TODAY + dt.timedelta(days=1)) == []
    with kept.writing() as connection:
        assert forget(connection, TODAY + dt.timedelta(days=1)) == 1
    assert counts(kept, TODAY) == []


async def test_a_question_without_an_answer_is_counted_with_what_it_was_nearest_to(engine):
    turn, _ = await engine.respond(State(), Message(OFF_TOPIC))
    assert turn.unanswered and turn.unanswered.kind == "refused" and turn.unanswered.ranking


async def test_an_answer_a_button_and_a_neighbouring_subject_are_not_counted(engine):
    for text in ("Où demander l'asile ?", "bonjour", "Comment demander une allocation de chômage ?"):
        turn, _ = await engine.respond(State(), Message(text))
        assert turn.unanswered is None, text


async def test_a_complaint_names_the_article_that_did_not_help(engine):
    answered, state = await engine.respond(State(), Message("Où demander l'asile ?"))
    turn, _ = await engine.respond(state, Message(press="feedback_negative"))
    assert turn.unanswered == Unanswered("feedback", "fr", (answered.reply.article,))


async def test_none_of_the_choices_names_the_choices(engine):
    state = State(offered=[["A", '/life{"article": "life/work"}'], ["None", "/out_of_scope"]])
    turn, _ = await engine.respond(state, Message(choice=2))
    assert turn.unanswered == Unanswered("choice", "fr", ("life/work",))


async def test_a_turn_is_counted_when_it_is_kept(engine, database):
    records, clock = Records(database), Clock()
    desk = Desk(records, engine, [Page()], KEYS, Retention(), 15, clock)
    async with desk.open():
        await desk.accept([arrival("a", OFF_TOPIC, channel="page")])
        await desk.accept([arrival("a", "Où demander l'asile ?", 1, channel="page")])
        async with asyncio.timeout(20):
            while desk.inbox.count_waiting():
                await asyncio.sleep(0.01)
    assert [count.kind for count in counts(records, TODAY)] == ["refused"]
    records.close()
