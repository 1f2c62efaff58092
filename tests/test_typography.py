import pytest

from jalon.typography import bound, isolated


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


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Tél. <081> ?", "Tél. &lt;081&gt;\u00a0?"),
        ("اتصلوا 081 77 16 48 الآن", "اتصلوا <bdi>081 77 16 48</bdi> الآن"),
        ("مركز CAI de Namur: 5 أيام", "مركز <bdi>CAI de Namur</bdi>: <bdi>5</bdi> أيام"),
        ("انظروا https://example.org/?a=b.", "انظروا <bdi>https://example.org/?a=b</bdi>."),
        ("خذوا Annexe 26quater وCPAS.", "خذوا <bdi>Annexe 26quater</bdi> و<bdi>CPAS</bdi>."),
        ("CAI (Rue de Fer 2, 5000 Namur)،", "<bdi>CAI</bdi> (<bdi>Rue de Fer 2, 5000 Namur</bdi>)،"),
        ("من 9:00 - 12:00: +32 (0)81 77", "من <bdi>9:00 - 12:00</bdi>: <bdi>+32 (0)81 77</bdi>"),
        ("نعم <b>", "نعم &lt;<bdi>b</bdi>&gt;"),
    ],
)
def test_numbers_and_latin_names_are_isolated_in_a_mirrored_text(text, markup):
    assert isolated(text) == markup
