import pytest

FACTS = "data/facts/"
DEADLINE = f"{FACTS}deadlines/appeal_period.yml"
AMOUNT = f"{FACTS}amounts/income.yml"
WORDS = "data/texts/fr/"


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        pytest.param(DEADLINE, "unit: day", "unit: moon", "unit", id="unknown unit"),
        pytest.param(DEADLINE, "unit: day", "unit: day\ncolour: red", "colour", id="unknown key"),
        pytest.param(DEADLINE, "unit: day", "unit: date", "2025-01-01", id="number where a date belongs"),
        pytest.param(DEADLINE, "value: 15", "value: 2025-01-01", "2025-01-01", id="date where a number belongs"),
        pytest.param(DEADLINE, "  2026-01-01:", "  2025-01-01:", "2025-01-01", id="start day twice"),
        pytest.param(DEADLINE, "  2026-01-01:", "  soon:", "soon", id="start that is no day"),
        pytest.param(DEADLINE, "checked_on: 2026", "checked_on: 2027", "2027-01-31", id="future check"),
        pytest.param(DEADLINE, "review_every_months: 3", "review_every_months: 0", "review", id="no review"),
        pytest.param(AMOUNT, "per: month\n", "", "per", id="amount without per"),
        pytest.param(AMOUNT, "unit: eur", "unit: [eur", "YAML", id="invalid YAML"),
        pytest.param(AMOUNT, "https://income.", "income.", "url", id="bad URL"),
        pytest.param(f"{FACTS}organisations.yml", "09:00-12:00", "9h-12h", "9h-12h", id="bad hours"),
        pytest.param(f"{FACTS}organisations.yml", "09:00-12:00", "12:00-09:00", "12:00-09:00", id="backwards"),
        pytest.param(f"{FACTS}organisations.yml", "{mon:", "{lundi:", "lundi", id="unknown day"),
        pytest.param(f"{FACTS}organisations.yml", "https://www.", "www.", "website", id="bad website"),
        pytest.param(f"{FACTS}organisations.yml", "helpline:", "court:", "court", id="duplicate id"),
        pytest.param(f"{FACTS}letters.yml", "issued_by: court", "issued_by: king", "king", id="unknown issuer"),
        pytest.param(f"{FACTS}letters.yml", "[procedure/appeal]", "[life/lost]", "life/lost", id="letter's article"),
        pytest.param(f"{FACTS}letters.yml", "[appeal_period]", "[lost]", "lost", id="letter's deadline"),
        pytest.param(f"{FACTS}letters.yml", "  deadlines: [appeal_period]\n", "", "period", id="period of nothing"),
        pytest.param(f"{FACTS}letters.yml", "period: written", "period: mine", "period", id="unknown period"),
        pytest.param(
            f"{FACTS}letters.yml",
            "period: written",
            "last_day_put_off: {title: Code, publisher: Press, url: 'https://law.example.org', dated: 2024, kind: law}",
            "last_day_put_off",
            id="rule of a day that nothing counts",
        ),
        pytest.param(f"{FACTS}glossary.yml", "organisation: court", "organisation: king", "king", id="term"),
        pytest.param(f"{FACTS}signposts.yml", "[court]", "[lost]", "lost", id="signpost's office"),
        pytest.param(f"{FACTS}signposts.yml", "[lawyer]", "[barber]", "barber", id="signpost's help"),
        pytest.param(f"{FACTS}signposts.yml", "[life/income]", "[life/lost]", "life/lost", id="signpost's article"),
        pytest.param(
            f"{FACTS}signposts.yml",
            "articles: [life/income]",
            f"articles: [{', '.join(['life/income'] * 3)}]",
            "fishing.articles",
            id="signpost with three articles",
        ),
        pytest.param(
            f"{FACTS}signposts.yml",
            "  organisations: [court]\n  services: [lawyer]\n",
            "",
            "points to somebody",
            id="signpost to nobody",
        ),
        pytest.param(f"{FACTS}steps.yml", "organisations: [court]", "next: [lost]", "lost", id="next step"),
        pytest.param(f"{FACTS}steps.yml", "letters: [refusal]", "letters: [lost]", "lost", id="step's letter"),
        pytest.param(f"{FACTS}steps.yml", "services: [lawyer]", "services: [lost]", "lost", id="step's service"),
        pytest.param(f"{FACTS}services.yml", "type: lawyer", "type: barber", "barber", id="unknown type"),
        pytest.param(f"{FACTS}services.yml", "[bourg]", "[atlantis]", "atlantis", id="unknown commune"),
        pytest.param(
            f"{FACTS}services.yml", "    name:", "    languages: [zz]\n    name:", "zz", id="service's language"
        ),
        pytest.param(f"{FACTS}communes.yml", "neighbours: [bourg]", "neighbours: [lost]", "lost", id="neighbour"),
        pytest.param(f"{WORDS}letters.yml", "refusal:", "postcard:", "postcard", id="words of nothing"),
        pytest.param(f"{WORDS}letters.yml", "refusal:", "postcard:", "refusal", id="letter without words"),
        pytest.param(f"{WORDS}letters.yml", 'button: "Un refus"', f"button: {'x' * 21}", "button", id="button"),
        pytest.param(f"{WORDS}letters.yml", "{deadline:appeal_period}", "{deadline:lost}", "lost", id="citation"),
        pytest.param(f"{WORDS}letters.yml", "{deadline:appeal_period}", "{soon}", "{soon}", id="malformed"),
        pytest.param(
            f"{WORDS}steps.yml", "{organisation:court.phone}", "{organisation:court.email}", "email", id="no email"
        ),
        pytest.param(f"{WORDS}services.yml", "about:", "abuot:", "abuot", id="misspelt key"),
        pytest.param(f"{WORDS}signposts.yml", "fishing:", "hunting:", "fishing", id="signpost without words"),
        pytest.param(f"{WORDS}signposts.yml", "fishing:", "hunting:", "hunting", id="signpost's words of nothing"),
        pytest.param(
            f"{WORDS}signposts.yml", "la connaît.", "la connaît : 081 11 22 33.", "081 11 22 33", id="signpost's number"
        ),
        pytest.param(f"{WORDS}entities.yml", "refused:", "rich:", "rich", id="unknown situation"),
        pytest.param(f"{WORDS}entities.yml", "negations:", "negatoins:", "negations", id="misspelt rule"),
        pytest.param(
            f"{WORDS}glossary.yml",
            "refusal_letter: {",
            "refusal_letter: {said: [séance], ",
            "séance",
            id="one name of two things",
        ),
    ],
)
def test_a_fault_of_the_facts_is_an_error_that_names_the_thing(project, file, old, new, named):
    project.edit(file, old, new)
    project.expect("ERROR", file, named)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("unit: day", "unit: hour", id="unit"),
        pytest.param("counting: calendar\n", "", id="counting"),
        pytest.param("starts_on: decision_notified\n", "", id="start"),
        pytest.param("value: 15", "value: 1.5", id="number"),
    ],
)
def test_a_deadline_that_a_letter_starts_can_be_counted(project, old, new):
    project.edit(DEADLINE, old, new)
    project.expect("ERROR", f"{FACTS}letters.yml", "appeal_period")


def test_deadlines_of_one_letter_start_on_the_same_day(project):
    project.write(f"{FACTS}deadlines/second.yml", (project.home / DEADLINE).read_text("utf-8"))
    project.edit(f"{FACTS}deadlines/second.yml", "decision_notified", "interview_date")
    project.edit(f"{FACTS}letters.yml", "deadlines: [appeal_period]", "deadlines: [appeal_period, second]")
    project.expect("ERROR", f"{FACTS}letters.yml", "different days")


@pytest.mark.parametrize("kind", ["deadlines", "amounts"])
def test_a_fact_that_no_article_cites_is_an_error(project, kind):
    used = AMOUNT if kind == "amounts" else DEADLINE
    orphan = f"{FACTS}{kind}/orphan.yml"
    project.write(orphan, (project.home / used).read_text("utf-8"))
    project.expect("ERROR", orphan, "cite")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("organisations.yml", "organisations: [court, helpline]", "organisations: [court]", "helpline"),
        ("letters.yml", "letters: [refusal]", "letters: []", "refusal"),
        ("services.yml", "services: [lawyer]", "services: []", "lawyer"),
    ],
)
def test_an_entry_that_no_article_links_is_a_warning(project, file, old, new, named):
    project.edit("data/articles/procedure/appeal/article.yml", old, new)
    project.expect("WARNING", f"{FACTS}{file}", named)


def test_an_office_that_a_signpost_alone_links_is_no_fault(project):
    project.edit("data/articles/procedure/appeal/article.yml", "organisations: [court, helpline]", "organisations: []")
    project.edit(f"{FACTS}signposts.yml", "[court]", "[court, helpline]")
    assert [one for one in project.findings() if "helpline" in one.fault] == []


@pytest.mark.parametrize("file", [DEADLINE, f"{FACTS}organisations.yml"])
def test_a_key_that_rasa_would_take_for_training_data_is_an_error(project, file):
    text = (project.home / file).read_text("utf-8")
    project.write(file, f"{text}nlu: []\n")
    project.expect("ERROR", file, "'nlu'")


def test_an_empty_fact_is_an_error(project):
    project.write(DEADLINE, "# to be written\n")
    project.expect("ERROR", DEADLINE, "empty")


def test_an_entry_without_anything_is_an_error(project):
    text = (project.home / f"{FACTS}glossary.yml").read_text("utf-8")
    project.write(f"{FACTS}glossary.yml", f"{text}unwritten:\n")
    project.expect("ERROR", f"{FACTS}glossary.yml", "unwritten")


@pytest.mark.parametrize("file", ["services.yml", "communes.yml", "letters.yml"])
def test_a_file_of_another_shape_is_an_error(project, file):
    project.write(f"{FACTS}{file}", "- one\n- two\n")
    assert [one for one in project.findings() if one.level == "ERROR" and one.place == f"{FACTS}{file}"]


def test_an_unreadable_registry_of_languages_is_an_error(project):
    project.edit("data/languages.yml", "direction: ltr", "direction: up")
    project.expect("ERROR", "data/languages.yml", "'fr'")


def test_a_language_without_rules_for_entities_is_an_error(project):
    (project.home / WORDS / "entities.yml").unlink()
    project.expect("ERROR", f"{WORDS}entities.yml", "does not exist")
