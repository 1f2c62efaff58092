import pytest

from jalon.findings import DataFault
from jalon.knowledge.build import build
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
