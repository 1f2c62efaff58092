"""The one form of a fault found in the data: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["ERROR", "WARNING"]


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: `[ERROR] place: what is wrong. What to do.`"""

    place: str
    fault: str
    remedy: str
    level: Level = "ERROR"

    def __str__(self) -> str:
        return f"[{self.level}] {self.place}: {self.fault} {self.remedy}"


class DataFault(Exception):
    """The data cannot be used as it is; `findings` holds every fault at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that must be mended before the data can be used."""
    return [finding for finding in findings if finding.level == "ERROR"]
