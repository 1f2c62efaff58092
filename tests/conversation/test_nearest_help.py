"""The CPAS of each of the 38 communes, by name, by postcode and with a slip of the pen."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

FACTS = Path(__file__).parents[2] / "data" / "facts"
COMMUNES = yaml.safe_load((FACTS / "communes.yml").read_text("utf-8"))["communes"]
SERVICES = yaml.safe_load((FACTS / "services.yml").read_text("utf-8"))["services"]
CPAS = {service["communes"][0]: service["name"] for service in SERVICES.values() if service["type"] == "cpas"}
DIRECTORY = SERVICES["cpas_directory"]["name"]

# None of these is among the spellings that data/facts/communes.yml lists.
MISSPELT = {
    "andenne": "Adenne",
    "anhee": "Anehe",
    "assesse": "Assess",
    "beauraing": "Beaurain",
    "bievre": "Bièvr",
    "cerfontaine": "Cerfontene",
    "ciney": "Cinney",
    "couvin": "Couvinn",
    "dinant": "Dinnant",
    "doische": "Doisch",
    "eghezee": "Eghezze",
    "fernelmont": "Fernelmond",
    "floreffe": "Florrefe",
    "florennes": "Florenness",
    "fosses_la_ville": "Fosse la vile",
    "gedinne": "Geddinne",
    "gembloux": "Gemblouxe",
    "gesves": "Gessves",
    "hamois": "Hammois",
    "hastiere": "Hastierre",
    "havelange": "Havlange",
    "houyet": "Houyett",
    "jemeppe_sur_sambre": "Jemepe sur Sambre",
    "la_bruyere": "La Bruyerre",
    "mettet": "Mettett",
    "namur": "Nammur",
    "ohey": "Oheyy",
    "onhaye": "Onhayee",
    "philippeville": "Phillippeville",
    "profondeville": "Profondville",
    "rochefort": "Rocheffort",
    "sambreville": "Sambrville",
    "sombreffe": "Sombreff",
    "somme_leuze": "Somme Leuse",
    "viroinval": "Viroinvall",
    "vresse_sur_semois": "Vresse sur Semoi",
    "walcourt": "Wallcourt",
    "yvoir": "Yvoirr",
}
ASKED = [
    pytest.param(id, said, id=said)
    for id, commune in COMMUNES.items()
    for said in (
        f"Où est le CPAS de {commune['name']} ?",
        f"CPAS {commune['postcodes'][0]}",
        f"cherche cpas de {MISSPELT[id]}",
    )
]


def test_all_communes_of_the_province_are_asked_for():
    assert len(COMMUNES) == 38
    known = {name.lower() for commune in COMMUNES.values() for name in (commune["name"], *commune["aliases"])}
    assert not known & {name.lower() for name in MISSPELT.values()}


@pytest.mark.parametrize(("commune", "said"), ASKED)
async def test_the_cpas_of_a_commune_or_the_way_to_find_it(engine, commune, said):
    reply = (await engine.turn(engine.new_conversation(), said)).reply
    shown = [card.name for card in reply.contacts]
    assert shown[0] == CPAS.get(commune, DIRECTORY)
    assert not set(shown) & {name for other, name in CPAS.items() if other not in (commune, "all")}
    assert (reply.sources, reply.checked_on) != ((), "")
