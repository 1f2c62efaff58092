"""Where a person stands in the procedure: what lies behind, what is now, what may follow. Ids only, no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StepRecord:
    """A step as the data describe it: for whom, and what may follow."""

    situations: tuple[str, ...]
    next: tuple[str, ...]


@dataclass(frozen=True)
class Timeline:
    """Ids of steps: `done` lie certainly behind, in the order of the data; `now`; `next` may follow."""

    done: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


def next_steps(steps: Mapping[str, StepRecord], situation: str | None, step: str | None) -> Timeline:
    """The timeline of somebody in this situation and at this step; either may be unknown.

    Without a step, `now` holds the steps with which the situation begins and nothing counts as done.

    Raises:
        KeyError: there is no such step.
    """
    if step is not None:
        return Timeline(_behind(steps, situation, step), (step,), _following(steps, situation, step))
    now = _beginnings(steps, _of(steps, situation)) if situation else ()
    after = dict.fromkeys(each for begun in now for each in _following(steps, situation, begun))
    return Timeline(now=now, next=tuple(each for each in after if each not in now))


def _following(steps: Mapping[str, StepRecord], situation: str | None, step: str) -> tuple[str, ...]:
    """What may follow: the steps of the situation, and those that change it; all of them where none would be left."""
    here = steps[step]

    def fits(id: str) -> bool:
        return situation in steps[id].situations or not set(here.situations) & set(steps[id].situations)

    return tuple(id for id in here.next if situation is None or fits(id)) or here.next


def _behind(steps: Mapping[str, StepRecord], situation: str | None, step: str) -> tuple[str, ...]:
    """The steps that whoever is here has certainly passed: within the situation, and on the way to its beginning."""
    own = _of(steps, situation)
    begun = [id for id in _beginnings(steps, own) if step in _reached(own, [id])]
    if not begun:
        return ()
    first = [id for id in steps if not any(id in record.next for record in steps.values())]
    before = set.intersection(*(_unavoidable(steps, first, each) for each in begun))
    done = before | _unavoidable(own, begun, step)
    return tuple(id for id in steps if id in done)


def _of(steps: Mapping[str, StepRecord], situation: str | None) -> dict[str, StepRecord]:
    """The steps of a situation; all of them when it is not known."""
    return {id: record for id, record in steps.items() if situation is None or situation in record.situations}


def _beginnings(steps: Mapping[str, StepRecord], own: Mapping[str, StepRecord]) -> tuple[str, ...]:
    """Those of `own` to which no other of them leads, not even by way of another situation."""
    led_to = {id for each in own for id in _reached(steps, steps[each].next)}
    return tuple(id for id in own if id not in led_to)


def _unavoidable(steps: Mapping[str, StepRecord], beginnings: Iterable[str], step: str) -> set[str]:
    """The steps that lie on every way from the beginnings to `step`."""
    ways = [id for id in beginnings if step in _reached(steps, [id])]
    return {id for id in steps if ways and id != step and step not in _reached(steps, ways, without=id)}


def _reached(steps: Mapping[str, StepRecord], beginnings: Iterable[str], without: str | None = None) -> set[str]:
    """The beginnings and every step that can be reached from them, as if `without` did not exist."""
    reached: set[str] = set()
    ahead = list(beginnings)
    while ahead:
        id = ahead.pop()
        if id in steps and id not in reached and id != without:
            reached.add(id)
            ahead += steps[id].next
    return reached
