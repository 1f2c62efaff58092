"""The whole queue at work: messages in at one end, replies out at the other."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from contextlib import asynccontextmanager

import pytest
from cryptography.fernet import Fernet
from queue_form import KEYS, Counting, Page, Post, arrival
from sqlalchemy import select
from turn_form import NOW, Clock

from jalon.conversation import desk as desk_module
from jalon.conversation.carrier import Outcome
from jalon.conversation.desk import Busy, Desk
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.outbox import GRACE
from jalon.conversation.rates import Rate
from jalon.conversation.records import Records
from jalon.conversation.tables import CONVERSATIONS, INBOX, OUTBOX
from jalon.privacy.keys import Keys
from jalon.privacy.retention import Retention

SECOND = dt.timedelta(seconds=1)


class Office:
    """A desk with an engine that counts, a channel that delivers, a page and a clock."""

    def __init__(self, database: str, keys: Keys = KEYS, pace: Rate | None = None) -> None:
        self.clock = Clock()
        self.engine = Counting()
        self.post = Post(pace)
        self.records = Records(database)
        carriers = [self.post, Page()]
        self.desk = Desk(self.records, self.engine, carriers, keys, Retention(), 15, self.clock)

    def rows(self, table, *columns) -> list:
        with self.records.reading() as connection:
            return connection.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id)).all()

    async def until(self, condition: Callable[[], bool], seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.01)

    async def settled(self) -> None:
        """Wait until every message is answered and every reply has an end."""
        ended = {"done", "dead", "sent", "kept", "erased"}
        await self.until(lambda: {row.state for table in (INBOX, OUTBOX) for row in self.rows(table, "state")} <= ended)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(desk_module, "POLL", 0.02)


@pytest.fixture
async def office(database, quick):
    made = Office(database)
    async with made.desk.open():
        yield made
    made.records.close()


@asynccontextmanager
async def reopened(database: str, keys: Keys = KEYS):
    made = Office(database, keys)
    async with made.desk.open():
        yield made
    made.records.close()


# Answering


async def test_fifty_rapid_messages_of_one_conversation_are_answered_in_order(office):
    await asyncio.gather(*(office.desk.accept([arrival("a", f"{n}", sent=n / 100)]) for n in range(50)))
    await office.settled()
    assert len(office.post.texts("a")) == 50
    assert [text.split(":")[0] for text in office.post.texts("a")] == [f"{n + 1}" for n in range(50)]


async def test_the_messages_of_many_conversations_are_each_answered_once_and_in_order(office):
    users = [f"user {n}" for n in range(20)]
    for n in range(5):
        await office.desk.accept([arrival(user, f"{n}", sent=n) for user in users])
        await office.desk.accept([arrival(user, f"{n}", sent=n) for user in users])
    await office.settled()
    for user in users:
        assert office.post.texts(user) == [f"{n + 1}:{n}" for n in range(5)]


async def test_a_long_reply_goes_out_in_parts_and_in_order(office):
    await office.desk.accept([arrival("a", "x|y|z"), arrival("a", "w", sent=1)])
    await office.settled()
    assert office.post.texts("a") == ["1:x", "y", "z", "2:w"]


async def test_a_page_fetches_the_replies_after_a_number_as_often_as_it_asks(office):
    one, two = arrival("a", "one", channel="page"), arrival("a", "two", sent=1, channel="page")
    await office.desk.accept([one, two])
    await office.settled()
    for _ in range(3):
        replies = await fetch(office, 0, 10)
        assert [each.payload["text"] for each in replies] == ["1:one", "2:two"]
        assert [each.receipt for each in replies] == [office.desk.inbox.receipt_of(each) for each in (one, two)]
        assert await fetch(office, replies[0].number, 10) == replies[1:]
    assert office.engine.turns == 2
    assert not office.post.delivered


async def test_a_page_that_waits_is_told_at_once_and_is_not_kept_waiting_for_long(office):
    waiting = asyncio.create_task(fetch(office, 0, 20))
    assert await fetch(office, 0, 0.05) == []
    await office.desk.accept([arrival("a", "hello", channel="page")])
    assert [each.payload for each in await waiting] == [{"text": "1:hello"}]


async def fetch(office, number: int, seconds: float) -> list:
    return await office.desk.replies_after(office.desk.identities.conversation("page", "a"), number, seconds)


async def test_a_tap_does_what_its_button_said_however_old_and_only_in_its_conversation(office):
    await office.desk.accept([arrival("a", "one"), arrival("a", "two", sent=1)])
    await office.settled()
    token = office.post.buttons[0]
    assert "/go" not in office.post.buttons
    taps = [Arrival("post", f"tap {user}", user, NOW + 5 * SECOND, Message(tap=token)) for user in "ab"]
    await office.desk.accept(taps)
    await office.settled()
    assert office.post.texts("a")[-1] == "3:/go"
    assert office.post.texts("b") == ["1:"]


async def test_when_the_queue_is_full_nothing_is_acknowledged(database, quick, monkeypatch):
    monkeypatch.setattr(desk_module, "MOST_WAITING", 2)
    office = Office(database)
    monkeypatch.setattr(desk_module, "WORKERS", 0)
    async with office.desk.open():
        await office.desk.accept([arrival("a", f"{n}") for n in range(3)])
        await office.until(lambda: office.desk._waiting == 3)
        with pytest.raises(Busy):
            await office.desk.accept([arrival("a", "too much")])


# Delivering


async def test_a_delivery_that_fails_is_tried_again_and_the_conversation_waits_for_it(office):
    office.post.fate = [Outcome("retry", "130429"), Outcome("retry", "500", wait=30)]
    await office.desk.accept([arrival("a", "one"), arrival("a", "two", sent=1)])
    for code in ("130429", "500"):
        await office.until(lambda code=code: ("waiting", code) in office.rows(OUTBOX, "state", "code"))
        assert office.post.delivered == []
        office.clock.pass_by(seconds=50)
    await office.settled()
    assert office.post.texts("a") == ["1:one", "2:two"]
    assert [row.attempts for row in office.rows(OUTBOX, "attempts")] == [3, 1]


async def test_a_doubtful_delivery_that_the_channel_reports_is_not_repeated(office):
    office.post.fate = [Outcome("doubt", "timeout")]
    await office.desk.accept([arrival("a", "one")])
    await office.until(lambda: [row.state for row in office.rows(OUTBOX, "state")] == ["doubt"])
    [(token,)] = office.rows(OUTBOX, "token")
    await office.desk.report(token, True)
    office.clock.pass_by(minutes=5)
    await office.desk.accept([arrival("a", "two", sent=1)])
    await office.settled()
    assert office.post.texts("a") == ["2:two"]


async def test_a_doubtful_delivery_that_nobody_reports_is_repeated_after_a_while(office):
    office.post.fate = [Outcome("doubt", "timeout")]
    await office.desk.accept([arrival("a", "one")])
    await office.until(lambda: [row.state for row in office.rows(OUTBOX, "state")] == ["doubt"])
    office.clock.pass_by(seconds=GRACE.total_seconds() + 1)
    await office.settled()
    assert office.post.texts("a") == ["1:one"]


async def test_a_part_that_the_channel_refuses_for_good_is_wiped_and_does_not_hold_up_the_rest(office):
    office.post.fate = [Outcome("refused", "131026")]
    await office.desk.accept([arrival("a", "one"), arrival("a", "two", sent=1)])
    await office.settled()
    assert office.post.texts("a") == ["2:two"]
    assert office.rows(OUTBOX, "state", "code", "body") == [("dead", "131026", None), ("sent", "", None)]


async def test_a_part_that_the_channel_cannot_take_is_replaced_by_an_apology_once(office):
    office.post.fate = [Outcome("unfit", "100")]
    await office.desk.accept([arrival("a", "one")])
    await office.settled()
    assert office.post.texts("a") == ["sorry:failed"]
    office.post.fate = [Outcome("unfit", "100"), Outcome("unfit", "100")]
    await office.desk.accept([arrival("a", "two", sent=1)])
    await office.settled()
    assert office.post.texts("a") == ["sorry:failed"]
    assert [row.state for row in office.rows(OUTBOX, "state")] == ["sent", "dead"]


async def test_parts_to_one_person_keep_the_pace_of_the_channel(database, quick):
    office = Office(database, pace=Rate(2, 6))
    async with office.desk.open():
        await office.desk.accept([arrival("a", f"{n}", sent=n) for n in range(4)] + [arrival("b", "x")])
        await office.until(lambda: len(office.post.delivered) == 3 and office.engine.turns == 5)
        await asyncio.sleep(0.1)
        assert (office.post.texts("a"), office.post.texts("b")) == (["1:0", "2:1"], ["1:x"])
        office.clock.pass_by(seconds=6.1)
        await office.until(lambda: len(office.post.texts("a")) == 3)
        office.clock.pass_by(seconds=6.1)
        await office.settled()
        assert office.post.texts("a") == ["1:0", "2:1", "3:2", "4:3"]
        assert {row.attempts for row in office.rows(OUTBOX, "attempts")} == {1}


# When something breaks


async def test_a_message_that_breaks_the_engine_again_and_again_is_answered_with_an_apology(office):
    office.engine.broken = True
    await office.desk.accept([arrival("a", "poison")])
    for attempt in range(1, 4):
        await office.until(lambda attempt=attempt: office.engine.turns == attempt)
        await office.until(lambda: office.rows(INBOX, "holder", "state")[0] == (None, "waiting"))
        office.clock.pass_by(minutes=1)
    await office.settled()
    assert office.post.texts("a") == ["sorry:failed"]
    office.engine.broken = False
    await office.desk.accept([arrival("a", "cure", sent=1)])
    await office.settled()
    assert office.post.texts("a")[-1] == "1:cure"


async def test_a_message_locked_with_a_lost_key_is_given_up_and_the_next_is_answered(database, quick):
    office = Office(database)
    await office.desk.accept([arrival("a", "one")])
    async with reopened(database, Keys(KEYS.pepper, (Fernet.generate_key().decode(),))) as after:
        await after.desk.accept([arrival("a", "two", sent=1)])
        await after.settled()
        assert after.post.texts("a") == ["1:two"]
        assert [row.state for row in after.rows(INBOX, "state")] == ["dead", "done"]


async def test_an_old_key_still_opens_what_it_locked(database, quick):
    office = Office(database)
    await office.desk.accept([arrival("a", "one")])
    async with reopened(database, Keys(KEYS.pepper, (Fernet.generate_key().decode(), *KEYS.encryption))) as after:
        await after.settled()
        assert after.post.texts("a") == ["1:one"]


async def test_what_a_stopped_process_left_behind_is_done_by_the_next(database, quick):
    office = Office(database)
    await office.desk.accept([arrival("a", f"{n}", sent=n) for n in range(3)])
    await office.desk.worker.step()
    async with reopened(database) as after:
        await after.settled()
        assert after.post.texts("a") == ["1:0", "2:1", "3:2"]


# What is kept


async def test_a_conversation_that_is_erased_while_it_is_answered_stays_erased(database):
    office = Office(database)
    await office.desk.accept([arrival("a", "one")])
    name = office.desk.identities.conversation("post", "a")

    class Erasing(Counting):
        async def respond(self, state, message):
            await office.desk.erase(name)
            return await super().respond(state, message)

    office.desk.worker._engine = Erasing()
    await office.desk.worker.step()
    assert (office.rows(CONVERSATIONS, "id"), office.rows(OUTBOX, "id")) == ([], [])
    assert office.rows(INBOX, "state", "body", "conversation") == [("erased", None, None)]
    assert await office.desk.accept([arrival("a", "one")]) == 0


async def test_nothing_of_anybody_is_left_once_everything_is_sent(office):
    await office.desk.accept([arrival("+32499887766", "zorglubix"), arrival("p", "brumelande", channel="page")])
    await office.settled()
    everything = str([office.rows(table, *table.columns.keys()) for table in (CONVERSATIONS, INBOX, OUTBOX)])
    assert not [canary for canary in ("zorglubix", "brumelande", "32499887766") if canary in everything]
    rows = [(table.name, *row) for table in (INBOX, OUTBOX) for row in office.rows(table, "channel", "body")]
    left = [(table, channel) for table, channel, body in rows if body is not None]
    assert left == [("outbox", "page")]  # the page may still fetch its reply


async def test_what_waits_too_long_is_wiped_and_never_sent(office):
    office.post.fate = [Outcome("retry", "500", wait=90_000)]
    await office.desk.accept([arrival("a", "one"), arrival("p", "two", channel="page")])
    await office.until(lambda: [row.state for row in office.rows(OUTBOX, "state")].count("waiting") == 1)
    await office.until(lambda: "500" in [row.code for row in office.rows(OUTBOX, "code")])
    office.clock.pass_by(hours=25)
    purged = office.desk.purge()
    assert (purged.conversations, purged.dead, purged.marks) == (2, 1, 0)
    assert {row.body for row in office.rows(OUTBOX, "body")} == {None}
    assert {row.conversation for row in office.rows(OUTBOX, "conversation")} == {None}
    office.clock.pass_by(days=8)
    assert office.desk.purge().marks == 2
    assert office.rows(OUTBOX, "id") == office.rows(INBOX, "id") == []
