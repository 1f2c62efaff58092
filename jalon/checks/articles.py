"""Checks of the articles: links, citations, parts, lengths, revisions, review dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jalon.findings import Finding
from jalon.knowledge import forms
from jalon.knowledge.citations import CONTACT_FIELDS, KINDS, citations, malformed
from jalon.knowledge.read import Content
from jalon.languages import REFERENCE

SHORT_WORDS = 60
EASY_WORDS = 12  # per sentence: level A2
STEP_WORDS = 25
STEPS = 8


def check(content: Content, today: date) -> Iterator[Finding]:
    """Every fault of the articles and their texts."""
    for name, article in content.articles.items():
        path = content.place(content.root / "articles" / name / "article.yml")
        yield from _links(content, path, article)
        yield from _sources(path, article)
        if article.checked_on > today:
            yield Finding(path, f"checked_on {article.checked_on} is in the future.", "Write the day of the check.")
    for (name, language), text in content.texts.items():
        path = content.place(content.root / "articles" / name / f"{language}.md")
        article = content.articles[name]
        yield from _text(content, path, article, text)
        yield from _citations(content, path, article, text)
    yield from _twice(content)


def _links(content: Content, path: str, article: forms.Article) -> Iterator[Finding]:
    known = {
        "related": (article.related, content.articles, "data/articles"),
        "letters": (article.letters, content.letters, "data/facts/letters.yml"),
        "organisations": (article.organisations, content.organisations, "data/facts/organisations.yml"),
        "services": (article.services, content.service_types, "the types of data/facts/services.yml"),
    }
    for key, (names, there, where) in known.items():
        for name in names:
            if name not in there:
                yield Finding(path, f"{key}: {name!r} does not exist.", f"Use a name of {where}.")
    for statement in article.statements:
        for name in statement.sources:
            if name not in article.sources:
                yield Finding(
                    path,
                    f"statement {statement.about!r} names the source {name!r}, which is missing.",
                    "Add it to sources.",
                )
        for name in statement.knows:
            if name not in content.organisations and name not in content.service_types:
                yield Finding(
                    path,
                    f"statement {statement.about!r}: {name!r} is neither an organisation nor a service type.",
                    "Name who knows.",
                )
    if article.name in article.related:
        yield Finding(path, "is related to itself.", "Remove it from related.")


def _sources(path: str, article: forms.Article) -> Iterator[Finding]:
    used = {source for statement in article.statements for source in statement.sources}
    used |= {fact.source for fact in article.facts.values()}
    for name, fact in article.facts.items():
        if fact.source not in article.sources:
            yield Finding(
                path,
                f"fact {name!r} names the source {fact.source!r}, which is missing.",
                "Add it to sources.",
            )
    for name in sorted(article.sources.keys() - used):
        yield Finding(path, f"source {name!r} supports nothing.", "Name it in a statement, or remove it.")


def _text(content: Content, path: str, article: forms.Article, text: forms.ArticleText) -> Iterator[Finding]:
    if text.revision > article.revision:
        yield Finding(
            path,
            f"follows revision {text.revision}, but the article is at {article.revision}.",
            "Correct the revision.",
        )
    elif text.revision < article.revision and Path(path).stem == REFERENCE:
        yield Finding(
            path,
            f"is behind: revision {text.revision} of {article.revision}.",
            "Bring the French text up to date.",
        )
    allowed = {*forms.PARTS, *(f"short@{situation}" for situation in article.situations)}
    for part, body in text.parts.items():
        if part not in allowed:
            yield Finding(path, f"part {part!r} is not known.", f"Use {', '.join(sorted(allowed))}.")
        if not body:
            yield Finding(path, f"part {part!r} is empty.", "Write it or remove it.")
        if re.search(r"\*\*|\]\(|^#|^\|", body, re.MULTILINE):
            yield Finding(path, f"part {part!r} holds bold, a link, a heading or a table.", "Use plain text and lists.")
    for part in sorted(allowed - {"steps"} - text.parts.keys()):
        yield Finding(path, f"part {part!r} is missing.", f"Add ## {part}.")
    yield from _lengths(path, text)


def _lengths(path: str, text: forms.ArticleText) -> Iterator[Finding]:
    for part, body in text.parts.items():
        if part.split("@")[0] == "short" and (count := words(body)) > SHORT_WORDS:
            yield Finding(
                path,
                f"{part} has {count} words.",
                f"Keep it to {SHORT_WORDS}.",
                "WARNING" if count <= SHORT_WORDS + 5 else "ERROR",
            )
    steps = step_list(text.parts.get("steps", ""))
    if text.parts.get("steps") and not steps:
        yield Finding(path, "steps holds no numbered step.", "Write 1. …, 2. …")
    if len(steps) > STEPS:
        yield Finding(path, f"steps has {len(steps)} steps.", f"Keep to {STEPS}.", "WARNING")
    for step in steps:
        if words(step) > STEP_WORDS:
            yield Finding(
                path,
                f"a step has {words(step)} words: {step[:40]}…",
                f"Keep each to {STEP_WORDS}.",
                "WARNING",
            )
    for sentence in sentences(text.parts.get("easy", "")):
        if words(sentence) > EASY_WORDS:
            yield Finding(
                path,
                f"easy has a sentence of {words(sentence)} words: {sentence[:50]}…",
                f"Keep each to {EASY_WORDS}.",
                "WARNING" if words(sentence) <= EASY_WORDS + 3 else "ERROR",
            )


def _citations(content: Content, path: str, article: forms.Article, text: forms.ArticleText) -> Iterator[Finding]:
    for part, body in text.parts.items():
        for wrong in malformed(body):
            yield Finding(
                path,
                f"{part}: {wrong} is no citation.",
                "Write {deadline:name}, {amount:name}, {organisation:id.phone} or {fact:name}.",
            )
        yield from citation_faults(content, path, body, article)


def citation_faults(content: Content, path: str, body: str, article: forms.Article | None = None) -> Iterator[Finding]:
    """The citations of a text that lead nowhere; `article` for its own facts."""
    for citation in citations(body):
        if citation.kind not in KINDS:
            yield Finding(path, f"{citation.text}: kind {citation.kind!r} is not known.", f"Use {', '.join(KINDS)}.")
        elif citation.kind in ("deadline", "amount"):
            if f"{citation.kind}:{citation.name}" not in content.facts:
                yield Finding(
                    path,
                    f"{citation.text} does not exist.",
                    f"Add data/facts/{citation.kind}s/{citation.name}.yml, or correct the name.",
                )
            elif citation.field not in ("", "value"):
                yield Finding(
                    path, f"{citation.text}: field {citation.field!r} is not known.", "Use .value or nothing."
                )
        elif citation.kind in ("organisation", "service"):
            entries = content.organisations if citation.kind == "organisation" else content.services
            entry = entries.get(citation.name)
            if entry is None:
                yield Finding(
                    path,
                    f"{citation.text} does not exist.",
                    f"Add it to data/facts/{citation.kind}s.yml, or correct the name.",
                )
            elif citation.field not in CONTACT_FIELDS:
                yield Finding(path, f"{citation.text} needs a field.", f"Add one of .{', .'.join(CONTACT_FIELDS)}.")
            elif not getattr(entry, citation.field, None) and not (citation.field == "hours" and entry.always_open):
                yield Finding(
                    path,
                    f"{citation.text} is not known: {citation.name} has no {citation.field}.",
                    "Add it with its source, or leave it out of the text.",
                )
        elif article is None or citation.name not in article.facts:
            yield Finding(path, f"{citation.text} does not exist.", "Add it to the facts of article.yml.")


def _twice(content: Content) -> Iterator[Finding]:
    for key in ("title", "button"):
        seen: dict[tuple[str, str], str] = {}
        for (name, language), text in content.texts.items():
            words_ = getattr(text, key).casefold()
            other = seen.setdefault((language, words_), name)
            if other != name:
                path = content.place(content.root / "articles" / name / f"{language}.md")
                yield Finding(path, f"has the same {key} as {other}.", "People could not tell them apart: change one.")


def words(text: str) -> int:
    """How many words a reader reads; a citation counts as the two it usually becomes."""
    counted = re.sub(r"\{[^}]*\.value\}", " mot ", text)
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", re.sub(r"\{[^}]*\}", " mot mot ", counted)))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line of a list is one."""
    lines = (re.sub(r"^(- |\d+\. )", "", line.strip()) for line in text.splitlines())
    return [piece for line in lines for piece in re.split(r"(?<=[.!?…؟۔።])\s+", line) if words(piece)]


def step_list(text: str) -> list[str]:
    """The numbered steps of a part, without their numbers."""
    return [step.strip() for step in re.findall(r"^\d+\.\s+(.+)$", text, re.MULTILINE)]
