"""The encryption of whatever must wait in the database: an address, a message, a reply."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(Exception):
    """Something locked cannot be opened: another key, damage, or too old."""


class Vault:
    """Locks and opens small JSON objects (Fernet: AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec).

    Args:
        keys: Fernet keys; the first locks, each can open, so that a new key is put first and the old one dropped
            once nothing locked with it waits any more.
        hours: how long something locked can be opened at all.
    """

    def __init__(self, keys: Sequence[str], hours: int = 24) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._seconds = hours * 3600

    def lock(self, thing: dict[str, Any], now: dt.datetime) -> bytes:
        """Encrypt a JSON object."""
        plain = json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode()
        return self._fernet.encrypt_at_time(plain, int(now.timestamp()))

    def open(self, locked: bytes, now: dt.datetime) -> dict[str, Any]:
        """Decrypt it.

        Raises:
            Unreadable: no key opens it, or it is older than `hours`.
        """
        try:
            return json.loads(self._fernet.decrypt_at_time(locked, self._seconds, int(now.timestamp())))
        except InvalidToken as fault:
            raise Unreadable("A waiting message cannot be opened with the present keys.") from fault
