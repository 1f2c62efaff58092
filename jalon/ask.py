"""`jalon ask`: one turn, or a batch of turns in JSON Lines, in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from typing import Any

from jalon.conversation.engine import Engine


class BadLine(ValueError):
    """A line of a batch cannot be understood; the message names the line, the fault and the remedy."""


async def ask_batch(engine: Engine, lines: Iterable[str]) -> AsyncIterator[dict[str, Any]]:
    """Answer JSON Lines in their order; lines with the same `conversation` are one conversation.

    Raises:
        BadLine: a line is not JSON or has neither text nor choice.
    """
    conversations: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        asked = _parse(number, line)
        name = asked.get("conversation")
        conversation = engine.new_conversation()
        if name is not None:
            conversation = conversations.setdefault(str(name), conversation)
        turn = await engine.turn(conversation, asked.get("text") or "", asked.get("choice"), asked.get("language"))
        yield {"id": asked.get("id", number), **turn.as_json()}


def _parse(number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError as fault:
        raise BadLine(f"line {number} is not JSON ({fault.msg}). Write one object per line.") from fault
    if not isinstance(asked, dict) or not ("text" in asked or "choice" in asked):
        raise BadLine(f'line {number} has neither "text" nor "choice". Add one.')
    if not isinstance(asked.get("text") or "", str):
        raise BadLine(f'line {number}: "text" is not a text. Write it between quotes.')
    if asked.get("choice") is not None and type(asked["choice"]) is not int:
        raise BadLine(f'line {number}: "choice" is not a number. Write 1 for the first button.')
    return asked
