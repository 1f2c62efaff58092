"""Reads everything under `data/` that the knowledge base is made of; collects every fault it meets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from jalon.findings import Finding
from jalon.knowledge import forms, text_forms
from jalon.knowledge.entity_forms import EntityRules
from jalon.languages import REFERENCE, Language, read_languages

FormType = TypeVar("FormType", bound=BaseModel)

TEXT_FORMS: dict[str, type[forms.Form]] = {
    "organisations": text_forms.OrganisationText,
    "letters": text_forms.LetterText,
    "glossary": text_forms.TermText,
    "steps": text_forms.StepText,
    "signposts": text_forms.SignpostText,
}


@dataclass
class Content:
    """All knowledge files, read and typed.

    Attributes:
        articles: by name, `topic/id`.
        texts: of articles, by (article name, language).
        facts: dated facts by `deadline:name` or `amount:name`.
        words: explanations by (kind, id, language): organisations, letters, glossary, steps, signposts, service types,
            services.
        findings: every fault met while reading.
    """

    root: Path
    languages: dict[str, Language] = field(default_factory=dict)
    articles: dict[str, forms.Article] = field(default_factory=dict)
    texts: dict[tuple[str, str], forms.ArticleText] = field(default_factory=dict)
    facts: dict[str, forms.DatedFactForm] = field(default_factory=dict)
    organisations: dict[str, forms.Organisation] = field(default_factory=dict)
    letters: dict[str, forms.Letter] = field(default_factory=dict)
    service_types: list[str] = field(default_factory=list)
    services: dict[str, forms.Service] = field(default_factory=dict)
    communes: dict[str, forms.Commune] = field(default_factory=dict)
    communes_source: forms.Source | None = None
    outside: list[str] = field(default_factory=list)
    terms: dict[str, forms.Term] = field(default_factory=dict)
    steps: dict[str, forms.Step] = field(default_factory=dict)
    signposts: dict[str, forms.Signpost] = field(default_factory=dict)
    words: dict[tuple[str, str, str], forms.Form] = field(default_factory=dict)
    entity_rules: dict[str, EntityRules] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path) -> str:
        """The path as people see it, from the project's folder."""
        return str(path.relative_to(self.root.parent)) if path.is_relative_to(self.root.parent) else str(path)

    def fault(self, path: Path, fault: str, remedy: str, level: str = "ERROR") -> None:
        """Note one fault of a file."""
        self.findings.append(Finding(self.place(path), fault, remedy, level))  # type: ignore[arg-type]


def read_content(data: Path) -> Content:
    """Read `data/` whole. The content holds what could be read; its findings say what could not, and why."""
    content = Content(root=data)
    path = data / "languages.yml"
    try:
        content.languages = read_languages(path)
    except (OSError, ValueError, yaml.YAMLError) as fault:
        content.fault(path, f"cannot be read: {fault}.", "See the form in data/README.md.")
    _read_articles(content, data / "articles")
    _read_facts(content, data / "facts")
    for language in content.languages:
        _read_words(content, data / "texts" / language, language)
    return content


def _read_articles(content: Content, folder: Path) -> None:
    for path in sorted(folder.glob("*/*/article.yml")):
        article = _form(content, path, _whole(content, path), forms.Article)
        if article is None:
            continue
        expected = f"{path.parent.parent.name}/{path.parent.name}"
        if article.name != expected:
            content.fault(path, f"says it is {article.name}, but stands in {expected}.", "Make topic and id match.")
            continue
        content.articles[article.name] = article
        for text_path in sorted(path.parent.glob("*.md")):
            text = read_text(content, text_path)
            if text_path.stem not in content.languages:
                content.fault(text_path, f"language {text_path.stem!r} is not known.", "Add it to data/languages.yml.")
            elif text is not None and text.status != "todo":
                content.texts[article.name, text_path.stem] = text
        if (path.parent / f"{REFERENCE}.md").exists() is False:
            content.fault(
                path,
                f"has no {REFERENCE}.md.",
                "Write the French text first; it is the reference.",
            )


def read_text(content: Content, path: Path) -> forms.ArticleText | None:
    """Read one `<lang>.md`: front matter between `---`, then `## ` parts."""
    whole = _read(content, path)
    if whole is None:
        return None
    match = re.fullmatch(r"---\n(.*?)\n---\n(.*)", whole, re.DOTALL)
    if not match:
        content.fault(path, "has no front matter.", "Begin with ---, title, button, revision, status, ---.")
        return None
    faults = len(content.findings)
    front = _load(content, path, match[1])
    if not isinstance(front, dict):
        if len(content.findings) == faults:
            content.fault(path, "has a front matter without keys.", "Write title, button, revision and status.")
        return None
    pieces = re.split(r"^## (.+)$", match[2], flags=re.MULTILINE)
    if pieces[0].strip():
        content.fault(path, "has text before the first part.", "Put it under ## short or ## more.")
    names = [name.strip() for name in pieces[1::2]]
    for name in {name for name in names if names.count(name) > 1}:
        content.fault(path, f"has the part {name!r} twice.", "Join the two.")
    parts = dict(zip(names, (body.strip() for body in pieces[2::2]), strict=True))
    return _form(content, path, {**front, "parts": parts}, forms.ArticleText)


def _read_facts(content: Content, folder: Path) -> None:
    for kind, subfolder in (("deadline", "deadlines"), ("amount", "amounts")):
        for path in sorted((folder / subfolder).glob("*.yml")):
            fact = _form(content, path, _whole(content, path), forms.DatedFactForm)
            if fact is not None:
                content.facts[f"{kind}:{path.stem}"] = fact
    content.organisations = _entries(content, folder / "organisations.yml", forms.Organisation)
    content.letters = _entries(content, folder / "letters.yml", forms.Letter)
    content.terms = _entries(content, folder / "glossary.yml", forms.Term)
    content.steps = _entries(content, folder / "steps.yml", forms.Step)
    content.signposts = _entries(content, folder / "signposts.yml", forms.Signpost)
    path = folder / "services.yml"
    services = _mapping(content, path)
    content.service_types = list(services.get("types") or [])
    content.services = _entries(content, path, forms.Service, services.get("services"))
    path = folder / "communes.yml"
    communes = _mapping(content, path)
    if communes:
        content.communes_source = _form(content, path, communes.get("source"), forms.Source)
    content.communes = _entries(content, path, forms.Commune, communes.get("communes"))
    content.outside = list(communes.get("outside") or [])


def _read_words(content: Content, folder: Path, language: str) -> None:
    for kind, form in TEXT_FORMS.items():
        for name, words in _entries(content, folder / f"{kind}.yml", form).items():
            content.words[kind, name, language] = words
    path = folder / "services.yml"
    words = _mapping(content, path)
    for kind, key, form in (
        ("service_types", "types", text_forms.ServiceTypeText),
        ("services", "services", text_forms.ServiceText),
    ):
        for name, entry in _entries(content, path, form, words.get(key)).items():
            content.words[kind, name, language] = entry
    path = folder / "entities.yml"
    if rules := _form(content, path, _yaml(content, path), EntityRules):
        content.entity_rules[language] = rules


def _entries(content: Content, path: Path, form: type[FormType], entries: Any = ...) -> dict[str, FormType]:
    """The entries of a file that is a mapping id → form."""
    if entries is ...:
        entries = _yaml(content, path)
    if entries is None:
        return {}
    if not isinstance(entries, dict):
        content.fault(path, "is not a list of ids.", "Write each entry as `id:` with its keys below.")
        return {}
    for name in (name for name, entry in entries.items() if entry is None):
        content.fault(path, f"{name} is empty.", "Write its keys or remove it.")
    typed = {name: _form(content, path, entry, form, str(name)) for name, entry in entries.items()}
    return {name: entry for name, entry in typed.items() if entry is not None}


def _form(content: Content, path: Path, data: Any, form: type[FormType], entry: str = "") -> FormType | None:
    if data is None:
        return None
    try:
        return form.model_validate(data)
    except ValidationError as invalid:
        for error in invalid.errors():
            where = ".".join([entry, *map(str, error["loc"])]).strip(".") or "the file"
            content.fault(path, f"{where}: {error['msg'].removeprefix('Value error, ')}.", _remedy(error))
        return None


def _remedy(error: Any) -> str:
    """What to do about a fault of form."""
    remedies = {
        "extra_forbidden": "Remove the key or correct its spelling.",
        "missing": "Add it.",
        "string_too_long": "Shorten it.",
        "string_pattern_mismatch": "Use small letters, digits and _ (topic/id for an article).",
    }
    return remedies.get(error["type"], "Correct the value; docs/tasks/write-an-article.md shows the form.")


def _yaml(content: Content, path: Path) -> Any:
    text = _read(content, path) if path.exists() else None
    return None if text is None else _load(content, path, text)


def _whole(content: Content, path: Path) -> Any:
    """A file that may not be empty."""
    faults = len(content.findings)
    data = _yaml(content, path)
    if data is None and len(content.findings) == faults:
        content.fault(path, "is empty.", "Write its keys or remove the file.")
    return data


def _mapping(content: Content, path: Path) -> dict:
    """A file that holds several lists under their names."""
    data = _yaml(content, path) or {}
    if not isinstance(data, dict):
        content.fault(path, "is not a list of keys.", "Write each part under its name.")
        return {}
    return data


def _read(content: Content, path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        content.fault(path, "is not written in UTF-8.", "Save it again with the encoding UTF-8.")
        return None


class _UniqueKeys(yaml.CSafeLoader):
    """YAML, parsed in C, where the same key twice is a fault, not a silent loss of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        """Refuse a key that stands twice."""
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {sorted(map(str, twice))[0]!r} stands twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _load(content: Content, path: Path, text: str) -> Any:
    try:
        return yaml.load(text, _UniqueKeys)
    except (yaml.YAMLError, ValueError) as fault:  # ValueError: a day that does not exist, 2026-02-31
        mark = getattr(fault, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark else ""
        problem = getattr(fault, "problem", None) or str(fault)
        content.fault(path, f"is not valid YAML{line}: {problem}.", "Correct the line.")
        return None
