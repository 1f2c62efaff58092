"""One fault of a translation each, and the finding that names it."""

import pytest

APPEAL = "data/articles/procedure/appeal/en.md"
GLOSSARY = "data/texts/en/glossary.yml"
LANGUAGES = "data/languages.yml"
ARABIC = """---
title: الطعن
button: الطعن
revision: 2
status: machine
---
## short
يمكنكم أن تطلبوا من قاضٍ مراجعة القرار خلال {deadline:appeal_period}.

## short@refused
بعد هذا الرفض، اتصلوا بمحامٍ اليوم.

## steps
1. احتفظوا بالظرف.
2. اتصلوا بـ {organisation:court.name}: {organisation:court.phone}.

## more
تغيّرت القاعدة في {fact:new_rule}. ساعات العمل: {organisation:court.hours}.

## easy
الجواب لا. اتصلوا بمحامٍ.
"""


@pytest.fixture
def arabic(project):
    """The project with an article in a second script."""
    lines = (project.home / LANGUAGES).read_text("utf-8")
    entry = "ar: {name: العربية, english: Arabic, script: Arab, direction: rtl, status: draft}\n"
    project.write(LANGUAGES, lines + entry)
    project.write("data/articles/procedure/appeal/ar.md", ARABIC)
    return project


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        pytest.param("within {deadline:appeal_period}", "soon", "{deadline:appeal_period}", id="fact lost"),
        pytest.param("call a lawyer", "call {organisation:court.phone}", "court.phone", id="fact added"),
        pytest.param("call a lawyer", "call 2 lawyers", "'2'", id="figure added"),
        pytest.param("call a lawyer", "see law.example.org", "law.example.org", id="link added"),
        pytest.param("call a lawyer", "write to a@example.org", "a@example.org", id="address added"),
        pytest.param("2. Call {organisation:court.name}: ", "Or call {organisation:court.name}: ", "steps", id="step"),
        pytest.param("The rule changed", "- The rule changed", "list", id="line of a list added"),
        pytest.param("## easy\nThe answer is no. Call a lawyer.", "", "easy", id="part lost"),
        pytest.param("Call a lawyer.", "Appelez un avocat. Vous avez une réponse négative.", "Vous avez", id="French"),
        pytest.param("Call a lawyer.", "Call a محامٍ.", "script", id="letters of another script"),
    ],
)
def test_what_a_translation_adds_loses_or_leaves_in_french_is_an_error(project, old, new, named):
    project.edit(APPEAL, old, new)
    project.expect("ERROR", APPEAL, named)


def test_a_figure_that_the_translation_loses_is_an_error(project):
    project.edit("data/articles/procedure/appeal/fr.md", "appelez un avocat", "appelez 2 avocats")
    project.expect("ERROR", APPEAL, "'2'")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        pytest.param("بعد هذا الرفض، اتصلوا بمحامٍ اليوم.", "After this refusal, call today.", "script", id="letters"),
        pytest.param("تغيّرت القاعدة", "تغيّرت ٢ القاعدة", "digits", id="digits"),
    ],
)
def test_a_script_is_written_in_its_letters_and_western_digits(arabic, old, new, named):
    assert arabic.findings() == []
    arabic.edit("data/articles/procedure/appeal/ar.md", old, new)
    arabic.expect("ERROR", "data/articles/procedure/appeal/ar.md", named)


def test_a_direction_that_is_not_the_one_of_the_language_is_an_error(arabic):
    arabic.edit(LANGUAGES, "direction: rtl", "direction: ltr")
    arabic.expect("ERROR", LANGUAGES, "ar")


def test_the_fixed_word_of_the_glossary_is_wanted_where_the_french_uses_the_term(project):
    project.write(GLOSSARY, 'hearing: {name: "Hearing", plain: "When the judge listens.", said: [session]}\n')
    project.edit("data/articles/procedure/appeal/fr.md", "Appelez un avocat", "Préparez l'audience")
    project.edit(APPEAL, "The answer is no. Call a lawyer.", "The answer is no. Prepare the meeting.")
    project.expect("WARNING", APPEAL, "Audience")
    project.edit(APPEAL, "Prepare the meeting", "Prepare the hearings")
    assert not [one for one in project.findings() if one.place == APPEAL]


def test_a_plain_version_that_reads_with_difficulty_is_a_warning(project):
    lines = (project.home / LANGUAGES).read_text("utf-8")
    project.write(
        LANGUAGES, f"{lines}es: {{name: Español, english: Spanish, script: Latn, direction: ltr, status: draft}}\n"
    )
    text = (project.home / APPEAL).read_text("utf-8")
    hard = "Incomprensiblemente, administraciones gubernamentales descentralizadas responsabilizadas."
    place = "data/articles/procedure/appeal/es.md"
    project.write(place, text.replace("The answer is no. Call a lawyer.", hard))
    project.expect("WARNING", place, "reading ease")


def test_what_a_draft_lacks_is_told_when_it_is_asked_for(project):
    assert project.findings() == []
    found = {(finding.level, finding.place) for finding in project.findings("en")}
    assert ("WARNING", "data/articles/life/income/en.md") in found
    assert ("WARNING", APPEAL) in found, "it is behind the French"
    assert ("WARNING", GLOSSARY) in found


def test_what_a_live_language_lacks_is_an_error(project):
    project.edit(LANGUAGES, "status: draft", "status: live")
    project.expect("ERROR", "data/articles/life/income/en.md", "not translated")


def test_a_fact_that_holds_words_of_a_language_is_an_error(project):
    article = "data/articles/procedure/appeal/article.yml"
    project.edit(
        article, "facts:\n", 'facts:\n  ages: {value: "de 18 à 65 ans", confidence: low, source: appeal_law}\n'
    )
    project.expect("ERROR", article, "ages")


def test_a_deadline_in_working_days_says_so_in_its_unit(project):
    place = "data/facts/deadlines/appeal_period.yml"
    project.edit(place, "counting: calendar", "counting: working")
    project.expect("ERROR", place, "working_day")
