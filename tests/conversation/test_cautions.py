"""Answers say when they are not certain; every article can be shown today."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from jalon.conversation.compose import Composer
from jalon.knowledge.citations import citations
from jalon.knowledge.store import Statement
from jalon.settings import settings

ARTICLES = sorted(
    f"{path.parent.parent.name}/{path.parent.name}" for path in settings().data.glob("articles/*/*/fr.md")
)
NAME = "procedure/lawyer_legal_aid"


@pytest.fixture
def composer_on(fresh_store, project):
    return lambda day: Composer(fresh_store, project.data, "fr", day)


@pytest.fixture
def sure(fresh_store):
    """An article without low-confidence statements, checked on a fixed day."""
    article = replace(
        fresh_store.articles[NAME],
        statements=(Statement("x", "high", (), ()),),
        review_by=dt.date(2030, 6, 1),
    )
    fresh_store.articles[NAME] = article
    return article


@pytest.fixture(scope="module")
def composer_today(store, project, today):
    return Composer(store, project.data, "fr", today)


def test_an_article_in_time_and_certain_has_no_caution(sure, composer_on, today):
    assert composer_on(today).answer(NAME).cautions == ()


def test_an_article_has_a_caution_from_the_day_after_its_review_date(sure, composer_on):
    assert composer_on(sure.review_by).answer(NAME).cautions == ()
    late = composer_on(sure.review_by + dt.timedelta(days=1)).answer(NAME)
    assert len(late.cautions) == 1
    assert "2030" in late.cautions[0]


def test_an_article_with_uncertain_statements_names_everyone_who_knows_once(sure, fresh_store, composer_on, today):
    unsure = (Statement("a", "low", (), ("cgra",)), Statement("b", "low", (), ("cgra", "cce")))
    fresh_store.articles[NAME] = replace(sure, statements=unsure)
    composer = composer_on(today)
    (caution,) = composer.answer(NAME).cautions
    assert [caution.count(composer.name_of(id)) for id in ("cgra", "cce")] == [1, 1]


@pytest.mark.parametrize("part", ["more", "easy"])
def test_every_part_of_an_uncertain_article_has_the_caution(part, sure, fresh_store, composer_on, today):
    fresh_store.articles[NAME] = replace(sure, statements=(Statement("a", "low", (), ("cgra",)),))
    assert len(composer_on(today).part(NAME, part, ()).cautions) == 1


def test_a_figure_that_is_not_known_on_the_day_has_a_caution_and_is_not_guessed(sure, fresh_store, composer_on, today):
    citing = next(
        citation
        for article in fresh_store.articles.values()
        for citation in citations(article.text("fr").parts["short"])
        if citation.kind == "deadline"
    )
    texts = {"fr": replace(sure.text("fr"), parts={"short": f"Vous avez {citing.text}."})}
    fresh_store.articles[NAME] = replace(sure, texts=texts)
    known, unknown = composer_on(today).answer(NAME), composer_on(dt.date(1900, 1, 1)).answer(NAME)
    assert known.cautions == ()
    assert len(unknown.cautions) == 1
    assert "{" not in unknown.text
    assert not [letter for letter in unknown.text if letter.isdigit()]


def test_a_translation_behind_the_article_has_a_caution(sure, fresh_store, composer_on, today):
    fresh_store.articles[NAME] = replace(sure, revision=sure.text("fr").revision + 1)
    assert len(composer_on(today).answer(NAME).cautions) == 1


@pytest.mark.parametrize("name", ARTICLES)
def test_every_part_of_the_article_can_be_shown_today(name, store, composer_today):
    article = store.articles[name]
    replies = [composer_today.answer(name, situation) for situation in (None, *article.situations)]
    replies += [part for part in (composer_today.part(name, part, ()) for part in ("more", "easy")) if part]
    assert len(replies) == 3 + len(article.situations)
    assert [reply.situation for reply in replies[1:-2]] == list(article.situations)
    for reply in replies:
        assert reply.text
        assert not [mark for mark in "{}" if mark in reply.plain()]
        assert reply.sources
        assert dt.date.fromisoformat(reply.checked_on) == article.checked_on
        assert reply.article == name


def test_every_article_folder_is_in_the_store(store):
    assert sorted(store.articles) == ARTICLES


def test_an_article_that_is_not_translated_stays_in_the_reference_throughout(fresh_store, project, today):
    name = "procedure/appeal_cce"
    article = fresh_store.articles[name]
    fresh_store.articles[name] = replace(article, texts={"fr": article.texts["fr"]})
    french, arabic = (Composer(fresh_store, project.data, language, today) for language in ("fr", "ar"))
    own, other = french.answer(name), arabic.answer(name)
    assert (other.language, other.text, other.steps) == ("fr", own.text, own.steps)
    assert arabic.rendered(name, "short") == french.rendered(name, "short")


@pytest.fixture
def dutch(fresh_store, project, today):
    return Composer(fresh_store, project.data, "nl", today)


def test_a_text_that_is_not_translated_is_shown_in_french_and_says_so(sure, fresh_store, dutch, composer_on, today):
    fresh_store.articles[NAME] = replace(sure, texts={"fr": sure.text("fr")})
    reply = dutch.answer(NAME)
    assert (reply.language, reply.text) == ("fr", composer_on(today).answer(NAME).text)
    assert dutch.phrases.say["caution_untranslated"] in reply.cautions


def test_the_words_of_an_entry_say_that_they_are_not_translated_or_not_reviewed(fresh_store, dutch):
    say = dutch.phrases.say
    assert dutch.letter("annexe_26").cautions == (say["caution_machine"],)
    del fresh_store._words["letters", "annexe_26", "nl"]
    assert dutch.letter("annexe_26").cautions == (say["caution_untranslated"],)


def test_french_entries_have_no_caution(composer_today):
    assert composer_today.letter("annexe_26").cautions == ()
