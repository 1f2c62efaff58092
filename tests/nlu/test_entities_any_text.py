import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = [
    "le",
    "3",
    "31",
    "mars",
    "/.",
    "-",
    "2026",
    "février",
    "hier",
    "il",
    "y",
    "a",
    "99",
    "jours",
    "semaines",
    "lundi",
]
PIECES += ["dernier", "5000", "€", "namur", "suis", "reconnu", "26", "quater", "٣", "½", "ŉ", "’", "\u0301", "\ufdfa"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_whatever_is_typed_the_places_are_in_the_text_and_the_text_is_theirs(reader, text):
    entities = list(reader.entities(text, dt.date(2026, 11, 23)))
    for entity in entities:
        assert 0 <= entity["start"] < entity["end"] <= len(text)
        assert text[entity["start"] : entity["end"]] == entity["text"]
        assert entity["value"]
    assert [entity["start"] for entity in entities] == sorted(entity["start"] for entity in entities)
