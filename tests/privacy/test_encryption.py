from __future__ import annotations

import datetime as dt

import pytest
from cryptography.fernet import Fernet

from jalon.privacy.encryption import Unreadable, Vault

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
THING = {"user": "+32499887766", "text": "زورگلوبیکس"}


def test_what_is_locked_can_be_opened_and_not_read():
    locked = Vault([OLD]).lock(THING, NOW)
    assert Vault([OLD]).open(locked, NOW) == THING
    assert b"32499" not in locked
    assert Vault([OLD]).lock(THING, NOW) != locked


def test_a_new_key_locks_and_the_old_one_still_opens():
    locked = Vault([OLD]).lock(THING, NOW)
    assert Vault([NEW, OLD]).open(locked, NOW) == THING
    with pytest.raises(Unreadable):
        Vault([NEW]).open(locked, NOW)
    with pytest.raises(Unreadable):
        Vault([OLD]).open(Vault([NEW, OLD]).lock(THING, NOW), NOW)


def test_after_its_hours_nothing_can_be_opened_any_more():
    locked = Vault([OLD], hours=24).lock(THING, NOW)
    Vault([OLD], hours=24).open(locked, NOW + dt.timedelta(hours=24))
    with pytest.raises(Unreadable):
        Vault([OLD], hours=24).open(locked, NOW + dt.timedelta(hours=24, seconds=1))


def test_what_was_damaged_is_not_opened():
    locked = bytearray(Vault([OLD]).lock(THING, NOW))
    locked[-5] ^= 1
    with pytest.raises(Unreadable):
        Vault([OLD]).open(bytes(locked), NOW)
