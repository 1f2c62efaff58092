"""Hides what could tell who somebody is, in a text that is to be kept: each finding becomes its name in brackets.

It hides rather too much than too little. It cannot know every name of a person: a text that was redacted is still
shown to somebody before it is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

import phonenumbers

from jalon.privacy.contacts import COUNTRY
from jalon.privacy.dates import Span, find_dates
from jalon.privacy.letters import fold, tidy

_ENDINGS = "be|com|org|net|eu|fr|nl|de|uk|info|io|me|app|gov"  # of addresses on the web that are typed without https
_SEPARATOR = r"[ ./\-–\u200c]"
_MONEY = r"(?!\d|[ .,]?\d|\s?(?:€|eur|يورو|евро|євро))"
_LETTERS = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = rf"(?=[A-ZÀ-ÞА-ЯІЇЄҐ]){_LETTERS}"

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LINK = re.compile(
    rf"(?:https?|ftp|geo|tel|mailto):\S+|\bwww\.\S+|\b(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?:/\S*|\b(?!\.\w))", re.IGNORECASE
)
_ACCOUNT = re.compile(r"(?<![\w@])@[\w.]{3,}")
# ISO 13616: the country, two check digits, at most thirty letters and digits, written in groups or not.
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?\b", re.IGNORECASE)
_DEGREES = r"\d{1,3}(?:[.,]\d+)?\s?°\s?(?:(?:\d{1,2}(?:[.,]\d+)?\s?['’′\"]{1,2}\s?){1,2}[NSEWO]?|[NSEWO]\b)"
_DECIMAL = r"[+-]?\d{1,3}[.,]\d{3,}°?\s?[NSEWO]?"
_COORDINATES = re.compile(rf"{_DEGREES}(?:[\s,;]+{_DEGREES})?|(?<![\d.]){_DECIMAL}\s?[,; /]\s?{_DECIMAL}")
# A law is public: its date and number are kept.
_LAW = re.compile(
    r"\b(?:loi|reglement|arrete|directive|convention|pacte|traite|law|act|regulation|wet|verordening|قانون)\b"
    r"[^\d\n.;]{0,30}(?:\d{1,2}(?:er)? [^\W\d]+ \d{4}|\d{4}/\d+)",
    re.IGNORECASE,
)
# Belgian national and bis numbers: year, month, day of birth, then three digits and two.
_NATIONAL = re.compile(r"(?<![\d+])\d{2}[. -]?\d{2}[. -]?\d{2}[ .-]{0,3}\d{3}[ .-]{0,3}\d{2}(?!\d)")
_FILE = re.compile(
    r"\b(?:dossier\w*|reference|ref|numero|n[°o]|nr|\w*nummer|number|case|file|badge|номер|дело|справа|"
    r"رقم|ملف|شماره|پرونده|نمبر)(?!\w)[^\d\n]{0,15}(?P<hide>[A-Z]{0,3}-?\d(?:[ ./-]?\d){3,}"
    rf"{_MONEY}[A-Z]?)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<!\w)[A-Z]{{0,3}}-?\d(?:{_SEPARATOR}{{0,2}}\d){{5,}}{_MONEY}(?:-?[A-Z])?(?!\w)")

_STREET = (
    r"rue|avenue|av\.|boulevard|bd|bld|chaussee|allee|impasse|quai|ruelle|route|chemin|clos|square|sentier|"
    r"calle|avenida|улиц[аі]|ул\.|вул\.?|вулиця|شارع|خيابان|كوچه|جاده"
)
_HOUSE = r"\d{1,4}(?:\s?(?:[a-h]|bis|ter)\b(?!['’]))?"
_UNIT = r"(?!\s?(?:jours?|semaines?|mois|ans?|heures?|h\b|minutes?|personnes?|enfants?|fois|€|euros?|km))"
_BOX = r"(?:,?\s?(?:boite|bte|bus|apt|appartement|پلاك|واحد)\.?\s?\w{1,5})?"
_TOWN = r"(?:,?\s(?:a\s)?\d{4}\s[A-ZÀ-Þ][\w-]+)?"
_OF = r"(?:de la |de l'|de l’|des |du |de |d'|d’|la |le |les |saint|sainte|st\.? |ste )"
_WORD = r"\s[^\s\d,;.?!]+"
_NEXT = r"\s(?:et|je|j['’]\w+|mais|pour|depuis|avec|sans|a|au|est|en|dans|chez|pres|comment|merci|svp|and|in)\b"
_STREET_NAME = rf"(?!{_NEXT})(?:(?:{_WORD}){{1,5}}?(?={_NEXT}|\s?[\n,;.?!]|\s\d|\s?$)|(?:{_WORD}){{1,3}})"
_ADDRESSES = (
    # « 12, rue de la Gare, 5000 Namur »; « rue de la Gare 12 bte 3 »; « rue de Fer » after « j'habite ».
    re.compile(rf"(?<!\w){_HOUSE},?\s(?:{_STREET}|place){_STREET_NAME}{_BOX}{_TOWN}", re.IGNORECASE),
    re.compile(
        rf"\b(?:{_STREET}|place)\s(?:{_OF}[^\n,;.?!\d]{{2,40}}?|[^\W\d_]{{4,}})\s?,?\s?(?:n[°o]\s?)?(?:پلاك\s?)?"
        rf"{_HOUSE}{_UNIT}{_BOX}{_TOWN}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:habite|adresse|loge|vis|live|woon|wohne)\b[^\n.?!]{0,20}\b(?<!la )"
        rf"(?P<hide>(?:{_STREET}){_STREET_NAME})",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_NAME}(?:straat|laan|steenweg|plein|dreef|straße|strasse|weg)\s{_HOUSE}{_BOX}{_TOWN}"),
    re.compile(rf"\b{_HOUSE},?\s{_NAME}(?:\s{_NAME}){{0,2}}\s(?:Street|Road|Avenue|Lane|Square)\b"),
    re.compile(r"(?:شارع|خيابان|كوچه)\s[^\n،,.؟?!]{2,30}?\s\d{1,4}"),
    re.compile(rf"\b{_NAME}(?:\s{_NAME}){{0,2}}\s(?:[Ss]okak|[Ss]okagı|[Cc]addesi|[Cc]ad\.)(?:\s[Nn]o:?)?\s?{_HOUSE}"),
)
_NAMES = (
    re.compile(
        r"(?i:\bje m['’]appelle|\bj['’]m['’]appelle|\bje me nomme|\bmy name(?: is|['’]s)|\bik heet|\bmijn naam is|"
        r"\bich hei(?:ß|ss)e|\bmein name ist|\bme llamo|\bmi nombre es|\bben[ıi]m ad[ıi]m|\bменя зовут|\bмене звати)"
        rf"\s?:?\s(?P<hide>{_LETTERS}(?:\s{_NAME}){{0,3}})"
    ),
    re.compile(
        r"\b(?:(?i:mon (?:pr[ée])?nom (?:est|c['’]est)|mon nom de famille est|ad[ıi]m|мо[её] имя|моє ім['’]я)\s?:?|"
        r"[Mm]adame|[Mm]onsieur|Mme|Mlle|Mr?\.?|Mrs\.?|Ms\.?|Dhr\.?|Mevr\.?|Herr|Frau)"
        rf"\s(?P<hide>{_NAME}(?:\s{_NAME}){{0,3}})"
    ),
    re.compile(r"(?:اسمي|نام من|اسم من|نامم|اسمم|زما نوم)\s?:?\s(?P<hide>[^\W\d_]+(?:\s[^\W\d_]+)?)"),
)


def redact(text: str, today: dt.date) -> str:
    """The text with `[phone]`, `[email]`, `[date]`, … in the place of what looks personal; digits of any script.

    Args:
        today: the dates of the past months are kept, unless they are somebody's birth.
    """
    plain = tidy(text)
    taken: list[tuple[int, int, str]] = []
    for label, (start, end) in _findings(plain, today):
        shared = [each for each in taken if start < each[1] and each[0] < end]
        if all(hidden_as for *_, hidden_as in shared):
            # Findings that overlap become one, under the surer name: no part of a number stays behind.
            whole = [*shared, (start, end, label)]
            taken = [each for each in taken if each not in shared]
            taken.append((min(each[0] for each in whole), max(each[1] for each in whole), whole[0][2]))
    for start, end, label in sorted(taken, reverse=True):
        if label:
            plain = f"{plain[:start]}[{label}]{plain[end:]}"
    return plain


def _findings(plain: str, today: dt.date) -> Iterator[tuple[str, Span]]:
    """Every finding, the surer kinds first; without a label, what is to be kept."""
    folded = fold(plain)
    for label, pattern in (("email", _EMAIL), ("link", _LINK), ("account", _ACCOUNT), ("", _LAW)):
        yield from _each(label, pattern, folded)
    yield from _each("iban", _IBAN, folded, lambda found: sum(map(str.isdigit, found)) >= 8)
    for label, pattern in (("coordinates", _COORDINATES), ("national_number", _NATIONAL)):
        yield from _each(label, pattern, folded)
    dates = find_dates(plain, today)
    yield from (("date", span) for span in dates.hidden)
    yield from (("", span) for span in dates.kept)
    for match in phonenumbers.PhoneNumberMatcher(folded, COUNTRY):
        yield "phone", (match.start, match.end)
    yield from _each("address", _ADDRESSES, folded)
    yield from _each("number", _FILE, folded, lambda found: not re.fullmatch(r"(?:19|20)\d\d", found))
    yield from _each("number", _NUMBER, folded)
    yield from _each("name", _NAMES, plain)


def _each(
    label: str,
    patterns: re.Pattern[str] | Iterable[re.Pattern[str]],
    text: str,
    accepts: Callable[[str], bool] = bool,
) -> Iterator[tuple[str, Span]]:
    """What the patterns find, or their group `hide` where they have one."""
    for pattern in (patterns,) if isinstance(patterns, re.Pattern) else patterns:
        group = "hide" if "hide" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            if accepts(match[group]):
                yield label, match.span(group)
