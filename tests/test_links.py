import pytest

from jalon.links import line_of, link_of


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("112", "tel:112"),
        ("081 77 16 48", "tel:081771648"),
        ("+32 (0)81 77 16 48", "tel:+3281771648"),
        ("081/77.16.48", "tel:081771648"),
        ("team@example.org", "mailto:team@example.org"),
        ("example.org", "https://example.org"),
        ("https://www.example.org/a?b=c", "https://www.example.org/a?b=c"),
        ("http://example.org/a", "http://example.org/a"),
    ],
)
def test_one_number_address_or_site_can_be_opened(value, link):
    assert link_of(value) == link


@pytest.mark.parametrize(
    "value",
    [
        "",
        "081 77 16 48 / 081 77 16 49",
        "081 77 16 48 (matin)",
        "Rue Haute 12, 5000 Namur",
        "9:00-12:00",
        "javascript:alert(1)",
        "ftp://example.org",
        "example.org alert",
        "1" * 16,
    ],
)
def test_anything_else_is_only_text(value):
    assert link_of(value) == ""


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("081 77 16 48", ("L", "081 77 16 48", "tel:081771648")),
        ("Rue Haute 12, 5000 Namur", ("L", "Rue Haute 12, 5000 Namur", "")),
        ("https://www.example.org/", ("L", "example.org", "https://www.example.org/")),
        ("http://example.org/a/b", ("L", "example.org/a/b", "http://example.org/a/b")),
        ("https://map.example.org/?q=Rue%20Haute", ("", "L", "https://map.example.org/?q=Rue%20Haute")),
    ],
)
def test_a_line_shows_what_a_reader_understands(value, line):
    assert line_of("L", value) == line
