import shutil
from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.formats import RasaYAMLReader

from jalon.checks.run import run_checks
from jalon.knowledge.read import read_content
from jalon.languages import read_languages
from jalon.new_language import new_language
from jalon.phrases import read_phrases
from jalon.procedure.today import belgian_today
from jalon.scaffold import CannotCreate
from jalon.settings import Settings


@pytest.fixture
def data(project: Settings, tmp_path: Path) -> Path:
    """A copy of the project's data and domain."""
    shutil.copy(project.home / "domain.yml", tmp_path)
    return Path(shutil.copytree(project.data, tmp_path / "data"))


def test_every_file_of_a_new_language_is_made_and_none_is_taken_for_a_translation(data):
    before = read_content(data)
    written = new_language(data, "fa")
    assert read_languages(data / "languages.yml")["fa"].direction == "rtl"
    assert {path.parent.parent.name + "/" + path.parent.name for path in written if path.suffix == ".md"} == set(
        before.articles
    )
    for folder in ("texts", "nlu"):
        assert {path.name for path in (data / folder / "fa").iterdir()} == {
            path.name for path in (data / folder / "fr").iterdir()
        }
    after = read_content(data)
    assert after.findings == before.findings
    assert after.texts == before.texts
    assert after.words == before.words
    assert read_phrases(data, "fa").say == read_phrases(data, "fr").say, "what is missing is said in French"
    for path in (data / "nlu" / "fa").iterdir():
        assert RasaYAMLReader().read(str(path)).training_examples == []


def test_the_check_of_the_new_language_names_every_file_to_fill_in(data):
    written = {str(path.relative_to(data.parent)) for path in new_language(data, "tr")}
    found = {finding.place for finding in run_checks(data, belgian_today(), "tr")}
    optional = {"chat.yml", "follow_ups.yml", "entities.yml"}
    texts = {path for path in written if "/nlu/" not in path and Path(path).name not in {"languages.yml", *optional}}
    assert texts <= found


@pytest.mark.parametrize("code", ["fr", "xx", "Turkish"])
def test_a_language_that_is_there_or_that_nobody_knows_is_refused(data, code):
    with pytest.raises(CannotCreate, match=code):
        new_language(data, code)
