"""What the example questions tell about the language of a text: its words, and the letters in them.

The n-grams come from newspapers, which know neither Arabic in Latin letters nor misspelt words nor French names of
papers inside other languages; the examples do. Naive Bayes over hashed features, trusted as far as they know the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer

SPACE = 2**18  # hashed features
SMOOTHING = 0.3  # what naive Bayes adds to every share, alike for many examples and few
TRUST = 0.4  # of its evidence: the features overlap
TWICE = 2  # examples that hold a word, before it counts as known: once may be a slip
BORROWED = 0.25  # of how usual a word is in the language it belongs to: a word rarer than that is borrowed
KNOWN = 0.2  # share of known words from where on a text is likely to be in the language
PER_WORD = 4.0  # nats for each word that goes beyond that share

_WORDS = re.compile(r"[^\W_]+")
# Digits stand for sounds that Latin letters lack (« 3andi », « sa7bi »); in other languages they stand alone or count.
_WITH_SOUND = re.compile(r"[35679]?(?:[a-z]+[2356789])+[a-z]+|[35679][a-z]{3,}")
_COUNTED = re.compile(r"\d+(?:eme|ème|jours?|mois|ans?|heures?|euros?|days?|months?|years?|bis|ter|rue|fois|ste|de)\b")

_hasher = FeatureHasher(n_features=SPACE, input_type="string", alternate_sign=False)
_n_grams = CountVectorizer(analyzer="char_wb", ngram_range=(1, 5), lowercase=False).build_analyzer()


def words_of(text: str) -> list[str]:
    """The words of a lower-case text; figures tell no language."""
    return [word for word in _WORDS.findall(text) if not word.isdigit()]


@dataclass(frozen=True)
class ExampleTable:
    """Statistics of the examples written in one script.

    Attributes:
        languages: the codes, in the order of the columns.
        weights: log probability of each hashed feature in each language, shape (SPACE, languages).
        known: the words of each language that its examples hold more than once.
    """

    languages: tuple[str, ...]
    weights: np.ndarray
    known: tuple[frozenset[str], ...]

    @classmethod
    def learn(cls, texts: Mapping[str, Iterable[str]]) -> ExampleTable:
        """From the lower-case examples of each language."""
        counts, holding = [], []
        for written in texts.values():
            words = [words_of(text) for text in written]
            counts.append(np.asarray(_counted(words).sum(axis=0)).ravel())
            holding.append(Counter(word for each in words for word in set(each)))
        known = _typical(holding)
        shares = np.stack([count / count.sum() for count in counts])
        weights = np.log(shares + SMOOTHING / np.sum(counts)).T.astype(np.float32)
        return cls(tuple(texts), weights, tuple(known))

    def evidence(self, text: str, alone: Collection[str] = ()) -> np.ndarray:
        """Nats in favour of each language against languages without examples, for a lower-case text.

        Args:
            alone: languages that nothing else speaks for; few known words speak against these.
        """
        words = words_of(text)
        if not words:
            return np.zeros(len(self.languages))
        shares = np.array([self._share(words, *each) for each in zip(self.languages, self.known, strict=True)])
        features = _counted([words])
        likely = features.data @ self.weights[features.indices]
        likely -= likely.max()
        lack = np.where([language in alone for language in self.languages], np.maximum(0.0, 1 - shares / KNOWN), 0.0)
        return TRUST * shares.max() * likely + PER_WORD * len(words) * (np.maximum(0.0, shares - KNOWN) - lack)

    def _share(self, words: list[str], language: str, known: frozenset[str]) -> float:
        return sum(word in known or (language == "ar" and has_sound(word)) for word in words) / len(words)


def _typical(holding: list[Counter[str]]) -> list[frozenset[str]]:
    """For each language the words that its examples hold, unless they are another's word inside its sentences."""
    usual: Counter[str] = Counter()
    for counts in holding:
        for word, times in counts.items():
            usual[word] = max(usual[word], times / counts.total())
    return [
        frozenset(word for word, n in counts.items() if n >= TWICE and n / counts.total() >= BORROWED * usual[word])
        for counts in holding
    ]


def has_sound(word: str) -> bool:
    """Whether a word in Latin letters has a digit for an Arabic sound."""
    return bool(_WITH_SOUND.fullmatch(word)) and not _COUNTED.match(word)


def _counted(texts: list[list[str]]) -> sparse.csr_matrix:
    return _hasher.transform(map(_features, texts))


def _features(words: list[str]) -> list[str]:
    """Letters, 1 to 5 within words, whole words twice, and neighbours."""
    pairs = (f"{first}_{second}" for first, second in pairwise(words))
    return [*_n_grams(" ".join(words)), *(f"_{word}" for word in words * 2), *pairs]
