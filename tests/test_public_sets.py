import json

import pytest
from typer.testing import CliRunner

from jalon.cli import app
from jalon.public_sets import BOTS, BadSet, PublicSet, measure, read_sets

TOPICS = {
    "bread": ["bake a loaf", "which flour for bread", "my dough will not rise", "how long to bake bread"],
    "rain": ["will it rain", "is rain coming tonight", "do I need an umbrella", "rain tomorrow or not"],
    "train": ["when does the train leave", "the next train to town", "a train ticket please", "is my train late"],
}
LINES = [(text, label) for label, texts in TOPICS.items() for text in texts]
STRANGE = [("who painted this", "out_of_scope"), ("tell a joke", "out_of_scope")]
FIGURES = {"train", "test", "top1", "top3", "auroc", "oos_recall", "oos_recall_preset", "rejected_preset"}


def table(path, header, lines):
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([header, *(f'"{text}",{label}' for text, label in lines)]) + "\n", "utf-8")


@pytest.fixture
def folder(tmp_path):
    parts = {"train": LINES, "val": LINES, "test": LINES, "oos_val": STRANGE, "oos_test": STRANGE, "oos_train": []}
    clinc = {
        part: [[text, "oos" if label == "out_of_scope" else label] for text, label in lines]
        for part, lines in parts.items()
    }
    (tmp_path / "clinc150_full.json").write_text(json.dumps(clinc), "utf-8")
    for part in ("train", "test"):
        table(tmp_path / "banking77" / f"{part}.csv", "text,category", LINES)
        for bot in BOTS:
            lines = LINES if part == "train" else [*LINES, ("tell a joke", "NO_NODES_DETECTED")]
            table(tmp_path / "hint3" / f"{bot}_{part}.csv", "sentence,label", lines)
    return tmp_path


def test_every_set_is_read_with_one_name_for_what_is_out_of_scope(folder):
    sets = {public.name: public for public in read_sets(folder)}
    assert list(sets) == ["CLINC150", "BANKING77", *(f"HINT3 {bot}" for bot in BOTS)]
    assert sets["CLINC150"].test == [*LINES, *STRANGE]
    assert sets["CLINC150"].validation == [*LINES, *STRANGE]
    assert sets["BANKING77"] == PublicSet("BANKING77", LINES, LINES, [])
    assert sets["HINT3 curekart"].test[-1] == ("tell a joke", "out_of_scope")


def test_a_text_over_two_lines_is_one_text(folder):
    table(folder / "banking77" / "test.csv", "text,category", [("will it\nrain", "rain")])
    assert list(read_sets(folder))[1].test == [("will it\nrain", "rain")]


@pytest.mark.parametrize("missing", ["clinc150_full.json", "banking77/train.csv", "hint3/sofmattress_test.csv"])
def test_a_missing_file_is_named(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(BadSet, match=missing):
        list(read_sets(folder))


@pytest.mark.parametrize("text", ["{}", "[]", "not JSON"])
def test_a_file_in_another_form_is_named(folder, text):
    (folder / "clinc150_full.json").write_text(text, "utf-8")
    with pytest.raises(BadSet, match=r"clinc150_full\.json: not in the form"):
        list(read_sets(folder))


def test_a_table_without_labels_is_refused(folder):
    table(folder / "banking77" / "train.csv", "text,category", [])
    with pytest.raises(BadSet, match=r"train\.csv: not a table"):
        list(read_sets(folder))


@pytest.mark.parametrize("validation", [[], [*LINES, *STRANGE]])
def test_a_set_is_trained_and_measured(validation):
    found = measure(PublicSet("tiny", LINES, [*LINES, *STRANGE], validation))
    assert set(found) > FIGURES
    assert found["top1"] >= 0.9
    assert found["top3"] == 1
    assert 0 <= found["auroc"] <= 1


def test_without_texts_out_of_scope_there_is_nothing_to_reject():
    found = measure(PublicSet("tiny", LINES, LINES, []))
    assert found["auroc"] is None
    assert found["oos_recall"] is None


def test_the_command_prints_the_figures_of_every_set(folder):
    result = CliRunner().invoke(app, ["bench", "--public", str(folder), "--json"])
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) == {"CLINC150", "BANKING77", *(f"HINT3 {bot}" for bot in BOTS)}
