"""What a person does in one message, whatever the channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Message:
    """One message to the engine; one of the first four says what it is.

    Attributes:
        text: typed words.
        choice: the button of the last reply that was chosen by its number, from 1.
        tap: the token of a button.
        press: an intent that the channel presses for the person (`greet` when a conversation is opened).
        language: set by the person outside the message, if at all.
        meant: what the pipeline made of the text before, if it is not to be read again (jalon/scenarios.py).
    """

    text: str = ""
    choice: int | None = None
    tap: str = ""
    press: str = ""
    language: str | None = None
    meant: Mapping[str, Any] | None = None
