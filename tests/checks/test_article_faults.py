import pytest

APPEAL = "data/articles/procedure/appeal/article.yml"
APPEAL_FR = "data/articles/procedure/appeal/fr.md"
INCOME = "data/articles/life/income/article.yml"
INCOME_FR = "data/articles/life/income/fr.md"
LONG = "mot " * 61
TOO_LONG = "mot " * 80


# What is replaced by what in which file, and the thing that the finding must name.
@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        pytest.param(APPEAL, "checked_by:", "colour: red\nchecked_by:", "colour", id="unknown key"),
        pytest.param(APPEAL, "checked_by: editor\n", "", "checked_by", id="missing key"),
        pytest.param(APPEAL, "id: appeal", "id: appeal\nid: other", "'id'", id="key twice"),
        pytest.param(APPEAL, "topic: procedure", "topic: [procedure", "YAML", id="invalid YAML"),
        pytest.param(APPEAL, "revision: 2", "revision: 0", "revision", id="revision below one"),
        pytest.param(APPEAL, "sources: [appeal_law]", "sources: [lost_law]", "lost_law", id="missing source"),
        pytest.param(
            APPEAL, "high, source: appeal_law", "high, source: lost_law", "lost_law", id="fact without source"
        ),
        pytest.param(APPEAL, "dated: 2025-06", "dated: 06/2025", "06/2025", id="wrong form of date"),
        pytest.param(APPEAL, "dated: 2025-06", 'dated: "2025-13"', "dated", id="month that does not exist"),
        pytest.param(APPEAL, "dated: 2025-06", "dated: 2025-02-31", "YAML", id="day that does not exist"),
        pytest.param(APPEAL, "https://law.", "law.", "url", id="bad URL"),
        pytest.param(APPEAL, "kind: law", "kind: rumour", "kind", id="unknown kind of source"),
        pytest.param(APPEAL, "checked_on: 2026-01-31", "checked_on: 2026-02-11", "2026-02-11", id="future check"),
        pytest.param(APPEAL, "id: appeal", "id: complaint", "procedure/complaint", id="wrong folder"),
        pytest.param(APPEAL, "    knows: [court, lawyer]\n", "", "knows", id="low confidence, nobody knows"),
        pytest.param(APPEAL, "[court, lawyer]", "[court, king]", "king", id="unknown who knows"),
        pytest.param(APPEAL, "[life/income]", "[life/outcome]", "life/outcome", id="unknown article"),
        pytest.param(APPEAL, "[life/income]", "[procedure/appeal]", "related", id="related to itself"),
        pytest.param(APPEAL, "letters: [refusal]", "letters: [postcard]", "postcard", id="unknown letter"),
        pytest.param(
            APPEAL, "organisations: [court, ", "organisations: [castle, court, ", "castle", id="unknown office"
        ),
        pytest.param(APPEAL, "services: [lawyer]", "services: [barber]", "barber", id="unknown service"),
        pytest.param(APPEAL, "situations: [refused]", "situations: [bored]", "situations", id="situation"),
        pytest.param(
            INCOME,
            "statements:",
            '  spare: {title: "T", publisher: "P", url: "https://spare.example.org/", dated: undated, kind: site}\n'
            "statements:",
            "spare",
            id="unused source",
        ),
        pytest.param(APPEAL_FR, "revision: 2", "revision: 3", "revision 3", id="ahead of the article"),
        pytest.param(APPEAL_FR, "revision: 2", "revision: 1", "revision 1", id="French behind the article"),
        pytest.param(APPEAL_FR, "---\ntitle", "title", "front matter", id="no front matter"),
        pytest.param(APPEAL_FR, "## short\n", "Bonjour.\n\n## short\n", "##", id="text before the parts"),
        pytest.param(APPEAL_FR, "## more", "## moreover", "moreover", id="unknown part"),
        pytest.param(APPEAL_FR, "## short@refused", "## short@temporary", "short@temporary", id="situation's part"),
        pytest.param(APPEAL_FR, "## more", "## easy", "easy", id="part twice"),
        pytest.param(INCOME_FR, "## more", "## steps", "more", id="missing part"),
        pytest.param(INCOME_FR, "Ce montant vaut pour une personne seule, élève ou non.", "", "more", id="empty"),
        pytest.param(INCOME_FR, "Ce montant", "**Ce** montant", "more", id="bold"),
        pytest.param(INCOME_FR, "Ce montant", "[Ce](page) montant", "more", id="link"),
        pytest.param(APPEAL_FR, "1. Gardez l'enveloppe.\n2. ", "", "steps", id="steps without numbers"),
        pytest.param(INCOME_FR, "Une personne seule", TOO_LONG, "short", id="over-long short answer"),
        pytest.param(INCOME_FR, "Vous vivez seul.", f"{LONG}.", "easy", id="over-long easy sentence"),
        pytest.param(INCOME_FR, "button: Le revenu", f"button: {'x' * 21}", "button", id="button of 21"),
        pytest.param(INCOME_FR, "title: Recevoir", f"title: {'x' * 61}", "title", id="title of 61"),
        pytest.param(INCOME_FR, "status: draft", "status: perfect", "status", id="unknown status"),
        pytest.param(APPEAL_FR, "button: Le recours", "button: le revenu", "life/income", id="button twice"),
        pytest.param(APPEAL_FR, "Faire un recours", "Recevoir un Revenu", "life/income", id="title twice"),
    ],
)
def test_a_fault_of_an_article_is_an_error_that_names_the_thing(project, file, old, new, named):
    project.edit(file, old, new)
    project.expect("ERROR", file, named)


@pytest.mark.parametrize(
    "citation",
    [
        "{deadline:lost}",
        "{amount:lost}",
        "{organisation:lost.phone}",
        "{service:lost.phone}",
        "{fact:lost}",
        "{weather:tomorrow}",
        "{deadline:appeal_period.colour}",
        "{organisation:court}",
        "{organisation:court.colour}",
        "{organisation:court.email}",
        "{organisation:helpline.phone}",
        "{deadline}",
        "{deadline: appeal_period}",
        "{Deadline:appeal_period}",
        "{}",
    ],
)
def test_a_citation_that_leads_nowhere_is_an_error_that_quotes_it(project, citation):
    project.edit(APPEAL_FR, "La règle a changé", f"Voir {citation}. La règle a changé")
    project.expect("ERROR", APPEAL_FR, citation)


@pytest.mark.parametrize(
    "citation",
    [
        "{deadline:appeal_period.value}",
        "{organisation:court.abbreviation}",
        "{organisation:helpline.hours}",
        "{service:lawyers_office.phone}",
    ],
)
def test_a_citation_that_leads_somewhere_is_no_fault(project, citation):
    project.edit(APPEAL_FR, "La règle a changé", f"Voir {citation}. La règle a changé")
    assert [finding for finding in project.findings() if finding.place == APPEAL_FR] == []


def test_a_fact_belongs_to_its_article_alone(project):
    project.edit(INCOME_FR, "Ce montant", "{fact:new_rule} : ce montant")
    project.expect("ERROR", INCOME_FR, "{fact:new_rule}")


def test_a_little_too_long_is_only_a_warning(project):
    project.edit(INCOME_FR, "Une personne seule reçoit {amount:income}.", LONG)
    project.edit(INCOME_FR, "Vous vivez seul.", "mot " * 13 + ".")
    project.expect("WARNING", INCOME_FR, "short")
    project.expect("WARNING", INCOME_FR, "easy")


@pytest.mark.parametrize(
    "steps",
    ["\n".join(f"{number}. Attendez." for number in range(1, 10)), "1. " + "mot " * 26],
    ids=["nine steps", "a step of 26 words"],
)
def test_steps_that_are_too_many_or_too_long_are_a_warning(project, steps):
    project.edit(APPEAL_FR, "1. Gardez l'enveloppe.", steps)
    project.expect("WARNING", APPEAL_FR, "step")


def test_a_translation_behind_its_article_is_no_fault_of_form(project):
    project.edit(APPEAL, "revision: 2", "revision: 3")
    assert {finding.place for finding in project.findings()} == {APPEAL_FR}


def test_an_article_without_its_french_text_is_an_error(project):
    (project.home / INCOME_FR).unlink()
    project.expect("ERROR", INCOME, "fr.md")


def test_a_text_in_an_unknown_language_is_an_error(project):
    path = INCOME_FR.replace("fr.md", "xx.md")
    project.write(path, (project.home / INCOME_FR).read_text("utf-8"))
    project.expect("ERROR", path, "xx")


def test_front_matter_that_is_no_list_of_keys_is_an_error(project):
    project.write(INCOME_FR, "---\nRecevoir un revenu\n---\n## short\nNon.\n")
    project.expect("ERROR", INCOME_FR, "title")


def test_an_empty_article_is_an_error(project):
    project.write(INCOME, "# to be written\n")
    project.expect("ERROR", INCOME, "empty")


@pytest.mark.parametrize("file", [INCOME, INCOME_FR])
def test_a_file_in_another_encoding_is_an_error_that_says_which(project, file):
    path = project.home / file
    path.write_bytes(path.read_bytes() + "# é\n".encode("latin-1"))
    project.expect("ERROR", file, "UTF-8")
