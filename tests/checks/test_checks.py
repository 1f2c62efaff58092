import pytest

from jalon.findings import DataFault, Finding, errors


def test_a_sound_project_has_no_finding(project):
    assert [str(finding) for finding in project.findings()] == []


def test_every_fault_is_reported_at_once_and_errors_come_first(project):
    project.edit("data/articles/life/income/fr.md", "Ce montant", "Après 3 mois, ce montant")
    project.edit("data/articles/procedure/appeal/article.yml", "letters: [refusal]", "letters: [postcard]")
    project.edit("domain.yml", "action_refuse, ", "")
    levels = [finding.level for finding in project.findings()]
    assert levels.count("ERROR") >= 2
    assert levels.count("WARNING") >= 1
    assert levels == sorted(levels)


def test_the_same_fault_is_reported_once(project):
    project.edit("data/articles/life/income/fr.md", "élève ou non", "{x} ou {x}")
    found = project.findings()
    assert len(found) == len(set(found))
    assert found


def test_the_findings_of_one_language_leave_out_the_others(project):
    project.edit("data/articles/procedure/appeal/fr.md", "revision: 2", "revision: 9")
    project.edit("data/articles/procedure/appeal/en.md", "revision: 1", "revision: 9")
    places = {finding.place for finding in project.findings("en")}
    assert "data/articles/procedure/appeal/en.md" in places
    assert all(place.endswith("en.md") or "/en/" in place for place in places)


@pytest.mark.parametrize("level", ["ERROR", "WARNING"])
def test_a_finding_prints_its_level_its_place_the_fault_and_the_remedy(level):
    printed = str(Finding("data/x.yml", "is broken.", "Mend it.", level))
    assert printed == f"[{level}] data/x.yml: is broken. Mend it."


def test_a_data_fault_tells_every_finding(project):
    project.edit("data/articles/procedure/appeal/article.yml", "checked_by: editor", "checked_buy: editor")
    project.edit("data/facts/letters.yml", "issued_by", "issued_buy")
    faults = errors(project.findings())
    told = str(DataFault(faults))
    assert all(str(fault) in told for fault in faults)
