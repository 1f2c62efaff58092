"""One normalisation, applied to the training phrasings and to what people type alike."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o"})
# Arabic and Persian keyboards write the same letter in several ways, and people mix them: alef maqsura and the two
# yehs, teh marbuta and heh, the two kafs; tatweel only stretches a word, and the non-joiner is left out when in haste.
_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك", "ـ": None, "\u200c": None})
_ELONGATED = re.compile(r"([^\W\d_]|[^\w\s])\1{2,}")  # letters and signs, never digits: 5000 stays
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w")


def normalise(text: str) -> str:
    """Lower case, one form of each letter and digit, no accents, no elongation (`heeelp` → `help`), single spaces."""
    # Apostrophes first: NFKC makes a space of « ´ »; and again, for those that casefold makes of « ŉ ».
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold().translate(_APOSTROPHES)
    text = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() else letter
        for letter in unicodedata.normalize("NFD", text)
        if not unicodedata.combining(letter)
    ).translate(_LIGATURES | _ARABIC)
    return _SPACES.sub(" ", _ELONGATED.sub(r"\1", text)).strip()


def has_words(text: str) -> bool:
    """Whether anything in the text is a letter or a digit; emoji and punctuation are not."""
    return bool(_WORD.search(text))


def main_script(text: str) -> str:
    """The script most letters are written in: `LATIN`, `ARABIC`, `CYRILLIC`, `ETHIOPIC`, …; empty without letters."""
    counts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        counts[_script(letter)] += times
    del counts[""]
    return max(counts, key=counts.__getitem__) if counts else ""


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ")[0] if letter.isalpha() else ""
