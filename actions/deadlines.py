"""The last day to act: the letter, when it came, the period written in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, composer_for, entity, letter_of, store
from actions.forms import UNKNOWN, Ask, Form, forget_forms, inform, not_sure
from jalon.conversation.compose import Composer
from jalon.conversation.deadline_reply import deadline_reply, period_text
from jalon.conversation.reply import Button, Reply
from jalon.procedure.deadlines import DeadlineRule, Period, Trigger, compute_deadline
from jalon.procedure.values import NotKnown


class DeadlineForm(Form):
    """Asks for the letter, the day it came and the period written in it."""

    form = "deadline_form"
    slots = ("letter", "received_on", "period")
    starts = "compute_deadline"
    asks_alike = {"explain_letter": "letter"}

    def value(self, slot: str, tracker: Tracker) -> Any | None:
        """A letter that starts a deadline, a date, a period; not knowing is an answer too."""
        if slot == "letter":
            letter = letter_of(tracker)
            return letter if letter == UNKNOWN or letter in store().countable_letters else self.not_sure(slot, tracker)
        if slot == "received_on":
            return entity(tracker, "date") or self.not_sure(slot, tracker)
        return entity(tracker, "duration") or _bare_days(tracker) or self.not_sure(slot, tracker)

    def also(self, found: dict[str, Any], tracker: Tracker) -> dict[str, Any]:
        """Without the letter or the day nothing more is asked; the period only where the last day depends on it."""
        known = {slot: found.get(slot) or tracker.get_slot(slot) for slot in self.slots}
        if UNKNOWN in (known["letter"], known["received_on"]):
            return {slot: UNKNOWN for slot in self.slots if not known[slot]}
        if known["period"] or not known["letter"]:
            return {}
        trigger = store().trigger(known["letter"])
        asked = trigger.written and (not known["received_on"] or _may_be_open(known["received_on"], tracker))
        return {} if asked else {"period": UNKNOWN}


class AskLetter(Ask):
    """Asks which letter came."""

    slot = "letter"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The letters that say their own period; others can be written."""
        buttons = [
            Button(title=composer.words("letters", id)["button"], payload=inform(letter=id))
            for id in composer.store.countable_letters
            if composer.store.trigger(id).written
        ]
        return composer.say("ask_letter", (*buttons, not_sure(composer, letter=UNKNOWN)))


class AskReceivedOn(Ask):
    """Asks when it came."""

    slot = "received_on"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """Today, yesterday, or a date to write."""
        days = {"today": composer.today, "yesterday": composer.today - dt.timedelta(days=1)}
        buttons = [
            Button(title=composer.phrases.buttons[name], payload=inform(date=day.isoformat()))
            for name, day in days.items()
        ]
        return composer.say("ask_received_on", (*buttons, not_sure(composer, date=UNKNOWN)))


class AskPeriod(Ask):
    """Asks for the period written in the letter."""

    slot = "period"

    def ask(self, composer: Composer, tracker: Tracker) -> Reply:
        """The periods that such a letter may give, another one to write, or not known."""
        rules = composer.store.trigger(tracker.get_slot("letter")).rules
        buttons = [
            Button(title=period_text(composer, period), payload=inform(duration=f"{period.number} {period.unit}"))
            for period in dict.fromkeys(_periods(rules, _date(tracker) or composer.today))
        ]
        return composer.say("ask_period", (*buttons, not_sure(composer, duration=UNKNOWN)))


class ActionDeadline(JalonAction):
    """Says the last day, once the form knows enough."""

    in_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_deadline"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The deadline, or why it cannot be counted and who can."""
        letter, received = tracker.get_slot("letter"), _date(tracker)
        if letter == UNKNOWN or received is None:
            return composer.contact("deadline_unknown", ("baj_namur", "cai"), "deadline_lawyer", self._ways(composer))
        found = compute_deadline(
            composer.store.trigger(letter), received, composer.today, date_of="receipt", period=_period(tracker)
        )
        return deadline_reply(composer, letter, found)

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """What the form asked is forgotten once it has been used."""
        return forget_forms()

    def _ways(self, composer: Composer) -> list[Button]:
        return [composer.button(name) for name in ("explain_letter", "compute_deadline", "talk_to_human")]


def _periods(rules: Iterable[DeadlineRule], day: dt.date) -> Iterator[Period]:
    """The periods that are known for that day."""
    for rule in rules:
        with suppress(NotKnown):
            yield rule.period_on(day)[0]


def _bare_days(tracker: Tracker) -> str | None:
    """A bare number, when the period was asked, is a number of days."""
    typed = (tracker.latest_message.get("text") or "").strip()
    asked = tracker.get_slot("requested_slot") == "period" and typed.isdecimal() and len(typed) <= 3
    return f"{int(typed)} day" if asked else None


def _may_be_open(received: str, tracker: Tracker) -> bool:
    """Whether some period of a decision may still run: none is longer than a year."""
    day, today = dt.date.fromisoformat(received), composer_for(tracker).today
    longest = compute_deadline(Trigger((), written=True), day, today, date_of="receipt", period=Period(1, "year"))
    return longest.status in ("open", "today")


def _date(tracker: Tracker) -> dt.date | None:
    received = tracker.get_slot("received_on")
    return None if received in (None, UNKNOWN) else dt.date.fromisoformat(received)


def _period(tracker: Tracker) -> Period | None:
    written = tracker.get_slot("period")
    if written in (None, UNKNOWN):
        return None
    number, _, unit = written.partition(" ")
    return Period(int(number), unit)
