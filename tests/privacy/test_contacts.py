import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.privacy.contacts import contact_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0470 12 34 56", "+32 470 12 34 56"),
        ("mon numéro c'est le 0470/12.34.56 merci", "+32 470 12 34 56"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("٠٤٧٠ ١٢ ٣٤ ٥٦", "+32 470 12 34 56"),
        ("۰۴۷۰۱۲۳۴۵۶", "+32 470 12 34 56"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("écrivez à amina.exemple@example.org.", "amina.exemple@example.org"),
        ("AMINA@EXAMPLE.ORG", "amina@example.org"),
        ("je n'ai pas de téléphone", None),
        ("le 3 mars 2026", None),
        ("12", None),
        ("", None),
    ],
)
def test_one_way_of_reaching_the_person_is_found(text, found):
    assert contact_in(text) == found


PIECES = ("0470 12 34 56", "+33 6 12 34 56 78", "٠٤٧٠ ١٢ ٣٤ ٥٦", "ext. 5", "amina@example.org", "@", ".", " ", "0", "+")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map("".join))
def test_whatever_is_found_in_any_text_is_a_way_of_reaching_somebody(text):
    found = contact_in(text)
    assert found is None or contact_in(found) == found
