import pytest

from jalon.nlu.guard import MAX_CHARACTERS, fault_of


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "  /restart",
        "/ restart",
        "\n/restart",
        '/procedure{"article": "procedure/appeal_cce"}',
        "\u200b/restart",
        "\ufeff/restart",
        "\u2060\u202e/restart",
        "\u200b \u200b/restart",
        "/" + "a" * 5000,
        "//restart",
        "/\x7f/restart",
        "/\u200brestart",
        "/@bot",
    ],
)
def test_text_that_begins_like_a_command_is_one(text):
    assert fault_of(text) == "command"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_nothing_at_all_is_empty(text):
    assert fault_of(text) == "empty"


@pytest.mark.parametrize("text", ["😀", "???", "…", "/", "❤️ 👍🏽", "\u200b", "。。。"])
def test_what_has_no_words_is_symbols(text):
    assert fault_of(text) == "symbols"


@pytest.mark.parametrize(
    "text", ["mot " * 1250, "😀" * 5000, "a" * (MAX_CHARACTERS + 1)], ids=["words", "emoji", "one more"]
)
def test_what_nobody_would_read_is_long(text):
    assert fault_of(text) == "long"


@pytest.mark.parametrize(
    "text",
    [
        "bonjour",
        "13/quater",
        "le 12/06/2026 ?",
        "et/ou",
        "26",
        "أهلا",
        "oui 😀",
        "ｂｏｎｊｏｕｒ",
        "a" * MAX_CHARACTERS,
    ],
)
def test_a_question_passes(text):
    assert fault_of(text) == ""
