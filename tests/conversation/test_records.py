from __future__ import annotations

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from turn_form import NOW

from jalon.conversation.records import Outdated, Records
from jalon.conversation.reply import Button, Reply
from jalon.conversation.state import TAPS, State
from jalon.conversation.tables import Base
from jalon.privacy.retention import erase

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def records(database):
    made = Records(database, hours=24)
    yield made
    made.close()


def test_the_migrations_make_the_tables_that_the_code_expects(records):
    assert difference(records) == []
    with records.reading() as connection:
        indexes = {table: inspect(connection).get_indexes(table) for table in ("inbox", "outbox")}
    expected = {table: {index.name for index in Base.metadata.tables[table].indexes} for table in indexes}
    found = {table: {index["name"] for index in some} for table, some in indexes.items()}
    assert all(expected[table] <= found[table] for table in indexes)


def difference(records) -> list:
    """What the tables of a database lack or have too much."""
    with records.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_processes_that_start_at_once_migrate_once(database):
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: Records(database), range(4)))
    made[0].save("a", State({"language": "fr"}), NOW)
    assert made[3].load("a", NOW).slots == {"language": "fr"}
    for records in made:
        records.close()


def test_a_database_from_before_the_migrations_is_taken_over(tmp_path):
    url = f"sqlite:///{tmp_path / 'records.db'}"
    before = Records(url)
    with before.writing() as connection:
        for table in (*Base.metadata.tables, "alembic_version"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("CREATE TABLE conversations (id TEXT, slots JSON, touched TIMESTAMP)"))
    before.close()
    after = Records(url)
    after.save("a", State({"language": "fr"}), NOW)
    assert after.load("a", NOW).slots == {"language": "fr"}
    assert difference(after) == []
    after.close()


def test_a_state_comes_back_as_it_was_kept(records):
    state = State({"language": "fr", "refusals": 2}, "form", ["/help"], {"token": "/help"})
    records.save("a", state, NOW)
    assert records.load("a", NOW) == State(state.slots, "form", ["/help"], {"token": "/help"}, version=1)
    assert records.load("b", NOW) is None


def test_two_turns_on_the_same_state_cannot_both_be_kept(records):
    records.save("a", State({"count": 1}), NOW)
    first, second = records.load("a", NOW), records.load("a", NOW)
    records.save("a", first, NOW)
    with pytest.raises(Outdated):
        records.save("a", second, NOW)
    with pytest.raises(Outdated):
        records.save("a", State({"count": 9}), NOW)
    assert records.load("a", NOW).version == 2


def test_a_conversation_that_has_ended_is_begun_anew(records):
    records.save("a", State({"count": 1}), NOW)
    records.save("a", State({"count": 2}), NOW + 25 * HOUR)
    assert records.load("a", NOW + 25 * HOUR).slots == {"count": 2}


def test_a_conversation_that_was_erased_meanwhile_is_not_brought_back(records):
    records.save("a", State({"count": 1}), NOW)
    state = records.load("a", NOW)
    erase(records, "a")
    with pytest.raises(Outdated):
        records.save("a", state, NOW)


def test_a_transaction_that_fails_leaves_nothing(records):
    with pytest.raises(RuntimeError), records.writing() as connection:
        records.put(connection, "a", State({"count": 1}), NOW)
        raise RuntimeError
    assert records.load("a", NOW) is None


def test_what_is_erased_cannot_be_found_in_the_files(tmp_path):
    records = Records(f"sqlite:///{tmp_path / 'records.db'}")
    records.save("a", State({"situation": "zorglubix"}), NOW)
    erase(records, "a")
    assert list(tmp_path.iterdir())
    assert not [path for path in tmp_path.iterdir() if b"zorglubix" in path.read_bytes()]


async def test_threads_share_a_database_in_memory(records):
    memory = Records("sqlite://")

    def use(number: int) -> dict:
        memory.save(f"{number}", State({"count": number}), NOW)
        return memory.load(f"{number}", NOW).slots

    found = await asyncio.gather(*(asyncio.to_thread(use, number) for number in range(50)))
    assert found == [{"count": number} for number in range(50)]


# Button tokens


def test_tokens_replace_payloads_differ_and_expire_with_newer_ones():
    state = State()
    reply = Reply(language="fr", text="?", buttons=tuple(Button(title=f"{n}", payload=f"/{n}") for n in range(10)))
    first = state.mint_taps(reply)
    assert [state.taps[button.payload] for button in first.buttons] == [f"/{n}" for n in range(10)]
    for _ in range(TAPS // 10):
        state.mint_taps(reply)
    assert len(state.taps) == TAPS
    assert not [button for button in first.buttons if button.payload in state.taps]
