import pytest


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("j'ai reçu une annexe 26", "annexe_26"),
        ("bijlage 26", "annexe_26"),
        ("anexe 26", "annexe_26"),
        ("annexe n° 26", "annexe_26"),
        ("ANNEXE26", "annexe_26"),
        ("26quater", "annexe_26quater"),
        ("le 26 quater", "annexe_26quater"),
        ("annexe 26-quater", "annexe_26quater"),
        ("annex 26 quinquies", "annexe_26quinquies"),
        ("annexe 13", "annexe_13"),
        ("papier orange", "orange_card"),
        ("ma carte orang", "orange_card"),
        ("attestation d’imatriculation", "orange_card"),
        ("ordre de quiter", "order_to_leave"),
        ("ordre de quitter le territoire", "order_to_leave"),
        ("oqt", "order_to_leave"),
        ("refus du CGRA", "cgra_decision"),
        ("j'ai eu négatif", "cgra_decision"),
        ("arrêt du CCE", "cce_judgment"),
        ("convocasion", "interview_invitation"),
        ("passeport bleu", "travel_document"),
        ("la carte A", "card_a"),
        ("carte a ou carte B ?", "card_a"),
    ],
)
def test_a_letter_is_found_as_people_write_it(found, text, letter):
    assert letter in found(text, "letter")


@pytest.mark.parametrize("text", ["la carte a disparu", "annexe", "papier", "une lettre de ma mère", "le 26 mars"])
def test_everyday_words_are_no_letters(found, text):
    assert found(text, "letter") == []


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("je cherche un avocat", "lawyer"),
        ("avoca gratuit", "lawyer"),
        ("pro deo", "lawyer"),
        ("où est le CPAS", "cpas"),
        ("cours de français", "french_courses"),
        ("interprette", "interpreter"),
        ("un psycologue", "mental_health"),
        ("maison médicale", "health"),
        ("colis alimentaire", "food"),
        ("abri de nuit", "night_shelter"),
        ("la mutuelle", "health_insurance"),
        ("maison communale", "commune"),
    ],
)
def test_a_service_is_found_as_people_ask_for_it(found, text, service):
    assert found(text, "service") == [service]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("parle arabe", "ar"),
        ("répondez en anglai", "en"),
        ("néerlendais", "nl"),
        ("tigrinya", "ti"),
        ("ትግርኛ", "ti"),
        ("عربي", "ar"),
        ("فارسی", "fa"),
        ("un interprète dari", "fa"),
        ("پښتو", "ps"),
        ("українською", "uk"),
        ("по-русски", "ru"),
        ("shqip", "sq"),
        ("soomaali", "so"),
        ("je veux en turc", "tr"),
        ("Türkçe", "tr"),
        ("hablo español", "es"),
        ("deutsch bitte", "de"),
        ("je parle français", "fr"),
        ("un interprète kurde", "ku"),
    ],
)
def test_a_language_becomes_its_code(found, text, language):
    assert found(text, "language") == [language]


@pytest.mark.parametrize("text", ["je suis une dame ukrainienne", "mon ami russe est ici", "la carte turque", "langue"])
def test_a_people_is_no_language(found, text):
    assert found(text, "language") == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("feddasil ne répond pas", "organisation", "fedasil"),
        ("la croix rouge", "organisation", "croix_rouge"),
        ("ofice des étrangers", "organisation", "oe"),
        ("c'est quoi la réinstalation", "term", "resettlement"),
        ("9 bis", "term", "article_9bis"),
        ("revenu d'intégration", "term", "ris"),
    ],
)
def test_an_office_or_a_word_is_found(found, text, kind, value):
    assert found(text, kind) == [value]


def test_an_everyday_word_is_not_mended(found):
    assert found("les droites et les courbes", "term", "letter", "service") == []


def test_one_name_may_say_an_office_a_service_and_a_place(found):
    text = "le cpas de namur"
    assert (found(text, "organisation"), found(text, "service"), found(text, "commune")) == (
        ["cpas_namur"],
        ["cpas"],
        ["namur"],
    )
