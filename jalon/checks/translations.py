"""Checks that a translation says what the French says: the same parts, facts, figures, links and lists."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from jalon.checks.articles import step_list
from jalon.checks.pairs import Pair, pairs
from jalon.findings import Finding, Level
from jalon.knowledge.citations import citations, replace
from jalon.knowledge.read import Content
from jalon.languages import REFERENCE
from jalon.leftovers import untranslated

# Said to who may not understand the language of the conversation: each says it in a second one too.
_TWO_LANGUAGES = {"say.change_language", "say.unreadable_language"}
_LINK = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b(?:[\w-]+\.)+(?:be|brussels|com|eu|int|net|org)\b", re.I)


def check(content: Content, asked: str | None = None) -> Iterator[Finding]:
    """Every statement that a translation adds, loses or leaves in French.

    What a draft still lacks is told when that language is `asked` for: nobody but staff sees a draft.
    """
    for language, entry in content.languages.items():
        if language != REFERENCE and (entry.status == "live" or language == asked):
            yield from _missing(content, language, "ERROR" if entry.status == "live" else "WARNING")
    yield from _parts(content)
    for pair in pairs(content):
        yield from _facts(pair)
        yield from _figures(pair)
        yield from _lists(pair)
        yield from _leftovers(pair)


def _missing(content: Content, language: str, level: Level) -> Iterator[Finding]:
    """Articles that are not there, or behind the French."""
    for name, article in content.articles.items():
        place = content.place(content.root / "articles" / name / f"{language}.md")
        text = content.texts.get((name, language))
        if text is None:
            yield Finding(place, "is not translated.", "Translate fr.md, then write `status: machine`.", level)
        elif text.revision < article.revision:
            yield Finding(
                place,
                f"is behind: revision {text.revision} of {article.revision}.",
                "Compare it with fr.md, then raise its revision.",
                "WARNING",
            )


def _parts(content: Content) -> Iterator[Finding]:
    """Parts that one of the two texts has alone."""
    for (name, language), text in content.texts.items():
        reference = content.texts.get((name, REFERENCE))
        if language == REFERENCE or reference is None:
            continue
        place = content.place(content.root / "articles" / name / f"{language}.md")
        for part in sorted(reference.parts.keys() ^ text.parts.keys()):
            have = "has" if part in text.parts else "lacks"
            yield Finding(place, f"{have} the part {part!r}, unlike fr.md.", "Translate the parts that fr.md has.")


def _facts(pair: Pair) -> Iterator[Finding]:
    own, theirs = (Counter(each.text for each in citations(text)) for text in (pair.text, pair.reference))
    for added in sorted(own.keys() - theirs.keys()):
        yield Finding(pair.place, f"{pair.where} cites {added}, unlike the French.", "Say only what the French says.")
    for lost in sorted(theirs.keys() - own.keys()):
        yield Finding(pair.place, f"{pair.where} does not cite {lost}.", "Cite the facts that the French cites.")
    names = set(re.findall(r"\{\w+\}", pair.text)) ^ set(re.findall(r"\{\w+\}", pair.reference))
    if names and not re.search(r"_(zero|one|two|few|many)$", pair.where):
        yield Finding(pair.place, f"{pair.where}: {', '.join(sorted(names))} stands in one text only.", "Use the same.")


def _figures(pair: Pair) -> Iterator[Finding]:
    if pair.is_name and not pair.where.endswith("title"):
        return  # the number of an annexe or of a form may stand in the one and not in the other
    own, theirs = (_stated(text) for text in (pair.text, pair.reference))
    for what in sorted(own.keys() - theirs.keys()):
        yield Finding(
            pair.place, f"{pair.where} states {what!r}, which the French does not.", "Say only what the French says."
        )
    for what in sorted((theirs - own).keys()):
        yield Finding(
            pair.place, f"{pair.where} does not state {what!r}, unlike the French.", "Say all that the French says."
        )


def _stated(text: str) -> Counter[str]:
    """The figures and links of a text outside its citations; figures in Western digits."""
    text = re.sub(r"\{\w+\}", " ", replace(text, lambda _: " "))
    links = [link.rstrip(".").casefold() for link in _LINK.findall(text)]
    digits = "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in _LINK.sub(" ", text))
    return Counter([*links, *re.findall(r"\d+", digits)])


def _lists(pair: Pair) -> Iterator[Finding]:
    for what, count in (("steps", step_list), ("lines of a list", _bullets)):
        own, theirs = len(count(pair.text)), len(count(pair.reference))
        if own != theirs:
            yield Finding(pair.place, f"{pair.where} has {own} {what}, the French {theirs}.", "Keep one line for each.")


def _bullets(text: str) -> list[str]:
    return re.findall(r"^- .+$", text, re.MULTILINE)


def _leftovers(pair: Pair) -> Iterator[Finding]:
    for sentence in () if pair.is_name or pair.where in _TWO_LANGUAGES else untranslated(pair.text, pair.reference):
        yield Finding(pair.place, f"{pair.where} is still French: {sentence[:60]!r}.", "Translate it.")
