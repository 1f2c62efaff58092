from __future__ import annotations

import asyncio
import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from queue_form import KEYS, arrival
from sqlalchemy import select
from turn_form import NOW, Clock

from jalon.conversation.inbox import HOLD, Inbox, Lost
from jalon.conversation.records import Records
from jalon.conversation.tables import INBOX
from jalon.privacy.encryption import Vault
from jalon.privacy.identity import Identities

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def records(database):
    made = Records(database)
    yield made
    made.close()


@pytest.fixture
def inbox(records) -> Inbox:
    return Inbox(records, Identities(KEYS.pepper), Vault(KEYS.encryption))


def text_of(inbox: Inbox, claim) -> str:
    return inbox.open(claim, NOW)[1].text


def close(inbox: Inbox, records: Records, claim, state: str = "done") -> None:
    with records.writing() as connection:
        inbox.close(connection, claim, state)


def drain(inbox: Inbox, records: Records) -> list[str]:
    """Take and close messages, one by one, until none is left."""
    texts = []
    while claim := inbox.claim(NOW):
        texts.append(text_of(inbox, claim))
        close(inbox, records, claim)
    return texts


# Arriving


def test_a_message_that_is_repeated_is_written_down_once(inbox, records):
    assert inbox.accept([arrival("a", "one")], NOW) == 1
    assert inbox.accept([arrival("a", "one"), arrival("a", "two"), arrival("a", "two")], NOW) == 1
    assert drain(inbox, records) == ["one", "two"]
    assert inbox.accept([arrival("a", "one")], NOW + dt.timedelta(days=7)) == 0


def test_the_same_id_on_two_channels_is_two_messages(inbox):
    both = [arrival("a", "one", channel=channel, external="1") for channel in ("post", "page")]
    assert inbox.accept(both, NOW) == 2


def test_a_thousand_messages_of_one_call_keep_their_order(inbox, records):
    texts = [f"{number}" for number in range(1000)]
    assert inbox.accept([arrival("a", text) for text in texts], NOW) == 1000
    assert [text_of(inbox, claim) for claim in [inbox.claim(NOW)]] == ["0"]
    with records.reading() as connection:
        bodies = connection.execute(select(INBOX.c.body).order_by(INBOX.c.id)).scalars().all()
    assert [inbox._vault.open(body, NOW)["message"]["text"] for body in bodies] == texts


def test_messages_that_wait_are_taken_in_the_order_in_which_they_were_sent(inbox, records):
    inbox.accept([arrival("a", "third", sent=3)], NOW)
    inbox.accept([arrival("a", "first", sent=1), arrival("a", "second", sent=2)], NOW)
    assert drain(inbox, records) == ["first", "second", "third"]


# Being answered


def test_one_conversation_is_answered_by_one_worker_at_a_time(inbox, records):
    inbox.accept([arrival("a", "one"), arrival("a", "two"), arrival("b", "three")], NOW)
    first, second = inbox.claim(NOW), inbox.claim(NOW)
    assert [text_of(inbox, first), text_of(inbox, second)] == ["one", "three"]
    assert inbox.claim(NOW) is None
    close(inbox, records, first)
    assert text_of(inbox, inbox.claim(NOW)) == "two"


def test_a_conversation_rests_while_a_later_message_of_it_is_being_answered(inbox):
    inbox.accept([arrival("a", "later", sent=9)], NOW)
    assert text_of(inbox, inbox.claim(NOW)) == "later"
    inbox.accept([arrival("a", "earlier", sent=1)], NOW)
    assert inbox.claim(NOW) is None
    assert text_of(inbox, inbox.claim(NOW + HOLD + SECOND)) == "earlier"


def test_a_message_whose_worker_died_is_taken_again_and_the_dead_one_cannot_close_it(inbox, records):
    inbox.accept([arrival("a", "one")], NOW)
    dead = inbox.claim(NOW)
    assert inbox.claim(NOW + HOLD) is None
    second = inbox.claim(NOW + HOLD + SECOND)
    assert (second.id, dead.attempts, second.attempts) == (dead.id, 1, 2)
    with pytest.raises(Lost):
        close(inbox, records, dead)
    close(inbox, records, second)
    with pytest.raises(Lost):
        close(inbox, records, second)


def test_a_message_that_is_put_back_waits_and_holds_up_its_conversation(inbox):
    inbox.accept([arrival("a", "one"), arrival("a", "two"), arrival("b", "three")], NOW)
    inbox.put_back(inbox.claim(NOW), NOW + 5 * SECOND)
    assert text_of(inbox, inbox.claim(NOW)) == "three"
    assert inbox.claim(NOW) is None
    assert text_of(inbox, inbox.claim(NOW + 6 * SECOND)) == "one"


def test_after_a_start_nothing_is_held(inbox):
    inbox.accept([arrival("a", "one")], NOW)
    inbox.claim(NOW)
    inbox.recover()
    assert text_of(inbox, inbox.claim(NOW)) == "one"


def test_eight_threads_take_every_message_once_and_in_order(inbox, records):
    users, count = "abcdefghij", 12
    inbox.accept([arrival(user, f"{number}") for number in range(count) for user in users], NOW)

    moments = itertools.count()

    def work(_: int) -> list[tuple[int, str, int]]:
        done = []
        for _ in range(1000):
            claim = inbox.claim(NOW)
            if claim is None:
                if not inbox.count_waiting():
                    return done
                continue
            user, message = inbox.open(claim, NOW)
            done.append((next(moments), user, int(message.text)))
            close(inbox, records, claim)
        raise AssertionError("The messages never came to an end.")

    with ThreadPoolExecutor(8) as threads:
        done = sorted(one for part in threads.map(work, range(8)) for one in part)
    for user in users:
        assert [number for _, whom, number in done if whom == user] == [*range(count)]


# What is written down


def test_nothing_of_a_message_can_be_read_in_the_database_while_it_waits_or_afterwards(inbox, records):
    inbox.accept([arrival("+32499887766", "zorglubix", external="wamid.zorglubix")], NOW)
    waiting = row_of(records)
    assert not [value for value in waiting.values() if "zorglubix" in str(value) or "32499887766" in str(value)]
    assert {len(waiting["conversation"]), len(waiting["receipt"])} == {32}
    drain(inbox, records)
    assert {name for name, value in row_of(records).items() if value is None} == {
        "conversation",
        "body",
        "holder",
        "held_until",
    }


def row_of(records: Records) -> dict:
    with records.reading() as connection:
        return dict(connection.execute(select(INBOX)).mappings().one())


async def test_two_conversations_do_not_wait_for_one_another(inbox, records):
    clock = Clock()
    inbox.accept([arrival("a", "one"), arrival("b", "two")], clock())
    claims = await asyncio.gather(*(asyncio.to_thread(inbox.claim, clock()) for _ in range(2)))
    assert {text_of(inbox, claim) for claim in claims} == {"one", "two"}
