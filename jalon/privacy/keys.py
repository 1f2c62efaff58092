"""Where the secrets come from: the environment, or, on one machine, a file that is made once beside the database."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from jalon.settings import SettingError, Settings


@dataclass(frozen=True)
class Keys:
    """The secrets of an installation.

    Attributes:
        pepper: for opaque identities; a new one makes every conversation begin anew.
        encryption: Fernet keys, the one in use first.
    """

    pepper: str
    encryption: tuple[str, ...]


def new_keys() -> Keys:
    """Fresh secrets."""
    return Keys(secrets.token_urlsafe(32), (Fernet.generate_key().decode(),))


def keys_of(settings: Settings) -> Keys:
    """The secrets in the settings, else those of `models/keys.json`, made on first use.

    Raises:
        SettingError: they are missing on an installation of several machines, or cannot be used.
    """
    if settings.pepper and settings.encryption_keys:
        return _checked(Keys(settings.pepper, settings.encryption_keys))
    if settings.pepper or settings.encryption_keys or not settings.database_url.startswith("sqlite"):
        raise SettingError(
            "JALON_PEPPER and JALON_ENCRYPTION_KEYS must both be set. "
            "Run `uv run jalon keys` and put the two lines into .env, the same on every machine."
        )
    path = settings.models / "keys.json"
    if not path.exists():
        _write(path, new_keys())
    found = json.loads(path.read_text("utf-8"))
    return _checked(Keys(found["pepper"], tuple(found["encryption"])))


def _checked(keys: Keys) -> Keys:
    try:
        for key in keys.encryption:
            Fernet(key)
    except ValueError as fault:
        raise SettingError(
            "JALON_ENCRYPTION_KEYS holds something that is no Fernet key. Run `uv run jalon keys` for a new one."
        ) from fault
    return keys


def _write(path: Path, keys: Keys) -> None:
    """Write for this user alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(keys), file)
    part.replace(path)
