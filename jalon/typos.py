"""Misspells texts the way fingers do, reproducibly: to measure what typing mistakes cost."""

from __future__ import annotations

import random

EVERY = 5  # words


def mistype(text: str, typos: random.Random) -> str:
    """The text with one wrong, missing, doubled or swapped letter in every fifth word, from a random first one.

    Words are parted by spaces; a word in which nothing can be mistyped (a number, a sign) stays as it is. A wrong
    letter is one that the text holds elsewhere, so that the script stays the same.
    """
    words = text.split()
    letters = sorted({letter for letter in text.casefold() if letter.isalpha()})
    for at in range(typos.randrange(EVERY), len(words), EVERY):
        words[at] = _misspell(words[at], letters, typos)
    return " ".join(words)


def _misspell(word: str, letters: list[str], typos: random.Random) -> str:
    """The word with one edit; each kind of edit that changes it is equally likely, then each place."""
    places = [at for at, letter in enumerate(word) if letter.isalpha()]
    wrong = [word[:at] + other + word[at + 1 :] for at in places for other in letters if other != word[at].casefold()]
    missing = [word[:at] + word[at + 1 :] for at in places if len(places) > 1]
    doubled = [word[:at] + word[at] + word[at:] for at in places]
    swapped = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in places
        if at + 1 in places and word[at + 1] != word[at]
    ]
    kinds = [edits for edits in (wrong, missing, doubled, swapped) if edits]
    return typos.choice(typos.choice(kinds)) if kinds else word
