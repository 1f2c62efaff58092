"""Care for the person: danger, a human being, the limits of the assistant, and what it keeps."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date, format_time
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import JalonAction
from actions.forms import forget_forms
from jalon.conversation.compose import Composer
from jalon.conversation.mail import can_send
from jalon.conversation.reply import Reply
from jalon.procedure.today import BELGIUM, belgian_now
from jalon.settings import settings

_DANGER = ("emergency_112", "police_101", "violence_line", "suicide_line", "child_focus")


class ActionSay(JalonAction):
    """Answers a dialogue intent with its one sentence."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_say"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The sentence of data/phrases with the name of the intent."""
        return composer.sentence(tracker.latest_message["intent"]["name"])


class ActionStop(ActionSay):
    """Stops writing: nothing is asked any more."""

    ends_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_stop"

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """A form that was open is forgotten."""
        return forget_forms()


class ActionDanger(JalonAction):
    """Gives the numbers that answer now, before anything else; no form asks on in the same breath."""

    in_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_danger"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict]:
        """The numbers, then silence: Rasa would go back to an open form by itself."""
        return [*await super().run(dispatcher, tracker, domain), FollowupAction("action_listen")]

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The emergency lines."""
        names = ("situations/emergency_numbers", "situations/gender_violence")
        buttons = [composer.article_button(name) for name in names if name in composer.store.articles]
        return composer.contact("in_danger", _DANGER, "in_danger_after", buttons)


class ActionContact(JalonAction):
    """Gives the contact of the people behind the assistant; a call-back where a request can be delivered."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_contact"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The CAI, a call-back where one can be sent, and the emergency numbers one tap away."""
        articles = [composer.article_button(name) for name in ("cai/cai_contact",) if name in composer.store.articles]
        ways = ["request_callback"] if can_send(settings()) else []
        buttons = (*map(composer.button, ways), *articles, composer.button("emergency"))
        return composer.contact("talk_to_human", ("cai",), buttons=buttons)


class ActionPersonalCase(JalonAction):
    """Says that it does not see anybody's file, and who can ask."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_personal_case"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Who can ask for news of a file."""
        names = ("procedure/decision_time", "procedure/lawyer_legal_aid")
        return composer.choices("personal_case", names, "talk_to_human")


class ActionEligibility(JalonAction):
    """Gives no verdict: the criteria and a lawyer."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_eligibility"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """The criteria, and who can speak about the case."""
        names = (
            "protection/refugee_definition",
            "protection/subsidiary_protection",
            "procedure/lawyer_legal_aid",
        )
        return composer.choices("eligibility_prediction", names, "talk_to_human")


class ActionWhatIsKnown(JalonAction):
    """Shows everything that is kept of the conversation."""

    def name(self) -> str:
        """As in domain.yml."""
        return "action_what_is_known"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """Language, situation, last answer."""
        say = composer.phrases.say
        situation = composer.phrases.situations.get(tracker.get_slot("situation") or "")
        article = composer.store.articles.get(tracker.get_slot("article") or "")
        lines = [say["what_do_you_know_language"].format(language=composer.own_name)]
        if situation:
            lines.append(say["what_do_you_know_situation"].format(situation=situation.name))
        else:
            lines.append(say["what_do_you_know_no_situation"])
        if article:
            lines.append(say["what_do_you_know_article"].format(title=article.text(composer.language).title))
        text = "\n".join([say["what_do_you_know"], *(f"- {line}" for line in lines), say["what_do_you_know_after"]])
        names = [name for name in ("cai/privacy_policy",) if name in composer.store.articles]
        ways = ("delete_my_data", "tell_situation", *(("forget_situation",) if situation else ()))
        buttons = [*map(composer.button, ways), *(composer.article_button(name) for name in names)]
        return Reply(language=composer.language, text=text, buttons=tuple(buttons))


class ActionForget(JalonAction):
    """Erases what is kept of the conversation, at once."""

    ends_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_forget"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """A receipt: what was erased, and when."""
        say, now = composer.phrases.say, (composer.now or belgian_now()).astimezone(BELGIUM)
        day = format_date(now, "long", locale=composer.language)
        when = say["erased_at"].format(day=day, time=format_time(now, "short", locale=composer.language))
        return Reply(language=composer.language, text=f"{say['delete_my_data']}\n\n{when}", forgets=True)

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """Everything."""
        return dict.fromkeys(tracker.slots)


class ActionStartOver(JalonAction):
    """Begins again: forgets the situation and the last answer, keeps the language and whether it was chosen."""

    ends_form = True

    def name(self) -> str:
        """As in domain.yml."""
        return "action_restart"

    def reply(self, composer: Composer, tracker: Tracker) -> Reply:
        """A new beginning."""
        return composer.choices("restart", (), "help", "talk_to_human", "emergency")

    def slots(self, tracker: Tracker, reply: Reply) -> dict[str, Any]:
        """Everything but the language."""
        return {name: None for name in tracker.slots if not name.startswith("language")}
