"""What staff see of a turn: how it was understood, what ran, what changed, which facts were used. Never the wording."""

from __future__ import annotations

import asyncio
import io

import pytest
from rich.console import Console

from jalon.conversation.engine import Turn
from jalon.inspection import panel

LAWYER = "Comment avoir un avocat gratuit pour mon asile ?"
APPEAL = "Le CGRA a dit non, comment introduire un recours au Conseil du contentieux ?"
DOCTOR = "Qui paie le médecin quand je suis demandeur d'asile ?"


def rows_of(turn: Turn) -> dict[str, str]:
    """The lines of a panel by their label."""
    printed = io.StringIO()
    Console(file=printed, width=500).print(panel(1, turn))
    rows: dict[str, str] = {}
    label = ""
    for line in printed.getvalue().splitlines()[1:-1]:
        inside = line.strip("│").removeprefix(" ").rstrip()
        if not inside.startswith(" "):
            label, _, inside = inside.partition("  ")
        rows[label] = f"{rows.get(label, '')}\n{inside.strip()}".strip()
    return rows


@pytest.fixture
def said(engine):
    """The turn that answers one message."""
    return lambda text: engine.turn(engine.new_conversation(), text)


async def test_how_a_question_was_understood(said):
    turn = await said("Le CGRA a dit non, comment avoir un avocat gratuit ?")
    rows = rows_of(turn)
    assert rows["language"] == "fr"
    assert rows["guard"] == "–"
    assert {"cgra", "avocat"} <= set(rows["words"].split())
    assert "organisation → cgra" in rows["entities"]
    assert [line.split()[1] for line in rows["ranking"].splitlines()] == [each["name"] for each in turn.ranking]
    assert len(turn.ranking) == 5
    assert rows["intent"].startswith(turn.intent)
    assert rows["band"].startswith(f"{turn.band} (answer from 0.")
    assert "choose from 0." in rows["band"]


async def test_why_a_text_is_no_question(said):
    rows = rows_of(await said("/restart"))
    assert rows["guard"] == "command"
    assert rows["band"] == "refuse"


async def test_the_action_that_answered_and_what_it_changed(said):
    rows = rows_of(await said(LAWYER))
    answered = [line for line in rows["actions"].splitlines() if "answered" in line]
    assert [line.split()[:2] for line in answered] == [["action_answer", "(RulePolicy"]]
    assert rows["slots"] == "article: – → procedure/lawyer_legal_aid"
    assert rows["form"] == "–"


async def test_the_button_and_the_form_that_it_opens_with_its_question(engine):
    turn = await engine.turn(engine.new_conversation(), press="compute_deadline")
    rows = rows_of(turn)
    assert rows["pressed"] == "/compute_deadline"
    assert rows["form"] == "– → deadline_form"
    assert "requested_slot: – → letter" in rows["slots"]
    assert "words" not in rows


async def test_the_facts_of_the_answer_with_value_date_and_source(said, store):
    turn = await said(APPEAL)
    assert turn.reply.article == "procedure/appeal_cce"
    fact = next(fact for fact in turn.trace.facts if fact.citation == "{deadline:appeal_ordinary}")
    value = store.fact("deadline:appeal_ordinary").value_on(fact.since)
    assert value.since == fact.since
    assert str(int(value.value)) in fact.written
    assert fact.written in turn.reply.text
    line = next(line for line in rows_of(turn)["facts"].splitlines() if line.startswith(fact.citation))
    for part in (fact.written, f"since {fact.since}", f"checked {fact.source.checked_on}", fact.source.title):
        assert part in line


async def test_an_answer_without_facts_names_none(said):
    turn = await said("Bonjour à tous")
    assert turn.trace.facts == ()
    assert rows_of(turn)["facts"] == "–"


async def test_the_facts_of_conversations_held_at_once_do_not_mix(said):
    alone = {text: (await said(text)).trace.facts for text in (APPEAL, DOCTOR)}
    assert len(set(alone.values())) == 2
    turns = await asyncio.gather(*(said(text) for text in [*alone] * 5))
    assert [turn.trace.facts for turn in turns] == [*alone.values()] * 5
