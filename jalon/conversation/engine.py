"""The engine: Rasa's agent and the custom actions embedded in this process. One message in, one reply out."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from sqlalchemy.exc import SQLAlchemyError

from jalon.conversation.embedded import CollectingChannel, LocalAgent
from jalon.conversation.language import announced, choose, follow, hints
from jalon.conversation.message import Message
from jalon.conversation.records import Outdated, Records
from jalon.conversation.reply import Button, Reply
from jalon.conversation.state import State
from jalon.conversation.trace import Trace, trace_of
from jalon.conversation.trackers import StateTrackerStore
from jalon.conversation.unanswered import Unanswered
from jalon.knowledge.render import noting_facts
from jalon.languages import REFERENCE, live_languages
from jalon.nlu.guard import PRESSED
from jalon.nlu.text import normalise
from jalon.phrases import read_payload, read_phrases
from jalon.privacy.logs import place_of
from jalon.privacy.retention import erase

logger = logging.getLogger(__name__)
ALONG = 3  # buttons of an answer that go with the question of a form
# A form that asks for one of these takes a bare number for its value, not for the number of a button.
_TAKE_NUMBERS = {"received_on", "period", "contact"}
OUT_OF_SCOPE, FEEDBACK = "out_of_scope", "feedback_negative"


@dataclass(frozen=True)
class Turn:
    """One turn: the reply, and how the message was understood.

    Attributes:
        intent: the full name, `procedure/appeal_cce` or `next_steps`.
        band: answer, choose, refuse or dialogue.
        ms: the engine's time, in milliseconds.
    """

    reply: Reply
    language: str
    intent: str
    confidence: float
    band: str
    ranking: list[dict[str, Any]]
    ms: float
    offered: tuple[str, ...] = ()  # the names behind "did you mean", when the band is choose
    entities: list[dict[str, Any]] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)
    unanswered: Unanswered | None = None

    def as_json(self) -> dict[str, Any]:
        """The turn as `jalon ask --json` prints it."""
        return {
            "language": self.language,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "ranking": self.ranking,
            "band": self.band,
            "article": self.reply.article or None,
            "situation": self.reply.situation or None,
            "text": self.reply.plain(),
            "buttons": [button.title for button in self.reply.buttons],
            "sources": [
                {"title": source.title, "url": source.url, "dated": source.dated} for source in self.reply.sources
            ],
            "checked_on": self.reply.checked_on or None,
            "ms": round(self.ms, 2),
        }


class Engine:
    """Answers messages.

    Args:
        model: the trained Rasa model (a .tar.gz).
        data: the folder of the phrases, for what must be said when something fails.
        records: where the state of conversations is kept.
        clock: the present moment, with its zone.
    """

    def __init__(
        self,
        model: Path,
        data: Path,
        records: Records,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._data = data
        self._records = records
        self._clock = clock
        self._store = StateTrackerStore()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._agent = LocalAgent(self._store)
        self._agent.load_model(model)

    def at(self, clock: Callable[[], dt.datetime]) -> Engine:
        """The same engine by another clock: for a scenario whose day is fixed."""
        other = copy.copy(self)
        other._clock = clock
        return other

    async def warm_up(self) -> None:
        """Hear a sentence of each language, so that the first person does not wait for what is loaded on first use."""
        for language in live_languages(self._data):
            conversation = self.new_conversation()
            await self.turn(conversation, read_phrases(self._data, language).say["greet"])
            self.forget(conversation)

    @staticmethod
    def new_conversation() -> str:
        """A name for a new conversation that nobody can guess."""
        return secrets.token_urlsafe(24)

    def forget(self, conversation: str) -> None:
        """Erase what is kept of a conversation."""
        erase(self._records, conversation)

    async def turn(
        self,
        conversation: str,
        text: str = "",
        choice: int | None = None,
        language: str | None = None,
        press: str = "",
        meant: Mapping[str, Any] | None = None,
    ) -> Turn:
        """Answer one message and keep the new state: what the terminal, `jalon ask` and the tests do.

        Never raises for what a person sends; when something breaks, the reply says so in plain words.
        """
        lock = self._locks[conversation]
        async with lock:
            try:
                start = time.perf_counter()
                state = self._records.load(conversation, self._clock()) or State()
                message = Message(text, choice, press=press, language=language, meant=meant)
                turn, after = await self.respond(state, message)
                self._records.save(conversation, after, self._clock())
                return replace(turn, ms=(time.perf_counter() - start) * 1000)
            except (SQLAlchemyError, Outdated) as fault:
                logger.error("The state could not be kept: %s.", place_of(fault))
                return self.sorry("failed", State(), language)[0]
            finally:
                if not lock._waiters:
                    self._locks.pop(conversation, None)

    async def respond(self, state: State, message: Message) -> tuple[Turn, State]:
        """Answer a message in a state; returns the turn and the state after it, and keeps neither.

        Never raises for what a person sends; when something breaks, the reply says so and the state is as before.
        """
        try:
            return await self._respond(state, message)
        except Exception as fault:
            logger.error("A turn failed: %s.", place_of(fault))
            return self.sorry("failed", state, message.language)

    async def _respond(self, before: State, message: Message) -> tuple[Turn, State]:
        start = time.perf_counter()
        state = before.copy()
        if message.language:
            choose(state.slots, message.language, self._data)
        pressed = _pressed(state, message)
        if pressed is None:
            return self.sorry("choice_gone", state)
        metadata = {**hints(state), "article": state.slots.get("article"), "now": self._clock()}
        if pressed:
            metadata["pressed"] = PRESSED
        name = secrets.token_hex(8)
        self._store.put(name, state)
        channel = CollectingChannel()
        asked = UserMessage(pressed or message.text, channel, name, input_channel="jalon", metadata=metadata)
        try:
            parsed = copy.deepcopy(message.meant) or await self._agent.processor.parse_message(asked, None, False)
            asked.parse_data = parsed
            # Who asks for a language by name is understood by its action, whatever language they ask in.
            asks = parsed["intent"].get("name") == "change_language"
            switched = not asks and follow(state.slots, parsed.get("language"), self._data)
            with noting_facts() as facts:
                await self._agent.processor.handle_message(asked)
        finally:
            state = self._store.take(name)
        if not channel.replies:
            raise RuntimeError("The turn produced no reply.")
        reply = self._one(channel.replies)
        if switched:
            reply = announced(reply, state.slots["language"], self._data)
        state.offer(reply)
        if reply.forgets:
            state = State(version=before.version)
        trace = trace_of(parsed, pressed, before, state, channel.actions, facts)
        return _turn_of(parsed, reply, trace, (time.perf_counter() - start) * 1000), state

    def _one(self, replies: list[Reply]) -> Reply:
        """One reply of a turn: an answer given in the middle of a form is followed by the form's question."""
        answer, *questions = replies
        if not questions:
            return answer
        back = read_phrases(self._data, questions[-1].language).say["back_to_form"]
        after = "\n\n".join(filter(None, (answer.after, back, questions[-1].text)))
        return answer.model_copy(update={"after": after, "buttons": (*questions[-1].buttons, *answer.buttons[:ALONG])})

    def sorry(self, name: str, state: State, language: str | None = None) -> tuple[Turn, State]:
        """A turn that says what went wrong, in the person's language; its button can be pressed like any other."""
        reply = self._say(name, language or state.slots.get("language"))
        after = state.copy()
        after.offer(reply)
        trace = Trace(before=state, after=after)
        return Turn(reply, reply.language, "out_of_scope", 0.0, "refuse", [], 0.0, trace=trace), after

    def _say(self, name: str, language: str | None) -> Reply:
        try:
            phrases = read_phrases(self._data, language or REFERENCE)
        except FileNotFoundError:
            phrases = read_phrases(self._data, REFERENCE)
        button = Button(title=phrases.buttons["talk_to_human"], payload="/talk_to_human")
        return Reply(language=phrases.language, text=phrases.say[name], buttons=(button,))


def _pressed(state: State, message: Message) -> str | None:
    """What the pressed button stands for; empty for typed text, None when the button is not on offer any more."""
    if message.tap:
        return state.taps.get(message.tap)
    if message.meant:
        return ""
    if message.press:
        return f"/{message.press}"
    choice = _typed_choice(message.text, state) if message.choice is None else message.choice
    if choice is None:
        return ""
    return state.offered[choice - 1][1] if 1 <= choice <= len(state.offered) else None


def _typed_choice(text: str, state: State) -> int | None:
    """The button that the text names by its number or its title; None when it is a message of its own."""
    typed = normalise(text).strip(" .)")
    if not typed:
        return None
    if typed.isdecimal() and state.slots.get("requested_slot") not in _TAKE_NUMBERS:
        return int(typed) if 1 <= int(typed) <= len(state.offered) else None
    titles = [normalise(title).strip(" .)") for title, _ in state.offered]
    return titles.index(typed) + 1 if typed in titles else None


def _turn_of(parsed: dict[str, Any], reply: Reply, trace: Trace, ms: float) -> Turn:
    decision = parsed.get("decision") or {}
    intent = decision.get("intent") or ("out_of_scope" if decision else parsed["intent"].get("name") or "")
    pressed_article = next((item["value"] for item in parsed["entities"] if item["entity"] == "article"), None)
    if not decision:  # a pressed button: certain by itself
        intent = pressed_article or intent
    band = decision.get("band") or ("answer" if reply.article else "dialogue")
    return Turn(
        reply=reply,
        language=parsed.get("language") or reply.language,
        intent=intent,
        confidence=float(parsed["intent"].get("confidence") or 0.0),
        band=band,
        ranking=parsed.get("intent_ranking") or [],
        ms=ms,
        offered=tuple(decision.get("choices") or ()),
        entities=parsed["entities"],
        trace=trace,
        unanswered=_unanswered(parsed, reply.language, trace.before),
    )


def _unanswered(parsed: dict[str, Any], language: str, before: State) -> Unanswered | None:
    """What staff should know of a turn that did not help; None of the others."""
    decision, intent = parsed.get("decision") or {}, parsed["intent"].get("name")
    if intent == FEEDBACK:
        return Unanswered("feedback", language, (before.slots.get("article") or "",))
    if intent != OUT_OF_SCOPE or "signpost" in decision:
        return None
    if not decision:  # a pressed button: none of the choices
        return Unanswered("choice", language, tuple(_articles(before)))
    return Unanswered("refused", language, tuple(item["name"] for item in parsed.get("intent_ranking") or ()))


def _articles(state: State) -> list[str]:
    """The articles on offer."""
    named = (read_payload(payload)[1] for _, payload in state.offered)
    return [values["article"] for values in named if "article" in values]
