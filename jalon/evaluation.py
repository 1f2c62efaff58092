"""`jalon evaluate`: how well labelled questions are understood, through the whole engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from jalon.conversation.engine import Engine, Turn
from jalon.languages import REFERENCE

OUT_OF_SCOPE = "out_of_scope"
CALIBRATION_BINS = 10


class BadQuestions(ValueError):
    """A file of labelled questions cannot be read; the message names the place, the fault and the remedy."""


@dataclass(frozen=True)
class Question:
    """A labelled question; `also` holds other labels that are right."""

    text: str
    label: str
    also: tuple[str, ...] = ()
    language: str = REFERENCE
    style: str = ""

    @property
    def right(self) -> set[str]:
        """Every acceptable label."""
        return {self.label, *self.also}

    @property
    def in_scope(self) -> bool:
        """Whether the assistant should know the answer."""
        return self.label != OUT_OF_SCOPE


@dataclass(frozen=True)
class Outcome:
    """A question and what the engine made of it."""

    question: Question
    turn: Turn
    offered: tuple[str, ...]

    @property
    def guesses(self) -> list[str]:
        """The ranking, best first."""
        return [entry["name"] for entry in self.turn.ranking]

    def among(self, first: int) -> bool:
        """Whether a right label is among the first of the ranking."""
        return bool(self.question.right & set(self.guesses[:first]))

    @property
    def useful(self) -> bool:
        """Whether the right thing was answered or offered."""
        if self.turn.band == "choose":
            return bool(self.question.right & set(self.offered))
        return self.turn.band != "refuse" and self.turn.intent in self.question.right


def read_questions(path: Path) -> list[Question]:
    """Read JSON Lines or YAML.

    Raises:
        BadQuestions: the file is missing, or a line has no text or label.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as fault:
        raise BadQuestions(f"{path}: {fault.strerror}. Name an existing file.") from fault
    try:
        if path.suffix in (".yml", ".yaml"):
            lines = yaml.safe_load(text)
        else:
            lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (yaml.YAMLError, json.JSONDecodeError) as fault:
        raise BadQuestions(f"{path}: cannot be read ({fault}). Write JSON Lines or a YAML list.") from fault
    questions = []
    default = path.stem if len(path.stem) == 2 else REFERENCE
    if not isinstance(lines, list | None):
        raise BadQuestions(f"{path}: holds no list. Write each question as - text: … label: …")
    for number, line in enumerate(lines or [], 1):
        if not isinstance(line, dict) or not isinstance(line.get("text"), str) or not line.get("label"):
            raise BadQuestions(f"{path}: entry {number} has no text or no label. Add both.")
        questions.append(
            Question(
                line["text"],
                line["label"],
                tuple(line.get("also") or ()),
                line.get("language") or default,
                line.get("style") or "",
            )
        )
    return questions


def held_out(home: Path) -> list[Question]:
    """The project's own held-out questions, of every language."""
    return [
        question
        for file in sorted((home / "tests" / "understanding").glob("*.yml"))
        for question in read_questions(file)
    ]


async def run(engine: Engine, questions: Iterable[Question]) -> list[Outcome]:
    """Ask every question in a fresh conversation."""
    outcomes = []
    for question in questions:
        turn = await engine.turn(engine.new_conversation(), question.text)
        outcomes.append(Outcome(question, turn, turn.offered))
    return outcomes


def figures(outcomes: list[Outcome]) -> dict[str, Any]:
    """The figures of design.md §5 for a set of outcomes; shares from 0 to 1, None where nothing can be counted."""
    inside = [outcome for outcome in outcomes if outcome.question.in_scope]
    outside = [outcome for outcome in outcomes if not outcome.question.in_scope]
    answered = [outcome for outcome in inside if outcome.turn.band in ("answer", "dialogue")]
    return {
        "n": len(outcomes),
        "top1": _share(outcome.among(1) for outcome in inside),
        "top3": _share(outcome.among(3) for outcome in inside),
        "answer_rate": _share(outcome in answered for outcome in inside) if inside else None,
        "answer_accuracy": _share(outcome.turn.intent in outcome.question.right for outcome in answered),
        "choose_rate": _share(outcome.turn.band == "choose" for outcome in inside),
        "choose_accuracy": _share(o.useful for o in inside if o.turn.band == "choose"),
        "useful": _share(outcome.useful for outcome in inside),
        "oos_refused": _share(not outcome.turn.reply.article for outcome in outside),
        "false_refusal": _share(outcome.turn.band == "refuse" for outcome in inside),
        "language_recognised": _share(o.turn.language == o.question.language for o in outcomes),
        "calibration_error": _calibration_error(outcomes),
    }


def report(outcomes: list[Outcome]) -> dict[str, Any]:
    """Figures overall, per language and per style, and the worst confusions."""
    by_language: dict[str, list[Outcome]] = {}
    by_style: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_language.setdefault(outcome.question.language, []).append(outcome)
        if outcome.question.style:
            by_style.setdefault(outcome.question.style, []).append(outcome)
    return {
        "overall": figures(outcomes),
        "languages": {language: figures(found) for language, found in sorted(by_language.items())},
        "styles": {style: figures(found) for style, found in sorted(by_style.items())},
        "confusions": confusions(outcomes),
    }


def recognised(outcomes: list[Outcome]) -> dict[tuple[str, str], float]:
    """Per language and label, the share of questions that were answered right or offered."""
    found: dict[tuple[str, str], list[bool]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.question.language, outcome.question.label), []).append(outcome.useful)
    return {key: round(sum(useful) / len(useful), 2) for key, useful in found.items()}


def confusions(outcomes: list[Outcome], most: int = 10) -> list[dict[str, Any]]:
    """The pairs most often confused: the right label, and what was taken for it."""
    pairs = Counter(
        (outcome.question.label, outcome.guesses[0]) for outcome in outcomes if outcome.guesses and not outcome.among(1)
    )
    return [{"label": label, "taken_for": guess, "n": n} for (label, guess), n in pairs.most_common(most)]


def _share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None


def _calibration_error(outcomes: list[Outcome]) -> float | None:
    """Expected calibration error of the best label over ten bins, https://arxiv.org/abs/1706.04599."""
    ranked = [outcome for outcome in outcomes if outcome.guesses]
    if not ranked:
        return None
    confidence = np.array([outcome.turn.ranking[0]["confidence"] for outcome in ranked])
    right = np.array([outcome.among(1) for outcome in ranked])
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [
        abs(confidence[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean()
        for at in range(CALIBRATION_BINS)
        if (bins == at).any()
    ]
    return round(float(sum(gaps)), 4)
