"""The conversations of tests/conversations, one test each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Tracker
from typer.testing import CliRunner

from actions.base import composer_for
from jalon import cli
from jalon.importer import JalonImporter
from jalon.languages import known_languages
from jalon.nlu.text import normalise
from jalon.procedure.today import BELGIUM, belgian_today
from jalon.scenarios import BadScenario, Scenario, offers, play, read_scenarios
from jalon.settings import Settings, settings

FOLDER = Path(__file__).parent.parent / "conversations"
# What the pipeline concludes, what counts as out of scope in a turn, and what only a configured mail server offers.
DIALOGUE_ONLY = {"choose", "unreadable", "signpost", "request_callback"}


def _all() -> list:
    return [
        pytest.param(scenario, id=f"{path.stem}/{scenario.name}")
        for path in sorted(FOLDER.glob("*.yml"))
        for scenario in read_scenarios(path)
    ]


@pytest.mark.parametrize("language", list(known_languages(settings().data)))
@pytest.mark.parametrize("scenario", _all())
async def test_conversation_goes_as_written(scenario: Scenario, language: str, engine):
    assert [str(deviation) for deviation in await play(scenario, engine, language)] == []


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
        ("- name: a\n  turns: [{say: Bonjour, expect: {says: Bonjour}}]", "says"),
        ("- name: a\n  today: tomorrow\n  turns: [{say: Bonjour}]", "today"),
        ("- name: a\n  turns: [{say: Bonjour, expect: {last_day: soon}}]", "last_day"),
    ],
)
def test_a_scenario_that_is_not_of_the_form_is_refused_by_file_and_key(written, named, tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(written, "utf-8")
    with pytest.raises(BadScenario) as fault:
        read_scenarios(path)
    assert "mine.yml" in str(fault.value)
    assert named in str(fault.value)


async def test_a_conversation_that_goes_otherwise_is_reported_with_its_turn(engine, tmp_path):
    path = tmp_path / "mine.yml"
    expect = (
        "{language: en, intent: goodbye, band: answer, situation: recognised, form: service_form, "
        "last_day: 2026-01-01, sources: true, contacts: true, buttons_at_least: 40, offers: [life/work], "
        "kept: {article: life/work}}"
    )
    path.write_text(
        f"- name: wrong\n  turns: [{{say: Bonjour, expect: {expect}}}, {{press_intent: life/work}}]", "utf-8"
    )
    found = await play(read_scenarios(path)[0], engine)
    keys = [
        "language",
        "intent",
        "band",
        "situation",
        "form",
        "last_day",
        "sources",
        "contacts",
        "kept",
        "buttons_at_least",
        "offers",
    ]
    assert [(each.turn, each.key) for each in found] == [*((1, key) for key in keys), (2, "press_intent")]
    intent = next(each for each in found if each.key == "intent")
    assert (intent.expected, intent.found) == ("goodbye", "greet")
    assert str(intent) == "turn 1: intent: expected goodbye, found greet"


# The day of a scenario


def _scenario(tmp_path, text: str) -> Scenario:
    path = tmp_path / "mine.yml"
    path.write_text(text, "utf-8")
    return read_scenarios(path)[0]


DEADLINE = """
- name: a deadline on a fixed day
  today: {today}
  turns:
    - say: "Je veux calculer mon délai de recours"
      expect: {{form: deadline_form, last_day: ""}}
    - press_intent: cgra_decision
    - press_intent: "{received}"
    - say: "30 jours"
      expect: {{form: "", last_day: {last_day}}}
"""


@pytest.mark.parametrize(
    ("today", "received", "last_day"),
    [
        # 1 September is not counted: 29 days are left in the month, and the 30th is 1 October, a Thursday.
        ("2026-09-01", "2026-09-01", "2026-10-01"),
        ("2026-09-02", "2026-09-01", "2026-10-01"),
        # The day begins in Belgium, an hour before it does in Greenwich.
        ("2026-09-02 00:30:00", "2026-09-02", "2026-10-02"),
    ],
)
async def test_a_deadline_is_counted_on_the_day_of_the_scenario(today, received, last_day, engine, tmp_path):
    scenario = _scenario(tmp_path, DEADLINE.format(today=today, received=received, last_day=last_day))
    assert [str(deviation) for deviation in await play(scenario, engine)] == []


async def test_a_date_that_is_typed_is_read_on_the_day_of_the_scenario(engine, tmp_path):
    scenario = _scenario(
        tmp_path,
        """
- name: yesterday
  today: 2026-09-02
  turns:
    - say: "Je veux calculer mon délai de recours"
    - press_intent: cgra_decision
    - say: "hier"
      expect: {kept: {letter: cgra_decision, received_on: "2026-09-01", requested_slot: period}}
""",
    )
    assert [str(deviation) for deviation in await play(scenario, engine)] == []


async def test_the_facts_and_cautions_are_those_of_the_scenarios_day(engine, store):
    review_by = store.articles["procedure/lawyer_legal_aid"].review_by
    asked = "Comment avoir un avocat gratuit pour mon asile ?"
    cautions = []
    for days in (0, 1):
        moment = dt.datetime.combine(review_by + dt.timedelta(days), dt.time(12), dt.UTC)
        turn = await engine.at(lambda moment=moment: moment).turn(engine.new_conversation(), asked)
        cautions.append(len(turn.reply.cautions))
    assert cautions[1] == cautions[0] + 1


def test_whether_an_office_is_open_is_said_for_the_moment_of_the_message(model):
    tuesday = dt.datetime(2026, 9, 1, 9, 30, tzinfo=BELGIUM)
    contacts = []
    for moment in (tuesday, tuesday + dt.timedelta(minutes=1), tuesday - dt.timedelta(days=2)):
        tracker = Tracker("x", {}, {"metadata": {"now": moment}}, [], False, None, {}, "")
        contacts.append(composer_for(tracker).contact("talk_to_human", ("unia",)).contacts)  # open 9:30 to 13:00
    assert contacts[0] == contacts[1] != contacts[2]


async def test_the_day_of_a_scenario_ends_with_it(engine, tmp_path):
    day, last_day = "2026-09-01", "2026-10-01"
    await play(_scenario(tmp_path, DEADLINE.format(today=day, received=day, last_day=last_day)), engine)
    conversation = engine.new_conversation()
    await engine.turn(conversation, press="compute_deadline")
    turn = await engine.turn(conversation, press='inform{"letter": "cgra_decision"}')
    assert belgian_today().isoformat() in offers(turn.reply.buttons)


# From the command line


@pytest.fixture
def replayed(engine, monkeypatch, tmp_path):
    """What `jalon replay` prints about scenarios, and its exit code."""

    def run(text: str) -> tuple[list[str], int]:
        (tmp_path / "mine.yml").write_text(text, "utf-8")
        monkeypatch.setattr(cli, "_engine", lambda: engine)
        result = CliRunner().invoke(cli.app, ["replay", str(tmp_path / "mine.yml")])
        return result.stdout.splitlines(), result.exit_code

    return run


def test_replaying_what_goes_as_written_prints_nothing_and_succeeds(replayed):
    assert replayed("- name: right\n  turns: [{say: Bonjour, expect: {intent: greet}}]") == ([], 0)


def test_replaying_what_goes_otherwise_names_it_and_fails(replayed):
    right = "- name: right\n  turns: [{say: Bonjour, expect: {intent: greet}}]\n"
    wrong = "- name: wrong\n  turns: [{say: Bonjour}, {say: Merci, expect: {intent: greet}}]\n"
    lines, code = replayed(right + wrong)
    assert lines == ["mine.yml: wrong: turn 2: intent: expected greet, found thank"]
    assert code == 1
