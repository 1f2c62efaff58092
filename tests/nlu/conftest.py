"""A model learned from a dozen phrases."""

from __future__ import annotations

import pytest

from jalon.nlu.linear import LinearModel

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
