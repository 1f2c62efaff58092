"""One form of each letter and digit, with every character in its place: what is found there is hidden in the text."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # Persian spelling needs them
# Arabic and Persian keyboards write the same letter in several ways (jalon/nlu/text.py).
_ARABIC = {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ۀ": "ه"}


def tidy(text: str) -> str:
    """The text in Unicode's compatible form, without the characters that nobody sees: they could split a number."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", text)
        if letter in _JOINERS or unicodedata.category(letter) != "Cf"
    )


def fold(text: str) -> str:
    """A tidy text without accents and with the digits 0 to 9, of the same length; upper case stays."""
    return "".join(map(_folded, text))


def _folded(letter: str) -> str:
    if letter.isdigit():
        return str(unicodedata.digit(letter))
    return _ARABIC.get(letter) or unicodedata.normalize("NFD", letter)[0]
