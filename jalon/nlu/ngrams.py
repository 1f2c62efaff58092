"""A table of letter n-grams with their probabilities in several languages, and the likelihood of a text in each."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

LONGEST = 5
FLOOR = -12.0  # log probability of a letter that a language never shows; also the lowest one that a byte can say
LETTERS = 120  # the beginning of a long message is enough

_NOT_LETTERS = re.compile(r"[\W\d_]")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)


def code_points(text: str) -> np.ndarray:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def keys_of(ngrams: np.ndarray) -> np.ndarray:
    """The keys of n-grams, hashes of 32 bits: in the last row those of the whole, before it those of its beginnings.

    Args:
        ngrams: code points, one n-gram per column.
    """
    keys = np.empty(ngrams.shape, np.uint32)
    sums = np.zeros(ngrams.shape[1], np.uint64)
    for place, letters in enumerate(ngrams):
        sums = sums * _MULTIPLIER + letters
        keys[place] = (sums * _SPREAD) >> np.uint64(32)
    return keys


def as_bytes(log_probabilities: np.ndarray) -> np.ndarray:
    """Log probabilities as bytes, 255 for certain and 1 for `FLOOR`; 0 is left for n-grams never seen."""
    return (255 - np.rint(np.minimum(log_probabilities / FLOOR, 1.0) * 254)).astype(np.uint8)


class NgramTable:
    """The n-grams of some languages.

    Args:
        keys: sorted, shape (n-grams,).
        values: log probabilities of an n-gram's last letter after its first ones, as bytes: (n-grams, languages).
    """

    def __init__(self, keys: np.ndarray, values: np.ndarray) -> None:
        self._keys = keys
        self._values = values

    @property
    def nbytes(self) -> int:
        """The memory of the table, in bytes."""
        return self._keys.nbytes + self._values.nbytes

    def scores(self, text: str) -> np.ndarray:
        """The log likelihood in each language; an n-gram never seen counts as its longest seen beginning."""
        letters = code_points(_NOT_LETTERS.sub("\0", text[:LETTERS]) + "\0" * (LONGEST - 1))
        count = len(letters) - LONGEST + 1
        ngrams = np.stack([letters[place : place + count] for place in range(LONGEST)])
        within = np.logical_and.accumulate(ngrams > 0)
        keys = keys_of(ngrams)
        seen = np.zeros((*within.shape, self._values.shape[1]), np.uint8)
        seen[within] = self._look_up(keys[within])
        for shorter, longer in pairwise(seen):
            np.copyto(longer, shorter, where=longer == 0)
        return (255 - np.maximum(seen[within], 1)).sum(axis=0) * (FLOOR / 254)

    def _look_up(self, keys: np.ndarray) -> np.ndarray:
        """The values of the keys; zeros for those that are not there."""
        order = keys.argsort()  # searching in order stays in the processor's cache
        rows = np.empty(len(keys), np.intp)
        rows[order] = np.searchsorted(self._keys, keys[order])
        rows[rows == len(self._keys)] = 0
        return self._values[rows] * (self._keys[rows] == keys)[:, None]
