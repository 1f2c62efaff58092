import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from outcomes import OUTCOMES, A, B, C, outcome

from jalon.evaluation import Outcome, Question, report
from jalon.evaluation.page import page

DAY = dt.date(2026, 2, 10)
LOADING = {"src", "srcset", "data", "action", "poster", "background", "xlink:href", "href"}


class Elements(HTMLParser):
    """The elements of a page with their attributes, its texts, and whether every element is closed."""

    VOID = {"meta", "br", "hr", "img", "link", "input"}

    def __init__(self, html):
        super().__init__()
        self.found, self.texts, self.open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data.strip())


def shown(outcomes, **more):
    """The page of these outcomes."""
    return page({**report(outcomes), **more}, outcomes, ["fr.yml"], DAY)


def test_every_element_is_closed_and_every_id_is_there_once():
    elements = Elements(shown(OUTCOMES))
    assert elements.open == []
    groups = [value["id"] for tag, value in elements.found if "id" in value and tag in ("g", "h2", "svg")]
    assert len(groups) == len(set(groups))
    targets = [value["href"] for tag, value in elements.found if tag == "a"]
    assert targets
    assert {target[1:] for target in targets} <= set(groups)


def test_nothing_is_fetched_and_nothing_runs():
    html = shown(OUTCOMES)
    elements = Elements(html)
    assert not {tag for tag, _ in elements.found} & {"script", "link", "iframe", "object", "img", "base", "form"}
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert [attributes[name][0] for name in LOADING & attributes.keys() if attributes[name][0] != "#"] == [], tag
    assert set(re.findall(r"url\((.)", html)) <= {"#"}
    assert "@import" not in html


def test_the_plots_are_drawn_and_described():
    drawn = [attributes for tag, attributes in Elements(shown(OUTCOMES)).found if tag == "svg"]
    assert len(drawn) == 3
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawn)


def test_the_missed_questions_are_listed_as_text_under_their_label_and_no_others():
    wrong, right = outcome(A, "answer", [B]), outcome(A, "answer", [A])
    missed = Outcome(Question("<b>mon fils</b> & moi", A, also=(C,)), wrong.turn, ())
    found = Outcome(Question("bien compris", A), right.turn, ())
    texts = Elements(shown([missed, found])).texts
    assert "<b>mon fils</b> & moi" in texts
    assert "bien compris" not in texts
    assert any(B in text and C in text for text in texts[texts.index("<b>mon fils</b> & moi") :])


def test_figures_are_shown_as_counted():
    texts = Elements(shown(OUTCOMES)).texts
    assert "62.5 %" in texts  # served: 5 of 8
    assert "75.0 %" in texts  # out of scope without an article: 3 of 4


@pytest.mark.parametrize(
    "outcomes",
    [
        [outcome(A, "answer", [A])],  # nothing out of scope, nothing confused
        [OUTCOMES[8]],  # nothing in scope
        [outcome(A, "refuse", [])],  # nothing ranked
    ],
)
def test_a_page_can_be_made_of_few_outcomes(outcomes):
    assert Elements(shown(outcomes)).open == []


def test_the_same_outcomes_give_the_same_page():
    assert shown(OUTCOMES) == shown(OUTCOMES)


def test_the_loss_to_typing_mistakes_is_shown_where_it_was_measured():
    loss = {"overall": {"top1": 0.9, "top1_with_typos": 0.861, "points_lost": 3.9}, "languages": {}}
    assert "3.9 points" in Elements(shown(OUTCOMES, typos=loss)).texts
    assert not [text for text in Elements(shown(OUTCOMES)).texts if text.endswith("points")]
