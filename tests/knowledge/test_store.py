import datetime as dt

import pytest

from jalon.knowledge.store import KnowledgeStore
from jalon.procedure.values import NotKnown


def test_a_store_that_was_not_built_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="jalon train"):
        KnowledgeStore(tmp_path / "knowledge.db")


def test_an_article_comes_back_as_it_was_written(store):
    article = store.articles["procedure/appeal"]
    assert (article.topic, article.revision, article.situations) == ("procedure", 2, ("refused",))
    assert (article.checked_on, article.review_by) == (dt.date(2026, 1, 31), dt.date(2026, 2, 28))
    assert (article.related, article.letters, article.services) == (("life/income",), ("refusal",), ("lawyer",))
    assert article.organisations == ("court", "helpline")
    assert [(source.id, source.dated, source.kind) for source in article.sources] == [("appeal_law", "2025-06", "law")]
    assert [statement.confidence for statement in article.statements] == ["high", "low"]


def test_only_statements_of_low_confidence_are_unsure(store):
    assert [statement.knows for statement in store.articles["procedure/appeal"].unsure] == [("court", "lawyer")]
    assert store.articles["life/income"].unsure == ()


def test_every_article_is_there(store):
    assert set(store.articles) == {"procedure/appeal", "life/income"}


@pytest.mark.parametrize(
    ("article", "language", "used"),
    [("procedure/appeal", "en", "en"), ("procedure/appeal", "fr", "fr"), ("life/income", "en", "fr")],
)
def test_a_text_that_is_not_translated_is_given_in_the_reference_language(store, article, language, used):
    assert store.articles[article].text(language).language == used


@pytest.mark.parametrize(
    ("situation", "used"), [("refused", "refused"), ("recognised", None), ("", None), (None, None)]
)
def test_the_short_answer_is_for_the_situation_where_there_is_one(store, situation, used):
    text = store.articles["procedure/appeal"].text("fr")
    part = f"short@{used}" if used else "short"
    assert text.short(situation) == (text.parts[part], used)


@pytest.mark.parametrize(("day", "value"), [(dt.date(2025, 12, 31), 15), (dt.date(2026, 1, 1), 30)])
def test_a_dated_fact_keeps_its_days(store, day, value):
    assert store.fact("deadline:appeal_period").value_on(day).value == value


def test_a_dated_fact_keeps_its_end(store):
    with pytest.raises(NotKnown):
        store.fact("deadline:appeal_period").value_on(dt.date(2028, 1, 1))


def test_a_date_comes_back_as_a_date(store):
    fact = store.fact("fact:new_rule", "procedure/appeal")
    assert fact.value_on(dt.date(2026, 1, 1)).value == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("name", "article"),
    [("deadline:lost", ""), ("amount:appeal_period", ""), ("fact:new_rule", "life/income"), ("fact:new_rule", "")],
)
def test_a_fact_that_is_not_there_is_a_key_error(store, name, article):
    with pytest.raises(KeyError):
        store.fact(name, article)


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("organisations", ["court", "helpline"]),
        ("letters", ["refusal"]),
        ("service_types", ["lawyer"]),
        ("services", ["lawyers_office"]),
        ("communes", ["bourg", "village"]),
        ("glossary", ["refusal_letter", "hearing"]),
        ("steps", ["appeal"]),
        ("signposts", ["fishing"]),
        ("unicorns", []),
    ],
)
def test_entries_are_listed_in_the_order_of_their_file(store, kind, ids):
    assert list(store.entries(kind)) == ids


def test_words_fall_back_on_the_reference_language_and_then_on_nothing(store):
    french = store.words("letters", "refusal", "fr")
    assert french["button"]
    assert store.words("letters", "refusal", "en") == french
    assert store.words("letters", "lost", "fr") == {}
