"""How a turn looks to staff who want to know why the assistant answered as it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from jalon.knowledge.render import FilledIn

if TYPE_CHECKING:
    from jalon.conversation.engine import Turn

_NONE = "–"


def panel(number: int, turn: Turn) -> Panel:
    """Everything between the message and the reply, one line each; nothing of the reply's wording."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for label, lines in _rows(turn):
        grid.add_row(label, escape("\n".join(lines) or _NONE))
    return Panel(grid, title=f"turn {number} · {turn.ms:.1f} ms", title_align="left", border_style="cyan")


def _rows(turn: Turn) -> Iterator[tuple[str, Iterable[str]]]:
    trace, reply = turn.trace, turn.reply
    before, after = trace.before, trace.after
    yield "language", [turn.language + ("" if turn.language == reply.language else f", answered in {reply.language}")]
    if trace.pressed:
        yield "pressed", [trace.pressed]
    else:
        yield "guard", [trace.guard] if trace.guard else []
        yield "words", [" ".join(trace.words)] if trace.words else []
    yield "entities", [f"{found['entity']} → {found['value']}" for found in turn.entities]
    yield "ranking", [f"{each['confidence']:.3f} {each['name']}" for each in turn.ranking]
    yield "intent", [f"{turn.intent} {turn.confidence:.3f}"]
    limits = ", ".join(f"{name} from {value:.3f}" for name, value in trace.thresholds.items())
    yield "band", [turn.band + (f" ({limits})" if limits else "")]
    yield (
        "actions",
        [
            f"{each.action} ({each.policy} {each.confidence:.2f})" + (" ← answered" if each.replied else "")
            for each in trace.actions
        ],
    )
    yield "slots", list(_changes(before.slots, after.slots))
    yield "form", [_change(before.loop, after.loop)] if before.loop or after.loop else []
    yield "facts", [_fact(fact) for fact in trace.facts]
    yield "sources", [f"{source.title} ({source.publisher}, {source.dated})" for source in reply.sources]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Each slot with its value, or with both where the turn changed it; `requested_slot` is what a form asks."""
    for name in dict.fromkeys((*before, *after)):
        yield f"{name}: {_change(before.get(name), after.get(name))}"


def _change(before: Any, after: Any) -> str:
    if before == after:
        return str(after)
    return f"{_NONE if before is None else before} → {_NONE if after is None else after}"


def _fact(fact: FilledIn) -> str:
    """The citation, its value, since when it holds, when it was compared with which source."""
    if not fact.source:
        return f"{fact.citation} = {fact.written} (no value on this day)"
    since = f", since {fact.since}" if fact.since else ""
    source = fact.source
    return f"{fact.citation} = {fact.written}{since}, checked {source.checked_on}: {source.title} ({source.dated})"
