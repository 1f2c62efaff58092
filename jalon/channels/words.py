"""Words that mean stop or start in any language, whoever writes them: `data/dialogue/words.yml`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """Per language code, the words that end or begin a conversation when a message holds nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    stop: dict[str, list[str]]
    start: dict[str, list[str]]

    def pressed(self, text: str) -> str:
        """The intent that a message of one such word stands for; empty for any other message."""
        word = plain(text)
        if any(word == plain(one) for words in self.stop.values() for one in words):
            return "stop"
        if any(word == plain(one) for words in self.start.values() for one in words):
            return "greet"
        return ""


def read_words(data: Path) -> Words:
    """The words of `data/dialogue/words.yml`.

    Raises:
        pydantic.ValidationError: the file does not have the form.
    """
    return Words.model_validate(yaml.safe_load((data / "dialogue" / "words.yml").read_text("utf-8")))


def plain(text: str) -> str:
    """A word without its case, accents, marks and punctuation."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    # A Turkish capital I may stand for either of two letters.
    return re.sub(r"[\W_]+", " ", bare.casefold().replace("ı", "i")).strip()
