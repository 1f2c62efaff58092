"""What the components of the pipeline share: how they are created, trained and loaded."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


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


class TrainedComponent(MessageComponent):
    """A component that learns from the example questions; subclasses write `learn`, `write` and `read` too."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config)
        self._storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TrainedComponent:
        """The component before its training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TrainedComponent:
        """The component as trained."""
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            made.read(folder)
        return made

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep in the model what was learned."""
        self.learn(training_data)
        with self._storage.write_to(self._resource) as folder:
            self.write(folder)
        return self._resource

    @abstractmethod
    def learn(self, training_data: TrainingData) -> None:
        """Learn from the example questions."""

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Write what was learned into an empty folder."""

    @abstractmethod
    def read(self, folder: Path) -> None:
        """Read what was learned from the folder that it was written to."""


def is_press(message: Message) -> bool:
    """Whether the message is a button that the guard let through."""
    return bool(message.get("press"))
