"""Figures typed by hand in a text: each belongs in a fact with a source, and is cited by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jalon.findings import Finding
from jalon.knowledge.citations import citations
from jalon.knowledge.read import Content

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_QUANTITIES = "jours?|semaines?|mois|ans?|années?|heures?|h|minutes?|km|kilomètres?"
_FIGURES = {
    "a period or quantity": rf"\b\d+(?:[.,]\d+)?\s*(?:{_QUANTITIES})\b",
    "an amount": r"\b\d[\d\s.,]*\s?(?:€|euros?)",
    "a percentage": r"\b\d+(?:[.,]\d+)?\s?%",
    "a date": rf"\b\d{{1,2}}(?:er)? (?:{_MONTHS}) \d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b",
    "a telephone number": r"\b0\d{1,3}[ /.]\d{2,3}(?:[ .]\d{2,3}){1,3}\b",
    "an address": r"\b\d{4} [A-ZÀ-Ü][a-zà-ü]{2,}",
    "an e-mail or web address": r"\S+@\S+\.\w+|\bhttps?://|\bwww\.",
}
# A law is called by its date; that is its name.
_NAMES = re.compile(
    rf"(?:loi|décret|arrêté|directive|règlement|convention)[^.]{{0,40}}?\d{{1,2}}(?:er)? (?:{_MONTHS}) \d{{4}}",
    re.I,
)


def check(content: Content) -> Iterator[Finding]:
    """A warning for each figure typed in an article, with the facts that the article could cite."""
    for (name, language), text in content.texts.items():
        path = content.place(content.root / "articles" / name / f"{language}.md")
        for part, body in text.parts.items():
            for what, found in typed_figures(body):
                yield Finding(path, f"{part} types {what}: {found!r}.", _remedy(content, what, found), "WARNING")


def typed_figures(text: str) -> Iterator[tuple[str, str]]:
    """Each figure of a text that is not a citation: what it is, and how it is written."""
    for citation in citations(text):
        text = text.replace(citation.text, " ")
    text = _NAMES.sub(" ", text)
    for what, pattern in _FIGURES.items():
        for match in re.finditer(pattern, text):
            yield what, match[0].strip()


def _remedy(content: Content, what: str, found: str) -> str:
    number = re.match(r"\d+", found)
    same = [
        name
        for name, fact in content.facts.items()
        if number
        and what in ("a period or quantity", "an amount")
        and any(str(value.value) == number[0] for value in fact.values.values())
    ]
    if same:
        return f"Cite the fact that says it, for example {{{sorted(same)[0]}}} if it is the same rule."
    return "Put it in data/facts or in the article's facts, with its source, and cite it by name."
