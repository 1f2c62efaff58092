"""A linear classifier over sparse features with calibrated confidence: fit, predict, save, load. No Rasa, no pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from jalon.nlu.features import Features

OUT_OF_SCOPE = "out_of_scope"
FOLDS = 4
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

    @property
    def confidence(self) -> float:
        """How often a prediction like this one is right, from 0 to 1."""
        return self.ranking[0][1]


@dataclass
class LinearModel:
    """One-versus-rest support vector machines; the weights lie row by row, so a prediction reads only its own rows.

    Attributes:
        labels: in the order of the columns of `weights`.
        weights: rows × labels, half precision.
        temperature: turns margins into the shares of a ranking.
        calibration: weights of the logistic model that turns the signs of certainty into a probability.
    """

    features: Features
    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float
    calibration: np.ndarray

    @classmethod
    def fit(cls, texts: list[list[str]], labels: Sequence[str], penalty: float = 1.0) -> tuple[LinearModel, Folds]:
        """Train on tokenised texts; also returns what the model says of texts it was not trained on, fold by fold."""
        names = sorted(set(labels))
        target = np.array([names.index(label) for label in labels])
        folds = _held_out(texts, target, len(names), penalty)
        temperature = _temperature(folds.margins, target)
        calibration = _calibrate(folds, target, names)
        features = Features.fit(texts)
        weights, bias = _train(features.transform(texts), target, len(names), penalty)
        model = cls(features, names, weights.astype(np.float16), bias, temperature, calibration)
        folds.predictions = [
            model._rank(margins, known, len(words))
            for margins, known, words in zip(folds.margins, folds.known, texts, strict=True)
        ]
        return model, folds

    def margins(self, words: list[str]) -> np.ndarray:
        """How far a text lies on each label's side."""
        row = self.features.transform([words])
        return row.data @ self.weights[row.indices].astype(np.float32) + self.bias

    def predict(self, words: list[str]) -> Prediction:
        """Rank the labels for one tokenised text."""
        return self._rank(self.margins(words), self.features.known_share([words])[0], len(words))

    def _rank(self, margins: np.ndarray, known: float, length: int) -> Prediction:
        signs = _signs(margins[None, :], np.array([known]), np.array([length]), self.labels)[0]
        sure = 1 / (1 + np.exp(-(signs @ self.calibration[:-1] + self.calibration[-1])))
        shares = np.exp((margins - margins.max()) / self.temperature)
        best = np.argsort(-margins)[:10]
        return Prediction(tuple((self.labels[at], float(sure * shares[at])) for at in best))

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "model.npz",
            weights=self.weights,
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
                arrays["weights"],
                arrays["bias"],
                rest["temperature"],
                arrays["calibration"],
            )


@dataclass
class Folds:
    """What models said of the texts they were not trained on, in the order of the texts."""

    margins: np.ndarray
    known: np.ndarray
    lengths: np.ndarray
    predictions: list[Prediction]


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


def _held_out(texts: list[list[str]], target: np.ndarray, count: int, penalty: float) -> Folds:
    folds = min(FOLDS, int(np.bincount(target).min()))
    margins = np.zeros((len(texts), count), dtype=np.float32)
    known = np.zeros(len(texts))
    for train, test in StratifiedKFold(max(folds, 2), shuffle=True, random_state=SEED).split(texts, target):
        features = Features.fit([texts[at] for at in train])
        weights, bias = _train(features.transform([texts[at] for at in train]), target[train], count, penalty)
        held = [texts[at] for at in test]
        margins[test] = features.transform(held) @ weights + bias
        known[test] = features.known_share(held)
    return Folds(margins, known, np.array([len(text) for text in texts]), [])


def _temperature(margins: np.ndarray, target: np.ndarray) -> float:
    """The temperature of least surprise on held-out texts."""

    def surprise(temperature: float) -> float:
        scaled = margins / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(target)), target]))

    return min(np.geomspace(0.03, 1.0, 40), key=surprise)


def _signs(margins: np.ndarray, known: np.ndarray, lengths: np.ndarray, labels: list[str]) -> np.ndarray:
    """Signs of certainty of each text: best margin, its lead, the lead over out of scope, known words, length."""
    ordered = -np.sort(-margins, axis=1)
    second = ordered[:, min(1, margins.shape[1] - 1)]
    outside = margins[:, labels.index(OUT_OF_SCOPE)] if OUT_OF_SCOPE in labels else np.full(len(margins), -1.0)
    return np.column_stack(
        [ordered[:, 0], ordered[:, 0] - second, ordered[:, 0] - outside, known, np.log1p(lengths)]
    )


def _calibrate(folds: Folds, target: np.ndarray, labels: list[str]) -> np.ndarray:
    right = folds.margins.argmax(axis=1) == target
    signs = _signs(folds.margins, folds.known, folds.lengths, labels)
    if right.all() or not right.any():
        return np.array([0.0] * signs.shape[1] + [4.0 if right.all() else -4.0])
    fitted = LogisticRegression(max_iter=1000).fit(signs, right)
    return np.append(fitted.coef_[0], fitted.intercept_[0])
