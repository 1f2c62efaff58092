"""The three bands: answer, choose, refuse. Thresholds come from a stated budget on held-out folds, not from taste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from jalon.nlu.linear import OUT_OF_SCOPE, Prediction

FALSE_REFUSALS = 0.02  # at most this share of questions we can answer may be refused on held-out folds
ANSWER_ACCURACY = 0.97  # at least this share of plain answers must be right on held-out folds
CHOICES = 3


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


def learn_thresholds(predictions: Sequence[Prediction], labels: Sequence[str]) -> Thresholds:
    """The thresholds that keep the two budgets on texts the model was not trained on."""
    confidence = np.array([prediction.confidence for prediction in predictions])
    guess = np.array([prediction.label for prediction in predictions])
    truth = np.array(labels)
    inside = truth != OUT_OF_SCOPE
    claims = guess != OUT_OF_SCOPE
    answer = _answer_threshold(confidence[claims], (guess == truth)[claims])
    already_refused = np.mean(guess[inside] == OUT_OF_SCOPE)
    budget = max(FALSE_REFUSALS - already_refused, 0.005)
    choose = float(np.quantile(confidence[inside & claims], budget))
    return Thresholds(answer, min(choose, answer))


def _answer_threshold(confidence: np.ndarray, right: np.ndarray) -> float:
    order = np.argsort(-confidence)
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(accuracy >= ANSWER_ACCURACY)
    return float(confidence[order][enough[-1]]) if len(enough) else 1.0
