"""The three bands: answer, choose, refuse. Thresholds come from stated budgets, not from taste."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass

import numpy as np

from jalon.nlu.linear import OUT_OF_SCOPE, Prediction

FALSE_REFUSALS = 0.01  # of the calibration questions we can answer, at most this share is refused
ANSWER_ACCURACY = 0.97  # of the plain answers to calibration questions, at least this share is right
CHOICES = 3
NEVER = 1.01  # no confidence is that high


@dataclass(frozen=True)
class Thresholds:
    """When the assistant answers and when it offers choices.

    Attributes:
        answer: from this confidence in the best label on, it answers.
        choose: from this probability of lying inside its labels on, it offers choices at least.
    """

    answer: float
    choose: float

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return asdict(self)


def band_of(prediction: Prediction, thresholds: Thresholds) -> str:
    """`answer`, `choose` or `refuse`."""
    if prediction.inside < thresholds.choose:
        return "refuse"
    sure = prediction.label != OUT_OF_SCOPE and prediction.confidence >= thresholds.answer
    return "answer" if sure else "choose"


def learn_thresholds(predictions: Sequence[Prediction], right: Sequence[AbstractSet[str]]) -> Thresholds:
    """The thresholds that keep the two budgets on questions that neither trained the model nor test it."""
    inside = np.array([prediction.inside for prediction in predictions])
    covered = np.array([OUT_OF_SCOPE not in labels for labels in right])
    choose = float(np.quantile(inside[covered], FALSE_REFUSALS, method="lower"))
    confidence = np.array([prediction.confidence for prediction in predictions])
    claims = np.array([prediction.label != OUT_OF_SCOPE for prediction in predictions]) & (inside >= choose)
    correct = np.array([prediction.label in labels for prediction, labels in zip(predictions, right, strict=True)])
    return Thresholds(_answer_threshold(confidence[claims], correct[claims]), choose)


def _answer_threshold(confidence: np.ndarray, correct: np.ndarray) -> float:
    order = np.argsort(-confidence)
    accuracy = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    # A threshold takes all questions of one confidence, or none.
    last_of_its_confidence = np.append(np.diff(confidence[order]) < 0, True)[: len(order)]
    enough = np.flatnonzero((accuracy >= ANSWER_ACCURACY) & last_of_its_confidence)
    return float(confidence[order][enough[-1]]) if len(enough) else NEVER
