"""The same kinds of things are found in every language, said as people say them there."""

import datetime as dt

import pytest

TODAY = dt.date(2026, 11, 23)  # a Monday
SAID = {
    "en": [
        ("I got the letter on 12 October", "date", "2026-10-12"),
        ("november 12 2026", "date", "2026-11-12"),
        ("the 2nd of march", "date", "2026-03-02"),
        ("it came the day before yesterday", "date", "2026-11-21"),
        ("two weeks ago", "period", "2026-W46"),
        ("since last month", "period", "2026-10"),
        ("10 working days", "duration", "10 working_day"),
        ("i live in ghent", "commune", "outside"),
        ("does anyone speak arabic?", "language", "ar"),
        ("somali", "language", "so"),
        ("they refused my asylum", "situation", "refused"),
        ("still waiting for my decision", "situation", "applicant"),
        ("i have no papers", "situation", "undocumented"),
    ],
    "nl": [
        ("brief gekregen op 12 oktober", "date", "2026-10-12"),
        ("eergisteren", "date", "2026-11-21"),
        ("drie dagen geleden", "date", "2026-11-20"),
        ("vorige week een brief gehad", "period", "2026-W47"),
        ("dertig dagen", "duration", "30 day"),
        ("ik woon in luik", "commune", "outside"),
        ("ik woon in jambes", "commune", "namur"),
        ("ik zoek een tolk arabisch", "language", "ar"),
        ("mijn asiel is geweigerd", "situation", "refused"),
        ("ik wacht nog op een beslissing", "situation", "applicant"),
        ("ik ben erkend als vluchteling", "situation", "recognised"),
    ],
    "es": [
        ("me llegó el 12 de octubre", "date", "2026-10-12"),
        ("el 3 de marzo de 2025", "date", "2025-03-03"),
        ("anteayer", "date", "2026-11-21"),
        ("hace dos semanas", "period", "2026-W46"),
        ("el mes pasado", "period", "2026-10"),
        ("diez días hábiles", "duration", "10 working_day"),
        ("vivo en lieja", "commune", "outside"),
        ("alguien que hable árabe", "language", "ar"),
        ("me negaron el asilo", "situation", "refused"),
        ("no tengo papeles", "situation", "undocumented"),
        ("ayudo a una familia siria", "situation", "helper"),
    ],
    "ar": [
        ("استلمت القرار يوم 12 تشرين الأول", "date", "2026-10-12"),
        ("٥/٣/٢٠٢٦", "date", "2026-03-05"),
        ("أول أمس", "date", "2026-11-21"),
        ("مبارح", "date", "2026-11-22"),
        ("قبل أسبوعين", "period", "2026-W46"),
        ("منذ شهر", "period", "2026-10"),
        ("الأسبوع الماضي", "period", "2026-W47"),
        ("عندي شهرين", "duration", "2 month"),
        ("عشرة أيام عمل", "duration", "10 working_day"),
        ("ساكن في نامور", "commune", "namur"),
        ("أبحث عن مترجم صومالي", "language", "so"),
        ("اجاني سلبي", "situation", "refused"),
        ("jani negatif", "situation", "refused"),
        ("لسه ناطر الجواب", "situation", "applicant"),
        ("ما عندي أوراق", "situation", "undocumented"),
    ],
}
UNSAID = [
    ("en", "the cpas refused me", "situation"),
    ("en", "if i am recognised", "situation"),
    ("nl", "het ocmw heeft mij geweigerd", "situation"),
    ("nl", "als ik erkend ben", "situation"),
    ("es", "si me reconocen como refugiado", "situation"),
    ("es", "el cpas me negó la ayuda", "situation"),
    ("ar", "إذا رفضوا طلبي", "situation"),
    ("ar", "رفضوا طلبي للسكن", "situation"),
    ("en", "i may have time", "date"),
    ("nl", "ik heb 3 kinderen", "date"),
]


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"), [(code, *one) for code, said in SAID.items() for one in said]
)
def test_what_is_said_is_found_in_each_language(reader_of, language, text, kind, value):
    assert value in values(reader_of(language), text, kind)


@pytest.mark.parametrize(("language", "text", "kind"), UNSAID)
def test_what_is_not_stated_is_not_found(reader_of, language, text, kind):
    assert values(reader_of(language), text, kind) == []


def values(reader, text, kind):
    """What is found of a kind."""
    return [entity["value"] for entity in reader.entities(text, TODAY) if entity["entity"] == kind]
