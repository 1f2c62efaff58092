import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jalon.nlu.text import has_words, main_script, normalise


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        pytest.param("DÉJÀ reçu", "deja recu", id="accents"),
        pytest.param("de\u0301ja\u0300", "deja", id="accents typed apart"),
        pytest.param("l’hôpital", "l'hopital", id="curly apostrophe"),
        pytest.param("l‘hôpital", "l'hopital", id="opening quote"),
        pytest.param("lʼhôpital", "l'hopital", id="letter apostrophe"),
        pytest.param("l`hôpital", "l'hopital", id="backquote"),
        pytest.param("l´hôpital", "l'hopital", id="acute accent as apostrophe"),
        pytest.param("ma sœur, Straße", "ma soeur, strasse", id="ligatures"),
        pytest.param("heeeeelp", "help", id="elongation"),
        pytest.param("au secours!!!!", "au secours!", id="repeated signs"),
        pytest.param("5000 Namur", "5000 namur", id="digits are never elongation"),
        pytest.param("إِقَامَة", "اقامه", id="Arabic vowel signs, hamza and teh marbuta"),
        pytest.param("مستشفى عربـــي", "مستشفي عربي", id="alef maqsura and tatweel"),
        pytest.param("می‌خواهم کمک", "ميخواهم كمك", id="Persian yeh, kaf and non-joiner"),
        pytest.param("ışık", "isik", id="Turkish i without a dot"),
        pytest.param("passeport", "passeport", id="double letters stay"),
        pytest.param("annexe ٢٦", "annexe 26", id="Arabic digits"),
        pytest.param("annexe ۲۶", "annexe 26", id="Persian digits"),
        pytest.param("ａｎｎｅｘｅ", "annexe", id="full width"),
        pytest.param("  un \t mot\n\nde\u00a0plus ", "un mot de plus", id="spaces"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_every_way_of_typing_becomes_one(typed, normal):
    assert normalise(typed) == normal


@given(st.text())
@settings(deadline=None)
@example("ǽ")
@example("´´´")
@example("٢٢٢222")
@example("ﷺ ﷺ")
def test_normalising_again_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
@settings(deadline=None)
def test_capital_letters_make_no_difference(text):
    assert normalise(text.upper()) == normalise(text)


@pytest.mark.parametrize("text", ["a", "7", "é", "م", "ዓ", "?? oui"])
def test_letters_and_digits_are_words(text):
    assert has_words(text)


@pytest.mark.parametrize("text", ["", " ", "?!…", "😀", "👍🏽❤️", "🇧🇪", "()[]"])
def test_emoji_and_punctuation_are_no_words(text):
    assert not has_words(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("bonjour", "LATIN"),
        ("مرحبا", "ARABIC"),
        ("привіт hello там", "CYRILLIC"),
        ("ሰላም", "ETHIOPIC"),
        ("أريد annexe", "LATIN"),
        ("26 !", ""),
        ("", ""),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_letters(text, script):
    assert main_script(text) == script
