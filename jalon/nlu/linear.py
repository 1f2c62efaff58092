"""A linear classifier over sparse features with calibrated certainty: fit, predict, save, load. No Rasa, no pickle.

One model ranks the labels for texts of every language; how sure to be is learned for each one
(docs/decisions/0012-one-classifier.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

from jalon.languages import REFERENCE
from jalon.nlu.certainty import Certainty, signs_of
from jalon.nlu.features import Features, count

OUT_OF_SCOPE = "out_of_scope"
PENALTY = 0.5
BAYES = 0.02  # the weight of naive Bayes beside the support vector machines
TINY = 0.015  # smaller weights are left out: they decide nothing, and zeros take no room
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

    Attributes:
        labels: in the order of the columns of `weights`.
        weights: rows × labels, nearly all of them zeros that are left out; stored in half precision.
        certainties: what the margins are worth in each language; learned by `calibrate`.
    """

    features: Features
    labels: list[str]
    weights: sparse.csr_matrix
    bias: np.ndarray
    certainties: dict[str, Certainty] = field(default_factory=dict)

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
        rounded = sparse.csr_matrix(weights.astype(np.float16), dtype=np.float32)
        return cls(features, names, rounded, bias + BAYES * frequent)

    def calibrate(self, texts: list[list[str]], right: Sequence[AbstractSet[str]], language: str = REFERENCE) -> None:
        """Learn how sure to be in a language, from texts the model was not trained on and their right labels."""
        counted = count(texts)
        margins = self._margins(counted)
        accepted = np.array([[label in labels for label in self.labels] for labels in right])
        # Out of scope has finer labels too, which say where to ask: a text that got one of these is well understood.
        best = [self.labels[at] for at in margins.argmax(axis=1)]
        finer = [label != OUT_OF_SCOPE and label in labels for label, labels in zip(best, right, strict=True)]
        outside = np.array([OUT_OF_SCOPE in labels for labels in right]) & ~np.array(finer)
        self.certainties[language] = Certainty.learn(margins, self._signs(counted, margins, texts), accepted, outside)

    def predict(self, words: list[str], language: str = REFERENCE) -> Prediction:
        """Rank the labels for one tokenised text; a language without calibration is judged like the reference."""
        certainty = self.certainties.get(language) or self.certainties.get(REFERENCE) or Certainty()
        counted = count([words])
        margins = self._margins(counted)
        right, inside = (float(sure[0]) for sure in certainty.of(self._signs(counted, margins, [words])))
        margins = margins[0]
        best = np.argsort(-margins)[:10]
        sure = 1 - inside if self.labels[best[0]] == OUT_OF_SCOPE else right * inside
        shares = np.exp((margins - margins.max()) / certainty.temperature)
        return Prediction(tuple((self.labels[at], float(sure * shares[at])) for at in best), inside)

    def _margins(self, counted: sparse.csr_matrix) -> np.ndarray:
        """How far each text lies on each label's side."""
        return (self.features.weigh(counted) @ self.weights).toarray() + self.bias

    def _signs(self, counted: sparse.csr_matrix, margins: np.ndarray, texts: list[list[str]]) -> np.ndarray:
        outside = self.labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in self.labels else None
        lengths = np.array([len(words) for words in texts])
        return signs_of(margins, outside, self.features.known_shares(counted), lengths)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "model.npz",
            weights=self.weights.data.astype(np.float16),
            columns=self.weights.indices,
            starts=self.weights.indptr,
            bias=self.bias,
            known=self.features.known,
            idf=self.features.idf,
        )
        rest = {
            "labels": self.labels,
            "rarest": self.features.rarest,
            "certainties": {language: learned.as_dict() for language, learned in self.certainties.items()},
        }
        (folder / "model.json").write_text(json.dumps(rest), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read what `save` wrote."""
        rest = json.loads((folder / "model.json").read_text("utf-8"))
        certainties = {language: Certainty.from_dict(learned) for language, learned in rest["certainties"].items()}
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            features = Features(arrays["known"], arrays["idf"], rest["rarest"])
            parts = (arrays["weights"].astype(np.float32), arrays["columns"], arrays["starts"])
            weights = sparse.csr_matrix(parts, (len(features.known), len(rest["labels"])))
            return cls(features, rest["labels"], weights, arrays["bias"], certainties)


def _machines(matrix: sparse.csr_matrix, target: np.ndarray, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of one linear support vector machine per label, each against the rest."""
    if labels == 2:
        machine = _machine(matrix, target)
        return np.outer(machine.coef_[0], [-1, 1]).astype(np.float32), machine.intercept_ * [-1, 1]
    if labels == 3:  # too few for halves that hold a rest each
        machine = _machine(matrix, target)
        return machine.coef_.T.astype(np.float32), machine.intercept_
    # Each label is learned apart from the others, and without Python's lock: two threads take half the time.
    middle = labels // 2
    halves = (np.where(target < middle, target, middle), np.where(target < middle, 0, target - middle + 1))
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda half: _machine(matrix, half), halves)
    weights = np.vstack([first.coef_[:middle], second.coef_[1:]])
    return weights.T.astype(np.float32), np.concatenate([first.intercept_[:middle], second.intercept_[1:]])


def _machine(matrix: sparse.csr_matrix, target: np.ndarray) -> LinearSVC:
    return LinearSVC(C=PENALTY, tol=0.1, random_state=SEED).fit(matrix, target)


def _naive_bayes(matrix: sparse.csr_matrix, target: np.ndarray, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of multinomial naive Bayes, centred: what all labels share does not rank them."""
    member = sparse.csr_matrix(
        (np.ones(len(target), np.float32), (target, np.arange(len(target)))), (labels, len(target))
    )
    likely = np.log((member @ matrix).T.toarray() + SMOOTHING)
    likely -= np.log(np.exp(likely).sum(axis=0))
    frequent = np.log(np.bincount(target, minlength=labels))
    return likely - likely.mean(axis=1, keepdims=True), frequent - frequent.mean()
