import dataclasses
from pathlib import Path

import pytest

from jalon import settings as settings_module
from jalon.settings import SettingError, read_settings, settings

HOME = Path("/home/project")


def test_everything_has_a_default():
    found = read_settings({}, HOME)
    assert (found.data, found.models) == (HOME / "data", HOME / "models")
    assert found.knowledge_db == HOME / "models" / "knowledge.db"
    assert found.database_url == f"sqlite:///{HOME / 'models' / 'records.db'}"
    assert (found.port, found.staff_commands, found.conversation_hours) == (8080, False, 24)
    assert (found.queue_hours, found.receipt_days, found.reply_minutes) == (24, 8, 15)
    assert (found.messages_per_minute, found.network_per_minute) == (60, 600)
    assert (found.pepper, found.encryption_keys) == ("", ())


def test_variables_win_over_the_defaults():
    environment = {
        "JALON_MODELS": "/built",
        "DATABASE_URL": "postgresql://records",
        "PORT": "9000",
        "JALON_STAFF_COMMANDS": "YES",
        "JALON_CONVERSATION_HOURS": "1",
    }
    found = read_settings(environment, HOME)
    assert (found.models, found.knowledge_db) == (Path("/built"), Path("/built/knowledge.db"))
    assert (found.database_url, found.port) == ("postgresql://records", 9000)
    assert (found.staff_commands, found.conversation_hours) == (True, 1)


def test_the_records_lie_beside_the_models():
    assert read_settings({"JALON_MODELS": "/built"}, HOME).database_url == "sqlite:////built/records.db"


@pytest.mark.parametrize(
    "name", ["JALON_MODELS", "DATABASE_URL", "PORT", "JALON_STAFF_COMMANDS", "JALON_CONVERSATION_HOURS"]
)
def test_an_empty_variable_is_as_good_as_none(name):
    assert read_settings({name: ""}, HOME) == read_settings({}, HOME)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.5"),
        ("PORT", "eighty"),
        ("PORT", " 80"),
        ("JALON_CONVERSATION_HOURS", "0"),
        ("JALON_CONVERSATION_HOURS", "721"),
        ("JALON_STAFF_COMMANDS", "maybe"),
    ],
)
def test_a_value_that_cannot_be_understood_is_named_with_its_variable(name, value):
    with pytest.raises(SettingError) as fault:
        read_settings({name: value}, HOME)
    assert name in str(fault.value)
    assert repr(value) in str(fault.value)
    assert ".env" in str(fault.value)


@pytest.mark.parametrize("value", ["no", "false", "0", "No"])
def test_staff_commands_stay_off_when_told_so(value):
    assert read_settings({"JALON_STAFF_COMMANDS": value}, HOME).staff_commands is False


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_settings({}, HOME).port = 1


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A project's folder that the environment names; what this process had read before is left as it was."""
    monkeypatch.setattr(settings_module, "settings", settings.__wrapped__)
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    for name in ("PORT", "JALON_MODELS", "DATABASE_URL", "JALON_STAFF_COMMANDS", "JALON_CONVERSATION_HOURS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_file_of_the_project_is_read(home):
    (home / ".env").write_text("PORT=9001\nJALON_CONVERSATION_HOURS=\n", "utf-8")
    found = settings_module.settings()
    assert (found.home, found.port, found.conversation_hours) == (home.resolve(), 9001, 24)


def test_the_environment_wins_over_the_file(home, monkeypatch):
    (home / ".env").write_text("PORT=9001\n", "utf-8")
    monkeypatch.setenv("PORT", "9002")
    assert settings_module.settings().port == 9002


META = {
    "META_APP_SECRET": "secret",
    "META_VERIFY_TOKEN": "word",
    "WHATSAPP_NUMBER_ID": "1",
    "WHATSAPP_TOKEN": "token",
    "MESSENGER_PAGE_ID": "2",
    "MESSENGER_TOKEN": "token",
}


def test_without_meta_there_is_no_channel_of_meta_and_no_link():
    found = read_settings({}, HOME)
    assert (found.meta.whatsapp_number, found.meta.messenger_page, found.public_url) == ("", "", "")
    assert found.meta.graph_url.startswith("https://")


def test_what_meta_s_console_shows_is_read_and_no_secret_is_ever_shown():
    environment = {**META, "META_GRAPH_VERSION": "v25.0", "JALON_PUBLIC_URL": "https://jalon.example/"}
    found = read_settings(environment, HOME)
    assert (found.meta.whatsapp_number, found.meta.messenger_page, found.meta.graph_version) == ("1", "2", "v25.0")
    assert found.public_url == "https://jalon.example"
    assert not any(secret in repr(found) for secret in ("'secret'", "'word'", "'token'"))


@pytest.mark.parametrize("missing", META)
def test_half_a_channel_is_a_fault_that_names_what_is_missing(missing):
    with pytest.raises(SettingError, match=missing):
        read_settings({name: value for name, value in META.items() if name != missing}, HOME)


@pytest.mark.parametrize("version", ["25", "v25", "latest", "v25.0/me"])
def test_a_version_of_the_graph_that_is_none_is_a_fault(version):
    with pytest.raises(SettingError, match="META_GRAPH_VERSION"):
        read_settings({"META_GRAPH_VERSION": version}, HOME)
