"""Labelled questions: their form, and reading them from JSON Lines or YAML with every fault named at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jalon.languages import REFERENCE

OUT_OF_SCOPE = "out_of_scope"
_REMEDIES = {
    "text": "Write the question between quotes.",
    "label": "Write the name of an article or of a dialogue intent, or out_of_scope.",
    "also": "Write a list of labels: [life/work, life/income].",
    "language": "Write the code of a language between quotes, or leave it out.",
    "style": "Write a word between quotes, or leave it out.",
}


class BadQuestions(ValueError):
    """A file of labelled questions cannot be read; the message names each place, its fault and the remedy."""


@dataclass(frozen=True)
class Question:
    """A labelled question; `also` holds other labels that are right."""

    text: str
    label: str
    also: tuple[str, ...] = ()
    language: str = REFERENCE
    style: str = ""

    @property
    def right(self) -> set[str]:
        """Every acceptable label."""
        return {self.label, *self.also}

    @property
    def in_scope(self) -> bool:
        """Whether the assistant should know the answer."""
        return self.label != OUT_OF_SCOPE


class _Line(BaseModel):
    """One entry of a file; other keys are the writer's own notes."""

    model_config = ConfigDict(strict=True)

    text: str
    label: str = Field(min_length=1)
    also: list[str] | None = None
    language: str | None = None
    style: str | None = None


def read_questions(path: Path) -> list[Question]:
    """Read JSON Lines or YAML; without `language`, a file named after a language (`nl.yml`) holds that language.

    Raises:
        BadQuestions: the file is missing, empty or unreadable, or some entries are not in the form.
    """
    default = path.stem if len(path.stem) == 2 else REFERENCE
    questions, faults = [], []
    for place, entry in _entries(path):
        if not isinstance(entry, dict):
            faults.append(f"{path}: {place} is not a question. Write it with its keys, text and label.")
            continue
        try:
            line = _Line.model_validate(entry)
        except ValidationError as invalid:
            faults += [
                f"{path}: {place}, {error['loc'][0]}: {error['msg']}. {_REMEDIES[error['loc'][0]]}"
                for error in invalid.errors()
            ]
            continue
        also = tuple(line.also or ())
        questions.append(Question(line.text, line.label, also, line.language or default, line.style or ""))
    if faults:
        raise BadQuestions("\n".join(faults))
    if not questions:
        raise BadQuestions(f"{path}: holds no question. Write at least one, with text and label.")
    return questions


def held_out(home: Path) -> list[Question]:
    """The project's own held-out questions, of every language."""
    return [
        question
        for file in sorted((home / "tests" / "understanding").glob("*.yml"))
        for question in read_questions(file)
    ]


def _entries(path: Path) -> Iterator[tuple[str, Any]]:
    """Each entry of a file, after the name of its place."""
    try:
        text = path.read_text("utf-8")
    except OSError as fault:
        raise BadQuestions(f"{path}: {fault.strerror}. Name an existing file.") from fault
    except UnicodeDecodeError as fault:
        raise BadQuestions(f"{path}: is not written in UTF-8. Save it again with the encoding UTF-8.") from fault
    if path.suffix in (".yml", ".yaml"):
        yield from _yaml_entries(path, text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except json.JSONDecodeError as fault:
                raise BadQuestions(
                    f"{path}: line {number} is not JSON ({fault.msg}). Write one object per line, or use YAML."
                ) from fault


def _yaml_entries(path: Path, text: str) -> Iterator[tuple[str, Any]]:
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise BadQuestions(f"{path}: is not valid YAML ({fault}). Correct the line.") from fault
    if not isinstance(entries, list | None):
        raise BadQuestions(f"{path}: holds no list. Write each question as - {{text: …, label: …}}.")
    for number, entry in enumerate(entries or [], 1):
        yield f"entry {number}", entry
