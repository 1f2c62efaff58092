"""What typing mistakes cost: the same questions, misspelt, against the questions as written."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jalon.evaluation.questions import Question
from jalon.typos import mistype

SEED = 7


def misspelt(questions: Iterable[Question]) -> list[Question]:
    """The questions with typing mistakes; a question is misspelt in the same way whatever file it stands in."""
    return [
        replace(question, text=mistype(question.text, random.Random(f"{SEED} {question.text}")))
        for question in questions
    ]


def typo_loss(written: dict[str, Any], mistyped: dict[str, Any]) -> dict[str, Any]:
    """Top-1 as written and misspelt, and the loss in points (hundredths), overall and per language.

    Args:
        written: the report on the questions as they are.
        mistyped: the report on the same questions, misspelt.
    """
    return {
        "overall": _loss(written["overall"], mistyped["overall"]),
        "languages": {code: _loss(row, mistyped["languages"][code]) for code, row in written["languages"].items()},
    }


def _loss(written: dict[str, Any], mistyped: dict[str, Any]) -> dict[str, float | None]:
    before, after = written["top1"], mistyped["top1"]
    lost = None if before is None else round(100 * (before - after), 2)
    return {"top1": before, "top1_with_typos": after, "points_lost": lost}
