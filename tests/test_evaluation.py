import json

import pytest

from jalon.conversation.engine import Turn
from jalon.conversation.reply import Reply
from jalon.evaluation import OUT_OF_SCOPE, BadQuestions, Outcome, Question, figures, read_questions, report, run

A, B, C = "life/a", "life/b", "life/c"


def outcome(label, band, ranking, offered=(), confidence=0.9, language="fr", **question):
    """A question with this label, and what an engine might have made of it."""
    best = ranking[0] if band in ("answer", "dialogue") else OUT_OF_SCOPE
    turn = Turn(
        reply=Reply(language=language, text="…", article=best if "/" in best else ""),
        language=language,
        intent="choose" if band == "choose" else best,
        confidence=confidence,
        band=band,
        ranking=[{"name": name, "confidence": confidence / (at + 1)} for at, name in enumerate(ranking)],
        ms=1.0,
        offered=tuple(offered),
    )
    return Outcome(Question("?", label, **question), turn, tuple(offered))


OUTCOMES = [
    outcome(A, "answer", [A, B, C]),  # right
    outcome(A, "answer", [B, A, C], style="plain"),  # wrong, second in the ranking
    outcome(A, "answer", [B, C, "life/d", A], also=(B,)),  # right by another label
    outcome(A, "choose", [B, C, A], offered=[B, C, A], confidence=0.5),  # offered
    outcome(A, "choose", [B, C, "life/d", A], offered=[B, C, "life/d"], confidence=0.5),  # not offered
    outcome(A, "refuse", [A, B, C], confidence=0.1),  # refused, though known
    outcome("greet", "dialogue", ["greet", A]),  # right
    outcome(A, "answer", [A], language="nl"),  # right, in what was taken for another language
    outcome(OUT_OF_SCOPE, "refuse", [OUT_OF_SCOPE, A]),  # rightly refused
    outcome(OUT_OF_SCOPE, "answer", [A, OUT_OF_SCOPE]),  # answered with an article
    outcome(OUT_OF_SCOPE, "dialogue", ["chitchat", OUT_OF_SCOPE]),  # no article
    outcome(OUT_OF_SCOPE, "choose", [A, B], offered=[A, B]),  # no article
]


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


def test_a_label_that_is_also_right_is_no_confusion():
    assert report([outcome(A, "answer", [B], also=(B,))])["confusions"] == []


JSON_LINES = """\
{"text": "un", "label": "life/a", "also": ["life/b"], "language": "nl", "style": "plain"}

{"text": "deux", "label": "greet"}
"""
YAML = "- {text: un, label: life/a, also: [life/b], language: nl, style: plain}\n- {text: deux, label: greet}\n"


@pytest.mark.parametrize(
    ("file", "text"), [("questions.jsonl", JSON_LINES), ("questions.yml", YAML), ("questions.yaml", YAML)]
)
def test_questions_are_read_from_json_lines_and_from_yaml(tmp_path, file, text):
    (tmp_path / file).write_text(text, "utf-8")
    assert read_questions(tmp_path / file) == [
        Question("un", "life/a", ("life/b",), "nl", "plain"),
        Question("deux", "greet", (), "fr", ""),
    ]


def test_a_file_named_after_a_language_holds_that_language(tmp_path):
    (tmp_path / "nl.yml").write_text("- {text: een, label: greet}\n", "utf-8")
    assert [question.language for question in read_questions(tmp_path / "nl.yml")] == ["nl"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("bad.jsonl", '{"text": "un"'),
        ("bad.jsonl", '{"text": "un", "label": "greet"}\n{"label": "greet"}'),
        ("bad.jsonl", '{"text": "un"}'),
        ("bad.jsonl", '{"text": 5, "label": "greet"}'),
        ("bad.jsonl", '["un", "greet"]'),
        ("bad.yml", "- {text: un, label: greet"),
        ("bad.yml", "- text: un\n"),
        ("bad.yml", "- just text\n"),
        ("bad.yml", "text: un\nlabel: greet\n"),
        ("bad.yml", "5\n"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path, file, text):
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(BadQuestions, match=file):
        read_questions(tmp_path / file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadQuestions, match=r"nowhere\.yml"):
        read_questions(tmp_path / "nowhere.yml")


class Listening:
    """An engine that takes everything for the same, and remembers who asked what."""

    def __init__(self):
        self.asked = []

    def new_conversation(self):
        """A new name each time."""
        return str(len(self.asked))

    async def turn(self, *asked):
        """The same turn to everybody."""
        self.asked.append(asked)
        return OUTCOMES[3].turn


async def test_every_question_is_asked_in_a_conversation_of_its_own_without_its_language():
    engine = Listening()
    outcomes = await run(engine, [Question("un", A, language="nl"), Question("deux", B)])
    assert engine.asked == [("0", "un"), ("1", "deux")]
    assert [found.offered for found in outcomes] == [(B, C, A), (B, C, A)]
