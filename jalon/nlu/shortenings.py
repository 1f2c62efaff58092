"""What people shorten in messages (`rdv`, `jsp`), written out: data/texts/<language>/chat.yml."""

from __future__ import annotations

from pathlib import Path

import yaml


def read_shortenings(data: Path, language: str) -> dict[str, str]:
    """Each shortening with the words it stands for, as written; empty where a language has no list."""
    path = data / "texts" / language / "chat.yml"
    return (yaml.safe_load(path.read_text("utf-8")) if path.exists() else None) or {}
