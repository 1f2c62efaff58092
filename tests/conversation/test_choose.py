"""What is offered when a question could mean several things."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker

from actions.answers import ActionChoose
from jalon.conversation.compose import Composer
from jalon.evaluation import read_questions
from jalon.scenarios import leads_to


@pytest.fixture
def offered(store, project, today):
    def of(*choices: str) -> list[str]:
        composer = Composer(store, project.data, "fr", today)
        message = {"decision": {"band": "choose", "choices": list(choices)}}
        tracker = Tracker("x", {}, message, [], False, None, {}, "")
        return [leads_to(button.payload) for button in ActionChoose().reply(composer, tracker).buttons]

    return of


def test_the_likely_questions_come_first_then_none_of_them_and_a_person(offered):
    assert offered("life/work", "help") == ["life/work", "help", "out_of_scope", "talk_to_human"]


def test_who_may_be_in_danger_is_offered_help_at_once(offered):
    assert offered("life/work", "in_danger")[1] == "in_danger"


def test_an_article_that_is_gone_is_not_offered(offered):
    assert offered("life/gone", "life/work")[0] == "life/work"


async def test_every_offered_title_opens_its_article(engine, project):
    questions = read_questions(project.home / "tests" / "understanding" / "fr.yml")
    seen = 0
    for question in questions[:300]:
        conversation = engine.new_conversation()
        turn = await engine.turn(conversation, question.text)
        articles = [name for name in turn.offered if "/" in name and not name.startswith("signpost/")]
        if turn.band != "choose" or not articles:
            continue
        names = [leads_to(button.payload) for button in turn.reply.buttons]
        assert [name for name in names if "/" in name] == articles
        pressed = await engine.turn(conversation, choice=names.index(articles[-1]) + 1)
        assert (pressed.band, pressed.reply.article) == ("answer", articles[-1])
        seen += 1
    assert seen
