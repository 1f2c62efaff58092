from outcomes import OUTCOMES, A, B, outcome

from jalon.evaluation import Question, report
from jalon.evaluation.typos import misspelt, typo_loss

TEXT = "comment trouver un logement"


def test_the_loss_is_told_in_points_of_the_first_guess():
    written = report([outcome(A, "answer", [A])] * 4)
    mistyped = report([outcome(A, "answer", [A])] * 3 + [outcome(A, "answer", [B])])
    expected = {"top1": 1.0, "top1_with_typos": 0.75, "points_lost": 25.0}
    assert typo_loss(written, mistyped) == {"overall": expected, "languages": {"fr": expected}}


def test_nothing_in_scope_loses_nothing():
    outside = report([OUTCOMES[8]])
    assert typo_loss(outside, outside)["overall"]["points_lost"] is None


def test_only_the_text_of_a_question_is_misspelt():
    questions = [Question(f"{TEXT} {at}", A, (B,), "nl", "plain") for at in "abcdefgh"]
    found = misspelt(questions)
    assert [(one.label, one.also, one.language, one.style) for one in found] == [(A, (B,), "nl", "plain")] * 8
    assert any(one.text != question.text for one, question in zip(found, questions, strict=True))


def test_a_question_is_misspelt_in_the_same_way_wherever_it_stands():
    questions = [Question(f"{TEXT} {at}", A) for at in "abcdefgh"]
    assert misspelt(questions)[::-1] == misspelt(questions[::-1])
