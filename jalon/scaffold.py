"""`jalon new`: skeletons of new things, in the right place and form."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

_ARTICLE = """\
topic: {topic}
id: {id}
revision: 1
situations: []
checked_on: {today}
checked_by: editor
review_every_months: 6
sources:
  first_source:
    title: "TITLE OF THE PAGE OR LAW"
    publisher: "PUBLISHER"
    url: https://www.example.org/
    dated: undated
    kind: official
statements:
  - about: what the answer says
    confidence: medium
    sources: [first_source]
related: [cai/cai_contact]
"""
_TEXT = """\
---
title: TITRE DE LA QUESTION
button: TITRE COURT
revision: 1
status: draft
---
## short
La réponse en deux à quatre phrases.

## steps
1. La première chose à faire.

## more
Le reste : conditions, exceptions, qui aide.

## easy
La réponse en phrases très courtes.
"""


class CannotCreate(ValueError):
    """The new thing cannot be made; the message says why and what to do."""


def new_article(data: Path, name: str, today: dt.date) -> list[Path]:
    """Create the folder and files of a new article, and its block of example questions; returns what was written.

    Raises:
        CannotCreate: the name has not the form topic/id, the topic is not known, or the article exists.
    """
    match = re.fullmatch(r"([a-z]+)/([a-z][a-z0-9_]*)", name)
    if not match:
        raise CannotCreate(f"{name!r} is not a name. Write topic/id in small letters, for example life/my_question.")
    topic, id = match[1], match[2]
    topics = sorted(path.name for path in (data / "articles").iterdir() if path.is_dir())
    if topic not in topics:
        raise CannotCreate(f"Topic {topic!r} does not exist. Use one of {', '.join(topics)}.")
    folder = data / "articles" / topic / id
    if folder.exists():
        raise CannotCreate(f"{name} exists already: edit {folder}.")
    folder.mkdir()
    article, text, examples = folder / "article.yml", folder / "fr.md", data / "nlu" / "fr" / f"{topic}.yml"
    article.write_text(_ARTICLE.format(topic=topic, id=id, today=today), "utf-8")
    text.write_text(_TEXT, "utf-8")
    before = examples.read_text("utf-8").rstrip("\n") if examples.exists() else 'version: "3.1"\nnlu:'
    examples.write_text(f"{before}\n- intent: {name}\n  examples: |\n    - une première question\n", "utf-8")
    return [article, text, examples]
