"""The evaluation report for staff: one HTML file that needs no script, no network and no other file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from jalon.evaluation import plots
from jalon.evaluation.curves import confusion_matrix, coverage_curve, reliability
from jalon.evaluation.measures import Outcome, sureness
from jalon.evaluation.questions import OUT_OF_SCOPE


def page(found: dict[str, Any], outcomes: Sequence[Outcome], files: Sequence[str], day: dt.date) -> str:
    """The report as HTML.

    Args:
        found: what `measures.report` counted; with what `typo_loss` did under `typos`, where that was measured.
        outcomes: the same outcomes that were counted.
        files: the names of the files of questions, for the heading.
        day: the day of the evaluation, for the heading.
    """
    environment = Environment(loader=PackageLoader("jalon"), autoescape=True, undefined=StrictUndefined)
    environment.filters["percent"] = _percent
    return environment.get_template("evaluation.html").render(
        found=found,
        files=files,
        day=day,
        missed=_missed(outcomes),
        plots=_plots(outcomes),
    )


def _plots(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """The plots for which there is anything to show."""
    drawn = {}
    if bins := reliability(*sureness(outcomes)):
        drawn["reliability"] = plots.plot_reliability(bins)
    claims = [outcome for outcome in outcomes if outcome.guesses and outcome.guesses[0] != OUT_OF_SCOPE]
    if claims:
        curve = coverage_curve(*sureness(claims), len(outcomes))
        answered = [outcome for outcome in outcomes if outcome.turn.band in ("answer", "dialogue")]
        right = sum(outcome.useful for outcome in answered)
        now = (len(answered) / len(outcomes), right / len(answered)) if answered else None
        drawn["coverage"] = plots.plot_coverage(curve, now)
    confused = [(one.question.label, one.guesses[0]) for one in outcomes if one.guesses and not one.among(1)]
    if confused:
        drawn["confusions"] = plots.plot_confusions(*confusion_matrix(confused))
    return drawn


def _missed(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The questions of people who were let down, by label."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.question.label):
        if outcome.missed:
            groups.setdefault(outcome.question.label, []).append(outcome)
    return groups


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
