"""How a turn went, for staff who inspect or record a test dialogue. It is never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jalon.conversation.state import State
from jalon.knowledge.render import FilledIn


@dataclass(frozen=True)
class Executed:
    """An action that Rasa ran, the policy that predicted it, and whether the reply came from it."""

    action: str
    policy: str
    confidence: float
    replied: bool


@dataclass(frozen=True)
class Trace:
    """What happened between the message and the reply.

    Attributes:
        pressed: the payload of the button that was pressed, by its number or title; empty for a message.
        guard: why the text is no question (jalon/nlu/guard.py); empty when it may be one.
        words: the tokens that were classified, shortenings written out.
        thresholds: the confidence from which it answers, and from which it offers a choice; empty for a press.
        before, after: what was kept of the conversation before the message, and after the reply.
        actions: what Rasa ran, in order.
        facts: the citations that were filled in, in order.
        parsed: everything that the pipeline made of the message.
    """

    pressed: str = ""
    guard: str = ""
    words: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    before: State = field(default_factory=State)
    after: State = field(default_factory=State)
    actions: tuple[Executed, ...] = ()
    facts: tuple[FilledIn, ...] = ()
    parsed: Mapping[str, Any] = field(default_factory=dict)


def trace_of(
    parsed: Mapping[str, Any],
    pressed: str,
    before: State,
    after: State,
    actions: list[Executed],
    facts: list[FilledIn],
) -> Trace:
    """The trace of a turn whose message was parsed with all that its components set."""
    thresholds = parsed.get("thresholds")
    return Trace(
        pressed=pressed,
        guard=parsed.get("guard") or "",
        words=tuple(parsed.get("words") or ()),
        thresholds=thresholds.as_dict() if thresholds else {},
        before=before,
        after=after,
        actions=tuple(actions),
        facts=tuple(dict.fromkeys(facts)),
        parsed=parsed,
    )
