"""The forms of the data files, typed and validated: what may stand in each file under `data/`.

Every form refuses unknown keys, so that a misspelt one is reported instead of ignored.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

SITUATIONS = ("applicant", "recognised", "subsidiary", "temporary", "refused", "undocumented")
PARTS = ("short", "steps", "more", "easy")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("hour", "day", "working_day", "week", "month", "year", "eur", "percent", "km", "person", "date")

Confidence = Literal["high", "medium", "low"]
Situation = Literal["applicant", "recognised", "subsidiary", "temporary", "refused", "undocumented"]
Unit = Literal["hour", "day", "working_day", "week", "month", "year", "eur", "percent", "km", "person", "date"]


def _as_dated(value: Any) -> str:
    text = str(value)
    if text != "undated" and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM, YYYY or undated")
    if text != "undated":
        dt.date.fromisoformat((text + "-01-01")[:10])
    return text


def _as_url(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in ("http", "https") or "." not in address.netloc or " " in value:
        raise ValueError(f"{value!r} is not a web address; write it whole, https://…")
    return value


def _as_hours(value: str) -> str:
    match = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d", value)
    if not match or value[:5] >= value[6:]:
        raise ValueError(f"{value!r} is not a span of hours; write 09:30-12:00")
    return value


def _as_clock(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError(f"{value!r} is not a time of day; write 08:30")
    return value


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Clock = Annotated[str, AfterValidator(_as_clock)]
Dated = Annotated[str, BeforeValidator(_as_dated)]
Url = Annotated[str, AfterValidator(_as_url)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ArticleName = Annotated[str, Field(pattern=r"^[a-z]+/[a-z][a-z0-9_]*$")]
Hours = Annotated[str, AfterValidator(_as_hours)]


class Form(BaseModel):
    """Base of all forms: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(Form):
    """Where a fact was read."""

    title: str
    publisher: str
    url: Url
    dated: Dated
    kind: Literal["law", "official", "ngo", "press", "site"]


class Reviewed(Form):
    """What is compared with its sources from time to time."""

    checked_on: dt.date
    review_every_months: int = Field(ge=1, le=24)


class Statement(Form):
    """A group of sentences of an article: what they are about, how sure we are, and from where."""

    about: str
    confidence: Confidence
    sources: list[Name] = Field(min_length=1)
    knows: list[Name] = []

    @model_validator(mode="after")
    def _low_names_who_knows(self) -> Statement:
        if self.confidence == "low" and not self.knows:
            raise ValueError("a statement of low confidence needs `knows`: the organisation or service that knows")
        return self


class Estimate(Form):
    """A number that the source gives as a rough one."""

    about: int


class Range(Form):
    """From one number to another, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")


class AllOf(Form):
    """Several names that hold together."""

    all_of: list[str] = Field(min_length=2)


class OneOf(Form):
    """Several names of which one is enough."""

    one_of: list[str] = Field(min_length=2)


class Weekly(Form):
    """A time of day, and the days of the week on which it holds."""

    at: Clock
    days: list[Day] = Field(min_length=1)


class OwnFact(Form):
    """A figure, date, address or name that one article alone needs; never words of a language."""

    value: float | int | dt.date | Estimate | Range | AllOf | OneOf | Weekly | str
    unit: Unit | None = None
    per: Literal["month", "year", "once"] | None = None
    confidence: Confidence
    source: Name


class Article(Reviewed):
    """`article.yml`: what is true of an article in every language."""

    topic: Name
    id: Name
    revision: int = Field(ge=1)
    situations: list[Situation] = []
    checked_by: str
    sources: dict[Name, Source] = Field(min_length=1)
    statements: list[Statement] = Field(min_length=1)
    facts: dict[Name, OwnFact] = {}
    related: list[ArticleName] = Field(min_length=1, max_length=4)
    letters: list[Name] = []
    organisations: list[Name] = []
    services: list[Name] = []

    @property
    def name(self) -> str:
        """`topic/id`: the one name used everywhere."""
        return f"{self.topic}/{self.id}"


class ArticleText(Form):
    """The front matter of `<lang>.md` and its parts: how an article is said in one language.

    A text with the status `todo` is not translated yet: it is not read.
    """

    title: str = Field(max_length=60)
    button: str = Field(max_length=20)
    revision: int = Field(ge=1)
    status: Literal["reviewed", "draft", "machine", "todo"]
    parts: dict[str, str]


class FactValue(Form):
    """One value of a dated fact, with its own source; null ends the rule."""

    value: float | int | dt.date | None
    confidence: Confidence
    source: Source


class DatedFactForm(Reviewed):
    """One file of `data/facts/deadlines/` or `data/facts/amounts/`.

    A deadline with `counting` (in calendar or in working days) is one that runs forward from what `starts_on` names;
    one that is counted back from an end has none, and the assistant counts nothing from it.
    """

    description: str
    unit: Unit
    per: Literal["month", "year", "once"] | None = None
    counting: Literal["calendar", "working"] | None = None
    starts_on: str | None = None
    values: dict[dt.date, FactValue] = Field(min_length=1)


class Contact(Reviewed):
    """How to reach an office or a service; what is not known is left out."""

    name: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: Url | None = None
    always_open: bool = False
    hours: dict[Day, list[Hours]] = {}
    confidence: Confidence
    source: Source


class Organisation(Contact):
    """An actor of asylum, reception and integration."""

    abbreviation: str | None = None
    english: str | None = None


class Service(Contact):
    """A local contact: who helps with what, in which communes."""

    type: Name
    communes: list[Name] = Field(min_length=1)
    languages: list[str] = []


class Commune(Form):
    """A commune of the province: its postcodes, its place (latitude, longitude), its neighbours, other names."""

    name: str
    postcodes: list[int] = Field(min_length=1)
    at: tuple[float, float] | None = None
    neighbours: list[Name] = []
    aliases: list[str] = []


class Letter(Reviewed):
    """A paper that people receive.

    `period` makes its deadline one that can be counted: `written` on the paper itself, or the same for everyone by
    `law`; without it the assistant counts nothing. `last_day_put_off` is the source of the rule by which a last day on
    a Saturday, Sunday or holiday becomes the next working day; without it the day stays, which is the cautious reading.
    """

    codes: list[str] = Field(min_length=1)
    issued_by: Name | None = None
    articles: list[ArticleName] = []
    deadlines: list[Name] = []
    period: Literal["written", "law"] | None = None
    last_day_put_off: Source | None = None
    confidence: Confidence
    source: Source

    @model_validator(mode="after")
    def _counts_something(self) -> Letter:
        if self.period and not self.deadlines:
            raise ValueError("a letter with a `period` needs `deadlines`: those that it may start")
        if self.last_day_put_off and not self.period:
            raise ValueError("`last_day_put_off` needs a `period` to be counted")
        return self


class Term(Form):
    """A word of the procedure."""

    official: str
    abbreviation: str | None = None
    english: str | None = None
    articles: list[ArticleName] = []
    organisation: Name | None = None


class Step(Form):
    """A step of the procedure or of the life after it."""

    situation: list[Situation] = Field(min_length=1)
    starts_when: str
    articles: list[ArticleName] = []
    deadlines: list[Name] = []
    organisations: list[Name] = []
    services: list[Name] = []
    letters: list[Name] = []
    next: list[Name] = []


class Signpost(Reviewed):
    """A neighbouring subject that no article answers, and who does."""

    organisations: list[Name] = []
    services: list[Name] = []
    articles: list[ArticleName] = Field([], max_length=2)
    confidence: Confidence
    source: Source

    @model_validator(mode="after")
    def _points_somewhere(self) -> Signpost:
        if not self.organisations and not self.services:
            raise ValueError("a signpost points to somebody: it needs `organisations` or `services`")
        return self
