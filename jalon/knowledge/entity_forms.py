"""The form of `data/texts/<language>/entities.yml`: the words by which entities are told from everyday words."""

from __future__ import annotations

from typing import Literal

from jalon.knowledge.forms import Form

# The situations that answers depend on (forms.SITUATIONS), and two that people state and no answer depends on.
Stated = Literal["applicant", "recognised", "subsidiary", "temporary", "refused", "undocumented", "resettled", "helper"]


class StatedSituation(Form):
    """How people say that a situation is theirs: patterns, in the notation of jalon/nlu/finders/patterns.py.

    `alone` are patterns that count only as the whole message; with a word of `unless` in the message none counts.
    """

    said: list[str] = []
    alone: list[str] = []
    unless: list[str] = []


class PlaceRules(Form):
    """Words that tell places from everyday words and amounts.

    `before`: small words that may stand before a place; `announcing`: words that say a place follows, at once or
    after one of `before`; `everyday`: names that are everyday words; `amounts`: what stands after an amount; `names`:
    what the language calls places, by the id of the commune or `outside`, besides the names in data/facts/communes.yml.
    """

    before: list[str]
    announcing: list[str]
    everyday: list[str] = []
    amounts: list[str] = []
    names: dict[str, list[str]] = {}


class LanguageNameRules(Form):
    """`people`: names that also mean the people; they are the language only after a word of `before`, or alone."""

    before: list[str]
    people: list[str] = []


class DateRules(Form):
    """How dates are said, besides the names of months and days, which come from CLDR.

    `relative`: patterns of days and weeks seen from today; `means`: what dateparser should read instead; `months`:
    names that CLDR does not give, and the ones that dateparser should read instead; `joining`: between a day, its month
    and its year; `month_first`: whether the day may also follow its month;
    `articles`: before the number of a day; `ordinals`: after it; `announcing`: before a month without its day;
    `past`: after a day of the week that is over, `received`: before one;
    `never_before`, `never_after`: where no date stands.
    """

    relative: list[str]
    means: dict[str, str] = {}
    months: dict[str, str] = {}
    joining: list[str] = []
    month_first: bool = False
    articles: list[str] = []
    ordinals: list[str] = []
    announcing: list[str] = []
    past: list[str] = []
    received: list[str] = []
    never_before: list[str] = []
    never_after: list[str] = []


class DurationRules(Form):
    """How spans of time are said: words for `numbers`, the ways of saying each of the `units`, and `whole` spans.

    A whole span is said without a number of its own, like the Arabic dual; it is written like what is found: `2 month`.
    """

    numbers: dict[str, int]
    units: dict[Literal["day", "working_day", "week", "month", "year"], list[str]]
    whole: dict[str, str] = {}


class EntityRules(Form):
    """`entities.yml`: the words of one language by which places, languages, dates and situations are recognised.

    `negations` and `conditions` are words before a statement that take it back, `elsewhere` words after it that say
    it is so in another country.
    """

    place: PlaceRules
    language: LanguageNameRules
    date: DateRules
    duration: DurationRules = DurationRules(numbers={}, units={})
    negations: list[str]
    conditions: list[str]
    elsewhere: list[str] = []
    situations: dict[Stated, StatedSituation]
