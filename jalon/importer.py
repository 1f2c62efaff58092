"""Joins what lives apart in `data/` into the one domain and training set that Rasa expects.

`domain.yml` holds names only; the titles come from the articles. Only `data/nlu`
and `data/dialogue` are read as training data: Rasa takes any YAML file with a line `rules:` or `nlu:` for its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import get_text_hash, read_model_configuration

from jalon.examples import read_examples
from jalon.knowledge.read import Content, read_content
from jalon.knowledge.text_forms import SignpostText
from jalon.languages import REFERENCE


class JalonImporter(TrainingDataImporter):
    """Reads the project for `rasa train`, `rasa data validate`, `rasa test` and `jalon train` alike."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | list[str] | None = None,
        training_data_paths: list[str] | str | None = None,
        project_directory: str | None = None,
    ) -> None:
        self._config_file = config_file
        self._home = Path(config_file).resolve().parent if config_file else Path.cwd()
        self._domain_path = Path(domain_path) if isinstance(domain_path, str) else self._home / "domain.yml"
        paths = [training_data_paths] if isinstance(training_data_paths, str) else training_data_paths or []
        # `rasa test` hands over its own story files; everything else means the project's data.
        self._story_paths = [path for path in paths if Path(path).resolve() != self._home / "data"]

    def get_config(self) -> dict[str, Any]:
        """The configuration of `config.yml`."""
        return read_model_configuration(self._config_file) if self._config_file else {}

    def get_config_file_for_auto_config(self) -> str | None:
        """The file that Rasa's auto-configuration may read."""
        return self._config_file

    def get_domain(self) -> Domain:
        """The names of `domain.yml`, with a response for every article."""
        return Domain.load(str(self._domain_path)).merge(Domain.from_dict({"responses": self._responses()}))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules and stories of `data/dialogue`, or those named on the command line."""
        folders = self._story_paths or [str(self._data / "dialogue" / kind) for kind in ("rules", "stories")]
        files = sorted(
            str(file)
            for folder in folders
            for file in ([Path(folder)] if Path(folder).is_file() else Path(folder).rglob("*.yml"))
        )
        return utils.story_graph_from_paths(files, self.get_domain(), exclusion_percentage)

    def get_conversation_tests(self) -> StoryGraph:
        """The test stories named on the command line."""
        return self.get_stories()

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Every example question, marked with its language; article titles are examples too."""
        shown = read_examples(self._data / "nlu")
        examples = [_example(each.text, each.label, {"language": each.language}) for each in shown]
        for path in sorted((self._data / "calibration").glob("*.yml")):
            examples += [
                _calibration(path.stem, entry) for entry in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            ]
        content = self._content
        for (name, code), words in content.texts.items():
            examples += [_titled(name, code, title) for title in (words.title, words.button)]
        for code in content.languages:
            for id, words in _signposts(content, code):
                examples += [_titled(f"signpost/{id}", code, title) for title in (words.name, words.button)]
        return TrainingData(examples)

    @cached_property
    def _content(self) -> Content:
        return read_content(self._data)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _responses(self) -> dict[str, list[dict[str, Any]]]:
        """A response for every article, as Rasa asks of retrieval intents; the answers are composed by actions."""
        content = self._content
        titles = {name: words.title for (name, language), words in content.texts.items() if language == REFERENCE}
        titles |= {f"signpost/{id}": words.name for id, words in _signposts(content, REFERENCE)}
        return {f"utter_{name}": [{"text": title}] for name, title in titles.items()}


def _signposts(content: Content, language: str) -> Iterator[tuple[str, SignpostText]]:
    for (kind, id, code), words in content.words.items():
        if (kind, code) == ("signposts", language):
            yield id, words


def _titled(name: str, language: str, title: str) -> Message:
    return _example(title, name, {"language": language})


def _calibration(language: str, entry: dict[str, Any]) -> Message:
    metadata = {"language": language, "calibration": True, "also": entry.get("also") or []}
    return _example(entry["text"], entry["label"], metadata)


class _Question(Message):
    """An example question. Rasa copies and compares all of them a dozen times while it merges training data: with its
    own ways, which look into every value, that took a minute for eighty thousand.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> _Question:
        return _Question(data=self.data)

    def fingerprint(self) -> str:
        """What tells it from other questions; the rest follows from that."""
        data = self.data
        return get_text_hash(f"{data['text']}\0{data.get('intent_response_key', data['intent'])}\0{data['metadata']}")


def _example(text: str, label: str, metadata: dict[str, Any]) -> Message:
    data = {"text": text, "intent": label.split("/")[0], "metadata": metadata}
    return _Question(data={**data, "intent_response_key": label} if "/" in label else data)
