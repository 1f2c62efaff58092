"""Every text of a translation beside the reference text that it was made from, whatever file they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from jalon.knowledge.read import Content
from jalon.languages import REFERENCE
from jalon.phrases import PARTS, Phrases

_NAMES = {"name", "button", "title"}  # fields that name a thing instead of saying something of it


@dataclass(frozen=True)
class Pair:
    """One text in a language and in the reference language.

    Attributes:
        place: the file, as findings name it.
        where: the part, field or key within it.
        is_name: whether it names a thing; a name may be the same in both languages.
        is_easy: whether it is the plain-language version of an article.
    """

    language: str
    place: str
    where: str
    text: str
    reference: str
    is_name: bool = False
    is_easy: bool = False


def pairs(content: Content) -> Iterator[Pair]:
    """The articles, then the words of the entries, then the phrases; what either side lacks is left out."""
    yield from _articles(content)
    yield from _entries(content)
    yield from _phrases(content)


def _articles(content: Content) -> Iterator[Pair]:
    for (name, language), text in content.texts.items():
        reference = content.texts.get((name, REFERENCE))
        if language == REFERENCE or reference is None:
            continue
        place = content.place(content.root / "articles" / name / f"{language}.md")
        for field in ("title", "button"):
            yield Pair(language, place, field, getattr(text, field), getattr(reference, field), is_name=True)
        for part in text.parts.keys() & reference.parts.keys():
            yield Pair(language, place, part, text.parts[part], reference.parts[part], is_easy=part == "easy")


def _entries(content: Content) -> Iterator[Pair]:
    for (kind, id, language), words in content.words.items():
        reference = content.words.get((kind, id, REFERENCE))
        if language == REFERENCE or reference is None:
            continue
        file = "services" if kind == "service_types" else kind
        place = content.place(content.root / "texts" / language / f"{file}.yml")
        own, theirs = words.model_dump(exclude={"said"}), reference.model_dump(exclude={"said"})
        for field in own:
            lines = zip(_lines(own[field]), _lines(theirs[field]), strict=False)
            for text, said in lines:
                yield Pair(language, place, f"{id}.{field}", text, said, is_name=field in _NAMES)


def _phrases(content: Content) -> Iterator[Pair]:
    files = {path.stem: path for path in sorted((content.root / "phrases").glob("*.yml"))}
    read = {language: phrases for language, path in files.items() if (phrases := _own_phrases(path))}
    reference = read.pop(REFERENCE, None)
    if reference is None:
        return
    for language, phrases in read.items():
        for part in PARTS:
            theirs = getattr(reference, part)
            for name, entry in getattr(phrases, part).items():
                if name in theirs:
                    for text, said in zip(_lines(entry), _lines(theirs[name]), strict=True):
                        yield Pair(
                            language,
                            content.place(files[language]),
                            f"{part}.{name}",
                            text,
                            said,
                            is_name=part in ("buttons", "words"),
                        )


def _own_phrases(path) -> Phrases | None:
    """The file without what the reference language fills in; its faults of form are for jalon.checks.phrases."""
    try:
        return Phrases.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, ValidationError, ValueError, yaml.YAMLError):
        return None


def _lines(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return list(value if isinstance(value, list) else value.model_dump().values())
