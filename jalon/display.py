"""How results look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table

from jalon.conversation.reply import Reply
from jalon.doctor import Symptom


def show_reply(out: Console, reply: Reply) -> None:
    """A reply with its buttons, sources and date."""
    out.print(reply.plain(), markup=False)
    for number, button in enumerate(reply.buttons, 1):
        out.print(f"  [{number}] {button.title}", markup=False)
    for source in reply.sources:
        out.print(f"  · {source.title} ({source.publisher}, {source.dated}) {source.url}", markup=False, style="dim")
    if reply.checked_on:
        out.print(f"  ✓ {reply.checked_on}", markup=False, style="dim")


def show_evaluation(out: Console, found: dict[str, Any]) -> None:
    """Figures per language and style, and the worst confusions."""
    rows = {"overall": found["overall"], **found["languages"], **found["styles"]}
    _table(out, "", rows)
    confusions = Table("right", "taken for", "n")
    for pair in found["confusions"]:
        confusions.add_row(pair["label"], pair["taken_for"], str(pair["n"]))
    out.print(confusions)


def show_coverage(out: Console, found: dict[str, Any]) -> None:
    """Totals per language, and a line per article."""
    totals = {
        language: {name: value for name, value in row.items() if not isinstance(value, dict | list)}
        for language, row in found["languages"].items()
    }
    _table(out, "language", totals)
    for language, row in found["languages"].items():
        for fault in ("missing", "hard_to_read", "badly_recognised"):
            for name in row[fault]:
                out.print(f"{language}: {name}: {fault.replace('_', ' ')}", markup=False)
        lines = {
            name: {**line, "readability": "/".join(map(str, (line["readability"] or {}).values()))}
            for name, line in row["per_article"].items()
        }
        _table(out, language, lines)


def show_figures(out: Console, figures: dict[str, Any]) -> None:
    """Name and value, one a line."""
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, str(value))
    out.print(table)


def show_public(out: Console, sets: dict[str, dict[str, Any]]) -> None:
    """Figures of each public set."""
    _table(out, "set", sets)


def show_symptoms(out: Console, symptoms: Iterable[Symptom]) -> None:
    """What is well and what is not, with the remedy."""
    for symptom in symptoms:
        line = f"{'ok     ' if symptom.well else 'missing'} {symptom.what}"
        out.print(line if symptom.well else f"{line}: {symptom.remedy}", markup=False)


def _table(out: Console, first: str, rows: dict[str, dict[str, Any]]) -> None:
    columns = list(next(iter(rows.values()), {}))
    table = Table(first, *columns)
    table.columns[0].no_wrap = True
    for name, row in rows.items():
        table.add_row(name, *("" if row[column] is None else str(row[column]) for column in columns))
    out.print(table)
