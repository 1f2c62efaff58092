import shutil
from pathlib import Path

import pytest

from jalon.evaluation.crossvalidation import Example, cross_validate, examples

SMALL = Path(__file__).parents[1] / "small"
CLEAR = {"life/a": "pain lait riz", "life/b": "bus train gare"}


def made(label, words, language="fr"):
    """Nine examples of a label; each says its words in another order."""
    listed = words.split()
    turns = [listed[at:] + listed[:at] for at in range(3)]
    return [Example(f"{' '.join(turn)} {end}", label, language) for turn in turns for end in ("oui", "non", "si")]


def silent(message):
    """No progress."""


def test_examples_that_foretell_one_another_are_found():
    known = [example for label, words in CLEAR.items() for example in made(label, words)]
    found = cross_validate(known, 3, silent)
    assert found["folds"] == 3
    french = found["languages"]["fr"]
    assert (french["n"], french["top1"], french["top3"], french["confusions"]) == (18, 1.0, 1.0, [])


def test_labels_with_the_same_phrasings_are_named_with_some_of_them():
    known = [*made("life/a", CLEAR["life/a"]), *made("life/b", CLEAR["life/b"]), *made("life/c", CLEAR["life/b"])]
    french = cross_validate(known, 3, silent)["languages"]["fr"]
    assert french["top1"] < 0.9
    assert french["labels"]["life/a"]["top1"] == 1.0
    assert list(french["labels"])[-1] == "life/a"  # the worst come first
    pairs = {(pair["label"], pair["taken_for"]) for pair in french["confusions"]}
    assert pairs
    assert pairs <= {("life/b", "life/c"), ("life/c", "life/b")}
    texts = {example.text for example in known}
    assert all(pair["texts"] and set(pair["texts"]) <= texts for pair in french["confusions"])
    assert sum(pair["n"] for pair in french["confusions"]) == round(27 * (1 - french["top1"]))


def test_every_example_is_guessed_once_and_counted_in_its_language():
    known = [example for label, words in CLEAR.items() for code in ("fr", "nl") for example in made(label, words, code)]
    said = []
    found = cross_validate(known, 2, said.append)
    assert {code: row["n"] for code, row in found["languages"].items()} == {"fr": 18, "nl": 18}
    assert len(said) == 2


@pytest.mark.parametrize("folds", [0, 1, 10])
def test_a_number_of_folds_that_cannot_be_is_refused(folds):
    with pytest.raises(ValueError, match="--folds"):
        cross_validate(made("life/a", "un deux trois"), folds, silent)


def test_the_examples_are_those_of_the_training_and_not_of_the_calibration(tmp_path):
    home = shutil.copytree(SMALL, tmp_path / "project")
    for folder in ("nlu/fr", "calibration"):
        (home / "data" / folder).mkdir(parents=True)
    intents = {"life/income": "un", "greet": "salut"}
    blocks = [f"- intent: {label}\n  examples: |\n    - {text}\n" for label, text in intents.items()]
    (home / "data/nlu/fr/life.yml").write_text("\n".join(['version: "3.1"\nnlu:', *blocks]), "utf-8")
    (home / "data/calibration/fr.yml").write_text("- {text: deux, label: life/income}\n", "utf-8")
    found = examples(home)
    assert Example("un", "life/income", "fr") in found
    assert Example("salut", "greet", "fr") in found
    assert "deux" not in {example.text for example in found}
