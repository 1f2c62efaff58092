"""Sparse features of a text: n-grams of words and of characters, hashed, weighted by how rare they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

WORD_BITS = 18
CHARACTER_BITS = 20
_WORDS = HashingVectorizer(
    analyzer=str.split, ngram_range=(1, 1), n_features=2**WORD_BITS, alternate_sign=False, norm=None
)
_CHARACTERS = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(2, 5),
    n_features=2**CHARACTER_BITS,
    alternate_sign=False,
    norm=None,
    lowercase=False,
)


@dataclass(frozen=True)
class Features:
    """A fitted feature space.

    Attributes:
        rows: for each hashed feature, its row in the model, or -1 when training never showed it often enough.
        idf: the weight of each row.
        words: how many of the rows, from the first, are words; the rest are characters.
        character_weight: the length of the character part of a text next to its word part.
    """

    rows: np.ndarray
    idf: np.ndarray
    words: int
    character_weight: float

    @classmethod
    def fit(cls, texts: list[list[str]], least: int = 2, character_weight: float = 1.0) -> Features:
        """Learn rows and weights from tokenised texts; a feature seen in fewer than `least` texts is left out."""
        counted = count(texts)
        counted.data[:] = 1
        document_frequency = np.asarray(counted.sum(axis=0)).ravel()
        word_space = 2**WORD_BITS
        kept = np.flatnonzero(document_frequency >= np.where(np.arange(len(document_frequency)) < word_space, 1, least))
        rows = np.full(counted.shape[1], -1, dtype=np.int32)
        rows[kept] = np.arange(len(kept))
        idf = np.log((1 + len(texts)) / (1 + document_frequency[kept])) + 1
        return cls(rows, idf.astype(np.float32), int((kept < word_space).sum()), character_weight)

    def transform(self, texts: list[list[str]]) -> sparse.csr_matrix:
        """Texts × rows, each part (words, characters) of a text of unit length times its weight."""
        return self.weigh(count(texts))

    def weigh(self, counted: sparse.csr_matrix) -> sparse.csr_matrix:
        """The same, from what `count` returned."""
        rows = self.rows[counted.indices]
        known = rows >= 0
        owner = np.repeat(np.arange(counted.shape[0]), np.diff(counted.indptr))[known]
        columns = rows[known]
        data = (1 + np.log(counted.data[known])) * self.idf[columns]
        is_word = columns < self.words
        for part, weight in ((is_word, 1.0), (~is_word, self.character_weight)):
            length = np.sqrt(np.bincount(owner[part], data[part] ** 2, minlength=counted.shape[0]))
            data[part] *= (weight / np.maximum(length, 1e-9))[owner[part]]
        indptr = np.searchsorted(owner, np.arange(counted.shape[0] + 1)).astype(np.int32)
        return sparse.csr_matrix((data.astype(np.float32), columns, indptr), (counted.shape[0], len(self.idf)))

    def known_share(self, counted: sparse.csr_matrix) -> np.ndarray:
        """For each text, the share of its words and pairs of words that training has shown."""
        is_word = counted.indices < 2**WORD_BITS
        owner = np.repeat(np.arange(counted.shape[0]), np.diff(counted.indptr))[is_word]
        seen = self.rows[counted.indices[is_word]] >= 0
        total = np.bincount(owner, minlength=counted.shape[0])
        return np.bincount(owner, seen, minlength=counted.shape[0]) / np.maximum(total, 1)


def _word_features(words: list[str]) -> str:
    pairs = (f"{first}_{second}" for first, second in pairwise(words))
    return " ".join([*words, *pairs])


def count(texts: list[list[str]]) -> sparse.csr_matrix:
    """Hashed counts of the n-grams of tokenised texts: words first, then characters."""
    words = _WORDS.transform([_word_features(text) for text in texts])
    characters = _CHARACTERS.transform([" ".join(text) for text in texts])
    return sparse.hstack([words, characters], format="csr")
