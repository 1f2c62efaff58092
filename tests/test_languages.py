import pytest

from jalon.languages import REFERENCE, read_languages

ENTRY = "{name: Name, english: English, script: Latn, direction: ltr, status: live}"


@pytest.fixture
def read(tmp_path):
    """The languages of a registry with this text."""

    def from_text(text):
        path = tmp_path / "languages.yml"
        path.write_text(text, "utf-8")
        return read_languages(path)

    return from_text


def test_languages_keep_the_order_of_the_registry(read):
    assert list(read(f"uk: {ENTRY}\nfr: {ENTRY}\nar: {ENTRY}\n")) == ["uk", "fr", "ar"]


def test_an_entry_is_typed(read):
    text = "ar: {name: العربية, english: Arabic, script: Arab, direction: rtl, status: draft, reviewers: [editor]}"
    language = read(text)["ar"]
    assert (language.code, language.name, language.english) == ("ar", "العربية", "Arabic")
    assert (language.script, language.direction, language.status) == ("Arab", "rtl", "draft")
    assert language.reviewers == ("editor",)


def test_reviewers_may_be_left_out(read):
    assert read(f"fr: {ENTRY}")["fr"].reviewers == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_registry_has_no_language(read, text):
    assert read(text) == {}


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        (ENTRY.replace("script: Latn, ", ""), "script"),
        (ENTRY.replace("english", "inglish"), "inglish"),
        (ENTRY.replace("ltr", "up"), "'up'"),
        (ENTRY.replace("live", "sleeping"), "'sleeping'"),
        ("just text", "zz"),
        ("", "zz"),
        ("[a, b]", "zz"),
    ],
    ids=["missing key", "unknown key", "direction", "status", "text", "nothing", "list"],
)
def test_a_wrong_entry_is_named_with_its_fault(read, entry, named):
    with pytest.raises(ValueError, match="'zz'") as fault:
        read(f"fr: {ENTRY}\nzz: {entry}\n")
    assert named in str(fault.value)


def test_a_registry_of_another_shape_is_refused(read):
    with pytest.raises(ValueError):
        read("- fr\n- en\n")


def test_the_reference_language_is_live_in_this_project(request):
    languages = read_languages(request.config.rootpath / "data" / "languages.yml")
    assert languages[REFERENCE].status == "live"
