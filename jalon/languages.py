"""The registry of languages: what Jalon speaks, how it is written, and whether it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

REFERENCE = "fr"  # the language every article is first written in


@dataclass(frozen=True)
class Language:
    """One language of `data/languages.yml`.

    Attributes:
        code: ISO 639-1.
        name: the language's own name, in its own script.
        english: its English name, for staff.
        script: ISO 15924.
        direction: of the script.
        status: `live` languages are offered to people; `draft` ones are not.
        reviewers: the roles that read its texts.
    """

    code: str
    name: str
    english: str
    script: str
    direction: Literal["ltr", "rtl"]
    status: Literal["live", "draft"]
    reviewers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.direction not in ("ltr", "rtl"):
            raise ValueError(f"direction is {self.direction!r}; write ltr or rtl")
        if self.status not in ("live", "draft"):
            raise ValueError(f"status is {self.status!r}; write live or draft")


def read_languages(path: Path) -> dict[str, Language]:
    """Read `data/languages.yml`, in its order.

    Raises:
        ValueError: an entry lacks a key, has an unknown one or a wrong value; the message names the entry.
    """
    languages = {}
    entries = yaml.safe_load(path.read_text("utf-8")) or {}
    if not isinstance(entries, dict):
        raise ValueError("is not a list of codes; write each language as `code:` with its keys")
    for code, entry in entries.items():
        try:
            reviewers = tuple(entry.pop("reviewers", ()))
            languages[code] = Language(code=code, reviewers=reviewers, **entry)
        except (TypeError, ValueError, AttributeError) as fault:
            raise ValueError(f"language {code!r}: {fault}") from fault
    return languages


@lru_cache(maxsize=8)
def known_languages(data: Path) -> dict[str, Language]:
    """Every language of a data folder, drafts too."""
    return read_languages(data / "languages.yml")


@lru_cache(maxsize=8)
def live_languages(data: Path) -> dict[str, Language]:
    """The languages that are offered to people, from the `languages.yml` of a data folder."""
    return {code: entry for code, entry in known_languages(data).items() if entry.status == "live"}


def labelled(label: str, value: str, language: str) -> str:
    """A label and what it names: French alone puts a space before the colon."""
    return f"{label} : {value}" if language == "fr" else f"{label}: {value}"
