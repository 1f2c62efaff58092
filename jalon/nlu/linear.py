"""A linear classifier over sparse features with calibrated confidence: fit, predict, save, load. No Rasa, no pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from jalon.nlu.features import Features, count

OUT_OF_SCOPE = "out_of_scope"
PENALTY = 0.3
SIGNS = 5
SEED = 7


@dataclass(frozen=True)
class Prediction:
    """What a text is taken for.

    Attributes:
        ranking: (label, confidence), best first; the first is the calibrated probability that the label is right.
    """

    ranking: tuple[tuple[str, float], ...]

    @property
    def label(self) -> str:
        """The best label."""
        return self.ranking[0][0]

    def led_by(self, label: str) -> Prediction:
        """The same ranking with a label before all others, as sure as the best was."""
        rest = tuple((name, sure) for name, sure in self.ranking if name != label)
        return Prediction(((label, self.confidence), *rest))

    @property
    def confidence(self) -> float:
        """How often a prediction like this one is right, from 0 to 1."""
        return self.ranking[0][1]


@dataclass
class LinearModel:
    """One-versus-rest support vector machines; the weights lie row by row, so a prediction reads only its own rows.

    Attributes:
        labels: in the order of the columns of `weights`.
        weights: rows × labels; stored in half precision.
        temperature: turns margins into the shares of a ranking.
        calibration: weights of the logistic model that turns the signs of certainty into a probability.
    """

    features: Features
    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 0.2
    calibration: np.ndarray = field(default_factory=lambda: np.zeros(SIGNS + 1))

    @classmethod
    def fit(cls, texts: list[list[str]], labels: Sequence[str], penalty: float = PENALTY) -> LinearModel:
        """Train on tokenised texts. Calibrate before you trust a confidence."""
        names = sorted(set(labels))
        target = np.array([names.index(label) for label in labels])
        features = Features.fit(texts)
        weights, bias = _train(features.transform(texts), target, len(names), penalty)
        # Rounded as `save` rounds them, so that calibration and thresholds are learned on what will be used.
        return cls(features, names, weights.astype(np.float16).astype(np.float32), bias)

    def calibrate(self, texts: list[list[str]], right: Sequence[AbstractSet[str]]) -> None:
        """Learn how often the best label is right, from texts the model was not trained on and their right labels."""
        counted = count(texts)
        margins = self._margins(counted)
        accepted = np.array([[label in labels for label in self.labels] for labels in right])
        self.temperature = _temperature(margins, accepted)
        signs = self._signs(margins, self.features.known_share(counted), np.array([len(words) for words in texts]))
        self.calibration = _logistic(signs, accepted[np.arange(len(texts)), margins.argmax(axis=1)])

    def predict(self, words: list[str]) -> Prediction:
        """Rank the labels for one tokenised text."""
        counted = count([words])
        return self._rank(self._margins(counted)[0], self.features.known_share(counted)[0], len(words))

    def _margins(self, counted: sparse.csr_matrix) -> np.ndarray:
        """How far each text lies on each label's side; only the rows of its features are read."""
        weighed = self.features.weigh(counted)
        margins = np.tile(self.bias, (weighed.shape[0], 1))
        for text, (start, end) in enumerate(pairwise(weighed.indptr)):
            margins[text] += weighed.data[start:end] @ self.weights[weighed.indices[start:end]]
        return margins

    def _rank(self, margins: np.ndarray, known: float, length: int) -> Prediction:
        signs = self._signs(margins[None, :], np.array([known]), np.array([length]))[0]
        sure = 1 / (1 + np.exp(-(signs @ self.calibration[:-1] + self.calibration[-1])))
        shares = np.exp((margins - margins.max()) / self.temperature)
        best = np.argsort(-margins)[:10]
        return Prediction(tuple((self.labels[at], float(sure * shares[at])) for at in best))

    def _signs(self, margins: np.ndarray, known: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Signs of certainty of each text: best margin, its lead, its lead over out of scope, known words, length."""
        ordered = -np.sort(-margins, axis=1)
        second = ordered[:, min(1, margins.shape[1] - 1)]
        outside = margins[:, self.labels.index(OUT_OF_SCOPE)] if OUT_OF_SCOPE in self.labels else -1.0
        best = ordered[:, 0]
        return np.column_stack([best, best - second, best - outside, known, np.log1p(lengths)])

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "model.npz",
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            rows=np.flatnonzero(self.features.rows >= 0).astype(np.int32),
            idf=self.features.idf,
            calibration=self.calibration,
        )
        rest = {
            "labels": self.labels,
            "temperature": self.temperature,
            "space": len(self.features.rows),
            "words": self.features.words,
            "character_weight": self.features.character_weight,
        }
        (folder / "model.json").write_text(json.dumps(rest), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read what `save` wrote."""
        rest = json.loads((folder / "model.json").read_text("utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            rows = np.full(rest["space"], -1, dtype=np.int32)
            rows[arrays["rows"]] = np.arange(len(arrays["rows"]))
            features = Features(rows, arrays["idf"], rest["words"], rest["character_weight"])
            return cls(
                features,
                rest["labels"],
                arrays["weights"].astype(np.float32),
                arrays["bias"],
                rest["temperature"],
                arrays["calibration"],
            )


def _train(matrix, target: np.ndarray, count: int, penalty: float) -> tuple[np.ndarray, np.ndarray]:
    machine = LinearSVC(C=penalty, random_state=SEED)
    machine.fit(matrix, target)
    weights = np.zeros((matrix.shape[1], count), dtype=np.float32)
    bias = np.full(count, -1.0, dtype=np.float32)
    columns = machine.classes_
    if len(columns) == 2:
        weights[:, columns[1]], bias[columns[1]] = machine.coef_[0], machine.intercept_[0]
        weights[:, columns[0]], bias[columns[0]] = -machine.coef_[0], -machine.intercept_[0]
    else:
        weights[:, columns], bias[columns] = machine.coef_.T, machine.intercept_
    return weights, bias


def _temperature(margins: np.ndarray, accepted: np.ndarray) -> float:
    """The temperature of least surprise at the right labels; texts without a known right label do not count."""
    known = accepted.any(axis=1)
    if not known.any():
        return LinearModel.temperature

    def surprise(temperature: float) -> float:
        scaled = margins[known] / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        shares = np.exp(scaled) / np.exp(scaled).sum(axis=1, keepdims=True)
        return float(-np.log((shares * accepted[known]).sum(axis=1) + 1e-12).mean())

    return float(min(np.geomspace(0.03, 1.0, 40), key=surprise))


def _logistic(signs: np.ndarray, right: np.ndarray) -> np.ndarray:
    if right.all() or not right.any():  # nothing to learn from: sure, or never sure
        return np.append(np.zeros(signs.shape[1]), 4.0 if right.all() else -4.0)
    fitted = LogisticRegression(max_iter=1000).fit(signs, right)
    return np.append(fitted.coef_[0], fitted.intercept_[0])
