"""Checks of what the assistant learns from: the domain, the rules, the example questions, the held-out questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from jalon.findings import Finding
from jalon.knowledge.read import Content

EXAMPLES_PER_ARTICLE = 40
EXAMPLES_PER_DIALOGUE_INTENT = 25
# What the pipeline concludes, and what only buttons say; nobody types them.
TECHNICAL = {"choose", "unreadable", "inform", "request_callback", "forget_situation"}
SIGNPOST = "signpost"  # the intent of every signpost: signpost/<id>
_RASA_KEYS = re.compile(r"^\s*(rules|stories|nlu|responses):", re.MULTILINE)


def check(content: Content) -> Iterator[Finding]:
    """Every fault of domain.yml, data/dialogue, data/nlu and tests/understanding."""
    home = content.root.parent
    domain = yield from _yaml(content, home / "domain.yml")
    if domain is None:
        return
    intents = set(domain.get("intents") or [])
    topics = {article.topic for article in content.articles.values()}
    for topic in sorted(topics - intents):
        yield Finding("domain.yml", f"intent {topic!r} is missing.", "Add the topic to intents.")
    yield from _rules(content, intents, {*(domain.get("actions") or []), *(domain.get("forms") or {})})
    if "responses" in domain:
        yield Finding("domain.yml", "holds sentences.", "Sentences belong in data/phrases.")
    signposts = {f"{SIGNPOST}/{name}" for name in content.signposts}
    labels = {*content.articles, *signposts, *(intents - topics - TECHNICAL - {SIGNPOST})}
    yield from _examples(content, labels)
    yield from _held_out(content, labels)
    yield from _shortenings(content)
    yield from _misread_by_rasa(content)


def _rules(content: Content, intents: set[str], actions: set[str]) -> Iterator[Finding]:
    ruled: Counter[str] = Counter()
    for path in sorted((content.root / "dialogue" / "rules").glob("*.yml")):
        place = content.place(path)
        rules = yield from _yaml(content, path)
        for rule in (rules or {}).get("rules") or []:
            for step in rule.get("steps") or []:
                intent, action = step.get("intent"), step.get("action")
                if intent:
                    ruled[intent] += 1
                    if intent not in intents:
                        yield Finding(
                            place,
                            f"rule {rule.get('rule')!r}: intent {intent!r} is not in domain.yml.",
                            "Correct the name.",
                        )
                if action and not action.startswith("utter_") and action not in actions:
                    yield Finding(
                        place,
                        f"rule {rule.get('rule')!r}: action {action!r} is not in domain.yml.",
                        "Correct the name.",
                    )
    for intent in sorted(intents - ruled.keys()):
        yield Finding("domain.yml", f"intent {intent!r} has no rule.", "Add one to data/dialogue/rules.")


def _examples(content: Content, labels: set[str]) -> Iterator[Finding]:
    for language, entry in content.languages.items():
        counts: Counter[str] = Counter()
        seen: dict[str, str] = {}
        for path in sorted((content.root / "nlu" / language).glob("*.yml")):
            place = content.place(path)
            for label, examples in (yield from read_examples(content, path)):
                if label not in labels:
                    yield Finding(
                        place, f"{label!r} is no article, no signpost and no dialogue intent.", "Correct the name."
                    )
                topic = label.split("/")[0] if "/" in label else "dialogue"
                expected = "signposts" if topic == SIGNPOST else topic
                if path.stem != expected:
                    yield Finding(place, f"{label!r} stands in the wrong file.", f"Move it to {expected}.yml.")
                counts[label] += len(examples)
                for example in examples:
                    same = _plain(example)
                    other = seen.setdefault(same, label)
                    if other != label:
                        yield Finding(
                            place,
                            f"{example!r} is an example of {label} and of {other}.",
                            "Keep it where it belongs.",
                        )
        if entry.status == "live":
            for label in sorted(labels):
                least = EXAMPLES_PER_ARTICLE if "/" in label else EXAMPLES_PER_DIALOGUE_INTENT
                if counts[label] < least:
                    yield Finding(
                        f"data/nlu/{language}",
                        f"{label} has {counts[label]} example questions.",
                        f"Write at least {least}.",
                    )


def read_examples(content: Content, path: Path):
    """The examples of one file as (label, questions); faults of form are yielded."""
    data = yield from _yaml(content, path)
    entries = (data or {}).get("nlu") or []
    if not isinstance(entries, list):
        yield Finding(content.place(path), "`nlu:` holds no list.", "Write nlu: and below it lines - intent: name.")
        return []
    blocks = []
    for block in entries:
        intent, written = (block.get("intent"), block.get("examples")) if isinstance(block, dict) else (None, None)
        examples = re.findall(r"^\s*-\s+(.+)$", written, re.MULTILINE) if isinstance(written, str) else []
        if not isinstance(intent, str) or not examples:
            yield Finding(
                content.place(path),
                f"the block {str(block)[:40]!r} has no intent or no examples.",
                "Write - intent: name, examples: | and lines that begin with -.",
            )
            continue
        for example in examples:
            if re.search(r"[\[\]{}]|^/", example):
                yield Finding(
                    content.place(path),
                    f"{example!r} holds a bracket, a brace or a leading slash.",
                    "Write it as a person would type it.",
                )
        blocks.append((intent, [example.strip() for example in examples]))
    return blocks


def _held_out(content: Content, labels: set[str]) -> Iterator[Finding]:
    """Calibration and test questions measure us: none may stand in the training data."""
    folders = (content.root / "calibration", content.root.parent / "tests" / "understanding")
    for path in (file for folder in folders for file in sorted(folder.glob("*.yml"))):
        place = content.place(path)
        trained = {
            _plain(example)
            for file in (content.root / "nlu" / path.stem).glob("*.yml")
            for example in re.findall(r"^\s*-\s+(.+)$", file.read_text("utf-8", "replace"), re.MULTILINE)
        }
        for line in (yield from _yaml(content, path, list)) or []:
            if not isinstance(line, dict) or not line.get("text") or line.get("label") not in labels:
                yield Finding(place, f"{str(line)[:60]!r} has no text or no known label.", "Write text: and label:.")
            elif _plain(line["text"]) in trained:
                yield Finding(
                    place,
                    f"{line['text']!r} also stands in the training data.",
                    "Write another held-out question.",
                )


def _shortenings(content: Content) -> Iterator[Finding]:
    """A shortening is one word, and it stands for words."""
    for path in sorted((content.root / "texts").glob("*/chat.yml")):
        listed = yield from _yaml(content, path)
        for short, meant in (listed or {}).items():
            if not isinstance(short, str) or not isinstance(meant, str) or " " in short.strip() or not meant.strip():
                yield Finding(
                    content.place(path), f"{short!r}: {meant!r} is no shortening.", "Write `rdv: rendez-vous`."
                )


def _misread_by_rasa(content: Content) -> Iterator[Finding]:
    """Rasa takes any file with such a line for training data, wherever it lies."""
    for folder in ("articles", "facts", "texts", "phrases"):
        for path in sorted((content.root / folder).rglob("*.yml")):
            if found := _RASA_KEYS.search(path.read_text("utf-8", "replace")):
                yield Finding(
                    content.place(path),
                    f"has the key {found[1]!r}, which Rasa would take for training data.",
                    "Use another key.",
                )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _yaml(content: Content, path: Path, form: type = dict):
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
        if read is None or isinstance(read, form):
            return read
        yield Finding(content.place(path), f"holds no {form.__name__}.", "Write it like the other files of its kind.")
    except FileNotFoundError:
        yield Finding(content.place(path), "is missing.", "Restore it.")
    except UnicodeDecodeError:
        yield Finding(content.place(path), "is not written in UTF-8.", "Save it again with the encoding UTF-8.")
    except (yaml.YAMLError, ValueError) as fault:  # ValueError: a day that does not exist, 2026-02-31
        mark = getattr(fault, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark else ""
        yield Finding(content.place(path), f"is not valid YAML{line}.", "Correct the line.")
    return None
