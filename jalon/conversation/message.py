"""What a person does in one message, whatever the channel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """One message to the engine; one of the first four says what it is.

    Attributes:
        text: typed words.
        choice: the button of the last reply that was chosen by its number, from 1.
        tap: the token of a button.
        press: an intent that the channel presses for the person (`greet` when a conversation is opened).
        language: set by the person outside the message, if at all.
    """

    text: str = ""
    choice: int | None = None
    tap: str = ""
    press: str = ""
    language: str | None = None
