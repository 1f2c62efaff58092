"""Everything that goes wrong between people and the program: no message is lost, none is answered twice."""

from __future__ import annotations

import asyncio
import random

import pytest
from meta_form import World
from sqlalchemy.exc import OperationalError

from jalon.conversation import outbox as outbox_module
from jalon.conversation.tables import OUTBOX
from jalon.simulation.graph import Fate
from jalon.simulation.people import choices

ANNA = "15550002222"
PEOPLE = [f"1555000{n:04}" for n in range(20)]
channels = pytest.mark.parametrize("name", ["whatsapp", "messenger"])


async def passing(world: World, seconds: float = 30) -> None:
    """Let time pass until everything has an end: pauses of the sender, repetitions of Meta."""
    async with asyncio.timeout(seconds):
        while True:
            await world.meta.repeat()
            try:
                await world.settled(0.2)
            except TimeoutError:
                world.clock.pass_by(minutes=2)
                continue
            if not world.meta.unacknowledged:
                return
            world.clock.pass_by(minutes=5)


@channels
async def test_fifty_rapid_messages_are_answered_in_order_although_calls_come_twice(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}", doubled=0.5)
    async with world.open():
        for n in range(50):
            await world.meta.says(ANNA, f"{n}")
        await passing(world)
        assert world.texts(ANNA) == [f"{n + 1}:{n}" for n in range(50)]


@channels
async def test_refusals_that_pass_are_tried_again_until_the_reply_arrives(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        world.graph.fates += [Fate(131056), Fate(4), Fate(status=429), Fate(190, status=401), Fate(1200)]
        await world.meta.says(ANNA, "hello")
        await passing(world)
        assert world.texts(ANNA) == ["1:hello"]
        assert not world.graph.fates


@channels
async def test_a_reply_whose_answer_was_lost_is_not_sent_again_because_meta_tells_of_it(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        world.graph.fates += [Fate(status=502, delivered=True), Fate(status=504, delivered=True)]
        await world.meta.says(ANNA, "one")
        await world.settled()
        await world.meta.says(ANNA, "two")
        await passing(world)
        assert world.texts(ANNA) == ["1:one", "2:two"]


@channels
async def test_a_reply_that_meta_lost_is_sent_again_after_a_while(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        world.graph.fates += [Fate(status=503)]
        await world.meta.says(ANNA, "one")
        await passing(world)
        assert world.texts(ANNA) == ["1:one"]
        assert world.clock() - world.meta.graph.heard[ANNA] > outbox_module.GRACE


@channels
async def test_what_meta_finds_unfit_is_replaced_by_an_apology(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        world.graph.fates += [Fate(100)]
        await world.meta.says(ANNA, "one")
        await passing(world)
        assert world.texts(ANNA) == ["sorry:failed"]


@channels
async def test_outside_the_window_nothing_arrives_and_the_next_message_opens_it(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        late = world.meta.person(ANNA).text("long ago", world.clock())
        world.clock.pass_by(hours=25)
        await world.meta.call(late)
        await world.settled()
        assert world.texts(ANNA) == []
        code = {"whatsapp": "131047", "messenger": "10"}[name]
        assert world.rows(OUTBOX, "state", "code", "body") == [("dead", code, None)]
        await world.meta.says(ANNA, "now")
        await world.settled()
        assert world.texts(ANNA) == ["2:now"]


@channels
async def test_a_tap_comes_back_as_what_its_choice_stood_for(name, quick, tmp_path):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}")
    async with world.open():
        await world.meta.says(ANNA, "hello")
        await world.settled()
        await world.graph.close()
        shown = choices(name, world.graph.delivered[-1].body)
        assert not any("choice" in token for token in shown)
        await world.meta.taps(ANNA, 2)
        await world.settled()
        assert world.texts(ANNA)[-1] == "2:/choice1"


@channels
async def test_meta_repeats_for_days_until_the_program_is_back_and_then_gives_up(name, quick, tmp_path, monkeypatch):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}", reports=False)

    def broken(*_):
        raise OperationalError("INSERT", {}, Exception("disk full"))

    async with world.open():
        with monkeypatch.context() as patch:
            patch.setattr(world.desk.inbox, "accept", broken)
            await world.meta.says(ANNA, "first")
            for _ in range(3 * 24):
                world.clock.pass_by(hours=1)
                assert await world.meta.repeat() == 0
            await world.meta.says("15550003333", "second")
        for _ in range(4 * 24):
            world.clock.pass_by(hours=1)
            await world.meta.repeat()
            await world.settled()
        assert not world.meta.unacknowledged and not world.meta.given_up
        assert world.texts("15550003333") == ["1:second"]
        # The window of the first had closed three days before: that is written down, not hidden.
        assert {row.state for row in world.rows(OUTBOX, "state")} == {"sent", "dead"}
        with monkeypatch.context() as patch:
            patch.setattr(world.desk.inbox, "accept", broken)
            await world.meta.says(ANNA, "third")
            for _ in range(20):
                world.clock.pass_by(days=1)
                await world.meta.repeat()
        assert world.meta.given_up == 1


@channels
async def test_many_people_and_every_fault_at_once_nothing_lost_nothing_doubled_nothing_mixed_up(
    name, quick, tmp_path, monkeypatch
):
    world = World(name, f"sqlite:///{tmp_path / 'records.db'}", doubled=0.2)
    chance = random.Random(7)
    passing_codes = [131056, 4, 130429, 131000, 1]
    accept = world.desk.inbox.accept

    def fragile(arrivals, now):
        if arrivals and chance.random() < 0.2:
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        return accept(arrivals, now)

    monkeypatch.setattr(world.desk.inbox, "accept", fragile)
    async with world.open():
        for n in range(10):
            for person in PEOPLE:
                draw = chance.random()
                if draw < 0.1:
                    world.graph.fates.append(Fate(chance.choice(passing_codes)))
                elif draw < 0.15:
                    world.graph.fates.append(Fate(status=502, delivered=True))
                await world.meta.says(person, f"{n}")
            world.clock.pass_by(seconds=5)
        await passing(world, 120)
        for person in PEOPLE:
            got = world.texts(person)
            assert sorted(text.split(":")[1] for text in got) == [str(n) for n in range(10)], person
            assert [text.split(":")[0] for text in got] == [str(n + 1) for n in range(10)], person
        assert world.graph.faults == []
