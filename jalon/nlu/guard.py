"""The first component: no text that a person types may start a command, and text without a question goes no further."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import dropwhile

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.nlu.component import MessageComponent
from jalon.nlu.text import has_words
from jalon.settings import settings

MAX_CHARACTERS = 1000
# The engine marks the payload of a pressed button with this object itself. A client can send any text and any JSON,
# but never this object, so typed text is never taken for a press.
PRESSED = object()

_COMMAND = re.compile(r"/+[\w@]")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class Guard(MessageComponent):
    """Marks what is no question (`guard`: empty, command, symbols, long) and takes the command out of typed text.

    Rasa's pipeline ends by turning any text that begins with `/` into an intent. Buttons use that; people must not.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Let pressed buttons through; guard everything else."""
        for message in messages:
            metadata = message.get("metadata") or {}
            pressed = metadata.get("pressed") is PRESSED
            if pressed or (settings().staff_commands and not metadata):
                message.set("press", (message.get(TEXT) or "").startswith("/"))
            if not message.get("press"):
                self.look(message)
        return messages

    def look(self, message: Message) -> None:
        """Mark the text and remove a leading slash."""
        text = message.get(TEXT) or ""
        message.set("guard", fault_of(text))
        message.set(TEXT, _from_first(text[:MAX_CHARACTERS], lambda letter: letter != "/" and _is_seen(letter)))


def fault_of(text: str) -> str:
    """Why a text is no question: `empty`, `command`, `symbols`, `long`; empty when it may be one."""
    if not text.strip():
        return "empty"
    if _COMMAND.match("".join(filter(_is_seen, text))):
        return "command"
    if len(text) > MAX_CHARACTERS:
        return "long"
    return "" if has_words(text) else "symbols"


def _is_seen(letter: str) -> bool:
    """Spaces, controls and characters without width are not: they could hide a command."""
    return unicodedata.category(letter)[0] not in "ZC"


def _from_first(text: str, wanted: Callable[[str], bool]) -> str:
    """The text from its first wanted character on."""
    return "".join(dropwhile(lambda letter: not wanted(letter), text))
