"""Typography of texts on pages."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"


def bound(text: str) -> str:
    """The text whose marks after a space, as French writes them, cannot begin a line alone."""
    return re.sub(r" (?=[?!:;»%€])|(?<=«) ", _NO_BREAK, text)
