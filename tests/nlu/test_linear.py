import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.nlu.features import PARTS, SPACE, Features, count
from jalon.nlu.linear import LinearModel

TEXTS = [["un", "recours"], ["le", "revenu"], [], ["zzz"], ["😀"], ["recours"] * 300]
words = st.lists(st.text(min_size=1, max_size=12), max_size=12)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("un recours au tribunal", "procedure/appeal"),
        ("mon revenu", "life/income"),
        ("recette de crêpes", "out_of_scope"),
        ("recour", "procedure/appeal"),
    ],
)
def test_a_phrase_like_those_of_a_label_is_taken_for_it(model, text, label):
    assert model.predict(text.split()).label == label


@given(words)
@settings(deadline=None)
def test_the_ranking_is_sorted_whole_and_within_bounds(model, text):
    ranking = model.predict(text).ranking
    sure = [confidence for _, confidence in ranking]
    assert {label for label, _ in ranking} == set(model.labels)
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in sure)


def test_a_saved_model_predicts_the_same(model, tmp_path):
    model.save(tmp_path / "model")
    loaded = LinearModel.load(tmp_path / "model")
    assert [loaded.predict(text) for text in TEXTS] == [model.predict(text) for text in TEXTS]


def test_a_saved_model_holds_no_text_of_the_training(model, tmp_path):
    model.save(tmp_path / "model")
    assert "tribunal" not in (tmp_path / "model" / "model.json").read_text("utf-8")


@pytest.mark.parametrize("labels", [["a", "b"], ["a", "b", "c", "d"]])
def test_two_labels_are_learned_as_well_as_many(labels):
    texts = [[word, f"mot{label}"] for label in labels for word in ("un", "le", "ce")]
    model = LinearModel.fit(texts, [label for label in labels for _ in range(3)])
    assert [model.predict([f"mot{label}"]).label for label in labels] == labels


def test_training_twice_gives_the_same_model():
    texts, labels = [["un", "recours"], ["le", "revenu"], ["la", "météo"]], ["a", "b", "c"]
    first, second = (LinearModel.fit(texts, labels).predict(["un", "revenu"]) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("right", [{"a"}, {"b"}, {"unheard of"}])
def test_calibration_on_questions_that_are_all_right_or_all_wrong_stays_within_bounds(right):
    model = LinearModel.fit([["recours"], ["revenu"], ["recours", "urgent"], ["revenu", "bas"]], ["a", "b", "a", "b"])
    model.calibrate([["recours"]] * 4, [right] * 4)
    assert (model.predict(["recours"]).confidence > 0.5) is (right == {"a"})


def test_each_language_is_as_sure_as_its_own_calibration_taught():
    model = LinearModel.fit([["recours"], ["revenu"], ["beroep"], ["inkomen"]], ["a", "b", "a", "b"])
    model.calibrate([["recours"]] * 4, [{"a"}] * 4, "fr")
    model.calibrate([["beroep"]] * 4, [{"b"}] * 4, "nl")
    french, dutch, unknown = (model.predict(["recours"], language) for language in ("fr", "nl", "so"))
    assert french.confidence > 0.5 > dutch.confidence
    assert unknown == french


def test_each_part_of_a_text_is_as_long_as_its_weight():
    counted = count([["un", "recours"], ["un", "revenu"]])
    features = Features.fit(counted)
    row = features.weigh(counted[:1])
    part = features.known[row.indices] // SPACE
    for at, expected in enumerate(PARTS):
        assert np.linalg.norm(row.data[part == at]) == pytest.approx(expected.weight, abs=1e-5)


def test_texts_are_transformed_together_as_they_are_apart():
    features = Features.fit(count([["un", "recours"], ["un", "revenu"], []]))
    together = features.weigh(count(TEXTS)).toarray()
    apart = np.vstack([features.weigh(count([text])).toarray() for text in TEXTS])
    assert np.array_equal(together, apart)


@pytest.mark.parametrize(
    ("text", "shares"), [(["un", "recours"], [1, 1, 1]), (["zzz", "yyy"], [0, 0, 0]), ([], [0, 0, 0])]
)
def test_the_known_shares_are_those_that_training_showed(text, shares):
    features = Features.fit(count([["un", "recours"], ["un", "revenu"]]))
    assert features.known_shares(count([text]))[0] == pytest.approx(shares)


def test_a_rare_known_word_counts_for_more_than_a_frequent_one():
    features = Features.fit(count([["un", "recours"], ["un", "revenu"]]))
    frequent, rare = features.known_shares(count([["un", "zzz"], ["revenu", "zzz"]]))[:, 0]
    assert frequent < rare < 1


def test_word_order_changes_the_neighbours_and_not_the_pairs():
    pairs = [set(row.indices[row.indices >= 2 * SPACE]) for row in count([["un", "recours"], ["recours", "un"]])]
    assert pairs[0] == pairs[1] != set()
