"""Staff talk in the terminal: buttons, what is shown of a turn, and what is recorded of the conversation."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from jalon.channels.terminal import talk
from jalon.conversation.engine import Engine
from jalon.recording import Recorder
from jalon.scenarios import BadScenario, leads_to, play, read_scenarios

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def at_terminal(monkeypatch, engine):
    """Type lines, as long as there are any; returns what was printed."""

    async def type_lines(*lines: str, on: Engine = engine, **options) -> str:
        waiting = iter(lines)

        def next_line(self, prompt):
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(Console, "input", next_line)
        printed = io.StringIO()
        await talk(on, Console(file=printed, width=200), **options)
        return printed.getvalue()

    return type_lines


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mine.yml"


class Listening:
    """An engine that passes on to another, and notes how it was asked."""

    def __init__(self, engine):
        self._engine = engine
        self.told = []
        self.turns = []

    def __getattr__(self, name):
        return getattr(self._engine, name)

    async def turn(self, conversation, text, language=None):
        self.told.append(language)
        self.turns.append(await self._engine.turn(conversation, text, language=language))
        return self.turns[-1]


async def test_the_language_is_told_once_so_that_the_person_may_choose_another(at_terminal, engine):
    listening = Listening(engine)
    await at_terminal("bonjour", "English please", on=listening, language="fr")
    assert listening.told == ["fr", None]


async def test_a_number_presses_that_button(at_terminal, engine):
    listening = Listening(engine)
    await at_terminal(LAWYER, "1", "", "never said", on=listening)
    first, second = listening.turns
    assert second.trace.pressed == first.reply.buttons[0].payload


async def test_a_turn_is_inspected_only_when_asked(at_terminal):
    assert "turn 1" not in await at_terminal(LAWYER)
    printed = await at_terminal(LAWYER, "1", inspect=True)
    assert "turn 1" in printed
    assert "turn 2" in printed


# What is recorded


async def test_a_conversation_is_recorded_as_a_scenario_that_plays(at_terminal, path, engine):
    await at_terminal(LAWYER, "1", "", "a lawyer", "yes", recorder=Recorder(path, TODAY))
    (scenario,) = read_scenarios(path)
    assert (scenario.name, scenario.today) == ("a lawyer", TODAY)
    first, second = scenario.turns
    assert (first.say, first.expect.intent, first.expect.band) == (LAWYER, "procedure/lawyer_legal_aid", "answer")
    assert first.expect.article == "procedure/lawyer_legal_aid"
    assert second.press_intent == first.expect.offers[0]
    assert await play(scenario, engine) == []


async def test_the_scenario_is_shown_before_it_is_written(at_terminal, path):
    printed = await at_terminal(LAWYER, "", "a lawyer", "no", recorder=Recorder(path, TODAY))
    assert "name: a lawyer" in printed
    assert "procedure/lawyer_legal_aid" in printed
    assert not path.exists()


@pytest.mark.parametrize("answers", [("",), (), ("a name", ""), ("a name", "non")])
async def test_nothing_is_written_without_a_name_and_a_yes(answers, at_terminal, path):
    await at_terminal(LAWYER, "", *answers, recorder=Recorder(path, TODAY))
    assert not path.exists()


async def test_nothing_is_asked_when_nothing_was_said(at_terminal, path):
    assert await at_terminal("", "a name", "yes", recorder=Recorder(path, TODAY)) == ""
    assert not path.exists()


async def test_nothing_personal_is_shown_for_the_file_or_written(at_terminal, path):
    typed = f"Je m'appelle Zahra, mon numéro est ٠٤٧٠١١٢٢٣٣. {LAWYER}"
    printed = await at_terminal(typed, "", "Zahra, zahra@example.org", "oui", recorder=Recorder(path, TODAY))
    written = path.read_text("utf-8")
    shown = printed[printed.index("- name:") :]
    for part in ("Je m'appelle Zahra", "٠٤٧٠", "0470", "zahra@example.org"):
        assert part not in written
        assert part not in shown
    assert "[phone]" in written


async def test_a_scenario_that_what_was_hidden_changes_is_said_to_go_otherwise(at_terminal, path):
    form = ("Je voudrais qu'on me rappelle", "1", "1", "0470 11 22 33")
    printed = await at_terminal(*form, "", "a call", "no", recorder=Recorder(path, TODAY))
    assert "otherwise" in printed
    assert "turn 4" in printed


async def test_scenarios_are_added_after_those_that_are_there(at_terminal, path):
    path.write_text("# Mine.\n- name: first\n  turns:\n  - say: Bonjour", "utf-8")
    await at_terminal(LAWYER, "", "first", "second", "yes", recorder=Recorder(path, TODAY))
    assert [scenario.name for scenario in read_scenarios(path)] == ["first", "second"]
    assert path.read_text("utf-8").startswith("# Mine.\n- name: first")


def test_a_file_that_is_no_scenario_is_refused_before_anything_is_said(path):
    path.write_text("name: x", "utf-8")
    with pytest.raises(BadScenario):
        Recorder(path, TODAY)
    with pytest.raises(FileNotFoundError):
        Recorder(path.parent / "gone" / "mine.yml", TODAY)


async def test_what_the_person_pressed_is_recorded_by_where_it_leads(at_terminal, path, engine):
    listening = Listening(engine)
    recorder = Recorder(path, TODAY)
    await at_terminal(LAWYER, "1", "", "a lawyer", "yes", on=listening, recorder=recorder)
    assert leads_to(listening.turns[1].trace.pressed) == read_scenarios(path)[0].turns[1].press_intent
