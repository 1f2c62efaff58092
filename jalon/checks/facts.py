"""Checks of the facts: links in both directions, no orphan, texts for every entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from jalon.checks.articles import citation_faults
from jalon.checks.figures import typed_figures
from jalon.findings import Finding, Level
from jalon.knowledge.citations import citations, malformed
from jalon.knowledge.read import Content
from jalon.languages import REFERENCE
from jalon.procedure.deadlines import Unit


def check(content: Content, today: date, asked: str | None = None) -> Iterator[Finding]:
    """Every fault of the facts, their links and their words; what a draft lacks only when it is `asked` for."""
    yield from _dated(content, today)
    yield from _links(content)
    yield from _countable(content)
    yield from _own_facts(content)
    yield from _words(content, asked)
    yield from _said(content)
    yield from _orphans(content)


def _dated(content: Content, today: date) -> Iterator[Finding]:
    for name, fact in content.facts.items():
        path = _fact_path(content, name)
        if fact.checked_on > today:
            yield Finding(path, f"checked_on {fact.checked_on} is in the future.", "Write the day of the check.")
        for since, value in fact.values.items():
            if (fact.unit == "date") != isinstance(value.value, date) and value.value is not None:
                yield Finding(
                    path,
                    f"value of {since} does not fit the unit {fact.unit}.",
                    "A date for unit date, a number otherwise.",
                )
        if fact.counting == "working" and fact.unit == "day":
            yield Finding(path, "counts working days, and says days.", "Write unit: working_day.")
        if name.startswith("amount:") and not fact.per and fact.unit == "eur":
            yield Finding(path, "an amount of euros does not say per what.", "Add per: month, year or once.")


def _links(content: Content) -> Iterator[Finding]:
    folder = content.root / "facts"
    deadlines = {name.split(":")[1] for name in content.facts if name.startswith("deadline:")}
    for kind, entries in (
        ("letters", content.letters),
        ("steps", content.steps),
        ("glossary", content.terms),
        ("signposts", content.signposts),
    ):
        path = content.place(folder / f"{kind}.yml")
        for name, entry in entries.items():
            for key, there in (
                ("articles", content.articles),
                ("deadlines", deadlines),
                ("organisations", content.organisations),
                ("services", content.service_types),
                ("letters", content.letters),
                ("next", content.steps),
            ):
                yield from _missing(path, f"{name}.{key}", getattr(entry, key, []), there)
            for key in ("issued_by", "organisation"):
                if value := getattr(entry, key, None):
                    yield from _missing(path, f"{name}.{key}", [value], content.organisations)
    path = content.place(folder / "services.yml")
    for name, service in content.services.items():
        yield from _missing(path, f"{name}.type", [service.type], content.service_types)
        yield from _missing(path, f"{name}.communes", service.communes, {*content.communes, "all"})
        yield from _missing(path, f"{name}.languages", service.languages, content.languages.keys() | _ISO)
    path = content.place(folder / "communes.yml")
    for name, commune in content.communes.items():
        yield from _missing(path, f"{name}.neighbours", commune.neighbours, content.communes)


def _countable(content: Content) -> Iterator[Finding]:
    """Letters with a period to count, and deadlines that cannot be counted from their date."""
    path = content.place(content.root / "facts" / "letters.yml")
    for name, letter in content.letters.items():
        if not letter.period:
            continue
        known = {each: content.facts.get(f"deadline:{each}") for each in letter.deadlines}
        rules = {each: rule for each, rule in known.items() if rule}
        if len({rule.starts_on for rule in rules.values()}) > 1:
            yield Finding(path, f"{name}: its deadlines start on different days.", "Keep those of one `starts_on`.")
        for each, rule in rules.items():
            whole = all(isinstance(value.value, int | None) for value in rule.values.values())
            if rule.unit not in get_args(Unit) or not (rule.counting and rule.starts_on and whole):
                yield Finding(
                    path,
                    f"{name}: {each!r} cannot be counted.",
                    "Give it whole numbers, `counting`, `starts_on`, and the unit day, week, month or year.",
                )


_ISO = {"fr", "nl", "de", "en", "ar", "fa", "ps", "ti", "so", "tr", "es", "uk", "ru", "sq"}


def _missing(path: str, where: str, names: Iterable[str], there: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name not in there:
            yield Finding(path, f"{where}: {name!r} does not exist.", "Correct the name or add the entry.")


# A text of its own is an address, a name or a link; these words are French, and every language would show them.
_WORDS = re.compile(r"\b(?:à|et|ou|ans?|mois|jours?|semaines?|heures?|environ|plus|moins|avant|après|lundi|vendredi)\b")


def _own_facts(content: Content) -> Iterator[Finding]:
    for name, article in content.articles.items():
        place = content.place(content.root / "articles" / name / "article.yml")
        for fact, own in article.facts.items():
            if isinstance(own.value, str) and (found := _WORDS.search(own.value)):
                yield Finding(
                    place,
                    f"fact {fact!r} holds French words: {found[0]!r}.",
                    "Write it as a value: {about: 32000}, {from: 18, to: 65}, {one_of: […]}, {all_of: […]}, "
                    '{at: "08:30", days: [mon, fri]}, or a number with its unit.',
                )


def _words(content: Content, asked: str | None) -> Iterator[Finding]:
    entries = {
        "organisations": content.organisations,
        "letters": content.letters,
        "glossary": content.terms,
        "steps": content.steps,
        "signposts": content.signposts,
        "service_types": content.service_types,
    }
    for language, level in _wanted(content, asked):
        for kind, names in entries.items():
            file = "services" if kind == "service_types" else kind
            path = content.place(content.root / "texts" / language / f"{file}.yml")
            for name in names:
                if (kind, name, language) not in content.words:
                    yield Finding(path, f"{name!r} has no words.", "Write its entry.", level)
    for (kind, name, language), words in content.words.items():
        file = "services" if kind.startswith("service") else kind
        path = content.place(content.root / "texts" / language / f"{file}.yml")
        if name not in entries.get(kind, content.services):
            yield Finding(path, f"{name!r} is not in data/facts.", "Correct the id or remove the entry.")
        for text in _texts(words.model_dump()):
            if kind == "signposts":
                for what, typed in typed_figures(text):
                    yield Finding(path, f"{name} types {what}: {typed!r}.", "The office's own entry says it.")
            for wrong in malformed(text):
                yield Finding(
                    path,
                    f"{name}: {wrong} is no citation.",
                    "Write {deadline:name} or {organisation:id.phone}.",
                )
            yield from citation_faults(content, path, text)


def _wanted(content: Content, asked: str | None) -> Iterator[tuple[str, Level]]:
    """The languages of which every text is wanted, and how grave a missing one is."""
    for code, entry in content.languages.items():
        if entry.status == "live":
            yield code, "ERROR"
        elif code == asked:
            yield code, "WARNING"


def _said(content: Content) -> Iterator[Finding]:
    """What people call things: one name, one thing of a kind; and the rules by which entities are recognised."""
    named: dict[tuple[str, str, str], str] = {}
    for (kind, id, language), words in content.words.items():
        file = "services" if kind.startswith("service") else kind
        for name in getattr(words, "said", []):
            other = named.setdefault((kind, language, name.casefold()), id)
            if other != id:
                yield Finding(
                    content.place(content.root / "texts" / language / f"{file}.yml"),
                    f"{name!r} is said of {other!r} and of {id!r}.",
                    "Keep it where people mean it.",
                )
    for language in (code for code, entry in content.languages.items() if entry.status == "live"):
        if language not in content.entity_rules:
            yield Finding(
                content.place(content.root / "texts" / language / "entities.yml"),
                "does not exist.",
                "Write it after the reference language's: without it no place, date or situation is recognised.",
            )


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _orphans(content: Content) -> Iterator[Finding]:
    """Facts that no article leads to: nobody would ever see them."""
    cited = {
        f"{citation.kind}:{citation.name}"
        for (_, language), text in content.texts.items()
        if language == REFERENCE
        for body in text.parts.values()
        for citation in citations(body)
    }
    for name in sorted(content.facts.keys() - cited):
        yield Finding(_fact_path(content, name), "is cited by no article.", "Cite it, or remove it.")
    for kind, entries in (("letters", content.letters), ("organisations", content.organisations)):
        linked = {name for article in content.articles.values() for name in getattr(article, kind)}
        linked |= {cited_.split(":")[1] for cited_ in cited if cited_.startswith(kind.removesuffix("s"))}
        if kind == "organisations":
            linked |= {letter.issued_by for letter in content.letters.values()}
            linked |= {office for signpost in content.signposts.values() for office in signpost.organisations}
        for name in sorted(entries.keys() - linked):
            yield Finding(
                content.place(content.root / "facts" / f"{kind}.yml"),
                f"{name!r} is linked from no article and no signpost.",
                "Link it from where it belongs.",
                "WARNING",
            )
    used = {name for article in content.articles.values() for name in article.services}
    for name in content.service_types:
        if name not in used:
            yield Finding(
                content.place(content.root / "facts" / "services.yml"),
                f"type {name!r} is used by no article.",
                "Link it from an article.",
                "WARNING",
            )


def _fact_path(content: Content, name: str) -> str:
    kind, _, fact = name.partition(":")
    return content.place(content.root / "facts" / f"{kind}s" / f"{fact}.yml")
