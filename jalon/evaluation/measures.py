"""Asks labelled questions of the whole engine and counts: figures, bands, labels, confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jalon.conversation.engine import Engine, Turn
from jalon.evaluation.curves import reliability
from jalon.evaluation.questions import OUT_OF_SCOPE, Question

BANDS = ("answer", "choose", "refuse", "dialogue")


@dataclass(frozen=True)
class Outcome:
    """A question and what the engine made of it."""

    question: Question
    turn: Turn
    offered: tuple[str, ...]

    @property
    def guesses(self) -> list[str]:
        """The ranking, best first; who is sent to the office that knows has been told that it is out of scope."""
        return [OUT_OF_SCOPE if entry["name"].startswith("signpost/") else entry["name"] for entry in self.turn.ranking]

    @property
    def confidence(self) -> float:
        """How sure the engine was of its best guess; 0 where it had none."""
        return self.turn.ranking[0]["confidence"] if self.turn.ranking else 0.0

    def among(self, first: int) -> bool:
        """Whether a right label is among the first of the ranking."""
        return bool(self.question.right & set(self.guesses[:first]))

    @property
    def useful(self) -> bool:
        """Whether the right thing was answered or offered."""
        if self.turn.band == "choose":
            return bool(self.question.right & set(self.offered))
        return self.turn.band != "refuse" and self.turn.intent in self.question.right

    @property
    def fits(self) -> bool:
        """Whether the band did right by the question: useful, or rightly refused."""
        return self.useful or (self.turn.band == "refuse" and OUT_OF_SCOPE in self.question.right)

    @property
    def missed(self) -> bool:
        """Whether the person was let down: no right answer or offer, or an article for what no article answers."""
        return not self.useful if self.question.in_scope else bool(self.turn.reply.article)


async def run(engine: Engine, questions: Iterable[Question]) -> list[Outcome]:
    """Ask every question in a fresh conversation."""
    outcomes = []
    for question in questions:
        turn = await engine.turn(engine.new_conversation(), question.text)
        outcomes.append(Outcome(question, turn, turn.offered))
    return outcomes


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Everything that is counted, ready for JSON.

    Returns:
        `overall` and, by code, `languages`: figures, `bands` and `confusions`; `styles`: figures; `labels`: see
        `labels`; `confusions`: of all languages together.
    """
    languages = _grouped(outcomes, lambda outcome: outcome.question.language)
    styles = _grouped(outcomes, lambda outcome: outcome.question.style)
    return {
        "overall": {**figures(outcomes), "bands": bands(outcomes)},
        "languages": {
            language: {**figures(found), "bands": bands(found), "confusions": confusions(found)}
            for language, found in languages.items()
        },
        "styles": {style: figures(found) for style, found in styles.items() if style},
        "labels": labels(outcomes),
        "confusions": confusions(outcomes),
    }


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of a set of outcomes; shares from 0 to 1, None where nothing can be counted."""
    inside = [outcome for outcome in outcomes if outcome.question.in_scope]
    outside = [outcome for outcome in outcomes if not outcome.question.in_scope]
    answered = [outcome for outcome in inside if outcome.turn.band in ("answer", "dialogue")]
    return {
        "n": len(outcomes),
        "top1": _share(outcome.among(1) for outcome in inside),
        "top3": _share(outcome.among(3) for outcome in inside),
        "answer_rate": _share(outcome.turn.band in ("answer", "dialogue") for outcome in inside),
        "answer_accuracy": _share(outcome.useful for outcome in answered),
        "choose_rate": _share(outcome.turn.band == "choose" for outcome in inside),
        "choose_accuracy": _share(outcome.useful for outcome in inside if outcome.turn.band == "choose"),
        "useful": _share(outcome.useful for outcome in inside),
        "oos_refused": _share(not outcome.missed for outcome in outside),
        "false_refusal": _share(outcome.turn.band == "refuse" for outcome in inside),
        "language_recognised": _share(outcome.turn.language == outcome.question.language for outcome in outcomes),
        "language_recognised_of_three_words": _share(
            outcome.turn.language == outcome.question.language
            for outcome in outcomes
            if len(outcome.question.text.split()) >= 3
        ),
        "calibration_error": calibration_error(outcomes),
    }


def bands(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float | None]]:
    """Per band, its share of all questions, in scope or not, and how often it did right by them."""
    return {
        band: {
            "share": _share(outcome.turn.band == band for outcome in outcomes),
            "accuracy": _share(outcome.fits for outcome in outcomes if outcome.turn.band == band),
        }
        for band in BANDS
    }


def labels(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """Per label, the worst first: `n`, `top1` (the best guess was right) and `useful` (the person was served)."""
    rows = {
        label: {
            "n": len(found),
            "top1": _share(outcome.among(1) for outcome in found),
            "useful": _share(not outcome.missed for outcome in found),
        }
        for label, found in _grouped(outcomes, lambda outcome: outcome.question.label).items()
    }
    return dict(sorted(rows.items(), key=lambda row: (row[1]["useful"], row[1]["top1"], row[0])))


def recognised(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], float]:
    """Per language and label, the share of questions that were answered right or offered."""
    found: dict[tuple[str, str], list[bool]] = {}
    for outcome in outcomes:
        found.setdefault((outcome.question.language, outcome.question.label), []).append(outcome.useful)
    return {key: round(sum(useful) / len(useful), 2) for key, useful in found.items()}


def confusions(outcomes: Iterable[Outcome], most: int = 10) -> list[dict[str, Any]]:
    """The pairs most often confused: the right label, and what was taken for it."""
    pairs = Counter(
        (outcome.question.label, outcome.guesses[0]) for outcome in outcomes if outcome.guesses and not outcome.among(1)
    )
    return [{"label": label, "taken_for": guess, "n": n} for (label, guess), n in pairs.most_common(most)]


def calibration_error(outcomes: Iterable[Outcome]) -> float | None:
    """Expected calibration error of the best guess, https://arxiv.org/abs/1706.04599; None without a guess."""
    bins = reliability(*sureness(outcomes))
    total = sum(one.n for one in bins)
    return round(sum(abs(one.confidence - one.right) * one.n for one in bins) / total, 4) if total else None


def sureness(outcomes: Iterable[Outcome]) -> tuple[list[float], list[bool]]:
    """For every question that has a best guess: how sure the engine was, and whether the guess was right."""
    ranked = [outcome for outcome in outcomes if outcome.guesses]
    return [outcome.confidence for outcome in ranked], [outcome.among(1) for outcome in ranked]


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return dict(sorted(groups.items()))


def _share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None
