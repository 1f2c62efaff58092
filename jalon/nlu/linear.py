"""A linear classifier over sparse features with calibrated certainty: fit, predict, save, load. No Rasa, no pickle."""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from jalon.nlu.certainty import Certainty, signs_of
from jalon.nlu.features import Features, count

OUT_OF_SCOPE = "out_of_scope"
PENALTY = 0.5
BAYES = 0.02  # the weight of naive Bayes beside the support vector machines
TINY = 0.002  # smaller weights are left out: they decide nothing, and zeros take no room in the file
SMOOTHING = 0.02  # what naive Bayes adds to every count
SEED = 7


@dataclass(frozen=True)
class Prediction:
    """What a text is taken for.

    Attributes:
        ranking: (label, confidence), best first; the first is the calibrated probability that the label is right: that
            the text lies inside the labels, and that this is its label then.
        inside: the calibrated probability that the text lies inside the labels at all.
    """

    ranking: tuple[tuple[str, float], ...]
    inside: float

    @property
    def label(self) -> str:
        """The best label."""
        return self.ranking[0][0]

    def led_by(self, label: str, confidence: float) -> Prediction:
        """The same ranking with a label before all others, at least that sure."""
        rest = tuple((name, sure) for name, sure in self.ranking if name != label)
        return Prediction(((label, max(confidence, self.confidence)), *rest), self.inside)

    @property
    def confidence(self) -> float:
        """How often a prediction like this one is right, from 0 to 1."""
        return self.ranking[0][1]


@dataclass
class LinearModel:
    """Support vector machines and naive Bayes, added up into one weight per feature and label.

    The weights lie row by row, so a prediction reads only its own rows.

    Attributes:
        labels: in the order of the columns of `weights`.
        weights: rows × labels; stored in half precision.
        certainty: what the margins are worth; learned by `calibrate`.
    """

    features: Features
    labels: list[str]
    weights: np.ndarray
    bias: np.ndarray
    certainty: Certainty = field(default_factory=Certainty)

    @classmethod
    def fit(cls, texts: list[list[str]], labels: Sequence[str]) -> LinearModel:
        """Train on tokenised texts. Calibrate before you trust a confidence."""
        names = sorted(set(labels))
        target = np.searchsorted(names, labels)
        counted = count(texts)
        features = Features.fit(counted)
        weighed = features.weigh(counted)
        weights, bias = _machines(weighed, target, len(names))
        likely, frequent = _naive_bayes(weighed, target, len(names))
        weights += BAYES * likely
        weights[np.abs(weights) < TINY] = 0
        # Rounded as `save` rounds them, so that calibration and thresholds are learned on what will be used.
        return cls(features, names, weights.astype(np.float16).astype(np.float32), bias + BAYES * frequent)

    def calibrate(self, texts: list[list[str]], right: Sequence[AbstractSet[str]]) -> None:
        """Learn how sure to be, from texts the model was not trained on and their right labels."""
        counted = count(texts)
        margins = self._margins(counted)
        accepted = np.array([[label in labels for label in self.labels] for labels in right])
        # Out of scope has finer labels too, which say where to ask: a text that got one of these is well understood.
        best = [self.labels[at] for at in margins.argmax(axis=1)]
        finer = [label != OUT_OF_SCOPE and label in labels for label, labels in zip(best, right, strict=True)]
        outside = np.array([OUT_OF_SCOPE in labels for labels in right]) & ~np.array(finer)
        self.certainty = Certainty.learn(margins, self._signs(counted, margins, texts), accepted, outside)

    def predict(self, words: list[str]) -> Prediction:
        """Rank the labels for one tokenised text."""
        counted = count([words])
        margins = self._margins(counted)
        right, inside = (float(sure[0]) for sure in self.certainty.of(self._signs(counted, margins, [words])))
        margins = margins[0]
        best = np.argsort(-margins)[:10]
        sure = 1 - inside if self.labels[best[0]] == OUT_OF_SCOPE else right * inside
        shares = np.exp((margins - margins.max()) / self.certainty.temperature)
        return Prediction(tuple((self.labels[at], float(sure * shares[at])) for at in best), inside)

    def _margins(self, counted: sparse.csr_matrix) -> np.ndarray:
        """How far each text lies on each label's side; only the rows of its features are read."""
        weighed = self.features.weigh(counted)
        margins = np.tile(self.bias, (weighed.shape[0], 1))
        for text, (start, end) in enumerate(pairwise(weighed.indptr)):
            margins[text] += weighed.data[start:end] @ self.weights[weighed.indices[start:end]]
        return margins

    def _signs(self, counted: sparse.csr_matrix, margins: np.ndarray, texts: list[list[str]]) -> np.ndarray:
        outside = self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else None
        lengths = np.array([len(words) for words in texts])
        return signs_of(margins, outside, self.features.known_shares(counted), lengths)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "model.npz",
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            rows=np.flatnonzero(self.features.rows >= 0).astype(np.int32),
            idf=self.features.idf,
            right=self.certainty.right,
            inside=self.certainty.inside,
        )
        rest = {
            "labels": self.labels,
            "temperature": self.certainty.temperature,
            "space": len(self.features.rows),
            "rarest": self.features.rarest,
        }
        (folder / "model.json").write_text(json.dumps(rest), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read what `save` wrote."""
        rest = json.loads((folder / "model.json").read_text("utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            rows = np.full(rest["space"], -1, dtype=np.int32)
            rows[arrays["rows"]] = np.arange(len(arrays["rows"]))
            features = Features(rows, arrays["idf"], rest["rarest"])
            certainty = Certainty(arrays["right"], arrays["inside"], rest["temperature"])
            return cls(features, rest["labels"], arrays["weights"].astype(np.float32), arrays["bias"], certainty)


def _machines(matrix: sparse.csr_matrix, target: np.ndarray, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of one linear support vector machine per label, each against the rest."""
    machine = LinearSVC(C=PENALTY, tol=0.01, random_state=SEED)
    machine.fit(matrix, target)
    if labels == 2:
        return np.outer(machine.coef_[0], [-1, 1]), machine.intercept_ * [-1, 1]
    return machine.coef_.T.copy(), machine.intercept_


def _naive_bayes(matrix: sparse.csr_matrix, target: np.ndarray, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of multinomial naive Bayes, centred: what all labels share does not rank them."""
    member = sparse.csr_matrix((np.ones(len(target)), (target, np.arange(len(target)))), (labels, len(target)))
    likely = np.log((member @ matrix).T.toarray() + SMOOTHING)
    likely -= np.log(np.exp(likely).sum(axis=0))
    frequent = np.log(np.bincount(target, minlength=labels))
    return likely - likely.mean(axis=1, keepdims=True), frequent - frequent.mean()
