"""What a person takes along: the steps of a situation as a page to print, and a reminder for a calendar."""

from __future__ import annotations

import datetime as dt

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from jalon.conversation.steps_reply import steps_reply
from jalon.dates import in_words
from jalon.procedure.reminder import reminder
from jalon.web.site import Site

DAYS_BEFORE = 3  # of the alarm


def guidance_routes(site: Site) -> list[Route]:
    """`/steps/<situation>[/<step>]` and `/reminder.ics?day=…`; neither knows of a conversation."""

    async def steps(request: Request) -> Response:
        composer = site.composer_in(site.language(request).code)
        situation, step = request.path_params["situation"], request.path_params.get("step")
        known = situation in composer.phrases.situations and composer.base(situation)
        if not known or (step and step not in composer.store.steps):
            raise HTTPException(404, "There is no such situation or step.")
        return site.page(
            request,
            "steps.html",
            reply=steps_reply(composer, situation, step),
            contact=composer.card("cai"),
            printed_on=in_words(composer.today.isoformat(), composer.language),
        )

    async def calendar(request: Request) -> Response:
        try:
            day = dt.date.fromisoformat(request.query_params.get("day", ""))
        except ValueError as fault:
            raise HTTPException(400, "`day` is no date. Write /reminder.ics?day=2026-12-31.") from fault
        title = site.composer_in(site.language(request).code).phrases.words["reminder_title"]
        file = reminder(title, day, days_before=DAYS_BEFORE, now=dt.datetime.now(dt.UTC))
        headers = {"Content-Disposition": 'attachment; filename="reminder.ics"'}
        return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)

    return [
        Route("/steps/{situation}", steps),
        Route("/steps/{situation}/{step}", steps),
        Route("/reminder.ics", calendar),
    ]
