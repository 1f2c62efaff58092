"""The language of a conversation, in a project where a second language is live."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from jalon.conversation.engine import Engine
from jalon.conversation.language import choose, follow
from jalon.scenarios import leads_to
from jalon.settings import Settings, settings

ENGLISH = "I would like to know where I can sleep tonight with my children."
FRENCH = "Je voudrais savoir où je peux dormir ce soir avec mes enfants."
REGISTRY = "{{name: {name}, english: {name}, script: Latn, direction: ltr, status: {status}}}"


@pytest.fixture
def data(project: Settings, tmp_path: Path) -> Path:
    """The project's data with English live, whose sentences are their own names, and Dutch as a draft."""
    copy = tmp_path / "data"
    copy.mkdir()
    for entry in project.data.iterdir():
        if entry.name not in ("languages.yml", "phrases"):
            (copy / entry.name).symlink_to(entry)
    shutil.copytree(project.data / "phrases", copy / "phrases")
    phrases = yaml.safe_load((copy / "phrases" / "fr.yml").read_text("utf-8"))
    for code in ("en", "nl"):
        said = {name: f"{code} {name}" for name in phrases["say"]}
        (copy / "phrases" / f"{code}.yml").write_text(yaml.safe_dump({**phrases, "language": code, "say": said}))
    registry = {"fr": ("Français", "live"), "en": ("English", "live"), "nl": ("Nederlands", "draft")}
    lines = [f"{code}: {REGISTRY.format(name=name, status=status)}" for code, (name, status) in registry.items()]
    (copy / "languages.yml").write_text("\n".join(lines), "utf-8")
    return copy


@pytest.fixture
def bilingual(project: Settings, model: Path, data: Path, records, monkeypatch) -> Iterator[Engine]:
    """An engine in that project, with the model of this one."""
    monkeypatch.setenv("JALON_HOME", str(data.parent))
    monkeypatch.setenv("JALON_MODELS", str(project.models))
    settings.cache_clear()
    yield Engine(model, data, records)
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def kept(records):
    """What is kept of the language of a conversation."""

    def slots(conversation):
        found = records.load(conversation, dt.datetime.now(dt.UTC)).slots
        return {name: value for name, value in found.items() if name.startswith("language")}

    return slots


async def test_the_conversation_follows_the_person_and_says_so(bilingual, kept):
    conversation = bilingual.new_conversation()
    turn = await bilingual.turn(conversation, ENGLISH)
    assert turn.language == "en"
    assert turn.reply.text.startswith("en language_switched")
    assert kept(conversation) == {"language": "en"}
    for text in ("CPAS", "commune", "annexe 26", "orange", "Fatima"):
        turn = await bilingual.turn(conversation, text)
        assert (turn.language, kept(conversation)) == ("en", {"language": "en"})
        assert "language_switched" not in turn.reply.text
    turn = await bilingual.turn(conversation, FRENCH)
    assert (turn.language, kept(conversation)) == ("fr", {"language": "fr"})


async def test_a_language_asked_for_by_name_stays_until_another_is_asked_for(bilingual, kept):
    conversation = bilingual.new_conversation()
    turn = await bilingual.turn(conversation, "English please")
    assert (turn.intent, turn.reply.language, turn.reply.text) == ("change_language", "en", "en language_chosen")
    assert turn.ranking[0]["name"] == "change_language"
    turn = await bilingual.turn(conversation, FRENCH)
    assert kept(conversation) == {"language": "en", "language_chosen": True}
    assert "language_switched" not in turn.reply.text
    await bilingual.turn(conversation, press="restart")
    assert kept(conversation) == {"language": "en", "language_chosen": True}
    turn = await bilingual.turn(conversation, "français")
    assert turn.reply.language == "fr"
    assert kept(conversation) == {"language": "fr", "language_chosen": True}


async def test_a_language_is_chosen_by_its_button(bilingual, kept):
    conversation = bilingual.new_conversation()
    turn = await bilingual.turn(conversation, "svenska, nederlands please")
    assert kept(conversation) == {}, "a draft is not offered to people"
    turn = await bilingual.turn(conversation, "nederlands")
    leads = [leads_to(button.payload) for button in turn.reply.buttons]
    assert leads[0] == "en"
    turn = await bilingual.turn(conversation, choice=1)
    assert turn.reply.language == "en"
    assert kept(conversation) == {"language": "en", "language_chosen": True}


async def test_a_language_named_by_staff_is_spoken_even_as_a_draft(bilingual, kept):
    conversation = bilingual.new_conversation()
    turn = await bilingual.turn(conversation, "bonjour", language="nl")
    assert turn.reply.language == "nl"
    assert kept(conversation) == {"language": "nl", "language_chosen": True}
    await bilingual.turn(conversation, "bonjour", language="xx")
    assert kept(conversation) == {"language": "nl", "language_chosen": True}


CHANGE = 'change_language{"language": "en"}'


@pytest.mark.parametrize("way", ["button", "name", "sentence"])
async def test_an_open_form_goes_on_in_the_other_language(bilingual, way):
    conversation = bilingual.new_conversation()
    await bilingual.turn(conversation, press="find_service")
    asked = await bilingual.turn(conversation, press='inform{"service": "cpas"}')
    assert (asked.reply.language, asked.trace.after.loop) == ("fr", "service_form")
    said = {"button": {"press": CHANGE}, "name": {"text": "English please"}, "sentence": {"text": ENGLISH}}[way]
    turn = await bilingual.turn(conversation, **said)
    assert turn.reply.language == "en"
    assert turn.trace.after.loop == "service_form"
    kept = turn.trace.after.slots
    assert (kept["service"], kept["requested_slot"], kept["language"]) == ("cpas", "commune", "en")
    assert "en ask_commune" in f"{turn.reply.text} {turn.reply.after}"
    last = await bilingual.turn(conversation, press='inform{"commune": "namur"}')
    assert (last.reply.language, last.trace.after.loop) == ("en", None)
    assert last.reply.contacts


async def test_the_situation_and_the_last_answer_are_kept_and_one_tap_away(bilingual):
    conversation = bilingual.new_conversation()
    await bilingual.turn(conversation, press='tell_situation{"situation": "recognised"}')
    await bilingual.turn(conversation, press='life{"article": "life/work"}')
    turn = await bilingual.turn(conversation, press=CHANGE)
    leads = [leads_to(button.payload) for button in turn.reply.buttons]
    assert leads[0] == "repeat"
    again = await bilingual.turn(conversation, choice=1)
    assert (again.reply.article, again.reply.situation) == ("life/work", "recognised")
    assert again.trace.after.slots["language"] == "en"


@pytest.mark.parametrize("part", ["", "more_details", "simpler"])
async def test_the_french_original_is_one_tap_away_and_so_is_the_way_back(engine, part):
    conversation = engine.new_conversation()
    turn = await engine.turn(conversation, language="nl", press='life{"article": "life/work"}')
    if part:
        turn = await engine.turn(conversation, press=part)
    assert turn.reply.language == "nl"
    assert turn.reply.cautions
    leads = [leads_to(button.payload) for button in turn.reply.buttons]
    french = await engine.turn(conversation, choice=leads.index("original") + 1)
    assert (french.reply.language, french.reply.article) == ("fr", "life/work")
    assert french.reply.sources
    assert french.trace.after.slots["language"] == "nl"
    back = await engine.turn(conversation, choice=1)
    assert (back.reply.language, back.reply.text) == ("nl", turn.reply.text)


async def test_french_and_reviewed_texts_offer_no_original(engine):
    turn = await engine.turn(engine.new_conversation(), press='life{"article": "life/work"}')
    assert "original" not in [leads_to(button.payload) for button in turn.reply.buttons]


async def test_a_language_that_is_not_live_is_not_followed(bilingual, kept):
    conversation = bilingual.new_conversation()
    turn = await bilingual.turn(conversation, "أريد أن أعرف أين يمكنني أن أنام الليلة مع أطفالي")
    assert (turn.language, turn.band, turn.reply.language) == ("ar", "refuse", "fr")
    assert {"en", "talk_to_human"} <= {leads_to(button.payload) for button in turn.reply.buttons}
    assert kept(conversation) == {}


CHOSEN = {"language": "fr", "language_chosen": True}


@pytest.mark.parametrize(
    ("slots", "recognised", "new"),
    [
        ({}, "en", True),
        ({}, "fr", False),
        ({}, "nl", False),
        ({}, "und", False),
        ({}, None, False),
        ({"language": "en"}, "fr", True),
        ({"language": "en"}, "en", False),
        (CHOSEN, "en", False),
    ],
)
def test_only_live_languages_are_followed_and_never_against_a_choice(data, slots, recognised, new):
    after = dict(slots)
    assert follow(after, recognised, data) is new
    assert after == ({"language": recognised} if new else slots)


def test_a_choice_without_phrases_changes_nothing(data):
    (data / "phrases" / "nl.yml").unlink()
    slots = {"language": "en"}
    choose(slots, "nl", data)
    assert slots == {"language": "en"}
