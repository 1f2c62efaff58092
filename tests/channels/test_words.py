import pytest
from meta_form import DATA, bare

from jalon.channels.words import plain, read_words
from jalon.conversation.message import Message

WORDS = read_words(DATA)


@pytest.mark.parametrize("word", [word for words in WORDS.stop.values() for word in words])
def test_a_word_for_stop_stops_in_every_language(word):
    assert WORDS.pressed(f"  {word.upper()}!! ") == "stop"


@pytest.mark.parametrize("word", [word for words in WORDS.start.values() for word in words])
def test_a_word_for_start_starts_in_every_language(word):
    assert WORDS.pressed(f"{word}.") == "greet"


@pytest.mark.parametrize("text", ["", "?", "stop le recours", "le bus s'arrête où", "non", "🙂"])
def test_any_other_message_is_a_message(text):
    assert WORDS.pressed(text) == ""
    assert bare("whatsapp").typed(text) == Message(text)


def test_accents_case_and_marks_do_not_count():
    assert plain(" Arrêter !") == plain("ARRETER") == "arreter"
    assert plain("أوقف") == plain("اوقف")
