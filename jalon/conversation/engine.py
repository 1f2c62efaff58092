"""The engine: Rasa's agent and the custom actions embedded in this process. One message in, one reply out."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.exc import SQLAlchemyError

from jalon.conversation.reply import Button, Reply, from_rasa
from jalon.conversation.state import Records, State, StateTrackerStore
from jalon.languages import REFERENCE
from jalon.nlu.guard import PRESSED
from jalon.phrases import read_phrases

logger = logging.getLogger(__name__)


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
        self._agent = _LocalAgent(self._store)
        self._agent.load_model(model)

    async def warm_up(self) -> None:
        """Answer one question, so that the first person does not wait for what is loaded on first use."""
        conversation = self.new_conversation()
        await self.turn(conversation, "bonjour")
        self.forget(conversation)

    @staticmethod
    def new_conversation() -> str:
        """A name for a new conversation that nobody can guess."""
        return secrets.token_urlsafe(24)

    def start(self) -> str:
        """Mint a conversation that `knows` recognises until it ends; those that have ended are erased on the way."""
        conversation = self.new_conversation()
        self._records.purge(self._clock())
        self._records.save(conversation, State(), self._clock())
        return conversation

    def knows(self, conversation: str) -> bool:
        """Whether the conversation was minted here and has not ended."""
        return self._records.load(conversation, self._clock()) is not None

    def forget(self, conversation: str) -> None:
        """Erase what is kept of a conversation."""
        self._records.forget(conversation)

    async def turn(
        self,
        conversation: str,
        text: str = "",
        choice: int | None = None,
        language: str | None = None,
        press: str = "",
    ) -> Turn:
        """Answer one message: a text, the `choice`-th button (from 1) of the last reply, or an intent that we press.

        Never raises for what a person sends; when something breaks, the reply says so in plain words.
        """
        lock = self._locks[conversation]
        async with lock:
            try:
                return await self._turn(conversation, text, choice, language, press)
            except Exception:
                logger.exception("A turn failed.")
                return self._sorry("failed", conversation, language)
            finally:
                if not lock._waiters:
                    self._locks.pop(conversation, None)

    async def _turn(self, conversation: str, text: str, choice: int | None, language: str | None, press: str) -> Turn:
        now = self._clock()
        start = time.perf_counter()
        state = self._records.load(conversation, now) or State()
        if language:
            state.slots["language"] = language
        metadata: dict[str, Any] = {"language": state.slots.get("language")}
        if choice is not None:
            if not 1 <= choice <= len(state.offered):
                return self._sorry("choice_gone", conversation, language)
            text = state.offered[choice - 1]
        elif press:
            text = f"/{press}"
        if choice is not None or press:
            metadata["pressed"] = PRESSED
        self._store.put(conversation, state)
        channel = _CollectingChannel()
        message = UserMessage(text, channel, conversation, input_channel="jalon", metadata=metadata)
        try:
            parsed = await self._agent.processor.parse_message(message)
            message.parse_data = parsed
            await self._agent.processor.handle_message(message)
        finally:
            state = self._store.take(conversation)
        if not channel.messages:
            raise RuntimeError("The turn produced no reply.")
        reply = from_rasa(channel.messages[0], state.slots.get("language") or REFERENCE)
        state.offered = [button.payload for button in reply.buttons]
        if state.slots or state.loop or state.offered:
            self._records.save(conversation, state, now)
        else:
            self._records.forget(conversation)
        return _turn_of(parsed, reply, (time.perf_counter() - start) * 1000)

    def _sorry(self, name: str, conversation: str, language: str | None) -> Turn:
        """A turn that says what went wrong; its button can be pressed like any other, unless the records are broken."""
        try:
            state = self._records.load(conversation, self._clock()) or State()
            reply = self._say(name, language or state.slots.get("language"))
            state.offered = [button.payload for button in reply.buttons]
            self._records.save(conversation, state, self._clock())
        except SQLAlchemyError:
            logger.exception("The records cannot be reached.")
            reply = self._say(name, language)
        return Turn(reply, reply.language, "out_of_scope", 0.0, "refuse", [], 0.0)

    def _say(self, name: str, language: str | None) -> Reply:
        try:
            phrases = read_phrases(self._data, language or REFERENCE)
        except FileNotFoundError:
            phrases = read_phrases(self._data, REFERENCE)
        button = Button(title=phrases.buttons["talk_to_human"], payload="/talk_to_human")
        return Reply(language=phrases.language, text=phrases.say[name], buttons=(button,))


def _turn_of(parsed: dict[str, Any], reply: Reply, ms: float) -> Turn:
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
    )


class _CollectingChannel(OutputChannel):
    """Keeps what Rasa sends in this turn."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """One name for all channels: replies are shaped later."""
        return "jalon"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a message whole."""
        self.messages.append(message)


class _LocalAction(RemoteAction):
    """A custom action that runs in this process instead of behind HTTP."""

    def __init__(self, name: str, executor: ActionExecutor) -> None:
        super().__init__(name, None)
        self._executor = executor

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Run the action on the present state; actions see no past events."""
        tracker_state = {**tracker.current_state(), "events": []}
        result = await self._executor.run(
            {
                "next_action": self.name(),
                "sender_id": tracker.sender_id,
                "tracker": tracker_state,
                "domain": {},
            }
        )
        said = await self._utter_responses(result["responses"], output_channel, nlg, tracker)
        return [*said, *deserialise_events(result["events"])]


class _LocalProcessor(MessageProcessor):
    """A message processor whose custom actions run in this process."""

    def __init__(self, executor: ActionExecutor, **kwargs: Any) -> None:
        self._executor = executor
        super().__init__(**kwargs)

    def _get_action(self, action_name: str) -> Action | None:
        if action_name in self._executor.actions:
            return _LocalAction(action_name, self._executor)
        return super()._get_action(action_name)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Predict as Rasa does, then take our own action of that name where there is one."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return self._get_action(action.name()) or action, prediction


class _LocalAgent(Agent):
    """Rasa's agent with the processor above."""

    def __init__(self, store: StateTrackerStore) -> None:
        super().__init__()
        # Rasa would wrap the store in one that falls back to keeping whole conversations in memory.
        self.tracker_store = store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        """Load a model the way Rasa does, but with our processor."""
        executor = ActionExecutor()
        executor.register_package("actions")
        self.processor = _LocalProcessor(
            executor,
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=None,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses if self.domain else {}
