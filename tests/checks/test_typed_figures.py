import pytest

from jalon.checks.figures import typed_figures

INCOME_FR = "data/articles/life/income/fr.md"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Attendez 30 jours.", "30 jours"),
        ("Attendez 2,5 mois.", "2,5 mois"),
        ("Ouvert 24h.", "24h"),
        ("C'est à 12 km.", "12 km"),
        ("Vous recevez 1 340,50 € de plus.", "1 340,50 €"),
        ("Vous payez 20 euros.", "20 euros"),
        ("Vous gardez 35 % du revenu.", "35 %"),
        ("La règle date du 1er mars 2026.", "1er mars 2026"),
        ("La règle date du 12/06/2026.", "12/06/2026"),
        ("Appelez le 000 00 00 00.", "000 00 00 00"),
        ("Allez rue Haute, 1000 Bourg.", "1000 Bourg"),
        ("Écrivez à aide@example.org.", "aide@example.org"),
        ("Lisez https://example.org/aide.", "https://"),
        ("Lisez www.example.org.", "www."),
    ],
)
def test_a_figure_typed_in_a_text_is_a_warning_that_quotes_it(project, text, figure):
    project.edit(INCOME_FR, "Ce montant", f"{text} Ce montant")
    project.expect("WARNING", INCOME_FR, figure)


@pytest.mark.parametrize(
    "text",
    [
        "Selon la loi du 15 décembre 1980, c'est possible.",
        "L'arrêté royal du 8 octobre 1981 le dit.",
        "Le délai est de {deadline:appeal_period}.",
        "Le papier s'appelle annexe 26.",
        "Il y a trois mois.",
    ],
)
def test_the_name_of_a_law_a_citation_and_a_word_are_no_typed_figures(text):
    assert list(typed_figures(text)) == []


def test_the_remedy_names_the_fact_that_has_the_same_figure(project):
    project.edit(INCOME_FR, "Ce montant", "Attendez 30 jours. Ce montant")
    found = project.expect("WARNING", INCOME_FR, "30 jours")
    assert "{deadline:appeal_period}" in found.remedy
