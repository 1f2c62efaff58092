import pytest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("trente jours", "30 day"),
        ("30 jours", "30 day"),
        ("c'est écrit 10 jours ouvrables", "10 working_day"),
        ("un mois", "1 month"),
        ("deux semaines", "2 week"),
        ("٣٠ jours", "30 day"),
        ("30jrs", "30 day"),
    ],
)
def test_a_number_and_a_unit_are_a_duration(found, text, value):
    assert found(text, "duration") == [value]


@pytest.mark.parametrize("text", ["j'ai 3 enfants", "le 12 mars", "5000 Namur", "2026", "bonjour"])
def test_other_numbers_are_none(found, text):
    assert found(text, "duration") == []
