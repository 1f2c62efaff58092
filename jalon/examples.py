"""The example questions of `data/nlu`, as they stand there; their form is the affair of `jalon check`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Example:
    """One question as somebody would type it.

    Attributes:
        text: the question.
        label: the intent it belongs to, `topic/article` or a dialogue intent.
        language: the code of the folder it stands in.
    """

    text: str
    label: str
    language: str


def read_examples(folder: Path) -> Iterator[Example]:
    """The examples of all files of `data/nlu`, language after language.

    Raises:
        KeyError: a block lacks its intent or its examples; `jalon check` names the place.
    """
    for path in sorted(folder.glob("*/*.yml")):
        # The parser written in C: eighty thousand lines take a second instead of a minute.
        for block in (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}).get("nlu") or []:
            for line in block["examples"].splitlines():
                text = line.strip().removeprefix("-").strip()
                if text:
                    yield Example(text, block["intent"], path.parent.name)
