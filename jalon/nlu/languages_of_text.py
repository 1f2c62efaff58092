"""Which language a text is written in: script, letters that only one language has, then n-grams and our examples.

Persian and Dari are one class; the Arabic varieties, also in Latin letters with digits (Arabizi), are one class.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from jalon.nlu.language_examples import ExampleTable
from jalon.nlu.ngrams import NgramTable
from jalon.nlu.text import main_script
from jalon.settings import settings

GROUPS = {
    "latin": ("fr", "nl", "de", "en", "es", "tr", "so", "sq"),
    "arabic": ("ar", "fa"),
    "cyrillic": ("uk", "ru"),
}
SCRIPTS = {"LATIN": "latin", "ARABIC": "arabic", "CYRILLIC": "cyrillic", "ETHIOPIC": "ethiopic"}
SCRIPT_OF = {language: group for group, languages in GROUPS.items() for language in languages}
SCRIPT_OF |= {"ti": "ethiopic", "ps": "arabic"}
ALONE = 2.0  # nats against a language that has no n-grams: keywords look alike in all of them
SHARPNESS = 0.4  # n-grams overlap and so repeat themselves: their sum is surer than it should be

_WORDS = re.compile(r"[^\W\d_]+")

_PASHTO = re.compile("[ټډړږښځڅګڼېۍ]")
_PASHTO_COMMON = "زه یم مننه ستا ستاسو زموږ چیرته پوهیږم کوم کوي شم ولې هیواد پشتو څنګه"
_PASHTO_WORDS = frozenset(_PASHTO_COMMON.split())
_ARABIC_ONLY = re.compile("[ةىإأؤ]")
_PERSIAN_ONLY = re.compile("[پچژگ]")
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэъё]")


@dataclass(frozen=True)
class Guess:
    """The likeliest language, and how sure that is (0 to 1)."""

    language: str
    confidence: float


NOTHING = Guess("", 0.0)


def identify(text: str, prior: str = "", weight: float = 0.0) -> Guess:
    """The language of a text; `prior` is the language expected and `weight` how strongly, in nats."""
    text = plain(text)
    script = main_script(text)
    if script == "ETHIOPIC":
        return Guess("ti", 1.0)
    group = SCRIPTS.get(script)
    if group is None:
        return NOTHING
    letters = _only_letters(group, text)
    if letters:
        return Guess(letters, 0.99)
    known = tables(settings().language_table)
    languages, scores = GROUPS[group], known.ngrams[group].scores(text) * SHARPNESS
    if group == "latin":
        languages, scores = _with_examples(known.examples, languages, scores, text)
    if prior in languages:
        scores[languages.index(prior)] += weight
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    return Guess(languages[best], float(chances[best] / chances.sum()))


def plain(text: str) -> str:
    """Lower case, one form of each letter, accents kept: they tell languages apart."""
    return unicodedata.normalize("NFC", text).replace("İ", "i").lower()


def _with_examples(
    examples: ExampleTable, languages: tuple[str, ...], scores: np.ndarray, text: str
) -> tuple[tuple[str, ...], np.ndarray]:
    """The scores with the evidence of the examples; languages without n-grams are judged by the examples alone."""
    added = tuple(language for language in examples.languages if language not in languages)
    languages += added
    scores = np.concatenate([scores, np.full(len(added), scores.max() - ALONE)])
    columns = [languages.index(language) for language in examples.languages]
    scores[columns] += examples.evidence(text, added)
    return languages, scores


def _only_letters(group: str, text: str) -> str:
    """The language whose own letters the text shows, when it shows those of one only."""
    if group == "arabic":
        if _PASHTO.search(text) or len(_PASHTO_WORDS.intersection(_WORDS.findall(text))) > 1:
            return "ps"
        if _PERSIAN_ONLY.search(text) and not _ARABIC_ONLY.search(text):
            return "fa"
    if group == "cyrillic":
        ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
        if bool(ukrainian) != bool(russian):
            return "uk" if ukrainian else "ru"
    return ""


@dataclass(frozen=True)
class Tables:
    """What was built: n-grams by group of languages, and what the examples in Latin letters tell."""

    ngrams: dict[str, NgramTable]
    examples: ExampleTable

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return sum(table.nbytes for table in self.ngrams.values()) + self.examples.weights.nbytes


@lru_cache(maxsize=1)
def tables(path: Path) -> Tables:
    """The tables that were built.

    Raises:
        FileNotFoundError: they have not been built.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing. Run `jalon train`; it builds it.")
    with np.load(path, allow_pickle=False) as arrays:
        ngrams = {group: NgramTable(arrays[f"{group}_keys"], arrays[f"{group}_values"]) for group in GROUPS}
        known = tuple(frozenset(str(words).split()) for words in arrays["example_words"])
        languages = tuple(str(language) for language in arrays["example_languages"])
        return Tables(ngrams, ExampleTable(languages, arrays["example_weights"], known))
