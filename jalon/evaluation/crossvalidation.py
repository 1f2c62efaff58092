"""How well the example questions foretell one another: shows staff which of them to improve. Needs no trained model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from jalon.importer import JalonImporter
from jalon.nlu.classifier import is_calibration, label_of
from jalon.nlu.linear import LinearModel
from jalon.nlu.tokenizer import tokens

FOLDS = 3
SEED = 7
WORST = 20
CONFUSED = 10
SHOWN = 3  # phrasings of a confused pair


@dataclass(frozen=True)
class Example:
    """An example question that the assistant is trained on."""

    text: str
    label: str
    language: str


@dataclass(frozen=True)
class Guess:
    """What a model that has not seen the example takes it for, best first."""

    example: Example
    labels: tuple[str, ...]

    def among(self, first: int) -> bool:
        """Whether the label of the example is among the first."""
        return self.example.label in self.labels[:first]


def examples(home: Path) -> list[Example]:
    """All that the assistant is trained on: the example questions of every language and the titles of the articles."""
    messages = JalonImporter(str(home / "config.yml")).get_nlu_data().intent_examples
    return [
        Example(message.get("text"), label_of(message), message.get("metadata")["language"])
        for message in messages
        if not is_calibration(message)
    ]


def cross_validate(known: Sequence[Example], folds: int, progress: Callable[[str], None]) -> dict[str, Any]:
    """Train on all folds but one and guess that one, in turn; every label and language is spread over the folds.

    Returns:
        `folds`, and per language: `n`, `top1`, `top3`, the worst `labels`, and `confusions` with some phrasings.

    Raises:
        ValueError: there are too few examples for so many folds.
    """
    groups = [f"{example.language} {example.label}" for example in known]
    largest = max(Counter(groups).values(), default=0)
    if not 2 <= folds <= largest:
        raise ValueError(
            f"{folds} folds cannot be made of at most {largest} examples a label. Give --folds a number from 2 to that."
        )
    guesses: list[Guess] = []
    words = [tokens(example.text, example.language) for example in known]
    parts = StratifiedKFold(folds, shuffle=True, random_state=SEED).split(words, groups)
    for number, (shown, hidden) in enumerate(parts, 1):
        progress(f"Fold {number} of {folds}: training on {len(shown)} examples, guessing {len(hidden)} …")
        guesses += _fold(known, words, shown, hidden)
    languages = sorted({example.language for example in known})
    return {
        "folds": folds,
        "languages": {
            code: _summary([guess for guess in guesses if guess.example.language == code]) for code in languages
        },
    }


def _fold(known: Sequence[Example], words: list[list[str]], shown: np.ndarray, hidden: np.ndarray) -> Iterator[Guess]:
    model = LinearModel.fit([words[at] for at in shown], [known[at].label for at in shown])
    for at in hidden:
        yield Guess(known[at], tuple(label for label, _ in model.predict(words[at]).ranking))


def _summary(guesses: list[Guess]) -> dict[str, Any]:
    by_label: dict[str, list[Guess]] = {}
    for guess in guesses:
        by_label.setdefault(guess.example.label, []).append(guess)
    rows = {label: _figures(found) for label, found in by_label.items()}
    worst = sorted(rows.items(), key=lambda row: (row[1]["top1"], row[0]))[:WORST]
    return {**_figures(guesses), "labels": dict(worst), "confusions": _confusions(guesses)}


def _figures(guesses: list[Guess]) -> dict[str, Any]:
    return {"n": len(guesses), **{f"top{first}": _share(guesses, first) for first in (1, 3)}}


def _share(guesses: list[Guess], first: int) -> float:
    return round(sum(guess.among(first) for guess in guesses) / len(guesses), 4)


def _confusions(guesses: Iterable[Guess]) -> list[dict[str, Any]]:
    """The pairs most often confused, in the form of `measures.confusions`, with some phrasings of each."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for guess in guesses:
        if not guess.among(1):
            pairs.setdefault((guess.example.label, guess.labels[0]), []).append(guess.example.text)
    most = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:CONFUSED]
    return [
        {"label": label, "taken_for": taken, "n": len(texts), "texts": texts[:SHOWN]} for (label, taken), texts in most
    ]
