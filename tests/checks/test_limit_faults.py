"""Whatever is too long for a channel is found before anybody is sent it, with the text, the limit and the place."""

import pytest

from jalon.channels.limits import tightest

FRENCH = "data/phrases/fr.yml"
APPEAL = "data/articles/procedure/appeal/fr.md"
WORDS = "data/dialogue/words.yml"
PROFILE = "data/dialogue/messenger.yml"
LONG = "mot " * 700


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        pytest.param(FRENCH, 'restart: "Recommencer"', f'restart: "{"x" * 21}"', "21 characters", id="button"),
        pytest.param(FRENCH, 'restart: "Recommencer"', f'restart: "{"🙂" * 11}"', "22 characters", id="emoji"),
        pytest.param(FRENCH, 'button: "La famille"', f'button: "{"x" * 21}"', "topics.family", id="topic"),
        pytest.param(FRENCH, 'button: "J\'ai un refus"', f'button: "{"x" * 21}"', "situations.refused", id="state"),
        pytest.param(FRENCH, 'goodbye: "Au revoir.', f'goodbye: "{LONG}', "say.goodbye", id="phrase"),
        pytest.param(FRENCH, 'choose: "Choisir"', f'choose: "{"x" * 21}"', "list opener", id="opener of the list"),
        pytest.param(FRENCH, 'page_greeting: "', f'page_greeting: "{"x" * 160}', "greeting", id="greeting"),
        pytest.param(APPEAL, "## short\n", f"## short\n{LONG}\n", "short", id="sentence of an article"),
        pytest.param("data/texts/fr/glossary.yml", "plain: ", f"plain: {LONG}", "plain", id="sentence of the facts"),
        pytest.param(WORDS, "fr: [stop]", "en: [stop]", "stop: fr", id="no word for stop"),
        pytest.param(WORDS, "fr: [start]", "fr: [stop]", "'stop'", id="both stop and start"),
        pytest.param(WORDS, "stop: {", "stopp: {", "form", id="misspelt key"),
        pytest.param(PROFILE, "[help]", "[dance]", "dance", id="no button"),
        pytest.param(PROFILE, "procedure/appeal", "life/lost", "life/lost", id="no article"),
        pytest.param(PROFILE, "[procedure/appeal]", f"[{'procedure/appeal, ' * 5}]", "5 entries", id="too many"),
    ],
)
def test_what_does_not_fit_is_an_error_that_names_it(project, file, old, new, named):
    project.edit(file, old, new)
    found = [one for one in project.findings() if one.level == "ERROR"]
    assert any(named in f"{one.fault} {one.remedy}" for one in found), found
    assert all(one.remedy.strip() for one in found)


def test_a_title_that_just_fits_is_no_fault(project):
    project.edit(FRENCH, 'restart: "Recommencer"', f'restart: "{"x" * tightest("option").most}"')
    assert project.findings() == []


@pytest.mark.parametrize("file", [WORDS, PROFILE])
def test_a_missing_file_for_the_channels_is_an_error(project, file):
    (project.home / file).unlink()
    project.expect("ERROR", file, "missing")
