"""Builds what languages are recognised by: n-grams of letters, and what the example questions add to them.

The n-grams come from the frequencies that lingua 1.3.5 carries in its package (Apache 2.0); lingua itself is never
imported: its files alone are read, https://github.com/pemistahl/lingua-py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import files, version
from pathlib import Path

import brotli
import numpy as np

from jalon.examples import Example
from jalon.nlu.language_examples import ExampleTable
from jalon.nlu.languages_of_text import GROUPS, plain
from jalon.nlu.ngrams import as_bytes, code_points, keys_of
from jalon.nlu.text import main_script

PACKAGE = "lingua-language-detector"
FILES = ("unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams")


def source_version() -> str:
    """The version of the package that the n-grams come from."""
    return version(PACKAGE)


def build(path: Path, examples: Iterable[Example]) -> int:
    """Write the tables of every group of languages to one file; returns how many n-grams they hold.

    Args:
        examples: the example questions in all languages.

    Raises:
        FileNotFoundError: the package does not hold the n-grams of a language.
    """
    arrays = {}
    for group, languages in GROUPS.items():
        arrays[f"{group}_keys"], arrays[f"{group}_values"] = _table(languages)
    latin = _from_examples(examples)
    arrays["example_weights"] = latin.weights
    arrays["example_words"] = np.array([" ".join(sorted(words)) for words in latin.known])
    arrays["example_languages"] = np.array(latin.languages)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new.npz")
    np.savez(unfinished, **arrays)
    unfinished.replace(path)
    return sum(len(arrays[f"{group}_keys"]) for group in GROUPS)


def _from_examples(examples: Iterable[Example]) -> ExampleTable:
    """Of the examples in Latin letters: in the other scripts, letters and n-grams tell the languages apart."""
    texts: dict[str, list[str]] = {}
    for example in examples:
        if main_script(example.text) == "LATIN":
            texts.setdefault(example.language, []).append(plain(example.text))
    return ExampleTable.learn(texts)


def _table(languages: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Sorted keys, and for each the probabilities in the languages as bytes (0: not seen)."""
    own = [_of_language(language) for language in languages]
    keys = np.unique(np.concatenate([found for found, _ in own]))
    values = np.zeros((len(keys), len(languages)), np.uint8)
    for column, (found, probabilities) in enumerate(own):
        values[np.searchsorted(keys, found), column] = probabilities
    return keys, values


def _of_language(language: str) -> tuple[np.ndarray, np.ndarray]:
    """The keys of a language's n-grams and, for each, the probability of its last letter after the first ones."""
    keys, values = [], []
    for length, name in enumerate(FILES, 1):
        by_fraction = json.loads(brotli.decompress(_file(language, name).read_bytes()))["ngrams"]
        fractions = np.array([fraction.split("/") for fraction in by_fraction], np.float64)
        # All n-grams of a file are equally long, so that with one space after each they stand in columns.
        columns = code_points("".join(f"{ngrams} " for ngrams in by_fraction.values())).reshape(-1, length + 1).T
        counts = [(len(ngrams) + 1) // (length + 1) for ngrams in by_fraction.values()]
        keys.append(keys_of(columns[:length])[-1])
        values.append(np.repeat(as_bytes(np.log(fractions[:, 0] / fractions[:, 1])), counts))
    return np.concatenate(keys), np.concatenate(values)


def _file(language: str, name: str) -> Path:
    wanted = f"language-models/{language}/{name}.json.br"
    for file in files(PACKAGE) or ():
        if str(file).endswith(wanted):
            return Path(file.locate())
    raise FileNotFoundError(f"{PACKAGE}: {wanted} is not in the package. Run `uv sync`.")
