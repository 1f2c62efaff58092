"""Finds the separate questions of one message."""

from __future__ import annotations

import re

MOST = 4  # more are a letter, not questions
_LEAST_WORDS = 2
# Arabic, Greek and Ethiopic keyboards have question marks of their own.
_QUESTION = re.compile(r"[^?؟;፧!.\n]+[?؟፧]")
_WORD = re.compile(r"\w+")


def questions_in(text: str) -> list[str]:
    """The parts of a message that end with a question mark, when there are several; otherwise nothing.

    Only question marks count: a story told in several sentences is still one question.
    """
    found = [part for part in _QUESTION.findall(text) if len(_WORD.findall(part)) >= _LEAST_WORDS]
    return found if 1 < len(found) <= MOST else []
