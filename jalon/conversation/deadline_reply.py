"""Says a deadline: the last day, how it was counted, what to do today, and who helps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from babel.dates import format_date

from jalon.conversation.compose import Composer, source_line
from jalon.conversation.reply import Reply, Section
from jalon.procedure.deadlines import Deadline, Period, Step

HELPERS = ("baj_namur", "cai")  # free lawyers, and who helps to call one
_OPEN = {"open", "today"}


def deadline_reply(composer: Composer, letter: str, found: Deadline) -> Reply:
    """The reply for a computed deadline; a day that has passed never ends the matter, it sends to a lawyer today."""
    say = composer.phrases.say
    words = composer.words("letters", letter)
    values = {"letter": words["name"]}
    if found.last_day:
        values |= {"day": _day(composer, found.last_day), "left": _days(composer, found.days_left)}
    entry = composer.store.entries("letters")[letter]
    names = [each for each in entry["articles"] if each in composer.store.articles]
    buttons = [composer.article_button(each) for each in names[:2]]
    # A decision sends to a lawyer; of a paper whose period the law fixes, its own words say what to do.
    by_law = found.last_day and not composer.store.trigger(letter).written
    reply = composer.contact(
        f"deadline_{found.status}_law" if by_law else f"deadline_{found.status}",
        HELPERS,
        "deadline_lawyer",
        (*buttons, composer.button("compute_deadline"), composer.button("talk_to_human")),
        **values,
    )
    unreviewed = composer.cautions_of(("letters", letter)) if by_law else ()
    counted = [_step(composer, step) for step in found.steps if found.status in (*_OPEN, "passed")]
    return reply.model_copy(
        update={
            "text": f"{reply.text}\n\n{composer.render(words['do'])}" if by_law else reply.text,
            "sections": (Section(title=composer.phrases.words["counted"], lines=tuple(counted)),) if counted else (),
            "cautions": (*(say[f"deadline_{each}"] for each in found.assumptions), *unreviewed),
            "sources": (*_sources(composer, letter, found), *reply.sources),
            "checked_on": min(filter(None, (entry["checked_on"], reply.checked_on))),
            "reminder": found.last_day.isoformat() if found.status in _OPEN else "",
        }
    )


def period_text(composer: Composer, period: Period) -> str:
    """A period in words: `30 jours`."""
    return composer.renderer.quantity(period.number, period.unit)


def _step(composer: Composer, step: Step) -> str:
    """One line of the arithmetic."""
    value = period_text(composer, step.value) if isinstance(step.value, Period) else step.value
    kind = f"count_{step.kind}_{step.value}" if isinstance(step.value, str) else f"count_{step.kind}"
    return composer.phrases.say[kind].format(day=_day(composer, step.day) if step.day else "", value=value)


def _sources(composer: Composer, letter: str, found: Deadline) -> Iterable:
    """Where the period comes from, or else the letter; and the rule that puts a last day off."""
    entry = composer.store.entries("letters")[letter]
    yield source_line(entry["source"])
    if any(step.kind == "put_off" for step in found.steps):
        yield source_line(entry["last_day_put_off"])


def _days(composer: Composer, number: int | None) -> str:
    return period_text(composer, Period(abs(number), "day")) if number is not None else ""


def _day(composer: Composer, day: dt.date) -> str:
    return format_date(day, "full", locale=composer.phrases.formats)
