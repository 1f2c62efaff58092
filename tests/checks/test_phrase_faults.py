import re

import pytest
import yaml

FRENCH = "data/phrases/fr.yml"
ENGLISH = "data/phrases/en.yml"
BUTTONS = "data/dialogue/buttons.yml"


@pytest.fixture
def translated(project):
    """The project with phrases in a second language: every word but those in braces read backwards."""
    phrases = yaml.safe_load((project.home / FRENCH).read_text("utf-8"))
    project.write(ENGLISH, yaml.safe_dump(_backwards(phrases) | {"language": "en"}, allow_unicode=True, width=1000))
    return project


def _backwards(value):
    if isinstance(value, dict):
        return {key: _backwards(entry) for key, entry in value.items()}
    return re.sub(r"[^\W\d_]{3,}(?![^{]*})", lambda word: word[0][::-1], value)


def test_a_whole_translation_is_no_fault(translated):
    assert translated.findings() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        pytest.param(ENGLISH, "\nlanguage: en", "\nlanguage: nl", "nl", id="another language"),
        pytest.param(ENGLISH, "{title}", "{titre}", "say.", id="other placeholders"),
        pytest.param(ENGLISH, "  topic:", "  subject:", "say.subject", id="sentence the reference has not"),
        pytest.param(ENGLISH, "\nwords:", "\nwordz:", "wordz", id="unknown part"),
        pytest.param(FRENCH, "\nsay:", "\nsay: [", "YAML", id="invalid YAML"),
        pytest.param(FRENCH, '  goodbye: "Au revoir.', '  goodbye: "Appelez le 112.', "goodbye", id="figure"),
        pytest.param(FRENCH, '  goodbye: "Au revoir.', '  goodbye: "a@example.org', "goodbye", id="address"),
        pytest.param(FRENCH, 'restart: "Recommencer"', f'restart: "{"x" * 21}"', "buttons.restart", id="button"),
        pytest.param(FRENCH, 'button: "La famille"', f'button: "{"x" * 21}"', "topics.family", id="topic"),
        pytest.param(FRENCH, 'button: "J\'ai un refus"', f'button: "{"x" * 21}"', "situations.refused", id="state"),
        pytest.param(FRENCH, "  refused: {", "  rejected: {", "situations.refused", id="missing situation"),
        pytest.param(BUTTONS, "  help: {", "  dance: {intent: greet}\n  help: {", "dance", id="button without words"),
        pytest.param(BUTTONS, "procedure/appeal", "life/lost", "life/lost", id="button to no article"),
        pytest.param(BUTTONS, "  greet: [", "  shrug: [", "shrug", id="offers of no sentence"),
        pytest.param(BUTTONS, "[help,", "[dance,", "dance", id="offer of no button"),
        pytest.param(BUTTONS, "intent: greet", "intnt: greet", "intnt", id="misspelt key"),
    ],
)
def test_a_fault_of_the_phrases_is_an_error_that_names_the_thing(translated, file, old, new, named):
    translated.edit(file, old, new)
    translated.expect("ERROR", file, named)


@pytest.mark.parametrize(("status", "level"), [("draft", "WARNING"), ("live", "ERROR")])
def test_a_missing_sentence_stops_a_live_language_only(translated, status, level):
    translated.edit("data/languages.yml", "status: draft", f"status: {status}")
    translated.edit(ENGLISH, "  goodbye:", "  farewell:")
    translated.expect(level, ENGLISH, "say.goodbye")


def test_phrases_in_an_unknown_language_are_an_error(project):
    project.write("data/phrases/xx.yml", "language: xx\n")
    project.expect("ERROR", "data/phrases/xx.yml", "xx")


@pytest.mark.parametrize("file", [FRENCH, BUTTONS])
def test_a_missing_file_of_phrases_is_an_error(project, file):
    (project.home / file).unlink()
    project.expect("ERROR", file, "missing")
