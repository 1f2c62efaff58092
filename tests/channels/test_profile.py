"""What Messenger shows beside the conversation."""

from __future__ import annotations

import dataclasses

import httpx
import pytest

from jalon.channels import messenger_profile
from jalon.channels.limits import length, most
from jalon.channels.messenger_profile import presses, profile_of, send_profile
from jalon.languages import live_languages
from jalon.settings import MetaSettings, SettingError
from jalon.simulation.graph import FakeGraph

PAGE = MetaSettings(messenger_page="1", messenger_token="token", graph_url="http://graph")


@pytest.fixture(scope="module")
def profile(project, model):
    return profile_of(project)


def test_the_menu_and_the_questions_are_there_by_default_and_within_the_limits(profile):
    for part in ("greeting", "persistent_menu", "ice_breakers"):
        assert [entry["locale"] for entry in profile[part]].count("default") == 1
    for entry in profile["persistent_menu"]:
        assert 0 < len(entry["call_to_actions"]) <= most("messenger", "menu count")
        assert all(length(item["title"]) <= most("messenger", "menu title") for item in entry["call_to_actions"])
    for entry in profile["ice_breakers"]:
        assert 0 < len(entry["call_to_actions"]) <= most("messenger", "ice breaker count")
    assert all(length(entry["text"]) <= most("messenger", "greeting") for entry in profile["greeting"])


def test_every_live_language_has_its_own(profile, project):
    assert len(profile["greeting"]) == len(live_languages(project.data)) + 1


def test_every_payload_of_the_profile_stands_for_something(profile, project):
    known = presses(project.data)
    shown = [item["payload"] for entry in profile["persistent_menu"] for item in entry["call_to_actions"]]
    shown += [item["payload"] for entry in profile["ice_breakers"] for item in entry["call_to_actions"]]
    assert {*shown, profile["get_started"]["payload"]} == known.keys()
    assert not any(press.startswith("/") for press in known.values())


async def test_the_profile_reaches_meta(profile, monkeypatch):
    graph = FakeGraph("messenger", lambda: None, delays=(0, 0))
    client = httpx.AsyncClient(transport=httpx.ASGITransport(graph.app))
    monkeypatch.setattr(messenger_profile.httpx, "AsyncClient", lambda: client)
    await send_profile(PAGE, profile)
    assert graph.profile == profile


@pytest.mark.parametrize(
    ("meta", "named"),
    [(MetaSettings(), "MESSENGER_PAGE_ID"), (dataclasses.replace(PAGE, graph_url="http://127.0.0.1:1"), "Connect")],
)
async def test_a_profile_that_cannot_be_set_is_a_fault_with_its_reason(meta, named):
    with pytest.raises(SettingError, match=named):
        await send_profile(meta, {})
