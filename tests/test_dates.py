import pytest

from jalon.dates import in_words


@pytest.mark.parametrize(
    ("date", "words"),
    [("2026-06-01", "1 juin 2026"), ("2026-06", "juin 2026"), ("2026", "2026")],
)
def test_a_date_is_written_in_words_as_far_as_it_is_known(date, words):
    assert in_words(date, "fr") == words
