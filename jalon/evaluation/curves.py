"""What the plots show, as numbers: confidence against truth, coverage against accuracy, labels against labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

CALIBRATION_BINS = 10


@dataclass(frozen=True)
class Bin:
    """Guesses of about the same confidence: the mean of it, the share that was right, and how many there are."""

    confidence: float
    right: float
    n: int


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Guesses in ten bins of equal width by confidence; empty bins are left out."""
    sure, truth = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    bins = np.minimum((sure * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    return [
        Bin(float(sure[bins == at].mean()), float(truth[bins == at].mean()), int((bins == at).sum()))
        for at in np.unique(bins)
    ]


def coverage_curve(confidence: Sequence[float], right: Sequence[bool], total: int) -> list[tuple[float, float]]:
    """What answering from a lower and lower confidence gives.

    Args:
        confidence: of the questions that could be answered.
        right: whether that answer would be right.
        total: the number of all questions.

    Returns:
        (share of all questions answered, share of these answers that is right); one point per confidence.
    """
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    sure, truth = np.asarray(confidence, dtype=float)[order], np.asarray(right, dtype=float)[order]
    answered = np.arange(1, len(order) + 1)
    accuracy = np.cumsum(truth) / answered
    # Questions of one confidence are answered together or not at all.
    last = np.append(np.diff(sure) < 0, True)[: len(order)]
    return [(float(count) / total, float(share)) for count, share in zip(answered[last], accuracy[last], strict=True)]


def confusion_matrix(pairs: Iterable[tuple[str, str]], most: int = 20) -> tuple[list[str], list[str], np.ndarray]:
    """How often the most confused labels were taken for one another.

    Args:
        pairs: (right label, label it was taken for) of every confusion.
        most: how many labels at the most; the commonest pairs come first.

    Returns:
        the labels that were mistaken (rows), those they were taken for (columns), and the counts.
    """
    counts = Counter(pairs)
    labels: set[str] = set()
    for pair, _ in counts.most_common():
        if len(labels | set(pair)) <= most:
            labels |= set(pair)
    shown = [pair for pair in counts if labels >= set(pair)]
    rows = sorted({right for right, _ in shown})
    columns = sorted({taken for _, taken in shown})
    matrix = np.array([[counts[right, taken] for taken in columns] for right in rows], dtype=int)
    return rows, columns, matrix.reshape(len(rows), len(columns))
