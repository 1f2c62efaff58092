"""A small project on which the checks find nothing, and the hands to break it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from jalon.checks.dialogue import EXAMPLES_PER_ARTICLE, EXAMPLES_PER_DIALOGUE_INTENT
from jalon.checks.run import run_checks
from jalon.findings import Finding

TESTS = Path(__file__).parents[1]
TODAY = dt.date(2026, 2, 10)
LABELS = {
    "procedure": {"procedure/appeal": "recours"},
    "life": {"life/income": "revenu"},
    "signposts": {"signpost/fishing": "poisson"},
    "dialogue": {"greet": "bonjour", "out_of_scope": "météo"},
}


@dataclass(frozen=True)
class Project:
    """A project's folder."""

    home: Path

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` of a file; the file must hold it."""
        path = self.home / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def write(self, file: str, text: str) -> None:
        """Write a file whole."""
        path = self.home / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def findings(self, language: str | None = None) -> list[Finding]:
        """What the checks find."""
        return run_checks(self.home / "data", TODAY, language)

    def expect(self, level: str, place: str, named: str) -> Finding:
        """The finding at that level and place that names the thing; fails when there is none."""
        found = self.findings()
        fitting = [
            one for one in found if (one.level, one.place) == (level, place) and named in f"{one.fault} {one.remedy}"
        ]
        assert fitting, f"no {level} of {place} names {named!r}, only:\n" + "\n".join(map(str, found))
        assert fitting[0].fault.strip()
        assert fitting[0].remedy.strip()
        return fitting[0]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the small project, with the real phrases and just enough questions."""
    home = shutil.copytree(TESTS / "small", tmp_path / "project")
    made = Project(home)
    made.write("data/phrases/fr.yml", (TESTS.parent / "data" / "phrases" / "fr.yml").read_text("utf-8"))
    for topic, labels in LABELS.items():
        blocks = [_block(label, word) for label, word in labels.items()]
        made.write(f"data/nlu/fr/{topic}.yml", 'version: "3.1"\nnlu:\n' + "".join(blocks))
    held_out = [
        f'- {{text: "un autre {word}", label: {label}}}\n'
        for labels in LABELS.values()
        for label, word in labels.items()
    ]
    made.write("tests/understanding/fr.yml", "".join(held_out))
    made.write("data/calibration/fr.yml", "".join(held_out).replace("un autre", "encore un"))
    return made


def _block(label: str, word: str) -> str:
    count = EXAMPLES_PER_ARTICLE if "/" in label else EXAMPLES_PER_DIALOGUE_INTENT
    lines = "".join(f"    - {word} numéro {number}\n" for number in range(1, count + 1))
    return f"- intent: {label}\n  examples: |\n{lines}"
