import datetime as dt
import re

import pytest

from jalon.knowledge.citations import Citation
from jalon.knowledge.render import Renderer
from jalon.languages import known_languages
from jalon.phrases import read_phrases
from jalon.procedure.values import DatedFact, DatedValue
from jalon.settings import settings

WORDS = {
    "not_known": "ASK",
    "working_day_one": "{number} WORKING DAY",
    "working_day_other": "{number} WORKING DAYS",
    "person_one": "{number} PERSON",
    "person_other": "{number} PERSONS",
    "per_month": "{amount} MONTHLY",
    "per_year": "{amount} YEARLY",
    "always_open": "ALWAYS",
    "from_to": "{first}>{last}",
    "range": "{first}..{last}",
    "days_at": "{days} @ {time}",
    "then": "{first} ; {more}",
    "about": "~{number}",
    "first_of_month": "1er",
}
TODAY = dt.date(2026, 2, 10)


@pytest.fixture
def renderer(store):
    """A renderer in French, whose phrases are easy to tell."""
    return Renderer(store, "fr", WORDS)


def plain(text):
    """The text with ordinary spaces: the narrow ones of French are a matter of typography."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "day", "shown"),
    [
        pytest.param("{deadline:appeal_period}", TODAY, "30 jours", id="deadline"),
        pytest.param("{deadline:appeal_period}", dt.date(2025, 6, 1), "15 jours", id="deadline of that day"),
        pytest.param("{deadline:appeal_period.value}", TODAY, "30", id="value alone"),
        pytest.param("{amount:income}", TODAY, "1 340 € MONTHLY", id="amount per month"),
        pytest.param("{fact:new_rule}", TODAY, "1er mars 2026", id="first of the month"),
        pytest.param("{organisation:court.phone}", TODAY, "00 000 00 00", id="telephone"),
        pytest.param("{organisation:court.website}", TODAY, "court.example.org", id="website without ceremony"),
        pytest.param("{organisation:helpline.hours}", TODAY, "ALWAYS", id="always open"),
        pytest.param("{service:lawyers_office.name}", TODAY, "Bureau des avocats", id="service"),
        pytest.param("Rien à citer.", TODAY, "Rien à citer.", id="no citation"),
    ],
)
def test_a_citation_becomes_what_a_person_reads(renderer, text, day, shown):
    rendered = renderer.render(f"a {text} b", day, "procedure/appeal")
    assert plain(rendered.text) == f"a {shown} b"
    assert rendered.not_known == ()


def test_hours_join_the_days_that_are_alike(renderer):
    shown = renderer.render("{organisation:court.hours}", TODAY).text
    assert shown == "lundi>mercredi 9:00-12:00 ; vendredi 13:30-16:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("{deadline:appeal_period}", dt.date(2024, 12, 31), id="before the first value"),
        pytest.param("{deadline:appeal_period.value}", dt.date(2028, 1, 1), id="after the end"),
        pytest.param("{amount:lost}", TODAY, id="no such fact"),
        pytest.param("{organisation:lost.phone}", TODAY, id="no such office"),
        pytest.param("{organisation:court.email}", TODAY, id="office without e-mail"),
        pytest.param("{organisation:helpline.address}", TODAY, id="line without address"),
        pytest.param("{service:lawyers_office.hours}", TODAY, id="service without hours"),
        pytest.param("{fact:lost}", TODAY, id="no such fact of the article"),
    ],
)
def test_what_is_not_known_becomes_the_phrase_and_is_reported(renderer, text, day):
    rendered = renderer.render(f"a {text} b", day, "procedure/appeal")
    assert rendered.text == "a ASK b"
    assert rendered.not_known == (text,)


def test_the_fact_of_an_article_is_not_known_in_another(renderer):
    assert renderer.render("{fact:new_rule}", TODAY, "life/income").not_known == ("{fact:new_rule}",)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1, "day", "1 jour"),
        (2, "month", "2 mois"),
        (1, "working_day", "1 WORKING DAY"),
        (5, "working_day", "5 WORKING DAYS"),
        (1, "person", "1 PERSON"),
        (2.5, "km", "2,5 kilomètres"),
        (35, "percent", "35 %"),
        (1340, "eur", "1 340 €"),
        (99.5, "eur", "99,50 €"),
        (dt.date(2026, 6, 12), "date", "12 juin 2026"),
        (dt.date(2026, 6, 1), "date", "1er juin 2026"),
        (dt.date(2026, 6, 11), "date", "11 juin 2026"),
    ],
)
def test_a_value_is_written_as_its_unit_wants(renderer, value, unit, shown):
    assert plain(renderer.quantity(value, unit)) == shown


@pytest.fixture
def written(store):
    """What a value of one article becomes in a language, with the project's own phrases."""

    def write(language, value, unit=""):
        phrases = read_phrases(settings().data, language)
        renderer = Renderer(store, phrases.formats, phrases.words)
        fact = DatedFact("fact:x", unit, "", (DatedValue(dt.date.min, value, "high"),))
        return plain(renderer._written(value, fact, Citation("fact", "x", "", "{fact:x}")))

    return write


@pytest.mark.parametrize("language", sorted(known_languages(settings().data)))
@pytest.mark.parametrize("number", [1, 2, 3, 8, 11, 30, 100])
@pytest.mark.parametrize("unit", ["day", "working_day", "week", "month", "year", "hour", "person"])
def test_a_counted_unit_has_its_own_form_in_every_language(written, language, number, unit):
    shown = written(language, number, unit)
    assert shown.isascii() or not any(digit.isdecimal() and not digit.isascii() for digit in shown)
    assert str(number) in shown or (language == "ar" and number < 3), "Arabic says one and two without a number"
    assert language == "fr" or shown != written("fr", number, unit) or unit == "person"


def test_arabic_counts_one_two_few_and_many_apart(written):
    for unit in ("day", "working_day", "week", "month", "year"):
        assert len({written("ar", number, unit).strip("0123456789 ") for number in (1, 2, 3, 11)}) >= 3


@pytest.mark.parametrize(
    ("value", "unit", "figures"),
    [
        ({"about": 32000}, "", ["32", "000"]),
        ({"from": 18, "to": 65}, "year", ["18", "65"]),
        ({"at": "08:30", "days": ["mon", "tue", "wed", "thu", "fri"]}, "", ["8", "30"]),
        (2.5, "year", ["2", "5"]),
    ],
)
def test_a_value_without_words_is_worded_by_each_language(written, value, unit, figures):
    said = {language: written(language, value, unit) for language in known_languages(settings().data)}
    assert all(re.findall(r"\d+", text) == figures for text in said.values()), said
    assert len(set(said.values())) == len(said)


def test_names_are_joined_as_the_language_joins_them(written):
    assert written("fr", {"all_of": ["A", "B", "C"]}) == "A, B et C"
    assert written("en", {"one_of": ["A", "B"]}) == "A or B"
    assert written("ar", {"one_of": ["A", "B"]}) == "A أو B"


def test_another_language_writes_dates_and_periods_its_own_way(store):
    english = Renderer(store, "en_GB", {key: word for key, word in WORDS.items() if key != "first_of_month"})
    rendered = english.render("{deadline:appeal_period}, {fact:new_rule}", TODAY, "procedure/appeal")
    assert rendered.text == "30 days, 1 March 2026"
