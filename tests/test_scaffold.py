import datetime as dt
import shutil
from pathlib import Path

import pytest
import yaml

from jalon.knowledge.read import read_content
from jalon.scaffold import CannotCreate, new_article

TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def data(tmp_path):
    """The small project's data."""
    copied = shutil.copytree(Path(__file__).parent / "small" / "data", tmp_path / "data")
    (copied / "nlu" / "fr").mkdir(parents=True)
    return copied


def test_a_new_article_is_in_place_and_in_form(data):
    written = new_article(data, "life/my_question", TODAY)
    assert [str(path.relative_to(data)) for path in written] == [
        "articles/life/my_question/article.yml",
        "articles/life/my_question/fr.md",
        "nlu/fr/life.yml",
    ]
    content = read_content(data)
    assert content.findings == []
    article, text = content.articles["life/my_question"], content.texts["life/my_question", "fr"]
    assert (article.checked_on, article.revision) == (TODAY, 1)
    assert (text.status, text.revision) == ("draft", article.revision)


def test_its_questions_are_added_to_those_of_the_topic(data):
    new_article(data, "life/first", TODAY)
    new_article(data, "life/second", TODAY)
    blocks = yaml.safe_load((data / "nlu" / "fr" / "life.yml").read_text("utf-8"))["nlu"]
    assert [block["intent"] for block in blocks] == ["life/first", "life/second"]


@pytest.mark.parametrize(
    "name", ["", "life", "life/", "/income", "Life/Income", "life/1st", "life/a/b", "life/é", "../x/y", "life/in come"]
)
def test_a_name_of_another_form_is_refused_with_an_example(data, name):
    with pytest.raises(CannotCreate, match="topic/id") as fault:
        new_article(data, name, TODAY)
    assert repr(name) in str(fault.value)


def test_an_unknown_topic_is_refused_with_those_that_exist(data):
    with pytest.raises(CannotCreate, match="'weather'") as fault:
        new_article(data, "weather/tomorrow", TODAY)
    assert "life" in str(fault.value)
    assert "procedure" in str(fault.value)


def test_an_article_that_exists_is_left_alone(data):
    path = data / "articles" / "life" / "income" / "article.yml"
    before = path.read_text("utf-8")
    with pytest.raises(CannotCreate, match="life/income"):
        new_article(data, "life/income", TODAY)
    assert path.read_text("utf-8") == before
