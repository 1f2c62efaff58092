import pytest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("j'ai reçu la lettre le 3 mars", "2026-03-03"),
        ("le 3 mars 2025", "2025-03-03"),
        ("lettre du 4 fevrié", "2026-02-04"),
        ("le 12 aout", "2026-08-12"),
        ("1er septembre", "2026-09-01"),
        ("le premier septembre", "2026-09-01"),
        ("le 24 décembre", "2025-12-24"),
        ("03/03/26", "2026-03-03"),
        ("3/3/2026", "2026-03-03"),
        ("reçu le 12/11", "2026-11-12"),
        ("notifiée le 15.06", "2026-06-15"),
        ("notification 18-02", "2026-02-18"),
        ("26.04.2026", "2026-04-26"),
        ("2026-03-04", "2026-03-04"),
        ("03 03 2026", "2026-03-03"),
        ("٠٣/٠٣/٢٠٢٦", "2026-03-03"),
        ("reçue le 3", "2026-11-03"),
        ("reçu le 30", "2026-10-30"),
        ("reçu le 31", "2026-10-31"),
        ("reçu hier", "2026-11-22"),
        ("avant-hier", "2026-11-21"),
        ("avant hier", "2026-11-21"),
        ("aujourd'hui", "2026-11-23"),
        ("aujourd’hui", "2026-11-23"),
        ("ce matin", "2026-11-23"),
        ("lundi dernier", "2026-11-16"),
        ("vendredi passé", "2026-11-20"),
        ("j'ai reçu une lettre samedi", "2026-11-21"),
        ("il y a 3 jours", "2026-11-20"),
        ("il y a trois jours", "2026-11-20"),
        ("y a 5 jours", "2026-11-18"),
        ("le 3 mars à 14h30", "2026-03-03"),
    ],
)
def test_a_day_becomes_its_iso_date(found, text, day):
    assert found(text, "date") == [day]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("j'ai demandé l'asile en janvier", "2026-01"),
        ("en mai 2024", "2024-05"),
        ("début mars", "2026-03"),
        ("depuis décembre et je suis seul", "2025-12"),
        ("la semaine passée", "2026-W47"),
        ("la semaine dernière", "2026-W47"),
        ("il y a deux semaines", "2026-W46"),
        ("le mois passé", "2026-10"),
        ("il y a un mois", "2026-10"),
    ],
)
def test_what_is_no_day_is_a_period(found, text, period):
    assert found(text, "date", "period") == [period]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "le 30 février",
        "le 45",
        "en 2024",
        "2026",
        "5-7 jours",
        "12/11 euros",
        "article 48/4",
        "24/7",
        "le 3 enfants",
        "le 9 bis",
        "le 5100",
        "le samedi",
        "lundi prochain",
        "rendez-vous mardi",
        "depuis sept ans",
        "le premier rendez-vous",
        "mai",
        "081 12 11 45",
        "annexe 26",
        "il y a 3 ans",
        "il y a 99999 jours",
    ],
)
def test_what_is_no_day_gone_by_is_no_date(found, text):
    assert found(text, "date", "period") == []


def test_a_day_without_month_beside_a_whole_date_is_left_out(found):
    assert found("le tampon dit 23 juin et j'ai ouvert le 29", "date") == ["2026-06-23"]


def test_two_days_are_both_found_in_their_order(found):
    assert found("datée du 11 mai mais reçue le 14 mai", "date") == ["2026-05-11", "2026-05-14"]
