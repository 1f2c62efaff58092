import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "question", ["recours", "RECOURS !", "faire un recours", "décision", "decision", "Décísiön", "l'enveloppe ?"]
)
def test_a_word_of_an_article_finds_it_with_or_without_accents(store, question):
    assert store.search(question, "fr")[0] == "procedure/appeal"


def test_the_title_counts_more_than_the_text(store):
    assert store.search("revenu", "fr")[0] == "life/income"


def test_the_beginning_of_a_long_word_is_enough(store):
    assert store.search("envelopperions", "fr") == ("procedure/appeal",)


def test_only_the_texts_of_the_language_are_searched(store):
    assert store.search("appeal", "en") == ("procedure/appeal",)
    assert store.search("appeal", "fr") == ()


def test_no_more_than_the_limit_is_found(store):
    assert len(store.search("recours revenu", "fr")) == 2
    assert len(store.search("recours revenu", "fr", 1)) == 1


def test_the_name_of_a_citation_is_no_word_of_the_text(store):
    assert store.search("deadline", "fr") == ()


@pytest.mark.parametrize("question", ["", "   ", "?!", "a b c", "😀", "---", "zzzzzz"])
def test_a_question_without_a_known_word_finds_nothing(store, question):
    assert store.search(question, "fr") == ()


@pytest.mark.parametrize(
    "question",
    [
        '"AND NEAR(*',
        'recours"',
        "recours*",
        "title: recours",
        "recours OR",
        "NOT recours",
        "NEAR(recours, 2)",
        "recours'); DROP TABLE search; --",
        "^recours + {body}",
        "recours :query \\",
        "mot " * 5000,
    ],
)
def test_query_syntax_that_a_person_types_never_raises(store, question):
    assert set(store.search(question, "fr")) <= set(store.articles)
    assert ("procedure/appeal" in store.search(question, "fr")) is ("recours" in question)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_at_all_raises(store, question):
    assert len(store.search(question, "fr")) <= 3
