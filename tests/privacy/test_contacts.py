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


@given(st.text())
def test_no_text_raises(text):
    contact_in(text)
