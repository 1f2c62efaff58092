"""The assistant itself over our own Meta: kinds of messages, first words, stop and start."""

from __future__ import annotations

import contextlib

import pytest
from meta_form import DATA, World, as_sent

from jalon.conversation.compose import Composer
from jalon.conversation.engine import Engine
from jalon.phrases import read_phrases
from jalon.simulation import people
from jalon.simulation.forms import check

ANNA = "15550002222"


@pytest.fixture(params=["whatsapp", "messenger"])
async def talk(request, quick, engine: Engine, tmp_path, project):
    """Say or do things, and get all texts that come back."""
    world = World(request.param, f"sqlite:///{tmp_path / 'records.db'}", engine=engine)

    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(world.open())

        async def act(what) -> str:
            before = len(world.graph.delivered)
            person = world.meta.person(ANNA)
            if isinstance(what, int):
                await world.meta.taps(ANNA, what)
            elif isinstance(what, str):
                await world.meta.says(ANNA, what)
            else:
                await world.meta.calls(ANNA, what(person, world.clock()))
            await world.settled()
            await world.graph.close()
            return "\n".join(people.words(world.name, one.body) for one in world.graph.delivered[before:])

        act.world = world
        act.say = read_phrases(project.data, "fr").say
        yield act
    assert world.graph.faults == []


async def test_the_first_reply_says_who_answers_and_the_second_does_not(talk):
    assert talk.say["bot_notice"] in await talk("Où demander l'asile ?")
    assert talk.say["bot_notice"] not in await talk("Où demander l'asile ?")


async def test_after_a_long_silence_it_is_said_again(talk):
    await talk("bonjour")
    talk.world.clock.pass_by(hours=25)
    assert talk.say["bot_notice"] in await talk("Où demander l'asile ?")


@pytest.mark.parametrize(
    ("act", "name"),
    [(people.Person.voice, "unreadable_voice"), (people.Person.photo, "unreadable_media")],
    ids=["voice", "photo"],
)
async def test_what_is_not_taken_is_declined_kindly_with_a_way_on(talk, act, name):
    assert talk.say[name] in await talk(act)
    assert talk.world.meta.person(ANNA).shown


async def test_a_shared_position_leads_to_help_nearby(talk):
    def place(person, now):
        return person.place(50.46, 4.86, now)

    said = await talk(place)
    assert said and (talk.say["unreadable_other"] in said) == (talk.world.name == "messenger")


async def test_stop_is_obeyed_in_any_language_and_a_message_begins_anew(talk):
    await talk("bonjour")
    for word in ("STOP", "توقف", "Unsubscribe."):
        assert await talk(word) == talk.say["stop"]
    assert await talk("start") == talk.say["greet"]


async def test_a_typed_command_starts_nothing(talk):
    await talk("bonjour")
    assert await talk("/restart") == talk.say["unreadable_command"]


async def test_a_tap_opens_what_its_title_says(talk):
    await talk("bonjour")
    titles = list(talk.world.meta.person(ANNA).shown.values())
    menu = titles.index(read_phrases(DATA, "fr").buttons["help"])
    assert talk.say["help"] in await talk(menu + 1)
    assert len(talk.world.meta.person(ANNA).shown) == 10


async def test_every_answer_fits_the_channel(talk, store, today):
    """Every article, its long and its easy version, as they are today."""
    composer = Composer(store, DATA, "fr", today)
    for name in store.articles:
        for reply in (composer.answer(name), composer.part(name, "more", ()), composer.part(name, "easy", ())):
            for part in talk.world.channel.render(reply) if reply else ():
                assert check(talk.world.name, as_sent(talk.world.name, part))[1] == "", name
