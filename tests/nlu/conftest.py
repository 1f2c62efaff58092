"""A model learned from a dozen phrases."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from jalon.knowledge.build import build
from jalon.knowledge.store import KnowledgeStore
from jalon.nlu.entities import EntityReader
from jalon.nlu.finders.reading import words_of
from jalon.nlu.linear import LinearModel

DATA = Path(__file__).parents[2] / "data"

PHRASES = {
    "procedure/appeal": [
        "faire un recours",
        "recours contre un refus",
        "quel délai pour un recours",
        "aller au tribunal",
    ],
    "life/income": ["recevoir un revenu", "combien est le revenu", "argent du cpas", "toucher de l'argent"],
    "out_of_scope": ["quel temps fait il", "recette de crêpes", "résultat du match", "acheter une voiture"],
}


@pytest.fixture(scope="session")
def model() -> LinearModel:
    """Trained on the phrases and calibrated on others."""
    texts = [phrase.split() for phrases in PHRASES.values() for phrase in phrases]
    labels = [label for label, phrases in PHRASES.items() for _ in phrases]
    made = LinearModel.fit(texts, labels)
    made.calibrate(
        [["un", "recours"], ["le", "revenu"], ["la", "météo"], ["le", "tribunal", "du", "revenu"]],
        [{"procedure/appeal"}, {"life/income"}, {"out_of_scope"}, {"procedure/appeal"}],
    )
    return made


def phrasings_in(language: str) -> list[str]:
    """The example questions of a language."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((DATA / "nlu" / language).glob("*.yml"))]
    lines = [line for file in files for entry in file["nlu"] for line in entry["examples"].splitlines()]
    return [line.removeprefix("- ") for line in lines]


@pytest.fixture(scope="session")
def phrasings() -> list[str]:
    """The example questions in French."""
    return phrasings_in("fr")


@pytest.fixture(scope="session")
def reader_of(tmp_path_factory) -> Callable[[str], EntityReader]:
    """The finders of a language over the real data, with the everyday words of its example questions."""
    target = tmp_path_factory.mktemp("models") / "knowledge.db"
    build(DATA, target)
    store = KnowledgeStore(target)

    @cache
    def make(language: str) -> EntityReader:
        used = Counter(word for line in phrasings_in(language) for word in words_of([line]))
        return EntityReader(store, language, used)

    return make


@pytest.fixture(scope="session")
def reader(reader_of) -> EntityReader:
    """The finders of French."""
    return reader_of("fr")


@pytest.fixture
def found(reader):
    """What is found of one kind in a text; the day is Monday 23 November 2026."""
    today = dt.date(2026, 11, 23)

    def look(text, *kinds):
        return [entity["value"] for entity in reader.entities(text, today) if entity["entity"] in kinds]

    return look
