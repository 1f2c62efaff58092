"""The way on: topics, the person's situation, next steps, deadlines, letters, words, services."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.base import JalonAction, entity
from jalon.conversation.compose import Composer
from jalon.conversation.reply import Reply

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
    """Takes note of the chosen situation and answers the question that asked for it; asks when none is said."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_note_situation"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The answer for that situation, or what to ask next."""
        situation = entity(tracker, "situation")
        if situation not in composer.phrases.situations:
            return composer.say("situation_ask", composer.situation_buttons(composer.phrases.situations))
        article = composer.store.articles.get(tracker.get_slot("article") or "")
        if article and situation in article.situations:
            return composer.answer(article.name, situation)
        buttons = [composer.article_button(name) for name in _known(composer, situation)]
        name = composer.phrases.situations[situation].name
        return composer.say("situation_set", (*buttons, composer.button("help")), situation=name)

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """The situation, until the conversation ends or the person changes it."""
        situation = entity(tracker, "situation")
        return {**super().slots(tracker, reply), **({"situation": situation} if situation else {})}


class ActionNextSteps(JalonAction):
    """Offers the questions that matter first in the person's situation; asks for it when it is not known."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_next_steps"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Buttons to the first questions."""
        situation = tracker.get_slot("situation")
        if not situation:
            return composer.say("situation_ask", composer.situation_buttons(composer.phrases.situations))
        return composer.choices("next_steps", _known(composer, situation), "help", "talk_to_human")


class ActionDeadline(JalonAction):
    """Says what decides about a deadline; a last day is never computed without the period written in the decision."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_deadline"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Read the decision, call a lawyer today."""
        names = ("procedure/appeal_cce", "procedure/lawyer_legal_aid", "procedure/after_refusal")
        return composer.choices("compute_deadline", names, "talk_to_human")


class ActionService(JalonAction):
    """Says who helps to find a service nearby."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_service"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The organisation that the message names, and the CAI."""
        named = entity(tracker, "organisation")
        names = ("procedure/lawyer_legal_aid", "rights/cpas_apply", "life/french_courses")
        buttons = [composer.article_button(name) for name in names if name in composer.store.articles]
        return composer.contact("find_service", dict.fromkeys(filter(None, (named, "cai"))), buttons=buttons)


class ActionLetter(JalonAction):
    """Explains a letter that the message names; otherwise asks which."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_letter"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """What the letter is, what it means, what to do."""
        letters = composer.store.entries("letters")
        letter = entity(tracker, "letter")
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
        if term in terms and composer.store.words("glossary", term, composer.language):
            return composer.entry("glossary", term, ("name", "plain"), terms[term]["articles"])
        if organisation and composer.store.words("organisations", organisation, composer.language):
            return composer.organisation(organisation)
        if (letter := entity(tracker, "letter")) in composer.store.entries("letters"):
            return composer.letter(letter)
        return composer.choices("define_term", ("procedure/actors_overview",), "help")


def _known(composer: Composer, situation: str) -> list[str]:
    return [name for name in _USEFUL[situation] if name in composer.store.articles]
