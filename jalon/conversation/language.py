"""Which language a conversation speaks: the one that the person chose, otherwise the live one that they write in.

Two slots keep it, empty at first: `language`, what is spoken, and `language_chosen`, true once the person chose.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jalon.conversation.reply import Reply
from jalon.conversation.state import State
from jalon.languages import REFERENCE, live_languages, read_languages
from jalon.phrases import read_phrases


def choose(slots: dict[str, Any], language: str, data: Path) -> None:
    """Speak the language that was asked for by its code, and keep to it; one without phrases changes nothing.

    Draft languages are allowed: only staff can name them, at the command line.
    """
    if language in read_languages(data / "languages.yml") and (data / "phrases" / f"{language}.yml").exists():
        slots["language"] = language
        slots["language_chosen"] = True


def hints(state: State) -> dict[str, Any]:
    """What the recognition of the next message should know."""
    spoken = {name: state.slots.get(name) for name in ("language", "language_chosen")}
    return {**spoken, "language_shown": state.version > 0}


def follow(slots: dict[str, Any], recognised: str | None, data: Path) -> bool:
    """Speak the language of a message from now on, if it is live and the person chose none; whether that is new."""
    if slots.get("language_chosen") or recognised not in live_languages(data):
        return False
    if recognised == (slots.get("language") or REFERENCE):
        return False
    slots["language"] = recognised
    return True


def announced(reply: Reply, language: str, data: Path) -> Reply:
    """The reply, after a sentence that says in which language the conversation goes on."""
    sentence = read_phrases(data, language).say["language_switched"]
    return reply.model_copy(update={"text": f"{sentence}\n\n{reply.text}"})
