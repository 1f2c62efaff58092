"""How sure a prediction is: of its label, and of there being a label for the text at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from jalon.nlu.features import PARTS

SIGNS = 4 + len(PARTS)
_BEST = 0  # the column of the best margin
# Fewer texts outside the labels than this teach nothing about the outside.
_ENOUGH = 10


def signs_of(margins: np.ndarray, outside: int | None, known: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Texts × signs of certainty.

    The signs: best margin among the labels inside, its lead over the next, margin of out of scope, words (log), known
    share of each part.

    Args:
        outside: the column of the label out of scope, if training had one.
    """
    within = margins if outside is None else np.delete(margins, outside, axis=1)
    ordered = -np.sort(-within, axis=1)
    second = ordered[:, min(1, within.shape[1] - 1)]
    beyond = np.full(len(margins), -1.0) if outside is None else margins[:, outside]
    return np.column_stack([ordered[:, 0], ordered[:, 0] - second, beyond, np.log1p(lengths), known])


def _bare_margin() -> np.ndarray:
    return np.eye(SIGNS + 1)[_BEST]


@dataclass(frozen=True)
class Certainty:
    """Two logistic models over the signs, because a doubtful label and a text outside all labels are two things.

    Attributes:
        right: weights and bias of: the best label is the right one, given that it is not out of scope.
        inside: weights and bias of: the text has a right label.
        temperature: turns margins into the shares of a ranking.
    """

    right: np.ndarray = field(default_factory=lambda: np.zeros(SIGNS + 1))
    inside: np.ndarray = field(default_factory=_bare_margin)
    temperature: float = 0.2

    @classmethod
    def learn(cls, margins: np.ndarray, signs: np.ndarray, accepted: np.ndarray, outside: np.ndarray) -> Certainty:
        """Learn both from texts the model was not trained on.

        Args:
            margins: texts × labels.
            accepted: texts × labels, whether a label is right.
            outside: whether each text lies outside all labels. Where hardly one does, the best margin alone decides.
        """
        best = margins.argmax(axis=1)
        inside = np.flatnonzero(~outside)
        right = _logistic(signs[inside], accepted[inside, best[inside]])
        if min(outside.sum(), len(inside)) < _ENOUGH:
            return cls(right, _bare_margin(), _temperature(margins, accepted))
        return cls(right, _logistic(signs, ~outside), _temperature(margins, accepted))

    def of(self, signs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each text, the probability that its best label is right, and that it lies inside the labels."""
        return _probability(signs, self.right), _probability(signs, self.inside)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"right": self.right.tolist(), "inside": self.inside.tolist(), "temperature": self.temperature}

    @classmethod
    def from_dict(cls, learned: dict[str, Any]) -> Certainty:
        """What `as_dict` returned."""
        return cls(np.array(learned["right"]), np.array(learned["inside"]), learned["temperature"])


def _probability(signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(signs @ weights[:-1] + weights[-1])))


def _temperature(margins: np.ndarray, accepted: np.ndarray) -> float:
    """The temperature of least surprise at the right labels; texts without a known right label do not count."""
    known = accepted.any(axis=1)
    if not known.any():
        return Certainty.temperature

    def surprise(temperature: float) -> float:
        scaled = margins[known] / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        shares = np.exp(scaled) / np.exp(scaled).sum(axis=1, keepdims=True)
        return float(-np.log((shares * accepted[known]).sum(axis=1) + 1e-12).mean())

    return float(min(np.geomspace(0.03, 1.0, 40), key=surprise))


def _logistic(signs: np.ndarray, truth: np.ndarray) -> np.ndarray:
    if truth.all() or not truth.any():  # nothing to learn from: sure, or never sure
        return np.append(np.zeros(signs.shape[1]), 4.0 if truth.all() else -4.0)
    fitted = LogisticRegression(max_iter=1000).fit(signs, truth)
    return np.append(fitted.coef_[0], fitted.intercept_[0])
