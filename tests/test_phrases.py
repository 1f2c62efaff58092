import json
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jalon.phrases import payload, read_buttons, read_phrases

FRENCH = {
    "language": "fr",
    "say": {"greet": "Bonjour.", "goodbye": "Au revoir."},
    "buttons": {"help": "Aide"},
    "topics": {"life": {"name": "La vie", "button": "Vie"}},
    "situations": {},
    "words": {"person": "personne"},
    "labels": {"send": "Envoyer"},
}
PARTS = ("say", "buttons", "topics", "situations", "words", "labels")
names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)


@pytest.fixture
def data(tmp_path):
    """Phrases in French, and a few in English."""
    write(tmp_path, FRENCH)
    write(tmp_path, {**{part: {} for part in PARTS}, "language": "en", "say": {"greet": "Hello."}})
    return tmp_path


def write(data, phrases):
    """Write a file of phrases."""
    (data / "phrases").mkdir(exist_ok=True)
    (data / "phrases" / f"{phrases['language']}.yml").write_text(yaml.safe_dump(phrases), "utf-8")


def parsed(sent):
    """The intent and the values that Rasa reads in a payload."""
    match = re.fullmatch(r"/([^{]+)(\{.*\})?", sent, re.DOTALL)
    return match[1], json.loads(match[2] or "{}")


def test_what_a_language_lacks_is_said_in_the_reference_language(data):
    english = read_phrases(data, "en")
    assert (english.language, english.say) == ("en", {"greet": "Hello.", "goodbye": "Au revoir."})
    assert english.topics["life"].button == "Vie"
    assert (english.words, english.labels) == (FRENCH["words"], FRENCH["labels"])


def test_a_language_without_phrases_is_a_missing_file(data):
    with pytest.raises(FileNotFoundError):
        read_phrases(data, "nl")


@pytest.mark.parametrize("change", [{"extra": {}}, {"say": ["Bonjour."]}, {"topics": {"life": {"name": "La vie"}}}])
def test_phrases_of_another_form_are_refused(data, change):
    write(data, {**FRENCH, **change, "language": "nl"})
    with pytest.raises(ValidationError):
        read_phrases(data, "nl")


def test_buttons_say_what_a_tap_does(tmp_path):
    (tmp_path / "dialogue").mkdir()
    text = "buttons:\n  help: {intent: help}\n  call: {intent: life, article: life/phone}\noffers:\n  greet: [help]\n"
    (tmp_path / "dialogue" / "buttons.yml").write_text(text, "utf-8")
    buttons = read_buttons(tmp_path)
    assert (buttons.buttons["help"].article, buttons.buttons["call"].article) == (None, "life/phone")
    assert buttons.offers == {"greet": ["help"]}


def test_a_tap_without_values_sends_the_intent_alone():
    assert payload("restart") == "/restart"
    assert payload("restart", None, situation=None, topic="") == "/restart"


@given(names, st.none() | names, st.dictionaries(names.filter(lambda name: name != "article"), names, max_size=3))
@settings(deadline=None)
def test_a_payload_says_what_went_in(intent, article, values):
    values.pop("intent", None)
    expected = {**({"article": article} if article else {}), **values}
    assert parsed(payload(intent, article, **values)) == (intent, expected)


@pytest.mark.parametrize("value", ['say "yes"', "back\\slash", "two\nlines", "}", "{}", "accentué", "😀"])
def test_no_value_can_break_a_payload(value):
    assert parsed(payload("define_term", term=value)) == ("define_term", {"term": value})
