"""Finds the services of one kind for a commune: there, in the communes beside it, and those for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from jalon.knowledge.store import KnowledgeStore

EVERYWHERE = "all"
OWN_INHABITANTS = {"cpas", "commune"}


@dataclass(frozen=True)
class Nearest:
    """Ids of services of one kind, each list in the order of the data.

    Attributes:
        here: those that name the commune.
        beside: those of neighbouring communes; looked for only when there is none here.
        everywhere: those that serve everybody.
    """

    here: tuple[str, ...]
    beside: tuple[str, ...]
    everywhere: tuple[str, ...]


def nearest(store: KnowledgeStore, kind: str, commune: str | None) -> Nearest:
    """The services of a kind for a commune; only those for everybody when the commune is not known."""
    found = {id: service for id, service in store.entries("services").items() if service["type"] == kind}
    neighbours = set(store.entries("communes").get(commune, {}).get("neighbours", ()))
    here = tuple(id for id, service in found.items() if commune and commune in service["communes"])
    # A CPAS and a town hall serve their own inhabitants: those of a neighbour would send the person away.
    beside = () if here or kind in OWN_INHABITANTS else found
    return Nearest(
        here=here,
        beside=tuple(id for id in beside if neighbours & set(found[id]["communes"])),
        everywhere=tuple(id for id, service in found.items() if EVERYWHERE in service["communes"]),
    )


def is_local(store: KnowledgeStore, kind: str) -> bool:
    """Whether the commune matters for this kind of service."""
    return any(
        EVERYWHERE not in service["communes"]
        for service in store.entries("services").values()
        if service["type"] == kind
    )
