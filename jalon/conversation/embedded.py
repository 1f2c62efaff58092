"""Rasa's agent embedded in this process: actions and forms run here instead of behind HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from jalon.conversation.reply import Reply
from jalon.conversation.trace import Executed
from jalon.conversation.trackers import StateTrackerStore


class CollectingChannel(OutputChannel):
    """Keeps the replies that actions hand over in this turn, and which actions ran."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.actions: list[Executed] = []

    @classmethod
    def name(cls) -> str:
        """One name for all channels: replies are shaped later."""
        return "jalon"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep the reply that the action built."""
        self.replies.append(Reply.model_validate(message["reply"]))


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


class _LocalForm(FormAction):
    """A form of domain.yml whose own actions run in this process: what fills it, and what it asks."""

    def __init__(self, name: str, executor: ActionExecutor) -> None:
        super().__init__(name, None)
        self._executor = executor

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """Run `validate_<form>` on the present state."""
        validate = _LocalAction(f"validate_{self.name()}", self._executor)
        return await validate.run(output_channel, nlg, tracker, domain)

    async def _ask_for_slot(
        self,
        domain: Domain,
        nlg: NaturalLanguageGenerator,
        output_channel: OutputChannel,
        slot_name: str,
        tracker: DialogueStateTracker,
    ) -> list[Event]:
        ask = _LocalAction(f"action_ask_{slot_name}", self._executor)
        return await ask.run(output_channel, nlg, tracker, domain)


class _LocalProcessor(MessageProcessor):
    """A message processor whose custom actions run in this process."""

    def __init__(self, executor: ActionExecutor, **kwargs: Any) -> None:
        self._executor = executor
        super().__init__(**kwargs)

    def _get_action(self, action_name: str) -> Action | None:
        if action_name in self._executor.actions:
            return _LocalAction(action_name, self._executor)
        if action_name in self.domain.form_names:
            return _LocalForm(action_name, self._executor)
        return super()._get_action(action_name)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Predict as Rasa does, then take our own action of that name where there is one.

        One turn is one reply: after an action of ours that asks for nothing to follow, the policies need not be asked.
        """
        if tracker.latest_action_name in self._executor.actions and not tracker.followup_action:
            listen = PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME)
            return super()._get_action(ACTION_LISTEN_NAME), listen
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return self._get_action(action.name()) or action, prediction

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: CollectingChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Run it as Rasa does, and note it on the channel of this turn."""
        said = len(output_channel.replies)
        more = await super()._run_action(action, tracker, output_channel, nlg, prediction)
        replied = len(output_channel.replies) > said
        policy = prediction.policy_name or ""
        output_channel.actions.append(Executed(action.name(), policy, prediction.max_confidence, replied))
        return more


class LocalAgent(Agent):
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
