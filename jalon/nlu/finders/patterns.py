"""The notation of patterns in `data/texts/<language>/entities.yml`, turned into spaCy's token patterns.

Words apart by spaces; `a|b` one of them; `a?` may be missing; `…` up to two words of any kind; `#` a number of up to
three digits. « j'ai » is two words, in a pattern as in a message.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from jalon.nlu.finders.reading import cut

GAP = "…"
NUMBER = "#"
_SIGNS = re.compile(rf"[|?{GAP}{NUMBER}]")

Tokens = list[dict[str, Any]]


def token_patterns(notation: str) -> list[Tokens]:
    """The patterns for spaCy's Matcher: one, and one more for every choice that is several words."""
    pieces = [_choices(piece) for piece in notation.split()]
    return [[token for tokens in chosen for token in tokens] for chosen in product(*pieces)]


def _choices(piece: str) -> list[Tokens]:
    if piece == GAP:
        return [[{"OP": "?"}, {"OP": "?"}]]
    optional = {"OP": "?"} if piece.endswith("?") else {}
    choices = piece.removesuffix("?").split("|")
    words = [cut(choice) for choice in choices if choice != NUMBER]
    found: list[Tokens] = [[{"ORTH": word, **optional} for word in several] for several in words if len(several) > 1]
    if single := [one[0] for one in words if len(one) == 1]:
        found.append([{"ORTH": {"IN": single}, **optional}])
    if NUMBER in choices:
        found.append([{"ORTH": {"REGEX": "^[0-9]{1,3}$"}, **optional}])
    return found


def pattern_words(notation: str) -> list[str]:
    """Every word a pattern names."""
    return cut(_SIGNS.sub(" ", notation))


def ending(pattern: Tokens) -> list[str]:
    """The words of which one must stand in a message for the pattern to match: those of its last token that must.

    Raises:
        ValueError: every token of the pattern may be missing, or the last is a number.
    """
    needed = [token["ORTH"] for token in pattern if "OP" not in token]
    if not needed or (isinstance(needed[-1], dict) and "IN" not in needed[-1]):
        raise ValueError("a pattern of a situation ends with no word; let its last word be needed")
    return needed[-1]["IN"] if isinstance(needed[-1], dict) else [needed[-1]]
