"""Answers from the articles: the answer, more, simpler, its sources, once again; and the choice between several."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk import Tracker

from actions.base import JalonAction, decision, entity, said, situation_of
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Button, Reply
from jalon.languages import REFERENCE


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
        part = entity(tracker, "part")
        if entity(tracker, "text_in") == REFERENCE != composer.language:
            return composer.original(name, part, situation_of(tracker))
        if part and (told := composer.part(name, part, ("talk_to_human",))):
            return told
        ways = (*_delay_button(composer, name, tracker), *_service_button(composer, tracker))
        return composer.answer(name, situation_of(tracker), ways)


def _service_button(composer: Composer, tracker: Tracker) -> tuple[Button, ...]:
    """The way to the addresses, when the question names a kind of help; the commune goes along."""
    values = said(tracker, "find_service")
    return (composer.button("find_service", **values),) if values["service"] else ()


def _delay_button(composer: Composer, article: str, tracker: Tracker) -> tuple[Button, ...]:
    """The way to the last day, for answers about a letter whose period can be counted; what was said goes along."""
    letters = composer.store.entries("letters")
    written = [id for id in composer.store.articles[article].letters if letters[id]["period"] == "written"]
    values = said(tracker, "compute_deadline")
    if values["letter"] not in composer.store.countable_letters:
        values["letter"] = written[0] if len(written) == 1 else None
    return (composer.button("compute_deadline", **values),) if values["letter"] or written else ()


class ActionChoose(JalonAction):
    """Offers two or three titles when the question could mean several things."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_choose"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Buttons to the likely questions."""
        names = decision(tracker).get("choices", ())
        buttons = [
            composer.opener(name, **said(tracker, name))
            for name in names
            if "/" not in name or name.startswith("signpost/") or name in composer.store.articles
        ]
        always = [composer.button("none_of_these"), composer.button("talk_to_human")]
        return composer.say("choose", dict.fromkeys((*buttons, *always)))


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
    """Answers what is no question: an empty text, a command, too much, a language not read yet, a voice message."""

    keeps_refusals = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_unreadable"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Say kindly what to write instead."""
        reason = entity(tracker, "reason") or decision(tracker).get("reason", "symbols")
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
        return self.about(composer, article, tracker)

    @abstractmethod
    def about(self, composer: Composer, article: str, tracker: Tracker) -> Reply:
        """The reply about an article."""


class ActionRepeat(_AboutLastAnswer):
    """Says the last answer again."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_repeat"

    def about(self, composer: Composer, article: str, tracker: Tracker) -> Reply:
        """The same answer."""
        return composer.answer(article, situation_of(tracker), _delay_button(composer, article, tracker))


class ActionSimpler(_AboutLastAnswer):
    """Says the last answer in easier words."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_simpler"

    def about(self, composer: Composer, article: str, tracker: Tracker) -> Reply:
        """The easy version."""
        easy = composer.part(article, "easy", ("talk_to_human",))
        return easy or composer.choices("simpler_none", (), "talk_to_human")


class ActionMoreDetails(_AboutLastAnswer):
    """Says what the short answer left out."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_more_details"

    def about(self, composer: Composer, article: str, tracker: Tracker) -> Reply:
        """The long version."""
        more = composer.part(article, "more", ("simpler", "talk_to_human"))
        return more or composer.answer(article, situation_of(tracker))


class ActionSources(_AboutLastAnswer):
    """Says where the last answer comes from."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_sources"

    def about(self, composer: Composer, article: str, tracker: Tracker) -> Reply:
        """The sources and the day of the check."""
        return composer.sources(article)
