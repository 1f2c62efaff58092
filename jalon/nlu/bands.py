"""The three bands: answer, choose, refuse. Thresholds come from stated budgets, not from taste."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass

import numpy as np

from jalon.nlu.linear import OUT_OF_SCOPE, Prediction

FALSE_REFUSALS = 0.02  # of the calibration questions we can answer, at most this share is refused
ANSWER_ACCURACY = 0.95  # of the plain answers to calibration questions, at least this share is right
CHOICES = 3
NEVER = 1.01  # no confidence is that high


@dataclass(frozen=True)
class Thresholds:
    """Confidence from which the assistant answers, and from which it offers choices."""

    answer: float
    choose: float

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)


def band_of(prediction: Prediction, thresholds: Thresholds) -> str:
    """`answer`, `choose` or `refuse`."""
    if prediction.label == OUT_OF_SCOPE:
        return "refuse"
    if prediction.confidence >= thresholds.answer:
        return "answer"
    return "choose" if prediction.confidence >= thresholds.choose else "refuse"


def learn_thresholds(predictions: Sequence[Prediction], right: Sequence[AbstractSet[str]]) -> Thresholds:
    """The thresholds that keep the two budgets on questions that neither trained the model nor test it."""
    confidence = np.array([prediction.confidence for prediction in predictions])
    claims = np.array([prediction.label != OUT_OF_SCOPE for prediction in predictions])
    correct = np.array([prediction.label in labels for prediction, labels in zip(predictions, right, strict=True)])
    inside = np.array([OUT_OF_SCOPE not in labels for labels in right])
    answer = _answer_threshold(confidence[claims], correct[claims])
    # Questions taken for out of scope are refused whatever the threshold: they use up a part of the budget.
    budget = max(FALSE_REFUSALS - float(np.mean(~claims[inside])), 0.0)
    choose = float(np.quantile(confidence[inside & claims], budget, method="lower"))
    return Thresholds(answer, min(choose, answer))


def _answer_threshold(confidence: np.ndarray, correct: np.ndarray) -> float:
    order = np.argsort(-confidence)
    accuracy = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    # A threshold takes all questions of one confidence, or none.
    last_of_its_confidence = np.append(np.diff(confidence[order]) < 0, True)[: len(order)]
    enough = np.flatnonzero((accuracy >= ANSWER_ACCURACY) & last_of_its_confidence)
    return float(confidence[order][enough[-1]]) if len(enough) else NEVER
