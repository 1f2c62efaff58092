"""The assistant's own sentences, buttons and labels by language, and which buttons follow which sentence."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from jalon.languages import REFERENCE

PARTS = ("say", "buttons", "topics", "situations", "words", "labels")  # of a phrases file


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NamedButton(_Form):
    """A name in a list, and the same on a button."""

    name: str
    button: str


_Entry = TypeVar("_Entry")
_Part = Annotated[dict[str, _Entry], BeforeValidator(lambda part: part or {})]  # all of it may still be to be written


class Phrases(_Form):
    """One language's file: every sentence by its name.

    `locale` is whose formats its dates and numbers have (CLDR), where the language alone does not say: `en_GB`.
    """

    language: str
    locale: str = ""
    say: _Part[str]
    buttons: _Part[str]
    topics: _Part[NamedButton]
    situations: _Part[NamedButton]
    words: _Part[str]
    labels: _Part[str]

    @property
    def formats(self) -> str:
        """The locale of dates and numbers."""
        return self.locale or self.language


class Press(_Form):
    """What a tap on a button does: the intent it stands for, and the article it opens."""

    intent: str
    article: str | None = None
    step: str | None = None


class Buttons(_Form):
    """`data/dialogue/buttons.yml`: what taps do, and which buttons follow which sentence."""

    buttons: dict[str, Press]
    offers: dict[str, list[str]] = Field(default_factory=dict)


@lru_cache(maxsize=64)
def read_phrases(data: Path, language: str) -> Phrases:
    """The phrases of a language; what it lacks is taken from the reference language.

    Raises:
        FileNotFoundError: there is no phrases file for the language.
        pydantic.ValidationError: the file does not have the form.
    """
    path = data / "phrases" / f"{language}.yml"
    own = Phrases.model_validate(yaml.safe_load(path.read_text("utf-8")))
    if language == REFERENCE:
        return own
    reference = read_phrases(data, REFERENCE)
    filled = {part: {**getattr(reference, part), **getattr(own, part)} for part in PARTS}
    return own.model_copy(update=filled)


@lru_cache(maxsize=1)
def read_buttons(data: Path) -> Buttons:
    """The buttons of `data/dialogue/buttons.yml`.

    Raises:
        pydantic.ValidationError: the file does not have the form.
    """
    path = data / "dialogue" / "buttons.yml"
    return Buttons.model_validate(yaml.safe_load(path.read_text("utf-8")))


def payload(intent: str, article: str | None = None, **values: str | None) -> str:
    """What a button sends: Rasa's form of an intent with its values, `/procedure{"article": "…"}`."""
    named = {
        **({"article": article} if article else {}),
        **{key: value for key, value in values.items() if value},
    }
    return f"/{intent}{json.dumps(named, ensure_ascii=False)}" if named else f"/{intent}"


def read_payload(payload: str) -> tuple[str, dict[str, str]]:
    """The intent and the values of what a button sends."""
    intent, brace, values = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + values) if brace else {}
