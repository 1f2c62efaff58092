"""The way on: topics, the person's situation and next steps, letters, words, and who answers what we do not."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, decision, entity, said, situation_of
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Button, Reply
from jalon.conversation.steps_reply import ask_step, steps_reply
from jalon.phrases import payload

OTHER_STEP = "other"  # the person is somewhere else on the way

# The first questions of each situation; "" is for who has not told theirs.
_USEFUL = {
    "": ("procedure/application_submit", "procedure/procedure_overview", "rights/recognised_rights"),
    "applicant": ("procedure/procedure_overview", "reception/reception_place", "life/work"),
    "recognised": ("rights/residence_permit", "rights/cpas_apply", "reception/leave_reception"),
    "subsidiary": ("rights/residence_permit", "rights/cpas_apply", "reception/leave_reception"),
    "temporary": ("protection/temporary_protection", "life/work", "life/health_care"),
    "refused": ("procedure/appeal_cce", "procedure/lawyer_legal_aid", "procedure/after_refusal"),
    "undocumented": ("situations/undocumented_rights", "life/health_care", "procedure/lawyer_legal_aid"),
}
_FIRST_LETTERS = (
    "annexe_26",
    "orange_card",
    "cgra_decision",
    "interview_invitation",
    "annexe_26quater",
    "annexe_13",
)


class ActionMenu(JalonAction):
    """Shows the topics, or the questions of one topic."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_menu"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Buttons to topics or to the articles of a topic."""
        topic = entity(tracker, "topic")
        if topic not in composer.phrases.topics:
            return composer.say("help", (*composer.topic_buttons(), composer.button("talk_to_human")))
        names = [name for name, article in composer.store.articles.items() if article.topic == topic]
        buttons = [*(composer.article_button(name) for name in names), composer.button("help")]
        return composer.say("topic", buttons, topic=composer.phrases.topics[topic].name)


class ActionNoteSituation(JalonAction):
    """Takes note of the situation and answers the question that asked for it; asks when none is said."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_note_situation"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The answer for that situation, or what to ask next."""
        situation = entity(tracker, "situation")
        if situation not in composer.phrases.situations:
            buttons = list(composer.situation_buttons(composer.phrases.situations))
            if tracker.get_slot("situation"):
                buttons.append(composer.button("forget_situation"))
            return composer.say("situation_ask", buttons)
        article = composer.store.articles.get(tracker.get_slot("article") or "")
        if article and composer.base(situation) in article.situations:
            return composer.answer(article.name, situation)
        buttons = [composer.article_button(name) for name in _known(composer, situation)]
        ways = [composer.button(each) for each in ("next_steps", "forget_situation", "help")]
        name = composer.phrases.situations[situation].name
        return composer.say("situation_set", (*buttons, *ways), situation=name)

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The situation, until the conversation ends or the person changes it; the step belonged to the old one."""
        situation = entity(tracker, "situation")
        told = {"situation": situation, "step": None} if situation else {}
        return {**super().slots(tracker, reply), **told}


class ActionForgetSituation(JalonAction):
    """Forgets the situation, and nothing else."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_forget_situation"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Say so."""
        return composer.choices("situation_forgotten", (), "tell_situation", "help")

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The situation and the step in it."""
        return {"situation": None, "step": None}


class ActionNextSteps(JalonAction):
    """Shows what is done, what is now and what comes next; asks for the situation when it is not known."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_next_steps"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The timeline of the person's situation and step."""
        situation = situation_of(tracker)
        if not situation:
            return composer.say("situation_ask_steps", _situations_that_lead(composer))
        step = entity(tracker, "step") or tracker.get_slot("step")
        if step == OTHER_STEP:
            return ask_step(composer, situation)
        if not composer.base(situation):  # who helps somebody is asked for that person's situation
            return composer.say("situation_ask_other", _situations_that_lead(composer))
        deadline = composer.button("compute_deadline", **said(tracker, "compute_deadline"))
        return steps_reply(composer, situation, step if step in composer.store.steps else None, deadline)

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The situation and the step, as the person said them."""
        told = {"situation": entity(tracker, "situation"), "step": entity(tracker, "step")}
        return {name: value for name, value in told.items() if value and value != OTHER_STEP}


class ActionLetter(JalonAction):
    """Explains a letter that the message names; otherwise asks which."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_letter"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """What the letter is, what it means, what to do."""
        letters = composer.store.entries("letters")
        letter = entity(tracker, "letter")
        if letter in composer.store.countable_letters:
            counted = composer.button("compute_deadline", **{**said(tracker, "compute_deadline"), "letter": letter})
            return composer.letter(letter, (counted,))
        if letter in letters:
            return composer.letter(letter)
        buttons = [composer.letter_button(id) for id in _FIRST_LETTERS if id in letters]
        return composer.say("explain_letter", (*buttons, composer.button("talk_to_human")))


class ActionTerm(JalonAction):
    """Explains a word of the procedure; otherwise asks which."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_term"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The word in plain language."""
        organisation, term = entity(tracker, "organisation"), entity(tracker, "term")
        terms = composer.store.entries("glossary")
        if term in terms and composer.words("glossary", term):
            return composer.entry("glossary", term, ("name", "plain"), terms[term]["articles"])
        if organisation and composer.words("organisations", organisation):
            return composer.organisation(organisation)
        if (letter := entity(tracker, "letter")) in composer.store.entries("letters"):
            return composer.letter(letter)
        return composer.choices("define_term", ("procedure/actors_overview",), "help")


class ActionSignpost(JalonAction):
    """Says honestly that a subject is not ours, and which office knows."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_signpost"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """One sentence, the offices, and the nearest of our articles."""
        name = entity(tracker, "signpost") or decision(tracker).get("signpost")
        if name not in composer.store.entries("signposts"):
            return composer.choices("out_of_scope", (), "help", "talk_to_human")
        return composer.signpost(name)


def _known(composer: Composer, situation: str) -> list[str]:
    return [name for name in _USEFUL[composer.base(situation)] if name in composer.store.articles]


def _situations_that_lead(composer: Composer) -> list[Button]:
    """The situations that have steps, to be told on the way to them."""
    return [
        Button(title=told.button, payload=payload("next_steps", situation=name))
        for name, told in composer.phrases.situations.items()
        if composer.base(name) == name
    ]
