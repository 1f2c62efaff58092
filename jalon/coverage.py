"""`jalon coverage`: what is there and what is missing, per language and per article."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from jalon.examples import read_examples
from jalon.knowledge.read import Content, read_content
from jalon.phrases import PARTS, Phrases
from jalon.procedure.calendar import months_after
from jalon.readability import EASY_READING, reading_ease

Recognised = dict[tuple[str, str], float]


RECOGNISED = 0.8  # share of an article's held-out questions, under which it is reported as badly recognised


def coverage(data: Path, today: dt.date, recognised: Recognised | None = None) -> dict[str, Any]:
    """Per language: how many articles, phrases, examples and held-out questions; what is behind, overdue or hard.

    Args:
        recognised: per (language, article), the share of held-out questions that were answered or offered.
    """
    content = read_content(data)
    examples = Counter((each.language, each.label) for each in read_examples(data / "nlu"))
    recognised = recognised or {}
    return {
        "articles": len(content.articles),
        "languages": {code: _language(content, code, today, examples, recognised) for code in content.languages},
    }


def _language(
    content: Content, language: str, today: dt.date, examples: Counter[tuple[str, str]], recognised: Recognised
) -> dict[str, Any]:
    texts = {name: text for (name, code), text in content.texts.items() if code == language}
    held_out = _held_out(content.root.parent / "tests" / "understanding" / f"{language}.yml")
    articles = {}
    for name, text in texts.items():
        article = content.articles[name]
        articles[name] = {
            "status": text.status,
            "examples": examples[language, name],
            "held_out": held_out[name],
            "sources": len(article.sources),
            "easy": "easy" in text.parts,
            "behind": text.revision < article.revision,
            "overdue": today > months_after(article.checked_on, article.review_every_months),
            "low_confidence": sum(item.confidence == "low" for item in article.statements),
            "readability": readability(text.parts, language),
            "recognised": recognised.get((language, name)),
        }
    rows = articles.values()
    return {
        "status": content.languages[language].status,
        "articles": len(texts),
        "missing": sorted(content.articles.keys() - texts.keys()),
        "phrases": _phrases(content.root / "phrases" / f"{language}.yml"),
        "entries": sum(code == language for _, _, code in content.words),
        "examples": sum(count for (code, _), count in examples.items() if code == language),
        "held_out": sum(held_out.values()),
        "drafts": sum(row["status"] == "draft" for row in rows),
        "machine": sum(row["status"] == "machine" for row in rows),
        "behind": sum(row["behind"] for row in rows),
        "past_review": sum(row["overdue"] for row in rows),
        "without_easy": sum(not row["easy"] for row in rows),
        "without_source": sum(not row["sources"] for row in rows),
        "hard_to_read": [name for name, row in articles.items() if _hard(row["readability"])],
        "badly_recognised": [
            name for name, row in articles.items() if row["recognised"] is not None and row["recognised"] < RECOGNISED
        ],
        "per_article": articles,
    }


def readability(parts: dict[str, str], language: str) -> dict[str, float] | None:
    """Reading ease of the short and the easy version; None without a formula for the language."""
    scores = {part: reading_ease(parts.get(part, ""), language) for part in ("short", "easy")}
    return None if None in scores.values() else {part: round(score, 1) for part, score in scores.items()}


def _hard(scores: dict[str, float] | None) -> bool:
    return scores is not None and scores["easy"] < EASY_READING


def _held_out(path: Path) -> Counter[str]:
    return Counter(line["label"] for line in yaml.safe_load(path.read_text("utf-8"))) if path.exists() else Counter()


def _phrases(path: Path) -> int:
    if not path.exists():
        return 0
    phrases = Phrases.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return sum(len(getattr(phrases, part)) for part in PARTS)
