"""The plots of the evaluation report, as inline SVG: text stays text, nothing is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from jalon.evaluation.curves import Bin

INK, ACCENT, MUTED, PALE = "#16242b", "#0b5563", "#9aa8ae", "#e3e8ea"
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "jalon",  # the same figures give the same file
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def plot_reliability(bins: Sequence[Bin]) -> str:
    """Confidence against the share that was right; the area of a point grows with the number of questions."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _percent_axes("how sure the assistant was", "how often its best guess was right")
        axes.plot([0, 1], [0, 1], color=MUTED, linestyle="--", linewidth=1)
        sizes = np.array([one.n for one in bins])
        axes.plot([one.confidence for one in bins], [one.right for one in bins], color=ACCENT, linewidth=1)
        axes.scatter(
            [one.confidence for one in bins],
            [one.right for one in bins],
            s=20 + 300 * sizes / max(sizes, default=1),
            color=ACCENT,
            alpha=0.6,
            linewidths=0,
        )
        for one in bins:
            axes.annotate(str(one.n), (one.confidence, one.right), (9, -11), textcoords="offset points", fontsize=8)
        axes.set_xlim(0, 1.02)
        axes.set_ylim(-0.08, 1.06)
        return _svg(figure, "How often the best guess was right, against how sure the assistant was of it.")


def plot_coverage(curve: Sequence[tuple[float, float]], now: tuple[float, float] | None) -> str:
    """Share of questions answered against the share of the answers that is right; `now` marks where it stands."""
    with matplotlib.rc_context(_STYLE):
        figure, axes = _percent_axes("share of all questions answered outright", "share of these answers that is right")
        axes.plot([covered for covered, _ in curve], [right for _, right in curve], color=ACCENT)
        if now:
            axes.scatter(*zip(now, strict=True), color=INK, zorder=3)
            axes.annotate("now", now, (-4, -16), textcoords="offset points", ha="right", fontweight="bold")
        axes.set_xlim(0, 1.02)
        lowest = min([right for _, right in curve] + ([now[1]] if now else []), default=0.0)
        axes.set_ylim(max(0.0, np.floor(lowest * 20 - 1) / 20), 1.01)
        return _svg(figure, "Accuracy of the answers against the share of questions answered.")


def plot_confusions(rows: Sequence[str], columns: Sequence[str], matrix: np.ndarray) -> str:
    """Labels against labels: each cell counts how often the row was taken for the column."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure((3.2 + 0.3 * len(columns), 2.6 + 0.3 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        shades = {"cmap": "YlOrBr", "vmin": 0, "vmax": 1.6 * matrix.max()}
        axes.pcolormesh(np.ma.masked_equal(matrix, 0), edgecolors=PALE, linewidth=0.6, **shades)
        axes.invert_yaxis()
        axes.set_aspect("equal")
        axes.set_xticks(np.arange(len(columns)) + 0.5, columns, rotation=90, fontsize=9)
        axes.set_yticks(np.arange(len(rows)) + 0.5, rows, fontsize=9)
        axes.tick_params(length=0)
        axes.set_xlabel("taken for")
        axes.set_ylabel("right")
        for row, column in np.argwhere(matrix):
            axes.text(column + 0.5, row + 0.5, str(matrix[row, column]), ha="center", va="center", fontsize=9)
        return _svg(figure, "How often each label was taken for each other.")


def _percent_axes(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure((5.4, 3.8), layout="constrained")
    axes = figure.add_subplot()
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    axes.grid(color=PALE, linewidth=0.6)
    return figure, axes


def _svg(figure: Figure, described: str) -> str:
    """The figure as an element of a page, with a description for those who do not see it."""
    drawn = io.StringIO()
    figure.savefig(
        drawn, format="svg", bbox_inches="tight", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type"))
    )
    element = drawn.getvalue().partition("<svg ")[2]
    # The names of groups repeat in every figure; ids are unique in a page, and nothing refers to these.
    element = re.sub(r'<g id="[^"]*"', "<g", element)
    return f'<svg role="img" aria-label="{escape(described)}" {element}'
