"""How results look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jalon.conversation.reply import Reply
from jalon.conversation.unanswered import Count
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
    """Figures per language and style, bands and worst confusions per language, and what typing mistakes cost."""
    _columns(out, "figure", {"overall": _flat(found["overall"]), **_flat_rows(found["languages"])})
    for language, row in found["languages"].items():
        _table(out, f"{language}: band", row["bands"])
    if found["styles"]:
        chosen = ("n", "top1", "top3", "answer_rate", "useful")
        _table(out, "style", {style: {name: row[name] for name in chosen} for style, row in found["styles"].items()})
    for language, row in found["languages"].items():
        _show_confusions(out, language, row["confusions"])
    if "typos" in found:
        _table(out, "typing mistakes", {"overall": found["typos"]["overall"], **found["typos"]["languages"]})


def show_cross_validation(out: Console, found: dict[str, Any]) -> None:
    """Figures per language, the worst labels, and the pairs most confused with some of their phrasings."""
    _table(out, f"{found['folds']} folds", _flat_rows(found["languages"]))
    for language, row in found["languages"].items():
        _table(out, f"{language}: worst", row["labels"])
        _show_confusions(out, language, row["confusions"])


def show_coverage(out: Console, found: dict[str, Any]) -> None:
    """Totals per language, and a line per article."""
    _table(out, "language", _flat_rows(found["languages"]))
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


def show_unanswered(out: Console, counts: Sequence[Count]) -> None:
    """What was not answered, the most frequent first."""
    table = Table("times", "what happened", "language", "theme", "likeliest subjects")
    for count in counts:
        table.add_row(str(count.count), count.kind, count.language, count.theme or "?", count.ranking or "?")
    out.print(table if counts else "Nothing is counted. Whatever is asked from now on is.")


def show_public(out: Console, sets: dict[str, dict[str, Any]], languages: dict[str, Any] | None) -> None:
    """Figures of each public set, and of the recognition of languages where its lists are there."""
    _table(out, "set", sets)
    if languages:
        kinds = {kind: found for kind, found in languages.items() if isinstance(found, dict)}
        _table(out, "lists", {kind: {"macro": found["macro"], **found["languages"]} for kind, found in kinds.items()})
        show_figures(out, {name: found for name, found in languages.items() if name not in kinds})


def show_symptoms(out: Console, symptoms: Iterable[Symptom]) -> None:
    """What is well and what is not, with the remedy."""
    for symptom in symptoms:
        line = f"{'ok     ' if symptom.well else 'missing'} {symptom.what}"
        out.print(line if symptom.well else f"{line}: {symptom.remedy}", markup=False)


def _show_confusions(out: Console, language: str, confusions: list[dict[str, Any]]) -> None:
    table = Table(f"{language}: right", "taken for", "n")
    for pair in confusions:
        table.add_row(pair["label"], pair["taken_for"], str(pair["n"]))
        for text in pair.get("texts", ()):
            table.add_row(Text(f"  {text}", "dim"))
    out.print(table)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """The plain values of a row, without the tables within it."""
    return {name: value for name, value in row.items() if not isinstance(value, dict | list)}


def _flat_rows(rows: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: _flat(row) for name, row in rows.items()}


def _columns(out: Console, first: str, columns: dict[str, dict[str, Any]]) -> None:
    """A table of many figures for few things: one column a thing."""
    names = list(next(iter(columns.values()), {}))
    _table(out, first, {name: {title: column[name] for title, column in columns.items()} for name in names})


def _table(out: Console, first: str, rows: dict[str, dict[str, Any]]) -> None:
    columns = list(next(iter(rows.values()), {}))
    table = Table(first, *columns)
    table.columns[0].no_wrap = True
    for name, row in rows.items():
        table.add_row(name, *("" if row[column] is None else str(row[column]) for column in columns))
    out.print(table)
