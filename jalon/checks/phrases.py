"""Checks of the phrases and of the buttons that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel import Locale
from pydantic import ValidationError

from jalon.findings import Finding
from jalon.knowledge.forms import SITUATIONS
from jalon.knowledge.read import Content
from jalon.languages import REFERENCE
from jalon.phrases import PARTS, Buttons, Phrases


def check(content: Content) -> Iterator[Finding]:
    """Every fault of the phrases files and of data/dialogue/buttons.yml."""
    files: dict[str, Phrases] = {}
    for path in sorted((content.root / "phrases").glob("*.yml")):
        place = content.place(path)
        if path.stem not in content.languages:
            yield Finding(place, f"language {path.stem!r} is not known.", "Add it to data/languages.yml.")
        phrases = yield from _read(place, path, Phrases)
        if phrases:
            files[path.stem] = phrases
            if phrases.language != path.stem:
                yield Finding(place, f"says it is {phrases.language!r}.", f"Write language: {path.stem}.")
    place = content.place(content.root / "dialogue" / "buttons.yml")
    buttons = yield from _read(place, content.root / "dialogue" / "buttons.yml", Buttons)
    reference = files.get(REFERENCE)
    if reference is None:
        yield Finding(f"data/phrases/{REFERENCE}.yml", "is missing or cannot be read.", "It is the reference.")
        return
    if buttons:
        yield from _buttons(content, place, buttons, reference)
    for language, phrases in files.items():
        yield from _phrases(content, language, phrases, reference)


def _read(place: str, path: Path, form):
    try:
        return form.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except FileNotFoundError:
        yield Finding(place, "is missing.", "Restore it.")
    except UnicodeDecodeError:
        yield Finding(place, "is not written in UTF-8.", "Save it again with the encoding UTF-8.")
    except yaml.YAMLError as fault:
        yield Finding(place, f"is not valid YAML: {fault}.", "Correct the line.")
    except ValidationError as invalid:
        for error in invalid.errors():
            where = ".".join(map(str, error["loc"]))
            yield Finding(place, f"{where}: {error['msg']}.", "Correct the entry; data/phrases/fr.yml shows the form.")
    return None


def _buttons(content: Content, place: str, buttons: Buttons, reference: Phrases) -> Iterator[Finding]:
    for name, press in buttons.buttons.items():
        if name not in reference.buttons:
            yield Finding(
                place,
                f"button {name!r} has no words.",
                f"Add it to the buttons of data/phrases/{REFERENCE}.yml.",
            )
        if press.article and press.article not in content.articles:
            yield Finding(place, f"button {name!r} opens {press.article!r}, which does not exist.", "Correct the name.")
    for sentence, names in buttons.offers.items():
        if sentence not in reference.say:
            yield Finding(place, f"offers: the sentence {sentence!r} does not exist.", "Correct the name.")
        for name in names:
            if name not in buttons.buttons:
                yield Finding(place, f"offers of {sentence!r}: button {name!r} does not exist.", "Add it to buttons.")


def _phrases(content: Content, language: str, phrases: Phrases, reference: Phrases) -> Iterator[Finding]:
    place = content.place(content.root / "phrases" / f"{language}.yml")
    for part in PARTS:
        own, wanted = getattr(phrases, part), getattr(reference, part)
        if part == "words":
            wanted = {**wanted, **dict.fromkeys(_plurals(wanted, phrases.formats))}
        for name in sorted(wanted.keys() - own.keys()):
            yield Finding(place, f"{part}.{name} is missing.", "Translate it.", _level(content, language))
        for name in sorted(own.keys() - wanted.keys()):
            yield Finding(place, f"{part}.{name} is not in the reference.", f"Remove it, or add it to {REFERENCE}.yml.")
    for name, text in phrases.say.items():
        if set(re.findall(r"\{\w+\}", text)) != set(re.findall(r"\{\w+\}", reference.say.get(name, text))):
            yield Finding(place, f"say.{name} has other {{…}} than the reference.", "Use the same ones.")
        if re.search(r"\d{2,}|https?://|@", text):
            yield Finding(
                place,
                f"say.{name} states a figure or an address.",
                "Facts live in data/facts; phrases state none.",
            )
    for name in sorted(set(SITUATIONS) - phrases.situations.keys()):
        yield Finding(place, f"situations.{name} is missing.", "Add its name and button.")


def _plurals(reference: dict, locale: str) -> list[str]:
    """The forms that the language needs of each word that is counted, `working_day_few`: those of CLDR."""
    counted = [name.removesuffix("other") for name in reference if name.endswith("_other")]
    forms = {Locale.parse(locale).plural_form(number) for number in range(1000)}
    return [f"{word}{form}" for word in counted for form in sorted(forms)]


def _level(content: Content, language: str) -> str:
    entry = content.languages.get(language)
    return "ERROR" if entry is None or entry.status == "live" else "WARNING"
