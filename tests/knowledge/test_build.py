import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.findings import DataFault
from jalon.knowledge.build import build, months_after
from jalon.knowledge.store import KnowledgeStore


def test_the_number_of_articles_is_returned(data, tmp_path):
    assert build(data, tmp_path / "new" / "folder" / "knowledge.db") == 2


def test_building_again_replaces_the_store_whole(data, tmp_path):
    target = tmp_path / "knowledge.db"
    build(data, target)
    text = data / "articles" / "life" / "income" / "fr.md"
    text.write_text(text.read_text("utf-8").replace("Recevoir un revenu", "Un autre titre"), "utf-8")
    assert build(data, target) == 2
    assert KnowledgeStore(target).articles["life/income"].text("fr").title == "Un autre titre"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("articles/life/income/article.yml", "confidence: medium", "confidence: total"),
        ("facts/letters.yml", "codes:", "codez:"),
        ("facts/deadlines/appeal_period.yml", "unit: day", "unit: [day"),
        ("languages.yml", "ltr", "up"),
    ],
)
def test_a_faulty_file_leaves_the_old_store_as_it_was(data, tmp_path, file, old, new):
    target = tmp_path / "knowledge.db"
    build(data, target)
    before = target.read_bytes()
    broken = data / file
    broken.write_text(broken.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataFault) as fault:
        build(data, target)
    assert f"data/{file}" in {finding.place for finding in fault.value.findings}
    assert target.read_bytes() == before


def test_a_store_is_never_made_of_half_the_data(data, tmp_path):
    (data / "articles" / "life" / "income" / "fr.md").unlink()
    with pytest.raises(DataFault):
        build(data, tmp_path / "knowledge.db")
    assert not (tmp_path / "knowledge.db").exists()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 5, 31), 24, dt.date(2028, 5, 31)),
        (dt.date(2026, 5, 31), 0, dt.date(2026, 5, 31)),
    ],
)
def test_a_review_falls_on_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_after(day, months) == later


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), st.integers(0, 48))
def test_months_are_counted_without_skipping_one(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)
