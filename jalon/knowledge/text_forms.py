"""The forms of `data/texts/<language>/`: what is said of offices, letters, services and terms in one language."""

from __future__ import annotations

from pydantic import Field

from jalon.knowledge.forms import Form


class Named(Form):
    """What people call a thing in one language, besides its names in data/facts; misspellings are found without."""

    said: list[str] = []


class OrganisationText(Named):
    """What an organisation does, in one language."""

    role: str


class LetterText(Named):
    """How a letter is explained, in one language."""

    name: str
    button: str = Field(max_length=20)
    recognise: str
    means: str
    do: str


class ServiceTypeText(Named):
    """A kind of help, in one language."""

    name: str
    button: str = Field(max_length=20)
    about: str


class ServiceText(Form):
    """What one local service does, in one language."""

    about: str


class TermText(Named):
    """A word of the procedure, explained in one language."""

    name: str
    plain: str


class SignpostText(Form):
    """What the assistant says of a subject it does not cover, in one language."""

    name: str
    button: str = Field(max_length=20)
    sentence: str


class StepText(Form):
    """A step, told in one language."""

    name: str
    button: str = Field(max_length=20)
    starts: str
    do: str
    bring: list[str] = []
    help: str
