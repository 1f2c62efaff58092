import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jalon.nlu.bands import ANSWER_ACCURACY, FALSE_REFUSALS, Thresholds, band_of, learn_thresholds
from jalon.nlu.linear import OUT_OF_SCOPE, Prediction

THRESHOLDS = Thresholds(answer=0.8, choose=0.3)
LABELS = ("procedure/appeal", "life/income", OUT_OF_SCOPE)


def prediction(label, confidence, inside=None):
    """A prediction with one label, by default as sure of lying inside as of its label."""
    return Prediction(((label, confidence),), confidence if inside is None else inside)


@pytest.mark.parametrize(
    ("label", "confidence", "inside", "band"),
    [
        ("procedure/appeal", 1.0, 1.0, "answer"),
        ("procedure/appeal", 0.8, 0.3, "answer"),
        ("procedure/appeal", 0.79, 1.0, "choose"),
        ("procedure/appeal", 0.0, 0.3, "choose"),
        ("procedure/appeal", 1.0, 0.29, "refuse"),
        ("greet", 0.9, 1.0, "answer"),
        (OUT_OF_SCOPE, 1.0, 0.3, "choose"),
        (OUT_OF_SCOPE, 1.0, 0.29, "refuse"),
    ],
)
def test_the_band_follows_from_both_certainties(label, confidence, inside, band):
    assert band_of(prediction(label, confidence, inside), THRESHOLDS) == band


def test_thresholds_survive_being_written_down():
    assert Thresholds(**THRESHOLDS.as_dict()) == THRESHOLDS


def test_certain_and_right_answers_are_all_given():
    predictions = [prediction("life/income", confidence / 100) for confidence in range(1, 101)]
    thresholds = learn_thresholds(predictions, [{"life/income"}] * 100)
    assert {band_of(one, thresholds) for one in predictions} == {"answer"}


def test_nothing_is_answered_when_nothing_is_right():
    predictions = [prediction("life/income", confidence / 100) for confidence in range(1, 101)]
    thresholds = learn_thresholds(predictions, [{"procedure/appeal"}] * 100)
    assert "answer" not in {band_of(one, thresholds) for one in predictions}


def test_questions_without_an_answer_do_not_lower_the_bar():
    inside = [prediction("life/income", 0.5 + at / 100) for at in range(50)]
    outside = [prediction("life/income", 0.4)] * 50
    thresholds = learn_thresholds(inside + outside, [{"life/income"}] * 50 + [{OUT_OF_SCOPE}] * 50)
    assert band_of(outside[0], thresholds) == "refuse"


shares = st.floats(0, 1) | st.sampled_from([0.0, 0.5, 1.0])
outcomes = st.tuples(st.sampled_from(LABELS), shares, shares, st.sampled_from(LABELS))


@given(st.lists(outcomes, min_size=1, max_size=120))
@settings(max_examples=300, deadline=None)
def test_learned_thresholds_keep_both_budgets(calibration):
    predictions = [prediction(*outcome[:3]) for outcome in calibration]
    right = [{label} for *_, label in calibration]
    pairs = [(one, labels) for one, labels in zip(predictions, right, strict=True)]
    inside = [one for one, labels in pairs if OUT_OF_SCOPE not in labels]
    assume(inside)
    thresholds = learn_thresholds(predictions, right)

    answered = [one.label in labels for one, labels in pairs if band_of(one, thresholds) == "answer"]
    assert not answered or sum(answered) / len(answered) >= ANSWER_ACCURACY

    refused = sum(band_of(one, thresholds) == "refuse" for one in inside)
    assert refused <= FALSE_REFUSALS * len(inside)
