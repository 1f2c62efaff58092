import pytest


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("j'attends la décision du CGRA", "applicant"),
        ("je suis demandeuse d'asile", "applicant"),
        ("j'ai demandé l'asile en janvier", "applicant"),
        ("demandeur d'asile", "applicant"),
        ("je suis toujours en procédure", "applicant"),
        ("j'ai été reconnue", "recognised"),
        ("je suis réfugié reconnu, je peux travailler ?", "recognised"),
        ("on m'a reconnu la semaine passée", "recognised"),
        ("je viens d'être reconnu", "recognised"),
        ("j'ai eu le positif", "recognised"),
        ("g été reconu", "recognised"),
        ("j'ai la protection subsidiaire", "subsidiary"),
        ("protection subsidiaire", "subsidiary"),
        ("je suis ukrainienne avec la protection temporaire", "temporary"),
        ("j'ai reçu un refus", "refused"),
        ("on m'a refusé l'asile", "refused"),
        ("mon asile est refusé", "refused"),
        ("g recu negatif", "refused"),
        ("j'ai un ordre de quitter le territoire", "refused"),
        ("refus cgra", "refused"),
        ("je suis sans papiers depuis huit ans", "undocumented"),
        ("je n'ai pas de papiers", "undocumented"),
        ("j'ai pas de papier", "undocumented"),
        ("j'ai été réinstallée depuis le Liban", "resettled"),
        ("j'aide une dame afghane", "helper"),
        ("je suis bénévole", "helper"),
        ("j'aide une dame, elle dit : je suis reconnue", "helper"),
    ],
)
def test_a_stated_situation_is_found(found, text, situation):
    assert found(text, "situation") == [situation]


@pytest.mark.parametrize(
    "text",
    [
        "je ne suis pas reconnu",
        "je suis pas encore reconnu",
        "je n'ai jamais été reconnu",
        "combien de temps pour être reconnu ?",
        "si je suis reconnu, je peux travailler ?",
        "quand je suis reconnu, que se passe-t-il",
        "est-ce que je suis réfugié ?",
        "suis-je reconnu ?",
        "mon mari est reconnu",
        "ma copine attend sa décision",
        "la dame vient d'être reconnue",
        "je suis réfugié en France",
        "j'ai été reconnu en Grèce",
        "ma demande en Autriche est refusée",
        "le cpas m'a refusé l'aide",
        "j'ai reçu un refus de visa",
        "on m'a refusé un appartement",
        "je n'ai pas reçu de refus",
        "c'est quoi la protection subsidiaire ?",
        "que faire après un refus ?",
        "les sans papiers ont-ils droit aux soins ?",
        "je suis reconnu mais j'ai reçu un refus",
        "qui aide une famille de réfugiés ?",
        "je suis malade",
        "",
    ],
)
def test_what_is_denied_supposed_asked_or_said_of_others_states_nothing(found, text):
    assert found(text, "situation") == []
