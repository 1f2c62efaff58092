"""What a person takes along: the page of the steps, and the reminder."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from jalon.conversation.compose import Composer
from jalon.phrases import read_phrases
from jalon.web.guidance import guidance_routes
from jalon.web.site import Assets, Site


@pytest.fixture
def client(store, project, today) -> TestClient:
    """The two pages alone."""

    def composer_in(language: str) -> Composer:
        return Composer(store, project.data, language, today)

    site = Site(data=project.data, composer_in=composer_in, public_url="", exit_url="https://example.org", hours=24)
    routes = [*guidance_routes(site), Mount("/static/{version}", Assets())]
    return TestClient(Starlette(routes=routes))


@pytest.mark.parametrize("path", ["/steps/recognised", "/steps/applicant/cgra_interview", "/steps/resettled"])
def test_the_steps_of_a_situation_are_a_page_that_needs_no_script(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert page.text.count("<h2>") >= 2
    assert "{" not in page.text


def test_the_steps_and_the_reminder_are_in_the_language_of_the_address(client, project):
    assert '<html lang="ar" dir="rtl">' in client.get("/steps/recognised?lang=ar").text
    titles = {code: read_phrases(project.data, code).words["reminder_title"] for code in ("fr", "ar")}
    for code, title in titles.items():
        answer = client.get(f"/reminder.ics?day=2026-12-03&lang={code}")
        assert str(Calendar.from_ical(answer.content).walk("VEVENT")[0]["summary"]) == title
    assert titles["fr"] != titles["ar"]


@pytest.mark.parametrize("path", ["/steps/nobody", "/steps/helper", "/steps/recognised/nowhere"])
def test_a_situation_or_step_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_reminder_is_a_calendar_file_for_that_day(client):
    answer = client.get("/reminder.ics?day=2026-12-03")
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2026-12-03"


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-31", "2026-12-03T10:00"])
def test_a_reminder_for_no_day_is_refused(client, day):
    assert client.get(f"/reminder.ics?day={day}").status_code == 400
