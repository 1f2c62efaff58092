"""Makes a scenario of a test dialogue: what was typed, without what looks personal, and how it was answered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from jalon.privacy.redaction import redact
from jalon.scenarios import Expect, Scenario, Step, leads_to, offers, read_scenarios

if TYPE_CHECKING:
    from jalon.conversation.engine import Turn


class Recorder:
    """Notes the turns of one conversation.

    Args:
        path: the file of scenarios that it will be added to; it may be new.
        today: the day of the conversation, which the scenario fixes.
        language: the code told before the first message, if any.

    Raises:
        BadScenario: the file is there, but cannot be read.
        FileNotFoundError: its folder does not exist.
    """

    def __init__(self, path: Path, today: dt.date, language: str | None = None) -> None:
        if not path.parent.is_dir():
            raise FileNotFoundError(f"{path.parent} is not a folder. Make it, or record in another place.")
        self._names = {scenario.name for scenario in read_scenarios(path)} if path.exists() else set()
        self._path = path
        self._today = today
        self._language = language
        self._steps: list[Step] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not self._steps

    def note(self, text: str, turn: Turn) -> None:
        """Note one message, and its answer: intent, band, article, situation, offers; form and last day if any."""
        reply, trace = turn.reply, turn.trace
        left_form = "" if trace.before.loop else None
        expect = Expect(
            intent=turn.intent,
            band=turn.band,
            article=reply.article,
            situation=reply.situation,
            form=trace.after.loop or left_form,
            last_day=dt.date.fromisoformat(reply.reminder) if reply.reminder else None,
            offers=offers(reply.buttons),
        )
        if trace.pressed:
            self._steps.append(Step(press_intent=leads_to(trace.pressed), expect=expect))
        else:
            self._steps.append(Step(say=redact(text, self._today), expect=expect))

    def scenario(self, name: str) -> Scenario:
        """The conversation so far under a name, redacted like everything that is typed.

        Raises:
            ValueError: the file has a scenario of that name.
        """
        plain = redact(name, self._today)
        if plain in self._names:
            raise ValueError(f"{self._path.name} has a scenario of that name. Choose another name.")
        return Scenario(name=plain, today=self._today, language=self._language, turns=self._steps)

    def write(self, scenario: Scenario) -> None:
        """Add the scenario at the end of the file."""
        before = self._path.read_text("utf-8") if self._path.exists() else ""
        gap = "\n" if before and not before.endswith("\n") else ""
        self._path.write_text(f"{before}{gap}{as_yaml(scenario)}", "utf-8")


def as_yaml(scenario: Scenario) -> str:
    """The scenario as its file writes it."""
    entry = scenario.model_dump(exclude_none=True)
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
