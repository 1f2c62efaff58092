"""The classifier as a Rasa component: one linear model, trained on the example questions, ranks the labels."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from jalon.nlu.bands import Thresholds, learn_thresholds
from jalon.nlu.component import MessageComponent
from jalon.nlu.linear import OUT_OF_SCOPE, LinearModel
from jalon.nlu.tokenizer import Tokenizer


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SparseLinearClassifier(MessageComponent):
    """Sets `prediction` (of each of its `parts` too) and `thresholds`; what they mean is the decision's affair."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        super().__init__(config)
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._thresholds = thresholds or CAUTIOUS

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokenizer comes before."""
        return [Tokenizer]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SparseLinearClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SparseLinearClassifier:
        """The classifier as trained."""
        with model_storage.read_from(resource) as folder:
            thresholds = Thresholds(**json.loads((folder / "thresholds.json").read_text("utf-8")))
            return cls(config, model_storage, resource, LinearModel.load(folder), thresholds)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the example questions, calibrate on the calibration questions, and store both."""
        kept = [example for example in training_data.intent_examples if is_calibration(example)]
        shown = [example for example in training_data.intent_examples if not is_calibration(example)]
        self._model = LinearModel.fit([example.get("words") for example in shown], [label_of(one) for one in shown])
        if kept:
            texts = [example.get("words") for example in kept]
            right = [self._accepted({label_of(example), *example.get("metadata")["also"]}) for example in kept]
            self._model.calibrate(texts, right)
            self._thresholds = learn_thresholds([self._model.predict(words) for words in texts], right)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
            (folder / "thresholds.json").write_text(json.dumps(self._thresholds.as_dict()), "utf-8")
        return self._resource

    def _accepted(self, labels: set[str]) -> set[str]:
        """Who is told « this is not ours, ask there » has been refused rightly: any signpost is right out of scope."""
        signposts = (label for label in self._model.labels if label.startswith("signpost/"))
        return {*labels, *signposts} if OUT_OF_SCOPE in labels else labels

    def look(self, message: Message) -> None:
        """Rank the labels, unless the guard found no question in the text."""
        if not message.get("guard"):
            message.set("prediction", self._model.predict(message.get("words")))
            message.set("parts", [self._model.predict(words) for words in message.get("parts") or ()])
            message.set("thresholds", self._thresholds)


# Without calibration questions nothing is answered outright, and nothing is refused: everything is a choice.
CAUTIOUS = Thresholds(answer=1.01, choose=0.0)


def is_calibration(example: Message) -> bool:
    """Whether an example sets the confidence and thresholds, instead of training the model."""
    return bool((example.get("metadata") or {}).get("calibration"))


def label_of(example: Message) -> str:
    """The full name of an example's intent."""
    return example.get("intent_response_key") or example.get(INTENT)
