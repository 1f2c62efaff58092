"""The stories of this folder go as written, by Rasa's own test of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core import test as rasa_test
from rasa.core.agent import Agent

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def judged(model):
    """Rasa's verdict on a file of stories: how many of how many actions were predicted."""
    agent = Agent.load(model)

    async def test(path: Path, out: Path) -> dict:
        return await rasa_test.test(str(path), agent, out_directory=str(out), disable_plotting=True)

    return test


async def test_every_action_of_the_stories_is_predicted(judged, tmp_path):
    found = await judged(HERE / "stories.yml", tmp_path)
    assert len(found["actions"]) > 30
    assert [action for action in found["actions"] if action["action"] != action["predicted"]] == []


async def test_a_story_that_goes_otherwise_is_noticed(judged, tmp_path):
    path = tmp_path / "wrong.yml"
    path.write_text(
        'version: "3.1"\nstories:\n- story: wrong\n  steps:\n  - intent: greet\n  - action: action_menu\n', "utf-8"
    )
    found = await judged(path, tmp_path)
    wrong = [(action["action"], action["predicted"]) for action in found["actions"]]
    assert ("action_menu", "action_say") in wrong
