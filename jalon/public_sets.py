"""Public sets of labelled questions (CLINC150, BANKING77, HINT3), measured through the product's own components."""

from __future__ import annotations

import csv
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from jalon.nlu.linear import OUT_OF_SCOPE, LinearModel, Prediction
from jalon.nlu.tokenizer import tokens
from jalon.typos import mistype

Line = tuple[str, str]  # text, label

LANGUAGE = "en"
REJECTED = 0.05  # of the in-scope texts, this share may be rejected
HELD_OUT = 10  # without a validation split, every tenth training text calibrates
SEED = 7
BOTS = ("curekart", "powerplay11", "sofmattress")
_OUTSIDE = {"oos", "NO_NODES_DETECTED"}


class BadSet(ValueError):
    """A public set cannot be read; the message names the file, the fault and the remedy."""


@dataclass(frozen=True)
class PublicSet:
    """A set of labelled texts; a text outside the set's labels is labelled `out_of_scope`."""

    name: str
    train: list[Line]
    test: list[Line]
    validation: list[Line]


def read_sets(folder: Path) -> Iterator[PublicSet]:
    """The sets of a folder: `clinc150_full.json`, `banking77/{train,test}.csv`, `hint3/<bot>_{train,test}.csv`.

    Raises:
        BadSet: a file is missing or not in its published form.
    """
    yield _clinc(folder / "clinc150_full.json")
    banking = folder / "banking77"
    yield PublicSet("BANKING77", _table(banking / "train.csv"), _table(banking / "test.csv"), [])
    for bot in BOTS:
        hint = folder / "hint3"
        yield PublicSet(f"HINT3 {bot}", _table(hint / f"{bot}_train.csv"), _table(hint / f"{bot}_test.csv"), [])


def measure(public: PublicSet) -> dict[str, Any]:
    """Train on a set and measure on its test split; shares from 0 to 1, None where nothing can be counted."""
    start = time.perf_counter()
    model, threshold = _trained(public)
    seconds = time.perf_counter() - start
    inside = [line for line in public.test if line[1] != OUT_OF_SCOPE]
    outside = [line for line in public.test if line[1] == OUT_OF_SCOPE]
    texts = _cut([*inside, *outside])
    start = time.perf_counter()
    predictions = [model.predict(words) for words in texts]
    milliseconds = (time.perf_counter() - start) * 1000 / len(texts)
    good, bad = predictions[: len(inside)], predictions[len(inside) :]
    typos = random.Random(SEED)
    misspelt = [model.predict(words) for words in _cut([(mistype(text, typos), label) for text, label in inside])]
    top1 = _found(good, inside, 1)
    return {
        "train": len(public.train),
        "test": len(public.test),
        "top1": round(top1, 4),
        "top3": round(_found(good, inside, 3), 4),
        **_rejection(_sureness(good), _sureness(bad), threshold),
        "typo_loss": round(top1 - _found(misspelt, inside, 1), 4),
        "train_s": round(seconds, 1),
        "ms": round(milliseconds, 2),
    }


def _trained(public: PublicSet) -> tuple[LinearModel, float]:
    """A model trained on the whole training split, calibrated on texts that it, or its like, has not seen.

    Returns:
        the model, and the sureness below which `REJECTED` of the in-scope calibration texts lie.
    """
    if public.validation:
        model = _fit(public.train)
        unseen = public.validation
        model.calibrate(_cut(unseen), [{label} for _, label in unseen])
        return model, _threshold(model, unseen)
    shuffled = public.train.copy()
    random.Random(SEED).shuffle(shuffled)
    unseen = shuffled[::HELD_OUT]
    part = _fit([line for at, line in enumerate(shuffled) if at % HELD_OUT])
    part.calibrate(_cut(unseen), [{label} for _, label in unseen])
    model = _fit(public.train)
    model.certainties = part.certainties
    return model, _threshold(part, unseen)


def _fit(lines: Sequence[Line]) -> LinearModel:
    return LinearModel.fit(_cut(lines), [label for _, label in lines])


def _cut(lines: Sequence[Line]) -> list[list[str]]:
    return [tokens(text, LANGUAGE) for text, _ in lines]


def _threshold(model: LinearModel, lines: Sequence[Line]) -> float:
    inside = [line for line in lines if line[1] != OUT_OF_SCOPE]
    return float(np.quantile(_sureness([model.predict(words) for words in _cut(inside)]), REJECTED))


def _sureness(predictions: Sequence[Prediction]) -> np.ndarray:
    """How sure the model is that each text lies inside its labels."""
    return np.array([one.inside for one in predictions])


def _found(predictions: Sequence[Prediction], lines: Sequence[Line], first: int) -> float:
    right = [
        label in [name for name, _ in one.ranking[:first]] for one, (_, label) in zip(predictions, lines, strict=True)
    ]
    return float(np.mean(right))


def _rejection(inside: np.ndarray, outside: np.ndarray, threshold: float) -> dict[str, float | None]:
    """How well sureness tells the texts apart.

    `oos_recall` rejects 5 % of the in-scope test texts; `oos_recall_preset` rejects below a threshold chosen without
    the test texts, and `rejected_preset` says how many in-scope ones that costs.
    """
    if not len(outside):
        return dict.fromkeys(("auroc", "oos_recall", "oos_recall_preset", "rejected_preset"))
    truth = np.repeat([1, 0], [len(inside), len(outside)])
    return {
        "auroc": round(float(roc_auc_score(truth, np.concatenate([inside, outside]))), 4),
        "oos_recall": round(float(np.mean(outside < np.quantile(inside, REJECTED))), 4),
        "oos_recall_preset": round(float(np.mean(outside < threshold)), 4),
        "rejected_preset": round(float(np.mean(inside < threshold)), 4),
    }


def _clinc(path: Path) -> PublicSet:
    """Its out-of-scope training texts calibrate, with those of the validation split: they name no label to learn."""
    try:
        parts = json.loads(_text(path))
        train, validation, test, doubtful, outside, strange = (
            [(text, _label(label)) for text, label in parts[name]]
            for name in ("train", "val", "test", "oos_train", "oos_val", "oos_test")
        )
    except (KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, BadSet):
            raise
        raise BadSet(f"{path}: not in the form of CLINC150 ({fault!r}). Fetch data_full.json again.") from fault
    return PublicSet("CLINC150", train, [*test, *strange], [*validation, *doubtful, *outside])


def _table(path: Path) -> list[Line]:
    """A CSV file of a text and its label, with a header."""
    rows = [row for row in csv.reader(_text(path).splitlines(keepends=True)) if row]
    if len(rows) < 2 or any(len(row) != 2 for row in rows):
        raise BadSet(f"{path}: not a table of texts and labels. Fetch it again.")
    return [(text, _label(label)) for text, label in rows[1:]]


def _label(label: str) -> str:
    return OUT_OF_SCOPE if label in _OUTSIDE else label


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as fault:
        raise BadSet(f"{path}: {fault.strerror}. Put the public sets in this folder, or name another.") from fault
