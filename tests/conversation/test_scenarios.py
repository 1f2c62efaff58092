"""The conversations of tests/conversations, one test each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from jalon.importer import JalonImporter
from jalon.nlu.text import normalise
from jalon.scenarios import BadScenario, Scenario, play, read_scenarios
from jalon.settings import Settings

FOLDER = Path(__file__).parent.parent / "conversations"
DIALOGUE_ONLY = {"choose", "unreadable"}  # what the pipeline concludes; nobody asks for it


def _all() -> list:
    return [
        pytest.param(scenario, id=f"{path.stem}/{scenario.name}")
        for path in sorted(FOLDER.glob("*.yml"))
        for scenario in read_scenarios(path)
    ]


@pytest.mark.parametrize("scenario", _all())
async def test_conversation_goes_as_written(scenario: Scenario, engine):
    assert [str(deviation) for deviation in await play(scenario, engine)] == []


def test_article_questions_are_not_training_examples(project: Settings):
    home = project.home
    importer = JalonImporter(str(home / "config.yml"), str(home / "domain.yml"), [str(project.data)])
    known = {normalise(message.get("text")) for message in importer.get_nlu_data().training_examples}
    asked = {step.text for scenario in read_scenarios(FOLDER / "articles.yml") for step in scenario.turns if step.say}
    assert asked
    assert not {text for text in asked if normalise(text) in known}


def test_every_dialogue_intent_has_a_scenario(project: Settings):
    intents = yaml.safe_load((project.home / "domain.yml").read_text("utf-8"))["intents"]
    topics = {folder.name for folder in (project.data / "articles").iterdir()}
    expected = {
        step.expect.intent
        for path in FOLDER.glob("*.yml")
        for scenario in read_scenarios(path)
        for step in scenario.turns
    }
    assert set(intents) - topics - DIALOGUE_ONLY - expected == set()


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("- name: a\n  turns: [{say: Bonjour, expect: {intend: greet}}]", "intend"),
        ("- name: a\n  turns: [{says: Bonjour}]", "says"),
        ("- name: a\n  turn: [{say: Bonjour}]", "turn"),
        ("- name: a\n  turns: [{say: Bonjour, press: 1}]", "exactly one"),
        ("- name: a\n  turns: [{expect: {band: answer}}]", "exactly one"),
        ("- name: a\n  turns: [{say: Bonjour, expect: {band: maybe}}]", "band"),
        ("- name: a\n  turns: []", "turns"),
        ("name: a", "not a list"),
        ("- [", "not YAML"),
    ],
)
def test_a_scenario_that_is_not_of_the_form_is_refused_by_file_and_key(written, named, tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(written, "utf-8")
    with pytest.raises(BadScenario) as fault:
        read_scenarios(path)
    assert "mine.yml" in str(fault.value)
    assert named in str(fault.value)


async def test_a_conversation_that_goes_otherwise_is_reported_with_its_turn(engine, records, tmp_path):
    path = tmp_path / "mine.yml"
    expect = "{intent: goodbye, band: answer, sources: true, contacts: true, buttons_at_least: 40, offers: [life/work]}"
    path.write_text(
        f"- name: wrong\n  turns: [{{say: Bonjour, expect: {expect}}}, {{press_intent: life/work}}]", "utf-8"
    )
    found = await play(read_scenarios(path)[0], engine, records)
    assert [fault.split(":")[0] for fault in found] == ["turn 1"] * 6 + ["turn 2"]
