import pytest

from jalon.knowledge.citations import Citation, citations, malformed, replace


@pytest.mark.parametrize(
    ("text", "kind", "name", "field"),
    [
        ("{deadline:appeal_period}", "deadline", "appeal_period", ""),
        ("{deadline:appeal_9.value}", "deadline", "appeal_9", "value"),
        ("{organisation:court.phone}", "organisation", "court", "phone"),
    ],
)
def test_a_citation_has_a_kind_a_name_and_perhaps_a_field(text, kind, name, field):
    assert list(citations(f"avant {text}, après")) == [Citation(kind, name, field, text)]
    assert malformed(text) == []


def test_citations_come_in_the_order_of_the_text():
    assert [one.name for one in citations("{fact:b} {fact:a} {fact:b}")] == ["b", "a", "b"]


@pytest.mark.parametrize("text", ["{}", "{x}", "{deadline}", "{ deadline:x}", "{deadline:X}", "{a:b.c.d}", "{a:b-c}"])
def test_other_braces_are_malformed(text):
    assert list(citations(text)) == []
    assert malformed(f"avant {text} après") == [text]


def test_replacing_leaves_the_rest_of_the_text_as_it_is():
    assert replace("a {fact:x} {y} {fact:z}.", lambda one: one.name.upper()) == "a X {y} Z."
