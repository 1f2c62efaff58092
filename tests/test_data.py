import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import yaml

from jalon.checks.dialogue import SIGNPOST, TECHNICAL
from jalon.checks.run import run_checks
from jalon.findings import errors
from jalon.languages import REFERENCE, read_languages

HOME = Path(__file__).parents[1]
FILES = sorted(
    str(path.relative_to(HOME))
    for path in (HOME / "data").rglob("*.*")
    if path.suffix in (".yml", ".md") and path.name != "README.md"
)
LIVE = [code for code, language in read_languages(HOME / "data" / "languages.yml").items() if language.status == "live"]
ARTICLES = sorted("/".join(path.parts[-3:-1]) for path in (HOME / "data" / "articles").glob("*/*/article.yml"))
TOPICS = {article.split("/")[0] for article in ARTICLES}
INTENTS = yaml.safe_load((HOME / "domain.yml").read_text("utf-8"))["intents"]
LABELS = [*ARTICLES, *(intent for intent in INTENTS if intent not in TOPICS | TECHNICAL | {SIGNPOST})]
HELD_OUT_LINES = 5  # of the reference
HELD_OUT_LINES_TRANSLATED = 3


@pytest.fixture(scope="module")
def faults():
    """The errors of one run of all checks, by the file they name."""
    found = {}
    for finding in errors(run_checks(HOME / "data", dt.datetime.now(dt.UTC).date())):
        found.setdefault(finding.place, []).append(str(finding))
    return found


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_the_data_has_no_error(faults, file):
    assert faults.get(file, []) == []


def test_nothing_else_has_an_error_either(faults):
    assert {place: found for place, found in faults.items() if place not in FILES} == {}


@pytest.fixture(scope="module", params=LIVE)
def held_out(request):
    """A live language, and how many held-out questions each label has in it."""
    path = HOME / "tests" / "understanding" / f"{request.param}.yml"
    assert path.exists(), f"{path.relative_to(HOME)} is missing"
    return request.param, Counter(line["label"] for line in yaml.safe_load(path.read_text("utf-8")))


@pytest.mark.parametrize("label", LABELS)
def test_a_label_has_enough_held_out_questions(held_out, label):
    language, lines = held_out
    assert lines[label] >= (HELD_OUT_LINES if language == REFERENCE else HELD_OUT_LINES_TRANSLATED)
