"""Citations: how a text names a fact, `{deadline:appeal_ordinary}`, instead of stating it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CITATION = re.compile(r"\{([a-z_]+):([a-z0-9_]+)(?:\.([a-z_]+))?\}")
_BRACES = re.compile(r"\{[^{}]*\}")

KINDS = ("deadline", "amount", "organisation", "service", "fact")
CONTACT_FIELDS = ("name", "abbreviation", "address", "phone", "email", "website", "hours")


@dataclass(frozen=True)
class Citation:
    """One citation: `{kind:name.field}`; `text` is how it is written."""

    kind: str
    name: str
    field: str
    text: str


def citations(text: str) -> Iterator[Citation]:
    """Every citation of a text, in its order."""
    for match in _CITATION.finditer(text):
        yield Citation(match[1], match[2], match[3] or "", match[0])


def malformed(text: str) -> list[str]:
    """What stands in braces and is no citation."""
    return [found for found in _BRACES.findall(text) if not _CITATION.fullmatch(found)]


def replace(text: str, value_of) -> str:
    """The text with each citation replaced by `value_of(citation)`."""
    return _CITATION.sub(lambda match: value_of(Citation(match[1], match[2], match[3] or "", match[0])), text)
