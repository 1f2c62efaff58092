"""`jalon new language`: every file that a new language needs, with the French in it, in the right place and form.

An article waits with `status: todo` above the French text; in every other file the French stands in comments. Neither
is read, so that nothing French is ever taken for the new language.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from jalon.languages import REFERENCE, read_languages
from jalon.phrases import PARTS
from jalon.scaffold import CannotCreate

_HEAD = {
    "phrases": "The assistant's own sentences, buttons and labels. Write each line anew, without the # before it.",
    "texts": "Write each entry anew, without the # before it; docs/tasks/translate.md.",
    "nlu": "How people ask, at least 60 phrasings of each need: written in the language, never translated.",
}
_PLACEHOLDER = "    - "


def new_language(data: Path, code: str) -> list[Path]:
    """Add a draft language and its files; returns what was written, the registry first.

    Raises:
        CannotCreate: the code is not one that CLDR knows, or the language is there.
    """
    registry = data / "languages.yml"
    if code in read_languages(registry):
        raise CannotCreate(f"{code!r} is in {registry} already: edit its files; `jalon check --language {code}`.")
    entry = _entry(code)
    with registry.open("a", encoding="utf-8") as lines:
        lines.write(entry)
    return [registry, *_articles(data, code), *_commented(data, code)]


def _entry(code: str) -> str:
    """The line of the registry, from CLDR."""
    try:
        locale = Locale.parse(code)
        script = get_global("likely_subtags")[code].split("_")[1]
    except (UnknownLocaleError, ValueError, KeyError) as fault:
        raise CannotCreate(
            f"{code!r} is no language that CLDR knows. Write its ISO 639 code, for example tr."
        ) from fault
    name, english = locale.get_language_name(code), locale.get_language_name("en")
    direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
    return f"{code}: {{name: {name}, english: {english}, script: {script}, direction: {direction}, status: draft}}\n"


def _articles(data: Path, code: str) -> Iterator[Path]:
    for french in sorted((data / "articles").glob(f"*/*/{REFERENCE}.md")):
        text = french.read_text("utf-8")
        front, mark, body = text.removeprefix("---\n").partition("\n---\n")
        kept = [line for line in front.splitlines() if not line.startswith("status:")]
        yield _written(french.with_name(f"{code}.md"), "\n".join(["---", *kept, "status: todo"]) + mark + body)


def _commented(data: Path, code: str) -> Iterator[Path]:
    phrases = (data / "phrases" / f"{REFERENCE}.yml").read_text("utf-8")
    lines = phrases[phrases.index("\nsay:") + 1 :].splitlines()
    kept = [line if line.rstrip(":") in PARTS or not line else f"# {line}" for line in lines]
    yield _written(data / "phrases" / f"{code}.yml", f"# {_HEAD['phrases']}\nlanguage: {code}\n\n" + "\n".join(kept))
    for french in sorted((data / "texts" / REFERENCE).glob("*.yml")):
        text = "\n".join(f"# {line}".rstrip() for line in french.read_text("utf-8").splitlines())
        yield _written(data / "texts" / code / french.name, f"# {_HEAD['texts']}\n{text}")
    for french in sorted((data / "nlu" / REFERENCE).glob("*.yml")):
        intents = [line for line in french.read_text("utf-8").splitlines() if line.startswith("- intent:")]
        blocks = "\n".join(f"# {intent}\n#   examples: |\n# {_PLACEHOLDER}" for intent in intents)
        yield _written(data / "nlu" / code / french.name, f'# {_HEAD["nlu"]}\nversion: "3.1"\nnlu:\n{blocks}')


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n", "utf-8")
    return path
