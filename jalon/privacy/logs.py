"""Log lines that help whoever mends, and say nothing of anybody: no words, no identities, no addresses."""

from __future__ import annotations

import traceback
from pathlib import Path

_HOME = Path(__file__).parents[2]


def place_of(fault: BaseException) -> str:
    """The kind of a fault and where it happened. Its message is left out: it may quote what a person wrote."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOME / "jalon")] or frames
    if not ours:
        return type(fault).__name__
    path = Path(ours[-1].filename)
    return f"{type(fault).__name__} in {path.parent.name}/{path.name}, line {ours[-1].lineno}"
