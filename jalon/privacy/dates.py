"""Finds the dates in a text that say something about a person: of birth, and of long ago.

A date of the past year is kept, unless a word of birth precedes it: it is the day of a letter, which a deadline needs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from jalon.privacy.letters import fold, tidy

KEPT = dt.timedelta(days=366)  # before and after today
_NEAR = 30  # characters between a word of birth and its date
# ar_SY has the month names of the Levant; the others are what people in Belgium's reception network write.
_LOCALES = ("fr", "en", "nl", "de", "es", "pt", "tr", "sq", "so", "ru", "uk", "ar", "ar_SY", "fa", "ps", "ti")
# The solar Hijri months of Iran, then of Afghanistan: Belgian letters are not dated so, births are.
_HIJRI_MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    *("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
)
# « né » before a date or place; without its accent it is « ne », unless the date follows at once.
_BORN = re.compile(r"\bné(?:e|\(e\))?(?= (?:le|en|à|a|au|aux|vers|dans)\b)", re.IGNORECASE)
_BIRTH_WORDS = (
    r"nee?(?= (?:le|en) \d)|naissance|born|birth\w*|dob|geboren|"
    r"geboorte\w*|geburt\w*|doğum\w*|nacid[oa]|nacimiento|nascid[oa]|lindur|dhashay|народ\w*|родил\w*|рожд\w*|"
    r"مولود|ولدت|ولادت\w*|ميلاد\w*|الميلاد|مواليد|تولد\w*|متولد|زېږېد\w*"
)
_NUMBERS = re.compile(
    r"(?<![\d+])(?<!\d[./ -])(?:(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})|(\d{4})([./-])(\d{1,2})\6(\d{1,2}))"
    r"(?![./ -]?\d)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-/–]\s*(?:19|20)\d\d(?!\d)")
_SENTENCE_END = re.compile(r"[.!?؟\n]\s")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
Span = tuple[int, int]


@dataclass(frozen=True)
class FoundDates:
    """Where dates stand: those to hide, and those (with the years of a period) that are no number to hide."""

    hidden: list[Span]
    kept: list[Span]


@dataclass(frozen=True)
class _Written:
    span: Span
    day: dt.date | None  # None for a date without a year, or of another calendar
    complete: bool


def find_dates(text: str, today: dt.date) -> FoundDates:
    """The dates of a tidy text (jalon/privacy/letters.py), as seen from today."""
    folded = fold(text)
    written = sorted((*_in_numbers(folded, today), *_in_words(folded, today)), key=lambda each: each.span)
    years = [year.span() for year in _YEAR.finditer(folded)]
    words = [*_BORN.finditer(text), *_birth_word().finditer(folded)]
    births = set(_following(folded, words, sorted([*(each.span for each in written), *years])))
    hidden = [each.span for each in written if each.span in births or _is_old(each, today)]
    bare_years = [span for span in births if not any(first <= span[0] < last for first, last in hidden)]
    kept = [each.span for each in written if each.span not in hidden]
    return FoundDates([*hidden, *bare_years], [*kept, *(years.span() for years in _YEARS.finditer(folded))])


def _is_old(written: _Written, today: dt.date) -> bool:
    if not written.complete:
        return False
    return written.day is None or abs(today - written.day) > KEPT


def _following(folded: str, words: Iterable[re.Match[str]], dates: Sequence[Span]) -> Iterator[Span]:
    """The first date after each word, when it is near and in the same sentence."""
    for word in words:
        span = next((each for each in dates if word.end() <= each[0] <= word.end() + _NEAR), None)
        if span and not _SENTENCE_END.search(folded, word.end(), span[0]):
            yield span


def _in_numbers(folded: str, today: dt.date) -> Iterator[_Written]:
    for match in _NUMBERS.finditer(folded):
        first, _, second, late_year, early_year, _, month, day = match.groups()
        year = _full_year(late_year or early_year, today)
        parts = ((day, month),) if early_year else ((first, second), (second, first))
        if not any(1 <= int(each) <= 31 and 1 <= int(other) <= 12 for each, other in parts):
            continue
        found = (made for each, other in parts if (made := _date(year, int(other), int(each))))
        yield _Written(match.span(), next(found, None), True)


def _in_words(folded: str, today: dt.date) -> Iterator[_Written]:
    months = _months()
    for match in _worded().finditer(folded):
        named = match["month"] or match["month_first"]
        day, year = match["day"] or match["day_last"], match["year"] or match["year_last"]
        month = months[named.lower()]
        made = _date(_full_year(year, today), month, int(day)) if year and month else None
        yield _Written(match.span(), made, bool(year))


def _full_year(written: str, today: dt.date) -> int:
    """A year of two digits is of this century unless that lies ahead."""
    year = int(written)
    return year if year > 99 else year + (2000 if year <= today.year % 100 + 1 else 1900)


def _date(year: int, month: int, day: int) -> dt.date | None:
    """The date; None when there is none, or when it is of the solar Hijri calendar."""
    try:
        return dt.date(year, month, day) if year > 1500 else None
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Folded month name in lower case → its number; 0 for the months of the Hijri calendar."""
    names = {fold(tidy(name)).lower(): 0 for name in _HIJRI_MONTHS}
    for code in _LOCALES:
        months = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    short = fold(tidy(name)).lower().rstrip(".")
                    if len(short) > 2 and not short[0].isdigit():
                        names.setdefault(short, number)
    return names


@cache
def _worded() -> re.Pattern[str]:
    """`12 mars 1987`, `1er mars`, `March 12, 1987`."""
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    ordinal = r"(?:er|e|st|nd|rd|th|\.|-?го)?"
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}}){ordinal}[ -](?:de |of |من |د )?(?P<month>{month})\b\.?"
        rf"(?:,?[ -](?:de |del |سنه )?(?P<year>\d{{4}}|\d{{2}}(?!\s?\w)))?"
        rf"|\b(?P<month_first>{month})\b\.? (?P<day_last>\d{{1,2}}){ordinal},? (?P<year_last>\d{{4}})",
        re.IGNORECASE,
    )


@cache
def _birth_word() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{fold(_BIRTH_WORDS)})", re.IGNORECASE)
