import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.languages import Language
from jalon.nlu import decision, tokenizer
from jalon.nlu.bands import Thresholds
from jalon.nlu.decision import Decision
from jalon.nlu.language import LanguageIdentifier, language_of
from jalon.nlu.language_examples import has_sound
from jalon.nlu.language_names import asks_language, languages_by_name
from jalon.nlu.languages_of_text import identify
from jalon.nlu.linear import Prediction
from jalon.nlu.text import normalise
from jalon.nlu.tokenizer import Tokenizer, tokens

pytestmark = pytest.mark.usefixtures("model")

SENTENCES = {
    "fr": "Je voudrais savoir où je peux dormir ce soir avec mes enfants.",
    "nl": "Ik wil graag weten waar ik vanavond met mijn kinderen kan slapen.",
    "de": "Ich möchte wissen, wo ich heute Abend mit meinen Kindern schlafen kann.",
    "en": "I would like to know where I can sleep tonight with my children.",
    "ar": "أريد أن أعرف أين يمكنني أن أنام الليلة مع أطفالي",
    "fa": "می‌خواهم بدانم امشب با بچه‌هایم کجا می‌توانم بخوابم",
    "ps": "غواړم پوه شم چې نن شپه له خپلو ماشومانو سره چیرته ویده کېدای شم",
    "ti": "ለይቲ ምስ ደቀይ ኣበይ ክድቅስ ከም ዝኽእል ክፈልጥ ይደሊ",
    "so": "Waxaan rabaa inaan ogaado meesha aan caawa kula seexan karo carruurtayda.",
    "tr": "Bu gece çocuklarımla nerede uyuyabileceğimi öğrenmek istiyorum.",
    "es": "Quisiera saber dónde puedo dormir esta noche con mis hijos.",
    "uk": "Я хотіла б знати, де можна переночувати сьогодні з дітьми.",
    "ru": "Я хотел бы знать, где можно переночевать сегодня с детьми.",
    "sq": "Do të doja të dija ku mund të fle sonte me fëmijët e mi.",
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("expected", ["fr", "en", "ar"])
def test_a_sentence_is_recognised_whatever_the_conversation_spoke(language, expected):
    assert language_of(SENTENCES[language], expected) == language


def test_letters_of_one_language_decide():
    assert identify("їжа").language == "uk"
    assert identify("объект").language == "ru"
    assert identify("ښه").language == "ps"
    assert identify("پناهندگی").language == "fa"


@pytest.mark.parametrize("text", ["ana bghit na3ref kifach ndir", "3andi mouchkil", "shu lazem a3mel bokra"])
def test_arabic_in_latin_letters_is_arabic(text):
    assert language_of(text) == "ar"


@pytest.mark.parametrize("text", ["annexe 26", "rdv dans 3mois à 9h30", "le 7eme jour", "carte A", "ref A37B12"])
def test_figures_in_french_are_not_arabic(text):
    assert not any(has_sound(word) for word in text.lower().split())
    assert language_of(text) == "fr"


@pytest.mark.parametrize(
    "text", ["CPAS", "commune", "CGRA", "OE", "Fedasil", "Mamadou", "Fatima Haidari", "ok", "12", "orange"]
)
@pytest.mark.parametrize("expected", ["fr", "en", "tr"])
def test_names_and_short_words_keep_the_language_of_the_conversation(text, expected):
    assert language_of(text, expected) == expected


def test_institution_words_do_not_hide_the_language_around_them():
    assert language_of("I have a letter from the CPAS and Fedasil, what should I do now?") == "en"


def test_what_the_person_chose_wins_within_its_script():
    assert language_of(SENTENCES["en"], "fr", chosen=True) == "fr"
    assert language_of(SENTENCES["ar"], "fa", chosen=True) == "fa"
    assert language_of(SENTENCES["uk"], "fr", chosen=True) == "uk"


def test_the_component_reads_the_metadata():
    def found(text, metadata):
        return LanguageIdentifier({}).process([Message(data={TEXT: text, "metadata": metadata})])[0].get("language")

    assert found("commune", None) == "fr"
    assert found("commune", {"language": "nl"}) == "nl"
    assert found(SENTENCES["en"], {"language": "nl"}) == "en"
    assert found(SENTENCES["en"], {"language": "nl", "language_chosen": True}) == "nl"


@pytest.mark.parametrize("text", ["English please", "عربي", "ትግርኛ", "українською", "Soomaali", "do you speak english?"])
def test_naming_a_language_asks_for_it(text):
    assert asks_language(text)
    assert decided(text, confidence=0.0)["intent"] == "change_language"


@pytest.mark.parametrize(
    ("name", "code"),
    [("arabe", "ar"), ("dari", "fa"), ("farsi", "fa"), ("inglés", "en"), ("українською", "uk"), ("ትግርኛ", "ti")],
)
def test_languages_are_known_by_their_names_in_other_languages(name, code):
    assert languages_by_name()[normalise(name)] == code


def test_no_country_is_taken_for_a_language():
    assert not {"bangladesh", "deutschland", "turkiye"} & set(languages_by_name())


@pytest.mark.parametrize("text", ["je suis somali et je cherche un avocat", "please", "my english letter is lost"])
def test_a_sentence_about_something_else_does_not(text):
    assert not asks_language(text)


@pytest.fixture
def live(monkeypatch):
    """The languages that are live in this test."""

    def these(*codes):
        known = {code: Language(code, code, code, script, "ltr", "live") for code, script in codes}
        monkeypatch.setattr(decision, "live_languages", lambda data: known)
        monkeypatch.setattr(tokenizer, "known_languages", lambda data: known)

    return these


def test_a_language_that_is_not_live_is_answered_only_when_understood(live):
    live(("fr", "Latn"))
    assert decided(SENTENCES["en"], confidence=0.99)["band"] == "answer"
    assert decided(SENTENCES["en"], confidence=0.5)["reason"] == "language"
    assert decided(SENTENCES["fr"], confidence=0.5)["band"] == "choose"


@pytest.mark.parametrize("text", [SENTENCES["uk"], SENTENCES["ti"], "მე მინდა თავშესაფარი"])
def test_a_script_that_no_live_language_has_is_never_answered(live, text):
    live(("fr", "Latn"))
    assert decided(text, confidence=0.99)["reason"] == "language"


def test_a_language_is_answered_once_it_is_live(live):
    live(("fr", "Latn"), ("uk", "Cyrl"))
    assert decided(SENTENCES["uk"], confidence=0.99)["band"] == "answer"
    assert decided(SENTENCES["uk"], confidence=0.5)["band"] == "choose"
    assert decided(SENTENCES["ru"], confidence=0.5)["reason"] == "language"


def test_words_are_cut_by_the_rules_of_a_known_language_only(live):
    live(("fr", "Latn"))
    assert cut("I don't know", "en") == tokens("I don't know", "fr")
    live(("fr", "Latn"), ("en", "Latn"))
    assert cut("I don't know", "en") == tokens("I don't know", "en") != tokens("I don't know", "fr")


def cut(text, language):
    """The words of a message in a language."""
    return Tokenizer({}).process([Message(data={TEXT: text, "language": language})])[0].get("words")


def decided(text, confidence):
    """The decision on a text that the classifier takes for a question about appeals."""
    label = "procedure/appeal"
    message = Message(data={TEXT: text, "metadata": None})
    message.set("prediction", prediction_of(label, confidence))
    message.set("thresholds", thresholds())
    LanguageIdentifier({}).process([message])
    return Decision({}).process([message])[0].get("decision")


def prediction_of(label, confidence):
    """A prediction with one label."""
    return Prediction(((label, confidence),), inside=confidence)


def thresholds():
    """Answer from 0.9, choose from 0.2."""
    return Thresholds(0.9, 0.2)
