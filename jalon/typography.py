"""How a text stands on a page: what must stay together, and what keeps its own direction."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NO_BREAK = "\u00a0"
_MIRRORED = re.compile("[\u0590-\u08ff]")
_LATIN = "A-Za-zÀ-ÿŒœ"
_WORD = rf"(?:[0-9](?:\s?[()+–-]+\s?[0-9])*|[{_LATIN}])"
# What stands in one piece on a paper, `Annexe 26quater`, `Rue de Fer 2, 5000 Namur`, without the mark after it.
# The page's script has the same rule, for messages: jalon/web/static/messages.js.
_FOREIGN = re.compile(rf"(https?://\S*[0-9{_LATIN}/]|[+@]?{_WORD}(?:(?:,?\s|[.,:/+@_'’&()–-]+)?{_WORD})*)")


def bound(text: str) -> str:
    """The text whose marks after a space, as French writes them, cannot begin a line alone."""
    return re.sub(r" (?=[?!:;»%€])|(?<=«) ", _NO_BREAK, text)


def isolated(text: str) -> Markup:
    """The text as markup: numbers and Latin names keep their own order inside a sentence from right to left.

    Without it a browser would show the groups of a telephone number in the reverse order.
    """
    if not _MIRRORED.search(text):
        return escape(bound(text))
    pieces = enumerate(_FOREIGN.split(text))
    return Markup("").join(Markup("<bdi>{}</bdi>").format(piece) if at % 2 else escape(piece) for at, piece in pieces)
