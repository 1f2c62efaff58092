import dataclasses
import datetime as dt

import pytest

from jalon import doctor
from jalon.doctor import examine
from jalon.settings import MetaSettings, settings


def symptoms(**meta: str) -> dict[str, bool]:
    found = dataclasses.replace(settings(), meta=MetaSettings(**meta), public_url="https://jalon.example")
    return {symptom.what: symptom.well for symptom in examine(found)}


def test_channels_that_are_not_set_up_are_named_with_the_page_that_helps():
    found = dataclasses.replace(settings(), meta=MetaSettings())
    remedies = {symptom.what: symptom.remedy for symptom in examine(found)}
    for name in ("whatsapp", "messenger"):
        assert any(f"docs/tasks/connect-{name}.md" in remedy for remedy in remedies.values())
        assert (found.home / "docs" / "tasks" / f"connect-{name}.md").exists()


@pytest.mark.parametrize(("version", "well"), [("v26.0", True), ("v24.0", True), ("v20.0", False)])
def test_a_version_of_the_graph_that_has_ended_is_found(version, well):
    found = symptoms(whatsapp_number="1", graph_version=version)
    assert all(state == well for what, state in found.items() if what == f"Graph API {version} is offered")
    assert found["WhatsApp (optional)"]


def test_a_version_of_the_graph_that_ends_soon_is_found(monkeypatch):
    monkeypatch.setattr(doctor, "belgian_today", lambda: dt.date(2027, 1, 1))
    assert not symptoms(whatsapp_number="1", graph_version="v21.0")["Graph API v21.0 until 2027-01-21"]
    assert symptoms(whatsapp_number="1", graph_version="v24.0")["Graph API v24.0 until 2028-02-18"]
