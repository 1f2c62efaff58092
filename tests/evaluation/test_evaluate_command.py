import json

import pytest
from outcomes import A, Listening
from typer.testing import CliRunner

from jalon import cli


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Runs the command on two questions, with an engine that takes everything for the same."""
    questions = tmp_path / "questions.yml"
    questions.write_text(f"- {{text: un logement pour moi, label: {A}}}\n- {{text: deux, label: greet}}\n", "utf-8")
    monkeypatch.setattr(cli, "_engine", Listening)

    def run(*options):
        return CliRunner().invoke(cli.app, ["evaluate", str(questions), *options], catch_exceptions=False)

    return run


def test_json_has_the_figures_that_others_measure(asked):
    found = json.loads(asked("--json").stdout)
    names = {"n", "top1", "top3", "answer_rate", "answer_accuracy", "useful", "oos_refused", "false_refusal"}
    assert names | {"language_recognised"} <= found["languages"]["fr"].keys()
    assert found["overall"]["n"] == 2
    assert "typos" not in found


def test_the_typo_test_adds_the_loss(asked):
    assert json.loads(asked("--json", "--typos").stdout)["typos"]["languages"]["fr"]["points_lost"] == 0


def test_the_report_is_written_where_it_was_asked_for(asked, tmp_path):
    shown = asked("--report", str(tmp_path / "out.html"))
    assert (tmp_path / "out.html").read_text("utf-8").startswith("<!doctype html>")
    assert "overall" in shown.stdout


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--cross-validate"], "FILES"),
        (["--folds", "4"], "--folds"),
        (["--report", "nowhere/out.html"], "nowhere"),
    ],
)
def test_options_that_do_not_go_together_are_refused(asked, options, named):
    with pytest.raises(ValueError, match=named):
        asked(*options)


def test_without_a_file_the_remedy_is_named():
    with pytest.raises(ValueError, match="--cross-validate"):
        CliRunner().invoke(cli.app, ["evaluate"], catch_exceptions=False)


def test_cross_validation_prints_the_examples_to_improve(monkeypatch):
    from jalon.evaluation import crossvalidation

    known = [
        crossvalidation.Example(f"{word} {end}", label, "fr")
        for label in (A, "greet")
        for word in ("un", "deux")
        for end in ("oui", "non")
    ]
    monkeypatch.setattr(crossvalidation, "examples", lambda home: known)
    runner = CliRunner()
    found = json.loads(runner.invoke(cli.app, ["evaluate", "--cross-validate", "--folds", "2", "--json"]).stdout)
    assert (found["folds"], found["languages"]["fr"]["n"]) == (2, 8)
    text = found["languages"]["fr"]["confusions"][0]["texts"][0]
    assert text in runner.invoke(cli.app, ["evaluate", "--cross-validate", "--folds", "2"]).stdout
