import re

import pytest

from jalon.evaluation import BadQuestions, Question, held_out, read_questions

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
        ("bad.yml", ""),
        ("bad.jsonl", "\n"),
        ("bad.yml", "- {text: un, label: life/a, also: life/b}\n"),
        ("bad.yml", "- {text: un, label: life/a, also: [5]}\n"),
        ("bad.yml", "- {text: un, label: ''}\n"),
        ("bad.yml", "- {text: un, label: greet, language: no}\n"),  # YAML reads a bare no as false
        ("bad.yml", "- {text: un, label: greet, style: 3}\n"),
    ],
)
def test_a_bad_file_is_named_with_its_fault(tmp_path, file, text):
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(BadQuestions, match=file):
        read_questions(tmp_path / file)


@pytest.mark.parametrize(
    ("file", "text", "places"),
    [
        ("bad.yml", "- {text: un, label: greet}\n- {text: deux}\n- {label: greet, also: x}\n", ["2", "3", "3"]),
        ("bad.jsonl", '\n{"text": "un"}\n\n["deux"]\n', ["2", "4"]),
    ],
)
def test_every_fault_is_named_at_once_with_its_place(tmp_path, file, text, places):
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(BadQuestions) as caught:
        read_questions(tmp_path / file)
    lines = str(caught.value).splitlines()
    assert [re.search(r"(?:entry|line) (\d+)", line)[1] for line in lines] == places


def test_the_label_that_is_also_right_must_be_in_a_list(tmp_path):
    (tmp_path / "bad.yml").write_text("- {text: un, label: life/a, also: life/b}\n", "utf-8")
    with pytest.raises(BadQuestions, match=r"entry 1, also: .*list"):
        read_questions(tmp_path / "bad.yml")


def test_a_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "bad.yml").write_bytes("- {text: été, label: greet}\n".encode("latin-1"))
    with pytest.raises(BadQuestions, match=r"bad\.yml.*UTF-8"):
        read_questions(tmp_path / "bad.yml")


def test_other_keys_are_the_writers_own_notes(tmp_path):
    (tmp_path / "questions.yml").write_text("- {text: un, label: greet, id: 7, also: }\n", "utf-8")
    assert read_questions(tmp_path / "questions.yml") == [Question("un", "greet")]


def test_the_held_out_questions_of_every_language_are_found(tmp_path):
    folder = tmp_path / "tests" / "understanding"
    folder.mkdir(parents=True)
    for code in ("nl", "fr"):
        (folder / f"{code}.yml").write_text("- {text: een, label: greet}\n", "utf-8")
    assert [question.language for question in held_out(tmp_path)] == ["fr", "nl"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadQuestions, match=r"nowhere\.yml"):
        read_questions(tmp_path / "nowhere.yml")
