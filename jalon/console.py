"""What every command prints with: results to standard output, the rest to standard error: --json stays clean."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def progress(message: str) -> None:
    """Tell what is being done while somebody waits."""
    err.print(message, markup=False)
