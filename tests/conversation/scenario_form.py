"""The form of tests/conversations/*.yml, which staff write: docs/tasks/test-a-dialogue.md."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from jalon.conversation.engine import Engine, Turn
from jalon.conversation.records import Records


class BadScenario(ValueError):
    """A file of scenarios cannot be read; the message names the file, the scenario, the fault and the remedy."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Repeat(_Form):
    """A text said many times over, for messages too long to write."""

    repeat: tuple[str, int] = Field(strict=False)


class Expect(_Form):
    """What must be true of the reply. What is left out is not looked at."""

    intent: str | None = None
    band: Literal["answer", "choose", "refuse", "dialogue"] | None = None
    article: str | None = None
    situation: str | None = None
    sources: bool | None = None
    contacts: bool | None = None
    buttons_at_least: int | None = None
    offers: list[str] = []
    kept: dict[str, str | float | bool] | None = None


class Step(_Form):
    """One message and what to expect of the reply."""

    say: str | Repeat | None = None
    press: int | None = None
    press_intent: str | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_message(self) -> Self:
        if [self.say, self.press, self.press_intent].count(None) != 2:
            raise ValueError("write exactly one of say, press, press_intent")
        return self

    @property
    def text(self) -> str:
        """What the person types."""
        return self.say.repeat[0] * self.say.repeat[1] if isinstance(self.say, Repeat) else self.say or ""


class Scenario(_Form):
    """A conversation from its beginning."""

    name: str
    turns: list[Step] = Field(min_length=1)


def read_scenarios(path: Path) -> list[Scenario]:
    """Read one file.

    Raises:
        BadScenario: the file or a scenario does not have the form.
    """
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as fault:
        raise BadScenario(f"{path.name} is not YAML: {fault}. Compare it with the other files.") from fault
    if not isinstance(entries, list):
        raise BadScenario(f"{path.name} is not a list. Begin each scenario with `- name: …`.")
    return [_scenario(path.name, number, entry) for number, entry in enumerate(entries, 1)]


def _scenario(file: str, number: int, entry: Any) -> Scenario:
    try:
        return Scenario.model_validate(entry)
    except ValidationError as fault:
        found = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in fault.errors()]
        named = entry.get("name") if isinstance(entry, dict) else None
        where = f"{file}, scenario {number} ({named or 'without a name'})"
        raise BadScenario(f"{where}: {'; '.join(found)}. See docs/tasks/test-a-dialogue.md.") from fault


def leads_to(payload: str) -> str:
    """What a button opens: the article, situation, letter or topic it names, otherwise its dialogue intent."""
    intent, brace, values = payload.removeprefix("/").partition("{")
    named = json.loads(brace + values) if brace else {}
    return next(iter(named.values()), intent)


def faults(turn: Turn, expect: Expect) -> list[str]:
    """How the reply differs from what is expected."""
    reply = turn.reply
    offered = [leads_to(button.payload) for button in reply.buttons]
    seen = {
        "intent": turn.intent,
        "band": turn.band,
        "article": reply.article,
        "situation": reply.situation,
        "sources": bool(reply.sources and reply.checked_on),
        "contacts": any(card.lines for card in reply.contacts),
    }
    found = [
        f"{key} is {seen[key]!r}, expected {wanted!r}"
        for key, wanted in expect.model_dump(include=set(seen)).items()
        if wanted is not None and wanted != seen[key]
    ]
    if len(offered) < (expect.buttons_at_least or 0):
        found.append(f"{len(offered)} buttons, expected at least {expect.buttons_at_least}")
    found += [f"no button leads to {name}; they lead to {offered}" for name in expect.offers if name not in offered]
    return found


async def play(scenario: Scenario, engine: Engine, records: Records) -> list[str]:
    """Hold the conversation; every fault, with the number of its turn."""
    conversation = engine.new_conversation()
    payloads: list[str] = []
    found: list[str] = []
    for number, step in enumerate(scenario.turns, 1):
        choice = step.press
        if step.press_intent:
            names = [leads_to(payload) for payload in payloads]
            if step.press_intent not in names:
                return [*found, f"turn {number}: no button leads to {step.press_intent}; they lead to {names}"]
            choice = names.index(step.press_intent) + 1
        turn = await engine.turn(conversation, step.text, choice)
        payloads = [button.payload for button in turn.reply.buttons]
        wrong = faults(turn, step.expect)
        if not turn.reply.text:
            wrong.append("the reply is empty")
        state = records.load(conversation, dt.datetime.now(dt.UTC))
        kept = state.slots if state else {}
        if step.expect.kept is not None and kept != step.expect.kept:
            wrong.append(f"kept is {kept}, expected {step.expect.kept}")
        found += [f"turn {number}: {fault}" for fault in wrong]
    return found
