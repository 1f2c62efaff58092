"""From a shared position to the commune it lies in or near. The position itself goes no further."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

FARTHEST = 15.0  # kilometres from the main village; the communes of the province are smaller
_DEGREE = 111.2  # kilometres, along a meridian


class Places:
    """The communes by where they lie.

    Args:
        communes: the entries of the knowledge store; those without a position are left out.
    """

    def __init__(self, communes: Mapping[str, Mapping[str, Any]]) -> None:
        self._at = {id: tuple(entry["at"]) for id, entry in communes.items() if entry.get("at")}

    def nearest(self, latitude: float, longitude: float) -> str | None:
        """The id of the commune whose main village is nearest; None when the position lies outside the province."""
        found = min(((self._distance(at, latitude, longitude), id) for id, at in self._at.items()), default=None)
        return found[1] if found and found[0] <= FARTHEST else None

    @staticmethod
    def _distance(at: tuple[float, float], latitude: float, longitude: float) -> float:
        """Kilometres, on a plane: good enough within a province."""
        north = (at[0] - latitude) * _DEGREE
        east = (at[1] - longitude) * _DEGREE * math.cos(math.radians(at[0]))
        return math.hypot(north, east)
