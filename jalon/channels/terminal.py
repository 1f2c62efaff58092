"""The terminal, for staff: a conversation as a person would have it, inspected and recorded where they wish."""

from __future__ import annotations

from rich.console import Console

from jalon.conversation.engine import Engine
from jalon.display import show_reply
from jalon.inspection import panel
from jalon.recording import Recorder, as_yaml
from jalon.scenarios import play


async def talk(
    engine: Engine,
    out: Console,
    language: str | None = None,
    inspect: bool = False,
    recorder: Recorder | None = None,
) -> None:
    """Talk until an empty line or the end of input; a bare number presses that button of the last reply."""
    conversation = engine.new_conversation()
    number = 0
    while text := _typed(out, "> "):
        turn = await engine.turn(conversation, text, language=language)
        language = None  # said once: from here on the person may choose another
        number += 1
        show_reply(out, turn.reply)
        if inspect:
            out.print(panel(number, turn))
        if recorder:
            recorder.note(text, turn)
    engine.forget(conversation)
    if recorder and not recorder.is_empty:
        await _keep(recorder, engine, out)


async def _keep(recorder: Recorder, engine: Engine, out: Console) -> None:
    """Ask for a name, show the scenario and how it plays, and write it after a yes."""
    while name := _typed(out, "Name of the scenario (nothing: do not keep it): "):
        try:
            scenario = recorder.scenario(name)
        except ValueError as fault:
            out.print(str(fault), markup=False)
            continue
        out.print(as_yaml(scenario), markup=False)
        # What was hidden may be what the assistant understood: then the scenario goes otherwise than the conversation.
        for deviation in await play(scenario, engine):
            out.print(f"It goes otherwise now: {deviation}", markup=False, style="yellow")
        if _typed(out, "Nobody can be recognised in it? Write it? (yes/no) ").casefold() in ("yes", "y", "oui", "o"):
            recorder.write(scenario)
            out.print("Written.")
            return
        break
    out.print("Not written.")


def _typed(out: Console, prompt: str) -> str:
    """One line; empty at the end of input."""
    try:
        return out.input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        return ""
