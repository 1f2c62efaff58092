"""How well held-out questions are understood: a floor under what was measured, so that a step back is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from jalon.evaluation import read_questions, report, run
from jalon.languages import REFERENCE, read_languages
from jalon.settings import settings

FOLDER = Path(__file__).parent
LEAST = {
    REFERENCE: {
        "top1": 0.89,
        "top3": 0.96,
        "useful": 0.92,
        "answer_rate": 0.87,
        "answer_accuracy": 0.93,
        "oos_refused": 0.94,
        "language_recognised_of_three_words": 0.97,
    },
}
# The four translations, under the goals they went live with. Their answer rate follows from their own calibration.
TRANSLATED = {
    "top1": 0.88,
    "top3": 0.95,
    "useful": 0.93,
    "answer_rate": 0.65,
    "answer_accuracy": 0.94,
    "oos_refused": 0.94,
    "language_recognised_of_three_words": 0.97,
}
MOST = {"false_refusal": 0.03, "calibration_error": 0.06}
LIVE = [
    code for code, language in read_languages(settings().data / "languages.yml").items() if language.status == "live"
]


@pytest.mark.parametrize("code", LIVE)
async def test_held_out_questions_are_understood_as_well_as_before(code, engine):
    found = report(await run(engine, read_questions(FOLDER / f"{code}.yml")))
    figures = found["languages"][code]
    assert figures["n"] >= 300
    low = {name: figures[name] for name, floor in LEAST.get(code, TRANSLATED).items() if figures[name] < floor}
    high = {name: figures[name] for name, ceiling in MOST.items() if figures[name] > ceiling}
    assert (low, high) == ({}, {}), found["confusions"]


@pytest.mark.parametrize("code", LIVE)
async def test_people_in_danger_are_never_refused(code, engine):
    questions = [question for question in read_questions(FOLDER / f"{code}.yml") if question.label == "in_danger"]
    assert questions
    refused = [outcome.question.text for outcome in await run(engine, questions) if outcome.turn.band == "refuse"]
    assert refused == []
