"""How easily a text reads, for the languages that have a formula."""

from __future__ import annotations

import textstat

from jalon.knowledge.citations import replace

EASY_READING = 50.0  # Flesch reading ease of the easy version, under which a text is reported as hard
# Not English: for its syllables textstat downloads a word list, and nothing is downloaded here.
_MEASURED = {"fr": "dix jours", "es": "diez días", "nl": "tien dagen", "de": "zehn Tage", "ru": "десять дней"}


def reading_ease(text: str, language: str) -> float | None:
    """Flesch reading ease (60 and more reads easily); None without a formula for the language.

    French: the coefficients of Kandel and Moles (1958), as implemented by textstat. A citation is read as a period.
    """
    if language not in _MEASURED:
        return None
    textstat.set_lang(language)
    return float(textstat.flesch_reading_ease(replace(text, lambda _: _MEASURED[language])))
