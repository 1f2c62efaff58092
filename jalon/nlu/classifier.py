"""The classifier as a Rasa component: one linear model, trained on the example questions, ranks the labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from jalon.languages import REFERENCE
from jalon.nlu.bands import Thresholds, learn_thresholds
from jalon.nlu.component import TrainedComponent
from jalon.nlu.linear import OUT_OF_SCOPE, LinearModel
from jalon.nlu.tokenizer import Tokenizer


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class SparseLinearClassifier(TrainedComponent):
    """Sets `prediction` (of each of its `parts` too) and `thresholds`; what they mean is the decision's affair."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, model_storage, resource)
        self._model: LinearModel | None = None
        self._thresholds: dict[str, Thresholds] = {}

    @classmethod
    def required_components(cls) -> list[type]:
        """The tokenizer comes before."""
        return [Tokenizer]

    def learn(self, training_data: TrainingData) -> None:
        """Train on the example questions of all languages, and calibrate each on its own questions."""
        shown = [example for example in training_data.intent_examples if not is_calibration(example)]
        self._model = LinearModel.fit([example.get("words") for example in shown], [label_of(one) for one in shown])
        kept: dict[str, list[Message]] = {}
        for example in training_data.intent_examples:
            if is_calibration(example):
                kept.setdefault(language_of(example), []).append(example)
        for language, examples in kept.items():
            self._calibrate(language, examples)

    def write(self, folder: Path) -> None:
        """Write the model and the thresholds."""
        self._model.save(folder)
        learned = {language: each.as_dict() for language, each in self._thresholds.items()}
        (folder / "thresholds.json").write_text(json.dumps(learned), "utf-8")

    def read(self, folder: Path) -> None:
        """Read the model and the thresholds."""
        self._model = LinearModel.load(folder)
        learned = json.loads((folder / "thresholds.json").read_text("utf-8"))
        self._thresholds = {language: Thresholds(**each) for language, each in learned.items()}

    def _calibrate(self, language: str, examples: list[Message]) -> None:
        texts = [example.get("words") for example in examples]
        right = [self._accepted({label_of(example), *example.get("metadata")["also"]}) for example in examples]
        self._model.calibrate(texts, right, language)
        predictions = [self._model.predict(words, language) for words in texts]
        self._thresholds[language] = learn_thresholds(predictions, right)

    def _accepted(self, labels: set[str]) -> set[str]:
        """Who is told « this is not ours, ask there » has been refused rightly: any signpost is right out of scope."""
        signposts = (label for label in self._model.labels if label.startswith("signpost/"))
        return {*labels, *signposts} if OUT_OF_SCOPE in labels else labels

    def look(self, message: Message) -> None:
        """Rank the labels, unless the guard found no question in the text."""
        if not message.get("guard"):
            language = message.get("language") or REFERENCE
            message.set("prediction", self._model.predict(message.get("words"), language))
            message.set("parts", [self._model.predict(words, language) for words in message.get("parts") or ()])
            message.set("thresholds", self._thresholds.get(language) or self._thresholds.get(REFERENCE) or CAUTIOUS)


# Without calibration questions nothing is answered outright, and nothing is refused: everything is a choice.
CAUTIOUS = Thresholds(answer=1.01, choose=0.0)


def is_calibration(example: Message) -> bool:
    """Whether an example sets the confidence and thresholds, instead of training the model."""
    return bool((example.get("metadata") or {}).get("calibration"))


def label_of(example: Message) -> str:
    """The full name of an example's intent."""
    return example.get("intent_response_key") or example.get(INTENT)


def language_of(example: Message) -> str:
    """The language that an example is written in."""
    return (example.get("metadata") or {}).get("language") or REFERENCE
