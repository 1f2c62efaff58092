import random
import string
from pathlib import Path

import pytest
import yaml

COMMUNES = yaml.safe_load((Path(__file__).parents[2] / "data" / "facts" / "communes.yml").read_text("utf-8"))[
    "communes"
]
NAMES = [(id, name) for id, commune in COMMUNES.items() for name in (commune["name"], *commune["aliases"])]


@pytest.mark.parametrize(("id", "name"), NAMES, ids=lambda value: value)
def test_every_name_is_found_where_somebody_says_they_live_there(found, id, name):
    assert found(f"j'habite à {name}", "commune") == [id]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("où est le cpas de Namur ?", "namur"),
        ("avocat NAMUR", "namur"),
        ("j'habite à gemblou", "gembloux"),
        ("je vis à jemeppe sur sambre", "jemeppe_sur_sambre"),
        ("cpas Jemeppe-sur-Sambre", "jemeppe_sur_sambre"),
        ("j'habite à sommeleuze", "somme_leuze"),
        ("je vais à st servais", "namur"),
        ("cpas de vresse", "vresse_sur_semois"),
        ("un médecin près d'Éghezée", "eghezee"),
        ("j'habite à filipeville", "philippeville"),
        ("fosse la ville", "fosses_la_ville"),
        ("le cpas de jambes", "namur"),
        ("je vis à jambes", "namur"),
        ("Jambes", "namur"),
        ("5004 bouge", "namur"),
        ("5000", "namur"),
        ("code postal 5500", "dinant"),
        ("j'habite 5030", "gembloux"),
        ("commune de 5300 Andenne", "andenne"),
        ("j'habite à ٥٠٠٠", "namur"),
        ("je vis à Bruxelles", "outside"),
        ("j'ai déménagé de liege", "outside"),
        ("un avocat à Mons", "outside"),
        ("j'habite à Huy", "outside"),
    ],
)
def test_a_place_becomes_its_commune(found, text, value):
    assert set(found(text, "commune")) == {value}


@pytest.mark.parametrize(
    "text",
    [
        "je bouge beaucoup",
        "il a bougé",
        "j'ai mal aux jambes",
        "je fais la lessive",
        "jette tout à la poubelle",
        "arrivé en 2024",
        "5000 euros",
        "5000 €",
        "j'ai payé 5000",
        "5100 personnes",
        "081 40 5000 12",
        "0486 5030 11",
        "je mets la table",
        "nous mettons",
        "en disant la vérité",
        "ils mettent longtemps",
        "que faire ?",
        "",
        "€ ½ 5",
    ],
)
def test_everyday_words_and_amounts_are_no_places(found, text):
    assert found(text, "commune") == []


def one_edit(word, rng):
    """The word with one letter dropped, changed, added or exchanged with the next."""
    at, letter = rng.randrange(len(word) - 1), rng.choice(string.ascii_lowercase)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def test_nine_misspelt_names_of_ten_are_found_where_a_place_is_announced(found):
    rng = random.Random(2026)
    names = [(id, name.lower()) for id, name in NAMES if len(name) >= 5]
    hits = [id in found(f"adresse du cpas de {one_edit(name, rng)}", "commune") for id, name in names]
    assert sum(hits) / len(hits) >= 0.9


def test_places_are_rare_where_none_is_named(found, phrasings):
    named = {word.lower() for _, name in NAMES for word in name.replace("-", " ").split() if len(word) > 3}
    ordinary = [line for line in phrasings if not named & set(line.lower().replace("-", " ").split())][::5]
    wrong = [line for line in ordinary if set(found(line, "commune")) - {"outside"}]
    assert len(wrong) <= len(ordinary) / 100, wrong
