from __future__ import annotations

import dataclasses
import stat

import pytest

from jalon.privacy.keys import keys_of, new_keys
from jalon.settings import SettingError, read_settings


@pytest.fixture
def home(tmp_path):
    return read_settings({}, tmp_path)


def test_one_machine_makes_its_secrets_once_and_for_itself_alone(home):
    made = keys_of(home)
    assert keys_of(home) == made
    [file] = home.models.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert new_keys() != made


def test_secrets_of_the_environment_win(tmp_path):
    keys = new_keys()
    found = read_settings({"JALON_PEPPER": keys.pepper, "JALON_ENCRYPTION_KEYS": ", ".join(keys.encryption)}, tmp_path)
    assert keys_of(found) == keys
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"pepper": "alone"},
        {"encryption_keys": new_keys().encryption},
        {"database_url": "postgresql://records"},
        {"pepper": "x", "encryption_keys": ("no key",)},
    ],
    ids=["pepper alone", "keys alone", "several machines", "no key"],
)
def test_secrets_that_are_missing_or_wrong_are_named_with_the_remedy(home, change):
    with pytest.raises(SettingError, match=r"JALON_ENCRYPTION_KEYS.*jalon keys"):
        keys_of(dataclasses.replace(home, **change))


def test_secrets_are_not_shown_with_the_settings(tmp_path):
    assert "zorglubix" not in repr(
        read_settings({"JALON_PEPPER": "zorglubix", "JALON_ENCRYPTION_KEYS": "zorglubix"}, tmp_path)
    )
