"""French sentences that stand in a text of another language."""

from __future__ import annotations

import re

# A sentence with two of these is French; one without may be a name, or the English line of a phrase.
_SMALL_WORDS = re.compile(
    r"\b(?:à|au|aux|avec|ce|ces|cette|dans|de|des|du|elle|en|est|et|il|ils|je|la|le|les|leur|n|ne|on|ou|par|pas|pour"
    r"|qui|que|sa|sans|se|ses|son|sont|sur|un|une|vos|votre|vous|d|j|l|qu|s)\b",
    re.I,
)


def untranslated(text: str, french: str) -> list[str]:
    """The sentences of a text that its French original has too; names and quotations do not count."""
    theirs = {_plain(sentence) for sentence in _sentences(french)}
    return [each for each in _sentences(text) if len(_SMALL_WORDS.findall(each)) > 1 and _plain(each) in theirs]


def _sentences(text: str) -> list[str]:
    """The sentences without citations and without what they quote, which may be a title or a word on a paper."""
    own = re.sub(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|\{[^}]*\}", " ", text)
    return re.split(r"(?<=[.!?…؟۔።])\s+|\n+", own)


def _plain(sentence: str) -> str:
    return re.sub(r"\W+", " ", sentence.casefold()).strip()
