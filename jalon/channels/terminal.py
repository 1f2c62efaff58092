"""The terminal, for staff: a conversation as a person would have it."""

from __future__ import annotations

import json

from rich.console import Console

from jalon.conversation.engine import Engine
from jalon.display import show_reply


async def talk(engine: Engine, out: Console, language: str | None, inspect: bool) -> None:
    """Talk until an empty line or the end of input; a bare number presses that button of the last reply."""
    conversation = engine.new_conversation()
    offered = 0
    while True:
        try:
            text = out.input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not text:
            return
        pressed = int(text) if text.isascii() and text.isdecimal() and 1 <= int(text) <= offered else None
        turn = await engine.turn(conversation, text, pressed, language)
        language = None  # said once: from here on the person may choose another
        offered = len(turn.reply.buttons)
        show_reply(out, turn.reply)
        if inspect:
            shown = {key: value for key, value in turn.as_json().items() if key not in ("text", "sources", "buttons")}
            out.print(
                json.dumps({**shown, "entities": turn.entities}, ensure_ascii=False),
                markup=False,
                style="cyan",
            )
