"""Finds dates: candidate words by rules, their meaning by dateparser, seen from the day of the message.

dateparser's own search through a text costs milliseconds; it is only given words that can be a date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from dateparser.date import DateDataParser
from dateparser.languages.loader import default_loader
from spacy.matcher import Matcher
from spacy.vocab import Vocab

from jalon.languages import REFERENCE
from jalon.nlu.finders.patterns import pattern_words, token_patterns
from jalon.nlu.finders.reading import Found, Reading, words_of
from jalon.nlu.text import normalise
from jalon.procedure.today import belgian_today

# Days with figures only. Without a year, « 12/11 » is one, but « 5-7 », « 1.5 » and « 24/7 » are none.
_FIGURES = r"""
(?<![\w/.-])(?<!\d\ )(?!24/7|7/7)(?:
  (?P<iso>\d{{4}}-{month}-{day})
| (?P<whole>{day}(?P<sign>[/. -]){month}(?P=sign)(?:\d{{4}}|\d{{2}}))
| (?P<short>{day}/{month}|{day}\.{month}(?<=\d\d\.\d\d)|{day}-{month}(?<=\d\d-\d\d))
)(?!\w|[/.-]\d|\ \d)
""".format(day=r"(?:3[01]|[12]\d|0?[1-9])", month=r"(?:1[0-2]|0?[1-9])")


class DateFinder:
    """Finds days (`date`, YYYY-MM-DD) and, where no day is said, weeks and months (`period`, YYYY-Wnn, YYYY-MM).

    A day without its year is the last such day: what people tell dates of has happened.
    """

    def __init__(self, vocab: Vocab, language: str, rules: dict) -> None:
        self._languages = tuple(dict.fromkeys(code for code in (language, REFERENCE) if _is_known(code)))
        other_months = rules.get("months", {})
        months, days = _calendar_names(language, other_months)
        meanings = {**rules.get("means", {}), **other_months}
        self._means = {normalise(said): meant for said, meant in meanings.items()}
        self._replace = re.compile(rf"\b(?:{_any(self._means)})\b") if self._means else None
        ordinals, articles = _any(rules.get("ordinals", [])), _any(rules.get("articles", []))
        past, announcing = _any(rules.get("past", [])), _any(rules.get("announcing", []))
        number = rf"(?:\d{{1,2}}(?:{ordinals})?|{_any(said for said, meant in self._means.items() if meant.isdigit())})"
        joint = rf"(?:(?:{_any(rules.get('joining', []))}) )?"
        self._ordinals = re.compile(rf"(?<=\d)(?:{ordinals})\b")
        self._shapes = [
            re.compile(_FIGURES, re.VERBOSE),
            re.compile(rf"\b(?P<named>{number} {joint}(?:{months})\b(?: {joint}\d{{4}}\b)?)"),
            re.compile(
                rf"(?<!\d )\b(?P<month>(?:(?:{announcing})[ '](?:{months})\b(?: {joint}\d{{4}}\b)?)"
                rf"|(?:{months}) {joint}\d{{4}}\b)"
            ),
            re.compile(rf"\b(?:{articles}) (?P<numbered>\d{{1,2}})(?:{ordinals})?(?!\w|[/.-]\d| (?:{months})\b)"),
            re.compile(rf"\b(?P<weekday>(?:{days})\b(?: (?:{past})\b)?)"),
        ]
        if rules.get("month_first"):
            self._shapes.insert(2, re.compile(rf"\b(?P<named>(?:{months}) {number}(?!\d)(?: \d{{4}}\b)?)"))
        self._announced = re.compile(rf"^(?:{announcing})[ ']")
        self._past, self._received = (words_of(rules.get(key, [])) for key in ("past", "received"))
        self._never_before, self._never_after = (
            words_of(rules.get(key, [])) for key in ("never_before", "never_after")
        )
        self._relative = Matcher(vocab)
        for notation in rules.get("relative", []):
            self._relative.add(notation, token_patterns(notation))
        self._triggers = words_of([months.replace("|", " "), days.replace("|", " ")]) | words_of(
            " ".join(pattern_words(notation)) for notation in rules.get("relative", [])
        )
        # dateparser loads a language at its first date, in a quarter of a second.
        _parse("1", self._languages, belgian_today())

    def words(self) -> frozenset[str]:
        """The words that dates are made of, for the speller."""
        return self._triggers

    def find(self, reading: Reading) -> Iterator[Found]:
        """The dates of a message, overlaps included."""
        if not any(word.text.isdigit() or word.text in self._triggers for word in reading.words):
            return
        months_named = False
        for shape in self._shapes:
            for match in shape.finditer(reading.line):
                kind = match.lastgroup if match.lastgroup != "sign" else "whole"
                first, last = reading.word_at(match.start(kind)), reading.word_at(match.end(kind) - 1) + 1
                if not self._may_be(reading, kind, first, last):
                    continue
                if kind != "numbered":
                    months_named = months_named or kind not in ("month", "weekday")
                    said = self._announced.sub("", match[kind])
                    yield from self._read(said, reading.today, first, last)
                elif not months_named:  # « daté du 23 juin, ouvert le 29 »: nobody said which month
                    yield from _found(_last_day(int(match[kind]), reading.today), "day", first, last)
        for _, first, last in self._relative(reading.doc):
            if reading.after(last) not in self._never_after:
                yield from self._read(reading.text(first, last), reading.today, first, last)

    def _may_be(self, reading: Reading, kind: str, first: int, last: int) -> bool:
        """Whether what stands around allows a date: « reçu lundi », but no « le samedi », no « le 3 enfants »."""
        if kind in ("iso", "whole", "named"):
            return True
        if reading.after(last) in self._never_after and not reading.ends_clause(last):
            return False
        if kind == "weekday" and reading.words[last - 1].text not in self._past:
            return not self._received.isdisjoint(reading.before(first, 1)) and not reading.after(last).isdigit()
        return kind in ("month", "numbered") or self._never_before.isdisjoint(reading.before(first, 1))

    def _read(self, text: str, today: dt.date, first: int, last: int) -> Iterator[Found]:
        day, precision = _parse(self._plain(text), self._languages, today)
        yield from _found(day, precision, first, last)

    def _plain(self, text: str) -> str:
        """The words as dateparser knows them."""
        text = self._ordinals.sub("", text)
        if re.fullmatch(r"[\d/. -]+", text) and not re.match(r"\d{4}", text):
            return re.sub(r"[. -]", "/", text)
        return self._replace.sub(lambda said: self._means[said[0]], text).strip() if self._replace else text


def _found(day: dt.date | None, precision: str, first: int, last: int) -> Iterator[Found]:
    if day and precision == "day":
        yield Found("date", day.isoformat(), first, last)
    elif day and precision in ("week", "month"):
        yield Found("period", f"{day:%G-W%V}" if precision == "week" else f"{day:%Y-%m}", first, last)


def _last_day(number: int, today: dt.date) -> dt.date | None:
    """The last day with that number; dateparser would say the 30th of this month even before it has come."""
    back = (today - dt.timedelta(days) for days in range(62))  # of any two months beside each other, one has a 31st
    return next((day for day in back if day.day == number), None)


def _any(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; one that never matches for none."""
    plain = {normalise(word).strip(".") for word in words}
    return "|".join(sorted(map(re.escape, plain), key=lambda word: (-len(word), word))) or "(?!)"


def _calendar_names(language: str, other_months: Iterable[str]) -> tuple[str, str]:
    """The names of months and of weekdays in the language and in the reference language, as regular expressions."""
    months = [*other_months]
    days: list[str] = []
    for code in dict.fromkeys((language, REFERENCE)):
        try:
            names = Locale.parse(code)
        except UnknownLocaleError:
            continue
        # « mars 2026 » is written in a sentence in one form of the name, and alone in another.
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months += names.months[context][width].values()
            days += names.days[context]["wide"].values()
    return _any(dict.fromkeys(months)), _any(dict.fromkeys(days))


@lru_cache(maxsize=32)
def _is_known(language: str) -> bool:
    """Whether dateparser knows the language."""
    try:
        return default_loader.get_locale(language) is not None
    except ValueError:
        return False


@lru_cache(maxsize=64)
def _parser(languages: tuple[str, ...], today: dt.date) -> DateDataParser:
    return DateDataParser(
        languages=list(languages),
        settings={
            "RELATIVE_BASE": dt.datetime.combine(today, dt.time()),
            "PREFER_DATES_FROM": "past",
            "DATE_ORDER": "DMY",
        },
    )


def _parse(text: str, languages: tuple[str, ...], today: dt.date) -> tuple[dt.date | None, str]:
    """The day that words mean and how exactly: day, week, month or year; None when they are no date."""
    try:
        found = _parser(languages, today).get_date_data(text)
    except (ValueError, OverflowError):  # dateparser lets through days before year 1
        return None, ""
    return (found.date_obj.date(), found.period) if found.date_obj else (None, "")
