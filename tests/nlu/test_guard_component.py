import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.nlu.guard import MAX_CHARACTERS, PRESSED, Guard


def guarded(text, metadata):
    """The message after the guard."""
    return Guard({}).process([Message(data={TEXT: text, "metadata": metadata})])[0]


def test_a_pressed_button_keeps_its_command():
    message = guarded("/restart", {"pressed": PRESSED})
    assert message.get(TEXT) == "/restart"
    assert message.get("press")
    assert not message.get("guard")


@pytest.mark.parametrize("claim", [True, 1, "PRESSED", {}, str(PRESSED)])
def test_a_client_cannot_claim_that_it_pressed_a_button(claim):
    message = guarded("/restart", {"pressed": claim})
    assert message.get("guard") == "command"
    assert not message.get("press")


@given(st.text(alphabet=st.sampled_from("/ \t\n\u200b\ufeff\u2060\u202e\u00ad@ar"), max_size=12))
@settings(deadline=None)
def test_typed_text_never_leaves_the_guard_with_a_leading_slash(text):
    assert not guarded(text, {"language": "fr"}).get(TEXT).lstrip().startswith("/")


def test_a_text_is_cut_before_anything_else_reads_it():
    assert len(guarded("mot " * 5000, {"language": "fr"}).get(TEXT)) <= MAX_CHARACTERS
