"""Runs every check over the project's data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from jalon.checks import articles, dialogue, facts, figures, limits, phrases, terms, translations, writing
from jalon.findings import Finding
from jalon.knowledge.read import read_content


def run_checks(data: Path, today: dt.date, language: str | None = None) -> list[Finding]:
    """Every finding, errors first, then by place; only those of one language when it is given."""
    content = read_content(data)
    findings = [
        *content.findings,
        *articles.check(content, today),
        *facts.check(content, today),
        *figures.check(content),
        *phrases.check(content),
        *limits.check(content),
        *dialogue.check(content),
        *translations.check(content),
        *writing.check(content),
        *terms.check(content),
    ]
    if language:
        findings = [finding for finding in findings if _concerns(finding.place, language)]
    return sorted(set(findings), key=lambda finding: (finding.level != "ERROR", finding))


def _concerns(place: str, language: str) -> bool:
    path = Path(place)
    return path.stem == language or language in path.parts
