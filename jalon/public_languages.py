"""The public lists of words, pairs and sentences in known languages, measured through the product's own recognition."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from jalon.nlu.language import language_of
from jalon.nlu.languages_of_text import GROUPS, identify, tables
from jalon.settings import settings

KINDS = {"words": "single-words", "pairs": "word-pairs", "sentences": "sentences"}
TIMED_EVERY = 10  # sentences


class BadLists(ValueError):
    """The lists cannot be read; the message names the place, the fault and the remedy."""


def measure(folder: Path) -> dict[str, Any]:
    """How well languages are recognised without a conversation around the text.

    Args:
        folder: holds `<language>.single-words.txt`, `.word-pairs.txt` and `.sentences.txt`, one text per line.

    Returns:
        for `words`, `pairs` and `sentences` the shares recognised: `macro` (mean over languages) and `languages`;
        `memory_mb`, of the table; `ms`, the mean time of a sentence on one core.

    Raises:
        BadLists: a list is missing or empty.
    """
    lists = {kind: _read(folder, suffix) for kind, suffix in KINDS.items()}
    found: dict[str, Any] = {kind: _shares(texts) for kind, texts in lists.items()}
    memory = tables(settings().language_table).nbytes
    sentences = [text for texts in lists["sentences"].values() for text in texts[::TIMED_EVERY]]
    return {**found, "memory_mb": round(memory / 1e6, 1), "ms": round(_milliseconds(sentences), 3)}


def _read(folder: Path, suffix: str) -> dict[str, list[str]]:
    """The texts by language, of the languages that have a list and that Jalon recognises."""
    known = {language for languages in GROUPS.values() for language in languages}
    lists = {}
    for path in sorted(folder.glob(f"*.{suffix}.txt")):
        language = path.name.split(".")[0]
        texts = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        if not texts:
            raise BadLists(f"{path} is empty. Get it again, or remove it.")
        if language in known:
            lists[language] = texts
    if not lists:
        raise BadLists(f"{folder} holds no <language>.{suffix}.txt. Name the folder of the lists.")
    return lists


def _shares(lists: dict[str, list[str]]) -> dict[str, Any]:
    shares = {
        language: float(np.mean([identify(text).language == language for text in texts]))
        for language, texts in lists.items()
    }
    return {
        "macro": round(float(np.mean(list(shares.values()))), 4),
        "languages": {language: round(share, 4) for language, share in shares.items()},
    }


def _milliseconds(texts: list[str]) -> float:
    """The mean processor time of one text, as a conversation would pay for it."""
    start = time.process_time()
    for text in texts:
        language_of(text)
    return (time.process_time() - start) * 1000 / len(texts)
