import pytest

from jalon.typography import bound


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Où ? « Ici » : 5 %.", "Où\u00a0? «\u00a0Ici\u00a0»\u00a0: 5\u00a0%."),
        ("One thing: no. Really?", "One thing: no. Really?"),
        ("https://example.org/?a=b", "https://example.org/?a=b"),
    ],
)
def test_a_mark_after_a_space_stays_with_its_word(text, shown):
    assert bound(text) == shown
