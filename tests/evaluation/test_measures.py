import dataclasses
import json

import pytest
from outcomes import OUTCOMES, A, B, C, Listening, outcome

from jalon.evaluation import OUT_OF_SCOPE, Outcome, Question, figures, recognised, report, run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 12),
        ("top1", 5 / 8),  # the 1st, 3rd, 6th, 7th and 8th
        ("top3", 7 / 8),  # all but the 5th
        ("answer_rate", 5 / 8),
        ("answer_accuracy", 4 / 5),
        ("choose_rate", 2 / 8),
        ("choose_accuracy", 1 / 2),
        ("useful", 5 / 8),  # four right answers and one offer
        ("oos_refused", 3 / 4),
        ("false_refusal", 1 / 8),
        ("language_recognised", 11 / 12),
    ],
)
def test_a_figure_is_what_was_counted_by_hand(name, value):
    assert figures(OUTCOMES)[name] == pytest.approx(value, abs=1e-4)


def test_short_questions_tell_no_language():
    short, long = (dataclasses.replace(OUTCOMES[0].question, text=text) for text in ("CPAS ?", "Where is the CPAS?"))
    asked = [Outcome(short, OUTCOMES[0].turn, ()), Outcome(long, OUTCOMES[7].turn, ())]
    assert figures(asked)["language_recognised"] == 1 / 2
    assert figures(asked)["language_recognised_of_three_words"] == 0
    assert figures(asked[:1])["language_recognised_of_three_words"] is None


def test_a_band_did_right_by_every_question_in_it_that_it_fits():
    assert report(OUTCOMES)["languages"]["fr"]["bands"] == {
        "answer": {"share": pytest.approx(5 / 12, abs=1e-4), "accuracy": 3 / 5},  # one of them out of scope
        "choose": {"share": 3 / 12, "accuracy": pytest.approx(1 / 3, abs=1e-4)},
        "refuse": {"share": pytest.approx(2 / 12, abs=1e-4), "accuracy": 1 / 2},  # one known, one rightly refused
        "dialogue": {"share": pytest.approx(2 / 12, abs=1e-4), "accuracy": 1 / 2},
    }


def test_a_band_that_was_never_used_has_no_accuracy():
    assert report([OUTCOMES[0]])["overall"]["bands"]["refuse"] == {"share": 0, "accuracy": None}


def test_the_worst_label_comes_first():
    assert list(report(OUTCOMES)["labels"].items()) == [
        (A, {"n": 7, "top1": pytest.approx(4 / 7, abs=1e-4), "useful": pytest.approx(4 / 7, abs=1e-4)}),
        (OUT_OF_SCOPE, {"n": 4, "top1": 1 / 4, "useful": 3 / 4}),
        ("greet", {"n": 1, "top1": 1, "useful": 1}),
    ]


def test_a_person_is_let_down_by_a_wrong_answer_a_wrong_offer_a_refusal_or_an_article_out_of_scope():
    assert [at for at, one in enumerate(OUTCOMES) if one.missed] == [1, 4, 5, 9]


def test_calibration_error_is_the_gap_between_confidence_and_truth():
    half_right = [outcome(A, "answer", [A], confidence=0.95), outcome(A, "answer", [B], confidence=0.95)]
    assert figures(half_right)["calibration_error"] == pytest.approx(0.45)
    sure = [outcome(A, "answer", [A], confidence=1.0)] * 3
    assert figures(sure)["calibration_error"] == pytest.approx(0.0)
    # Two bins: 0.1 and nothing right, 0.9 and all right; a quarter and three quarters of the questions.
    mixed = [outcome(A, "refuse", [B], confidence=0.1), *[outcome(A, "answer", [A], confidence=0.9)] * 3]
    assert figures(mixed)["calibration_error"] == pytest.approx(0.1)


def test_nothing_counted_gives_no_share():
    found = figures([])
    assert found.pop("n") == 0
    assert set(found.values()) == {None}


def test_a_report_groups_by_language_and_by_style():
    dutch = outcome(A, "answer", [A])
    dutch = Outcome(Question("?", A, language="nl"), dutch.turn, ())
    found = report([*OUTCOMES, dutch])
    assert (found["overall"]["n"], found["languages"]["fr"]["n"], found["languages"]["nl"]["n"]) == (13, 12, 1)
    assert found["languages"]["nl"]["language_recognised"] == 0
    assert {style: row["n"] for style, row in found["styles"].items()} == {"plain": 1}
    json.dumps(found)


def test_the_pair_most_often_confused_comes_first():
    pairs = [outcome(A, "answer", [B])] * 3 + [outcome(C, "answer", [A])] + [outcome(A, "answer", [A])] * 9
    assert report(pairs)["confusions"] == [
        {"label": A, "taken_for": B, "n": 3},
        {"label": C, "taken_for": A, "n": 1},
    ]


def test_each_language_has_its_own_confusions():
    dutch = outcome(C, "answer", [A])
    pairs = [outcome(A, "answer", [B]), Outcome(Question("?", C, language="nl"), dutch.turn, ())]
    found = report(pairs)
    assert found["languages"]["fr"]["confusions"] == [{"label": A, "taken_for": B, "n": 1}]
    assert found["languages"]["nl"]["confusions"] == [{"label": C, "taken_for": A, "n": 1}]
    assert len(found["confusions"]) == 2


def test_the_recognition_of_a_label_is_the_share_of_its_questions_answered_or_offered():
    assert recognised(OUTCOMES)["fr", A] == pytest.approx(4 / 7, abs=0.01)


def test_a_label_that_is_also_right_is_no_confusion():
    assert report([outcome(A, "answer", [B], also=(B,))])["confusions"] == []


async def test_every_question_is_asked_in_a_conversation_of_its_own_without_its_language():
    engine = Listening()
    outcomes = await run(engine, [Question("un", A, language="nl"), Question("deux", B)])
    assert engine.asked == [("0", "un"), ("1", "deux")]
    assert [found.offered for found in outcomes] == [(B, C, A), (B, C, A)]
