"""What all components of the pipeline share: they are created and loaded without state of their own."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message


class MessageComponent(GraphComponent):
    """A component that looks at one message at a time; subclasses write `look`."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageComponent:
        """Make the component from its part of config.yml."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message that a person typed; pressed buttons already carry their intent."""
        for message in messages:
            if not is_press(message):
                self.look(message)
        return messages

    @abstractmethod
    def look(self, message: Message) -> None:
        """Add to the message what this component is for."""


def is_press(message: Message) -> bool:
    """Whether the message is a button that the guard let through."""
    return bool(message.get("press"))
