import pytest

from jalon.public_languages import BadLists, measure

pytestmark = pytest.mark.usefixtures("model")

TEXTS = {
    "single-words": {"fr": "bonjour\naujourd'hui", "uk": "їжа\nхліб"},
    "word-pairs": {"fr": "une maison", "uk": "добрий день"},
    "sentences": {
        "fr": "Je cherche une maison pour ma famille.\nIk zoek een huis voor mijn gezin.",
        "uk": "Я шукаю житло для моєї родини.",
        "xx": "not a language that is recognised",
    },
}


@pytest.fixture
def folder(tmp_path):
    for kind, lists in TEXTS.items():
        for language, text in lists.items():
            (tmp_path / f"{language}.{kind}.txt").write_text(text + "\n", "utf-8")
    return tmp_path


def test_shares_are_counted_per_language_and_averaged_over_languages(folder):
    found = measure(folder)
    assert found["sentences"] == {"macro": 0.75, "languages": {"fr": 0.5, "uk": 1.0}}
    assert set(found["words"]["languages"]) == set(found["pairs"]["languages"]) == {"fr", "uk"}
    assert found["memory_mb"] > 0
    assert found["ms"] > 0


def test_a_missing_list_is_named(folder):
    for path in folder.glob("*.word-pairs.txt"):
        path.unlink()
    with pytest.raises(BadLists, match="word-pairs"):
        measure(folder)


def test_an_empty_list_is_named(folder):
    (folder / "fr.sentences.txt").write_text("\n", "utf-8")
    with pytest.raises(BadLists, match=r"fr\.sentences\.txt"):
        measure(folder)
