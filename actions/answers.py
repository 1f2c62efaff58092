"""Answers from the articles: the answer, more, simpler, its sources, once again; and the choice between several."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, decision, entity, situation_of
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Button, Reply
from jalon.phrases import payload


class ActionAnswer(JalonAction):
    """Answers with the article that the message asks for, or that a button opens."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_answer"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The short answer for the person's situation."""
        name = entity(tracker, "article") or decision(tracker).get("article")
        if name not in composer.store.articles:
            return composer.choices("out_of_scope", (), "help", "talk_to_human")
        return composer.answer(name, situation_of(tracker), _delay_button(composer, name, tracker))

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The article; the situation too when the message states it."""
        told = entity(tracker, "situation")
        return {**super().slots(tracker, reply), **({"situation": told} if told else {})}


def _delay_button(composer: Composer, article: str, tracker: Tracker) -> tuple[Button, ...]:
    """The way to the last day, for answers about a letter whose period can be counted; what was said goes along."""
    letters = composer.store.entries("letters")
    written = [id for id in composer.store.articles[article].letters if letters[id]["period"] == "written"]
    named = entity(tracker, "letter")
    if named not in composer.store.countable_letters:
        named = written[0] if len(written) == 1 else None
    if not named and not written:
        return ()
    title = composer.phrases.buttons["compute_deadline"]
    return (Button(title=title, payload=payload("compute_deadline", letter=named, date=entity(tracker, "date"))),)


class ActionChoose(JalonAction):
    """Offers two or three titles when the question could mean several things."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_choose"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Buttons to the likely questions."""
        names = decision(tracker).get("choices", ())
        buttons = [composer.opener(name) for name in names if "/" not in name or name in composer.store.articles]
        return composer.say("choose", (*buttons, composer.button("none_of_these"), composer.button("talk_to_human")))


class ActionRefuse(JalonAction):
    """Says that there is no reviewed answer; the second time in a row, shows the topics."""

    keeps_refusals = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_refuse"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Say so, and offer what we can do."""
        if tracker.get_slot("refusals"):
            return composer.say("refused_twice", (composer.button("talk_to_human"), *composer.topic_buttons()))
        return composer.choices("out_of_scope", (), "help", "talk_to_human", "emergency")

    def slots(self, tracker: Tracker, reply: Reply) -> dict:
        """Count refusals in a row."""
        return {"refusals": (tracker.get_slot("refusals") or 0) + 1}


class ActionUnreadable(JalonAction):
    """Answers text that is no question: nothing, a command, symbols, too long, a language not read yet."""

    keeps_refusals = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_unreadable"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Say kindly what to write instead."""
        reason = decision(tracker).get("reason", "symbols")
        if reason == "language":
            return composer.languages("unreadable_language")
        return composer.choices(f"unreadable_{reason}", (), "help", "talk_to_human")


class _AboutLastAnswer(JalonAction):
    """An action about the last answer; without one, it asks for a question."""

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """What the person wants to know about the last answer."""
        article = tracker.get_slot("article")
        if article not in composer.store.articles:
            return composer.choices("nothing_before", (), "help", "talk_to_human")
        return self.about(composer, article, situation_of(tracker))

    @abstractmethod
    def about(self, composer: Composer, article: str, situation: str | None) -> Reply:
        """The reply about an article."""


class ActionRepeat(_AboutLastAnswer):
    """Says the last answer again."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_repeat"

    def about(self, composer: Composer, article: str, situation: str | None) -> Reply:
        """The same answer."""
        return composer.answer(article, situation)


class ActionSimpler(_AboutLastAnswer):
    """Says the last answer in easier words."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_simpler"

    def about(self, composer: Composer, article: str, situation: str | None) -> Reply:
        """The easy version."""
        easy = composer.part(article, "easy", ("talk_to_human",))
        return easy or composer.choices("simpler_none", (), "talk_to_human")


class ActionMoreDetails(_AboutLastAnswer):
    """Says what the short answer left out."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_more_details"

    def about(self, composer: Composer, article: str, situation: str | None) -> Reply:
        """The long version."""
        more = composer.part(article, "more", ("simpler", "talk_to_human"))
        return more or composer.answer(article, situation)


class ActionSources(_AboutLastAnswer):
    """Says where the last answer comes from."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_sources"

    def about(self, composer: Composer, article: str, situation: str | None) -> Reply:
        """The sources and the day of the check."""
        return composer.sources(article)
