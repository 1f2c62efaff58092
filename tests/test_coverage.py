import datetime as dt
import shutil
from pathlib import Path

import pytest

from jalon.coverage import coverage, readability

TESTS = Path(__file__).parent
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def data(tmp_path):
    """The small project with a few questions and phrases."""
    home = shutil.copytree(TESTS / "small", tmp_path / "project")
    for folder in ("data/nlu/fr", "data/phrases", "tests/understanding"):
        (home / folder).mkdir(parents=True)
    (home / "data/nlu/fr/life.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: life/income\n  examples: |\n    - un\n    - deux\n    - trois\n', "utf-8"
    )
    (home / "data/phrases/fr.yml").write_text(
        "language: fr\nsay: {a: A, b: B}\nbuttons: {c: C}\ntopics: {}\nsituations: {}\nwords: {d: D}\nlabels: {}\n",
        "utf-8",
    )
    held_out = "- {text: quatre, label: life/income}\n- {text: cinq, label: greet}\n"
    (home / "tests/understanding/fr.yml").write_text(held_out, "utf-8")
    return home / "data"


def test_what_is_there_is_counted(data):
    found = coverage(data, TODAY)
    french = found["languages"]["fr"]
    assert found["articles"] == 2
    assert (french["articles"], french["missing"]) == (2, [])
    assert (french["examples"], french["held_out"], french["phrases"]) == (3, 2, 4)
    assert (french["drafts"], french["machine"], french["behind"], french["without_easy"]) == (1, 0, 0, 0)
    row = french["per_article"]["life/income"]
    assert (row["status"], row["examples"], row["held_out"], row["sources"]) == ("draft", 3, 1, 1)
    assert french["per_article"]["procedure/appeal"]["low_confidence"] == 1


def test_what_is_missing_in_a_language_is_named(data):
    english = coverage(data, TODAY)["languages"]["en"]
    assert (english["articles"], english["missing"]) == (1, ["life/income"])
    assert (english["phrases"], english["examples"], english["held_out"]) == (0, 0, 0)
    assert (english["behind"], english["machine"]) == (1, 1)


@pytest.mark.parametrize(("day", "overdue"), [(dt.date(2026, 2, 28), 0), (dt.date(2026, 3, 1), 1)])
def test_an_article_is_past_review_the_day_after(data, day, overdue):
    assert coverage(data, day)["languages"]["fr"]["past_review"] == overdue


def test_short_words_read_more_easily_than_long_ones():
    hard = "L'administration communale réceptionne l'intégralité des documents administratifs complémentaires."
    scores = readability({"short": hard, "easy": "Va là. Lis ça. Il est là."}, "fr")
    assert scores["easy"] > scores["short"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_language_without_a_formula_that_works_offline_has_no_score(language):
    assert readability({"short": "Go there.", "easy": "Go there."}, language) is None
