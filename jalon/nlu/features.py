"""Sparse features of a text: words, characters and pairs of words, hashed, weighted by how rare they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import CountVectorizer

SPACE = 2**20  # hashed features of one part
START = 4  # letters: long enough to tell most words apart, short enough to join their forms
MANY = 5000  # texts: from here on, features that only one text holds cost more room than they are worth
PAIRED = 24  # words of a text that are paired: the number of pairs grows with its square


def _words(words: list[str]) -> list[str]:
    """Words and neighbours."""
    return [*words, *(f"{first}_{second}" for first, second in pairwise(words))]


def _pairs(words: list[str]) -> list[str]:
    """Pairs of words in any order and at any distance, each word by its first letters."""
    starts = sorted(list(dict.fromkeys(word[:START] for word in words))[:PAIRED])
    return [f"{first}&{second}" for first, second in combinations(starts, 2)]


_HASHER = FeatureHasher(n_features=SPACE, input_type="string", alternate_sign=False)
_n_grams = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4), lowercase=False).build_analyzer()


def _characters(words: list[str]) -> list[str]:
    """Characters 2 to 4 within words."""
    return _n_grams(" ".join(words))


@dataclass(frozen=True)
class Part:
    """One kind of features. In every text each part has the same length, so none drowns another.

    Attributes:
        features: those of a tokenised text, as strings.
        weight: the length of this part in a text.
    """

    features: Callable[[list[str]], list[str]]
    weight: float


# Weights: docs/decisions/0006-classifier.md.
PARTS = (Part(_words, weight=1.0), Part(_characters, weight=1.6), Part(_pairs, weight=0.7))


def count(texts: list[list[str]]) -> sparse.csr_matrix:
    """Hashed counts of the features of tokenised texts, part after part."""
    counted = [_HASHER.transform(map(part.features, texts)) for part in PARTS]
    if len(texts) > 1:
        return sparse.hstack(counted, format="csr")
    # One message: laying the parts end to end takes a tenth of the time of stacking matrices.
    indices = np.concatenate([part.indices + at * SPACE for at, part in enumerate(counted)])
    data = np.concatenate([part.data for part in counted])
    return sparse.csr_matrix((data, indices, [0, len(indices)]), (1, len(PARTS) * SPACE))


@dataclass(frozen=True)
class Features:
    """A fitted feature space.

    Attributes:
        known: the hashed features that have a row in the model, sorted; a feature's place is its row.
        idf: the weight of each row.
        rarest: the weight of what training never showed.
    """

    known: np.ndarray
    idf: np.ndarray
    rarest: float

    @classmethod
    def fit(cls, counted: sparse.csr_matrix) -> Features:
        """Learn rows and weights from what `count` returned for the training texts."""
        texts = counted.shape[0]
        holding = np.bincount(counted.indices, minlength=counted.shape[1])
        kept = np.flatnonzero(holding >= (2 if texts >= MANY else 1))
        idf = np.log((1 + texts) / (1 + holding[kept])) + 1
        return cls(kept.astype(np.int32), idf.astype(np.float32), float(np.log(1 + texts) + 1))

    def weigh(self, counted: sparse.csr_matrix) -> sparse.csr_matrix:
        """Texts × rows, each part of a text as long as its weight, from what `count` returned."""
        rows, known = self._rows(counted.indices)
        columns = rows[known]
        owner = _owners(counted)[known]
        data = (1 + np.log(counted.data[known])) * self.idf[columns]
        group = owner * len(PARTS) + counted.indices[known] // SPACE
        length = np.sqrt(np.bincount(group, data**2, minlength=counted.shape[0] * len(PARTS)))
        weights = np.tile([part.weight for part in PARTS], counted.shape[0])
        data *= (weights / np.maximum(length, 1e-9))[group]
        indptr = np.searchsorted(owner, np.arange(counted.shape[0] + 1)).astype(np.int32)
        return sparse.csr_matrix((data.astype(np.float32), columns, indptr), (counted.shape[0], len(self.idf)))

    def known_shares(self, counted: sparse.csr_matrix) -> np.ndarray:
        """Texts × parts: the share of each part that training has shown, rare features counting for more."""
        rows, shown = self._rows(counted.indices)
        weight = np.where(shown, self.idf[rows], self.rarest)
        group = _owners(counted) * len(PARTS) + counted.indices // SPACE
        groups = counted.shape[0] * len(PARTS)
        total = np.bincount(group, weight, minlength=groups)
        known = np.bincount(group, weight * shown, minlength=groups)
        return (known / np.maximum(total, 1e-9)).reshape(-1, len(PARTS))

    def _rows(self, hashed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The row of each hashed feature, and whether it has one."""
        rows = np.minimum(np.searchsorted(self.known, hashed), len(self.known) - 1)
        return rows, self.known[rows] == hashed


def _owners(counted: sparse.csr_matrix) -> np.ndarray:
    """For each entry, its text."""
    return np.repeat(np.arange(counted.shape[0]), np.diff(counted.indptr))
