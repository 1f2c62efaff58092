"""Conversations written down with what must be true of each reply: their form, and how they are played.

The files are tests/conversations/*.yml and any other that staff record; docs/tasks/test-a-dialogue.md is their manual.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from jalon.conversation.reply import Button, Reply
from jalon.languages import REFERENCE
from jalon.leftovers import untranslated
from jalon.phrases import read_payload
from jalon.procedure.today import BELGIUM

if TYPE_CHECKING:  # the engine imports Rasa, which takes seconds
    from jalon.conversation.engine import Engine, Turn


class BadScenario(ValueError):
    """A file of scenarios cannot be read; the message names the file, the scenario, the fault and the remedy."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Repeat(_Form):
    """A text said many times over, for messages too long to write."""

    repeat: tuple[str, int] = Field(strict=False)


class Expect(_Form):
    """What must be true of the reply. What is left out is not looked at; "" stands for none."""

    language: str | None = None
    intent: str | None = None
    band: Literal["answer", "choose", "refuse", "dialogue"] | None = None
    article: str | None = None
    situation: str | None = None
    form: str | None = None
    last_day: dt.date | Literal[""] | None = None
    sources: bool | None = None
    contacts: bool | None = None
    sections: bool | None = None
    page: bool | None = None
    buttons_at_least: int | None = None
    offers: list[str] | None = None
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
    """A conversation from its beginning.

    Attributes:
        today: the day it is held, at noon in Belgium, or the moment in Belgian time; None for the present.
        language: a code told before the first message, as `jalon chat --language` does.
    """

    name: str
    today: dt.datetime | dt.date | None = None
    language: str | None = None
    turns: list[Step] = Field(min_length=1)

    @property
    def moment(self) -> dt.datetime | None:
        """When it is held."""
        if isinstance(self.today, dt.datetime):
            return self.today.replace(tzinfo=BELGIUM)
        return dt.datetime.combine(self.today, dt.time(12), BELGIUM) if self.today else None


@dataclass(frozen=True)
class Deviation:
    """How a turn (from 1) went otherwise than written: the key of `expect` or of the message, and both values."""

    turn: int
    key: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        """One line."""
        return f"turn {self.turn}: {self.key}: expected {_shown(self.expected)}, found {_shown(self.found)}"


def read_scenarios(path: Path) -> list[Scenario]:
    """Read one file.

    Raises:
        BadScenario: the file or a scenario does not have the form.
        FileNotFoundError: there is no such file.
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
    """What a button opens: the article, situation, letter or topic it names, otherwise its dialogue intent.

    The French original of an article is `original`.
    """
    intent, named = read_payload(payload)
    if "text_in" in named:
        return "original"
    return next(iter(named.values()), intent)


def offers(buttons: Iterable[Button]) -> list[str]:
    """What each button opens, in their order."""
    return [leads_to(button.payload) for button in buttons]


async def play(scenario: Scenario, engine: Engine, language: str = REFERENCE) -> list[Deviation]:
    """Hold the conversation, on the scenario's own day where it has one; every deviation in order.

    Args:
        language: of the person. What is typed is written in the reference language; in another one the same is meant
            by each message, as it was understood there, and the dialogue must go the same way.
    """
    if moment := scenario.moment:
        engine = engine.at(lambda: moment)
    if language == REFERENCE:
        return [deviation async for _, found in _held(scenario, engine) for deviation in found]
    original = [turn async for turn, _ in _held(scenario, engine)]
    return [each async for _, found in _held(scenario, engine, language, original) for each in found]


async def _held(
    scenario: Scenario, engine: Engine, language: str | None = None, original: Sequence[Turn] = ()
) -> AsyncIterator[tuple[Turn, list[Deviation]]]:
    """Each turn of a scenario, and how it deviates; `original` are its turns in the reference language."""
    conversation = engine.new_conversation()
    offered: list[str] = []
    for number, step in enumerate(scenario.turns, 1):
        choice, press, meant = step.press, "", None
        if step.press_intent:
            choice = offered.index(step.press_intent) + 1 if step.press_intent in offered else len(offered) + 1
        elif original and step.say is not None:
            before = original[number - 1].trace
            press, meant = before.pressed.removeprefix("/"), None if before.pressed else before.parsed
        told = (language or scenario.language) if number == 1 else None
        turn = await engine.turn(conversation, step.text, choice, told, press, meant)
        found = [*_deviations(number, turn, step.expect, is_translated=bool(original))]
        if step.press_intent and step.press_intent not in offered:
            found.insert(0, Deviation(number, "press_intent", step.press_intent, offered))
        if original:
            found += _language_deviations(number, turn.reply, original[number - 1].reply)
        offered = offers(turn.reply.buttons)
        yield turn, found
    engine.forget(conversation)


def _language_deviations(number: int, reply: Reply, original: Reply) -> Iterator[Deviation]:
    """French where another language is spoken; names of offices and sources stay."""
    names = {card.name for card in reply.contacts}
    said, french = ("\n".join(_words(each)) for each in (reply, original))
    left = [sentence for sentence in untranslated(said, french) if sentence.rstrip(".") not in names]
    if left and reply.language != original.language:
        yield Deviation(number, "translated", "no French", left)


def _words(reply: Reply) -> Iterator[str]:
    """What a reply says in its own words."""
    yield from (reply.text, *reply.steps, reply.after, *reply.cautions)
    yield from (line for section in reply.sections for line in (section.title, *section.lines))
    yield from (card.about for card in reply.contacts)


def _deviations(number: int, turn: Turn, expect: Expect, is_translated: bool) -> Iterator[Deviation]:
    reply = turn.reply
    kept = turn.trace.after.slots
    if is_translated and "language" not in (expect.kept or {}):
        kept = {name: value for name, value in kept.items() if not name.startswith("language")}
    seen = {
        "language": turn.language,
        "intent": turn.intent,
        "band": turn.band,
        "article": reply.article,
        "situation": reply.situation,
        "form": turn.trace.after.loop or "",
        "last_day": reply.reminder and dt.date.fromisoformat(reply.reminder),
        "sources": bool(reply.sources and reply.checked_on),
        "contacts": any(card.lines for card in reply.contacts),
        "sections": bool(reply.sections),
        "page": bool(reply.page),
        "kept": kept,
    }
    for key, wanted in expect.model_dump(include=set(seen)).items():
        if wanted is not None and wanted != seen[key]:
            yield Deviation(number, key, wanted, seen[key])
    offered = offers(reply.buttons)
    if len(offered) < (expect.buttons_at_least or 0):
        yield Deviation(number, "buttons_at_least", expect.buttons_at_least, len(offered))
    if missing := [name for name in expect.offers or () if name not in offered]:
        yield Deviation(number, "offers", missing, offered)
    if not reply.text:
        yield Deviation(number, "reply", "a text", "")


def _shown(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"
