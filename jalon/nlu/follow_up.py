"""Short messages that only make sense after an answer: « et pour ma femme ? », « combien ça coûte ? »."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from jalon.nlu.text import normalise

MOST_WORDS = 7  # a longer message says by itself what it is about


@dataclass(frozen=True)
class FollowUps:
    """How a language follows up: words that such a message begins with, and whole messages; all normalised."""

    openings: tuple[str, ...]
    whole: frozenset[str]

    def match(self, text: str) -> bool:
        """Whether the message leans on the answer before it."""
        plain = normalise(text).strip(" ?!.…")
        if len(plain.split()) > MOST_WORDS:
            return False
        return plain in self.whole or any(plain.startswith(f"{opening} ") for opening in self.openings)


@lru_cache(maxsize=32)
def read_follow_ups(data: Path, language: str) -> FollowUps:
    """Those of data/texts/<language>/follow_ups.yml; none where a language has no list."""
    path = data / "texts" / language / "follow_ups.yml"
    listed = (yaml.safe_load(path.read_text("utf-8")) if path.exists() else None) or {}
    openings, whole = (map(normalise, listed.get(kind, ())) for kind in ("openings", "whole"))
    return FollowUps(tuple(openings), frozenset(whole))
