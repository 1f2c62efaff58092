"""What looks personal is hidden, whatever its digits; what a question needs stays. All people are invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.privacy.redaction import redact

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "hidden", "label"),
    [
        # Telephones: Belgian, foreign, with every sign between the digits, in every digits
        ("Mon numéro est le 0470 11 22 33", "0470 11 22 33", "phone"),
        ("appelez +32 (0)470/11.22.33 svp", "470", "phone"),
        ("0470-112233", "0470-112233", "phone"),
        ("ou 081 73 71 76 ?", "081 73 71 76", "phone"),
        ("le numéro 0093 70 123 4567", "70 123 4567", "phone"),
        ("+963 944 123 456", "944", "phone"),
        ("رقمي ٠٤٧٠١١٢٢٣٣", "٠٤٧٠١١٢٢٣٣", "phone"),
        ("شماره من ۰۴۷۰۱۱۲۲۳۳ است", "۰۴۷۰۱۱۲۲۳۳", "phone"),
        ("०४७०११२२३३", "०४७०", "phone"),
        ("０４７０１１２２３３", "０４７０", "phone"),
        ("04\u200b70\u200e112233", "112233", "phone"),
        # Addresses on the net
        ("écrivez à zahra.n+1@example.org", "zahra.n+1@example.org", "email"),
        ("zahra (at) example.org", "zahra", "email"),
        ("https://maps.example/?q=50.46,4.87", "50.46", "link"),
        ("www.example.org/zahra", "zahra", "link"),
        ("mon profil example.com/zahra.n", "zahra.n", "link"),
        ("je suis @zahra_n", "zahra_n", "account"),
        # Dates of birth and of long ago
        ("je suis né le 12/05/1987 à Kaboul", "12/05/1987", "date"),
        ("Née à Alep (Syrie) le 1er janvier 1990", "1er janvier 1990", "date"),
        ("nee le 3 mars 87", "3 mars 87", "date"),
        ("je suis née en 1987", "1987", "date"),
        ("mon bébé est né le 3/10/2026", "3/10/2026", "date"),
        ("ma fille est née le 3 octobre", "3 octobre", "date"),
        ("date de naissance : 1987-05-12", "1987-05-12", "date"),
        ("born on May 12, 1987", "May 12, 1987", "date"),
        ("arrivé le 4 mars 2019", "4 mars 2019", "date"),
        ("c'était le 12.05.87", "12.05.87", "date"),
        ("تاريخ الميلاد ١٢/٠٥/١٩٨٧", "١٢/٠٥/١٩٨٧", "date"),
        ("ولدت في 5 آذار 1990", "1990", "date"),
        ("متولد ۱۳۶۶/۰۵/۱۲", "۱۳۶۶/۰۵/۱۲", "date"),
        ("۱۲ مرداد ۱۳۶۶", "مرداد", "date"),
        ("родился 5 марта 1990", "5 марта 1990", "date"),
        # Numbers of papers and files
        ("85.07.30-033.28", "85.07.30-033.28", "national_number"),
        ("mon NISS ٨٥٠٧٣٠٠٣٣٢٨", "٨٥٠٧٣٠٠٣٣٢٨", "national_number"),
        ("dossier CGRA 22/12345", "22/12345", "number"),
        ("SP : 9.876.543", "9.876.543", "number"),
        ("dossier n° 45678", "45678", "number"),
        ("mijn dossiernummer is 12345", "12345", "number"),
        ("رقم الملف ١٢٣٤٥", "١٢٣٤٥", "number"),
        ("passeport P01234567", "P01234567", "number"),
        ("BE68 5390 0754 7034", "5390 0754", "iban"),
        ("compte nl91abna0417164300", "abna0417164300", "iban"),
        # Places
        ("j'habite 12, rue de la Gare, 5000 Namur", "12, rue de la Gare, 5000 Namur", "address"),
        ("J'habite 12 rue de la Gare et je cherche un avocat", "12 rue de la Gare", "address"),
        ("rue de la gare 12 bte 3", "rue de la gare 12 bte 3", "address"),
        ("J'habite rue de Fer à Namur", "rue de Fer", "address"),
        ("Kerkstraat 12", "Kerkstraat 12", "address"),
        ("12 Mill Street", "12 Mill Street", "address"),
        ("شارع الحمرا ١٢", "الحمرا ١٢", "address"),
        ("خیابان ولیعصر پلاک ۱۲", "ولیعصر پلاک ۱۲", "address"),
        ("50.4674, 4.8720", "50.4674", "coordinates"),
        ("50°27'52\"N 4°52'E", "52", "coordinates"),
        # Names that introduce themselves
        ("Je m'appelle Zahra Nazari et je cherche un avocat", "Zahra Nazari", "name"),
        ("je m'appelle zahra", "zahra", "name"),
        ("My name is Zahra, I need help", "Zahra", "name"),
        ("Madame Nazari m'aide", "Nazari", "name"),
        ("اسمي زهرة نظري", "زهرة", "name"),
        ("Меня зовут Иван Петров", "Иван Петров", "name"),
    ],
)
def test_what_looks_personal_is_hidden_under_its_name(typed, hidden, label):
    kept = redact(typed, TODAY)
    assert hidden not in kept
    assert f"[{label}]" in kept


@pytest.mark.parametrize(
    "typed",
    [
        "J'ai reçu ma lettre le 12/11/2026, quel est le délai ?",
        "ma lettre du 12 novembre 2026, j'ai 30 jours",
        "rendez-vous le 3/12 à 10h",
        "délai du 1er mars",
        "annexe 26quinquies, annexe 13, article 9bis et 9 ter",
        "la loi du 15 décembre 1980 et le règlement 2024/1348",
        "le CPAS donne 1 340,50 € par mois, ou 1450 euros",
        "en 2025-2026, depuis 2019",
        "CPAS de 5000 Namur, ouvert 09:00-12:30",
        "je dors dans la rue depuis 3 mois",
        "je vis dans la rue et je cherche un avocat",
        "je suis à la rue avec 2 enfants",
        "une place dans un centre pour 4 personnes",
        "je ne le crois pas, en 2024 c'était ouvert",
        "mon nom est mal écrit sur ma carte",
        "mon acte de naissance. Je suis reconnu depuis 2019",
        "appelez le 112 ou le 101",
        "Bonjour Madame, je cherche un avocat",
        "أنا من سوريا وعندي 3 أطفال",
        "كيف أطلب اللجوء؟",
        "می‌خواهم وکیل",
    ],
)
def test_what_a_question_needs_stays(typed):
    assert redact(typed, TODAY) == typed


@pytest.mark.parametrize(("days", "stays"), [(-366, True), (-367, False), (0, True), (366, True), (367, False)])
def test_a_date_stays_for_a_year_on_each_side_of_today(days, stays):
    typed = f"la lettre du {TODAY + dt.timedelta(days):%d/%m/%Y}"
    assert (redact(typed, TODAY) == typed) is stays


def test_everything_in_one_message_is_hidden():
    typed = (
        "Je m'appelle Zahra Nazari, née le 12/05/1987, NN 87.05.12-033.28, tél ۰۴۷۰۱۱۲۲۳۳, zahra@example.org, "
        "rue de la Gare 12, 5000 Namur, BE68 5390 0754 7034. Lettre reçue le 12/11/2026."
    )
    labels = ("name", "date", "national_number", "phone", "email", "address", "iban")
    kept = redact(typed, TODAY)
    assert [label for label in labels if f"[{label}]" not in kept] == []
    assert [letter for letter in kept if letter.isdigit()] == list("12112026")


DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")


@given(
    number=st.text("0123456789", min_size=6, max_size=20),
    digits=st.sampled_from(DIGITS),
    before=st.sampled_from(["", "voici ", "رقم ", "(", "n°"]),
    between=st.sampled_from(["", " ", "-", ".", "/"]),
)
@settings(max_examples=200, deadline=None)
def test_no_long_number_stays_in_any_digits(number, digits, before, between):
    written = between.join(number.translate(str.maketrans(DIGITS[0], digits)))
    assert not [letter for letter in redact(f"{before}{written} merci", TODAY) if letter.isdigit()]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_redacted_and_again_without_change(text):
    once = redact(text, TODAY)
    assert redact(once, TODAY) == once
