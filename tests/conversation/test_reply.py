from __future__ import annotations

import pytest
from pydantic import ValidationError

from jalon.conversation.reply import Button, ContactCard, Reply, Section, SourceLine

FULL = Reply(
    language="fr",
    text="TEXT",
    steps=("ONE", "TWO"),
    sections=(Section(title="STAGE", lines=("LINE",)),),
    contacts=(ContactCard(name="OFFICE", about="ABOUT", lines=(("Phone", "112"),)),),
    after="AFTER",
    cautions=("CAUTION",),
    buttons=(Button(title="BUTTON", payload='/life{"article": "life/work"}'),),
    sources=(SourceLine(title="LAW", publisher="STATE", url="https://example.org", dated="2026"),),
    checked_on="2026-01-02",
    article="life/work",
)


def test_plain_text_goes_from_the_answer_to_the_cautions():
    said = FULL.plain()
    order = ["TEXT", "ONE", "TWO", "STAGE", "LINE", "OFFICE", "ABOUT", "112", "AFTER", "CAUTION"]
    assert [said.index(part) for part in order] == sorted(said.index(part) for part in order)


def test_plain_text_numbers_the_steps_and_leaves_out_buttons_and_sources():
    said = FULL.plain()
    assert "1. ONE\n2. TWO" in said
    assert not [part for part in ("BUTTON", "life/work", "LAW", "example.org") if part in said]


def test_plain_text_of_a_short_reply_is_its_text():
    assert Reply(language="fr", text="TEXT").plain() == "TEXT"


def test_a_client_sees_titles_of_buttons_and_never_what_they_do():
    shown = FULL.as_json()
    assert shown["buttons"] == ["BUTTON"]
    assert "/life{" not in str(shown)
    assert shown["sources"][0]["url"] == "https://example.org"
    assert shown["steps"] == ["ONE", "TWO"]


def test_a_reply_comes_back_whole_from_what_rasa_carries():
    assert Reply.model_validate(FULL.model_dump()) == FULL


def test_a_reply_with_an_unknown_part_is_refused():
    with pytest.raises(ValidationError):
        Reply.model_validate({**FULL.model_dump(), "image": "x"})
