"""`jalon new …`: makes new things, in the right place and form."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from jalon.console import out
from jalon.procedure.today import belgian_today
from jalon.settings import settings

new = typer.Typer(no_args_is_help=True, help="Make a new thing, in the right place and form.")


@new.command("article")
def new_article(name: Annotated[str, typer.Argument(help="topic/id")]) -> None:
    """Make the files of a new article."""
    from jalon.scaffold import new_article as make

    for path in make(settings().data, name, belgian_today()):
        out.print(f"Written: {path.relative_to(settings().home)}", markup=False)
    out.print("Fill them in (docs/tasks/write-an-article.md), then run `jalon check`.", markup=False)


@new.command("language")
def new_language(code: Annotated[str, typer.Argument(help="ISO 639 code, for example tr.")]) -> None:
    """Make the files of a new language: the articles and everything else to translate."""
    from jalon.new_language import new_language as make

    written = make(settings().data, code)
    for folder, paths in groupby(written, lambda path: path.relative_to(settings().home).parts[:2]):
        out.print(f"Written: {'/'.join(folder)}: {len([*paths])}", markup=False)
    out.print(f"Fill them in (docs/tasks/add-a-language.md); `jalon check --language {code}` says what is left.")
