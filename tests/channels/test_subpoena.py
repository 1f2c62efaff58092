"""The subpoena drill: whoever takes the machine away finds no word, number or name of a person, at no time.

A conversation full of canaries (names, numbers and addresses that are nowhere else, in eight scripts) is held on every
channel. After every message, and after the retention, everything that the program wrote is searched: the database with
its log of writes, the log, the folder of the models. All people are invented.
"""

from __future__ import annotations

import base64
import itertools
import json
import logging
import os
import time
import urllib.parse
from pathlib import Path

import pytest
from meta_form import DATA, USERS, World
from sqlalchemy import select
from turn_form import Clock

from jalon.channels.web import WebCarrier
from jalon.conversation.desk import Desk
from jalon.conversation.inbox import Arrival
from jalon.conversation.message import Message
from jalon.conversation.records import Records
from jalon.conversation.tables import INBOX, OUTBOX, Base
from jalon.privacy.keys import Keys
from jalon.privacy.retention import Retention

CANARIES = [
    ("Je m'appelle {} et j'habite 7 rue {}, tél {}", "Zorglubine", "Brumelandière", "0499 87 65 43"),
    ("اسمي {} وأسكن في شارع {} ورقمي {}", "زرقلوبين", "برومالاند", "٠٤٩٩٨٧٦٥٤٤"),
    ("نام من {} است، خیابان {}، شماره {}", "گژپچوان", "پژمانچی", "۰۴۹۹۸۷۶۵۴۵"),
    ("Меня зовут {}, улица {}, телефон {}", "Жуглобина", "Брумляндская", "+32499876546"),
    ("ስሜ {} ነው፣ አድራሻ {}፣ ስልክ {}", "ዞርግሉቢን", "ብሩመላንድ", "0499876547"),
    ("मेरा नाम {} है, पता {}, फ़ोन {}", "ज़ोर्ग्लुबिन", "ब्रूमेलैंड", "०४९९८७६५४८"),
    ("আমার নাম {}, ঠিকানা {}, ফোন {}", "জোর্গলুবিন", "ব্রুমেল্যান্ড", "০৪৯৯৮৭৬৫৪৯"),
    ("我叫{}，住在{}，电话{}", "佐格鲁宾", "布鲁梅兰", "0499876550"),
    ("Με λένε {}, οδός {}, τηλέφωνο {}", "Ζοργκλουβίνη", "Μπρουμελάνδης", "0499876551"),
]
# What a person does besides: an answer, a form with a call-back that holds a number, a danger, something unreadable.
MESSAGES = [
    *(form.format(*secrets) for form, *secrets in CANARIES),
    "Où demander l'asile ? Je suis Zorglubine",
    "Je veux être rappelée",
    "arabe",
    "0499 87 65 43",
    "annuler",
    "on me frappe, 7 rue Brumelandière",
    "/Zorglubine{}",
    "efface tout",
]
EVERY_CANARY = [secret for _, *secrets in CANARIES for secret in secrets]


class Drill:
    """A channel with the assistant behind it, and what it leaves on the machine."""

    def __init__(self, channel: str, engine, folder: Path, caplog) -> None:
        self.folder, self.caplog, self.channel = folder, caplog, channel
        url = f"sqlite:///{folder / 'records.db'}"
        self.user = USERS.get(channel, "a-secret-name-of-a-page-Zorglubix")
        self.models = DATA.parent / "models"
        self.began = time.time()
        self._numbers = itertools.count()
        if channel == "web":
            self.world, self.clock = None, Clock()
            self.records = Records(url)
            keys = Keys("pepper", (base64.urlsafe_b64encode(os.urandom(32)).decode(),))
            self.desk = Desk(self.records, engine, [WebCarrier(DATA)], keys, Retention(), 15, self.clock)
        else:
            self.world = World(channel, url, engine=engine)
            self.clock, self.records, self.desk = self.world.clock, self.world.records, self.world.desk

    def open(self):
        return self.world.open() if self.world else self.desk.open()

    async def say(self, text: str) -> None:
        """Write, and wait until it is answered."""
        self.clock.pass_by(seconds=1)
        if self.world:
            await self.world.meta.says(self.user, text)
            await self.world.settled()
            return
        external = f"m{next(self._numbers)}"
        await self.desk.accept([Arrival("web", external, self.user, self.clock(), Message(text))])
        while self.desk.inbox.count_waiting():
            time.sleep(0)
            await _breathe()

    def found(self) -> list[str]:
        """The canaries, and the address of the person, in whatever the program wrote."""
        written = [path.read_bytes() for path in self.folder.rglob("*") if path.is_file()]
        touched = (path for path in self.models.rglob("*") if path.is_file() and path.stat().st_mtime > self.began)
        written += [path.read_bytes() for path in touched]
        written.append(self.caplog.text.encode())
        wanted = [*EVERY_CANARY, self.user]
        return [canary for canary in wanted if any(form in one for form in forms(canary) for one in written)]

    def unwiped(self) -> int:
        """How many rows of the queue still hold something of a person, encrypted or not."""
        with self.records.reading() as connection:
            return sum(
                bool(row.body or row.conversation)
                for table in (INBOX, OUTBOX)
                for row in connection.execute(select(table.c.body, table.c.conversation))
            )


async def _breathe() -> None:
    import asyncio

    await asyncio.sleep(0.005)


def forms(text: str) -> set[bytes]:
    """The ways in which a text could be written down without a key."""
    utf8 = text.encode()
    encoded = {utf8, text.encode("utf-16-le"), text.encode("utf-16-be"), urllib.parse.quote(text).encode()}
    encoded |= {json.dumps(text)[1:-1].encode(), utf8.hex().encode(), utf8.hex().upper().encode()}
    # Base64 of a text within another depends on where it starts; the outer letters depend on its neighbours.
    return encoded | {base64.b64encode(b"." * shift + utf8)[4:-4] for shift in range(3) if len(utf8) > 8}


@pytest.fixture(params=["web", "whatsapp", "messenger"])
async def drill(request, engine, tmp_path, caplog, project):
    with caplog.at_level(logging.DEBUG):
        held = Drill(request.param, engine, tmp_path, caplog)
        async with held.open():
            yield held


async def test_no_word_is_found_at_any_time_and_nothing_at_all_after_the_retention(drill):
    for text in MESSAGES[:-1]:
        await drill.say(text)
        assert drill.found() == [], text
    drill.clock.pass_by(hours=25)
    drill.desk.purge()
    assert drill.found() == []
    assert drill.unwiped() == 0
    with drill.records.reading() as connection:
        left = {name for name, table in Base.metadata.tables.items() if connection.execute(select(table)).first()}
    assert left <= {"inbox", "outbox", "unanswered"}
    drill.clock.pass_by(days=200)
    drill.desk.purge()
    with drill.records.reading() as connection:
        assert not any(connection.execute(select(table)).first() for table in Base.metadata.tables.values())


async def test_who_asks_for_it_is_forgotten_at_once(drill):
    for text in (MESSAGES[0], MESSAGES[-1]):
        await drill.say(text)
    assert drill.found() == []
    conversation = drill.desk.identities.conversation(drill.channel, drill.user)
    assert drill.records.load(conversation, drill.clock()) is None


def test_the_search_finds_what_is_there(tmp_path):
    """A drill that could not fail would prove nothing."""
    for canary in EVERY_CANARY:
        for form in forms(canary):
            assert any(other in b"\x00before " + form + b" after" for other in forms(canary))
    text = "x" + EVERY_CANARY[3] + "y"
    assert any(form in base64.b64encode(text.encode()) for form in forms(EVERY_CANARY[3]))
    assert any(form in json.dumps({"text": text}).encode() for form in forms(EVERY_CANARY[3]))
