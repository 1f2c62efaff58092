import pytest

RULES = "data/dialogue/rules/rules.yml"
NLU = "data/nlu/fr/"
HELD_OUT = "tests/understanding/fr.yml"
CALIBRATION = "data/calibration/fr.yml"


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        pytest.param("domain.yml", "[procedure, life,", "[procedure,", "life", id="topic without intent"),
        pytest.param("domain.yml", "unreadable]", "unreadable, shrug]", "shrug", id="intent without rule"),
        pytest.param("domain.yml", "actions:", "responses: {}\nactions:", "data/phrases", id="sentences"),
        pytest.param("domain.yml", "intents: [", "intents: [[", "YAML", id="domain that is no YAML"),
        pytest.param(RULES, "intent: greet", "intent: shrug", "shrug", id="rule with an unknown intent"),
        pytest.param(RULES, "action: action_answer", "action: action_fly", "action_fly", id="unknown action"),
        pytest.param(RULES, "rules:", "rules: [", "YAML", id="rules that are no YAML"),
        pytest.param(f"{NLU}life.yml", "life/income", "life/lost", "life/lost", id="unknown label"),
        pytest.param(f"{NLU}dialogue.yml", "intent: greet", "intent: life/income", "life.yml", id="wrong file"),
        pytest.param(f"{NLU}life.yml", "life/income", "signpost/fishing", "signposts.yml", id="signpost's file"),
        pytest.param(f"{NLU}signposts.yml", "signpost/fishing", "signpost/lost", "signpost/lost", id="no signpost"),
        pytest.param(f"{NLU}procedure.yml", "recours numéro 7\n", "Revenu, numéro 7 !\n", "Revenu", id="two labels"),
        pytest.param(f"{NLU}life.yml", "revenu numéro 7", "[revenu](money)", "[revenu](money)", id="bracket"),
        pytest.param(f"{NLU}life.yml", "- revenu numéro 7\n", "- /restart\n", "/restart", id="leading slash"),
        pytest.param(f"{NLU}life.yml", "examples: |", "exemples: |", "examples", id="misspelt examples"),
        pytest.param(f"{NLU}life.yml", "nlu:", "nlu: [", "YAML", id="questions that are no YAML"),
        pytest.param(f"{NLU}life.yml", "nlu:", "nlu:\n- revenu", "revenu", id="question without intent"),
        pytest.param(f"{NLU}life.yml", "nlu:", "nlu:\n- intent: life/income", "life/income", id="no examples"),
        pytest.param(f"{NLU}life.yml", "nlu:", "nlu:\n- [life/income]", "life/income", id="list for a block"),
        pytest.param(f"{NLU}life.yml", "intent: life/income", "intent: [a, b]", "['a', 'b']", id="list as name"),
        pytest.param(f"{NLU}life.yml", "    - revenu", "  - revenu", "YAML", id="questions not indented"),
        pytest.param(HELD_OUT, "un autre revenu", "Revenu numéro 7 ?", "Revenu numéro 7 ?", id="trained on"),
        pytest.param(CALIBRATION, "encore un revenu", "revenu numéro 7", "revenu numéro 7", id="calibration"),
        pytest.param(HELD_OUT, "label: life/income", "label: life/lost", "life/lost", id="held-out label"),
        pytest.param(HELD_OUT, "text:", "texte:", "text", id="held-out question without text"),
    ],
)
def test_a_fault_of_what_is_learned_is_an_error_that_names_the_thing(project, file, old, new, named):
    project.edit(file, old, new)
    project.expect("ERROR", file, named)


@pytest.mark.parametrize("nlu", ["revenu", "7", "{intent: life/income}"])
def test_questions_that_are_no_list_are_an_error(project, nlu):
    project.write(f"{NLU}life.yml", f"nlu: {nlu}\n")
    project.expect("ERROR", f"{NLU}life.yml", "nlu:")


@pytest.mark.parametrize("examples", ["[revenu, argent]", "{revenu: argent}", "7"])
def test_examples_that_are_no_text_are_an_error(project, examples):
    project.write(f"{NLU}life.yml", f"nlu:\n- intent: life/income\n  examples: {examples}\n")
    project.expect("ERROR", f"{NLU}life.yml", "examples")


@pytest.mark.parametrize(
    ("file", "label", "word"),
    [
        ("life.yml", "life/income", "revenu"),
        ("dialogue.yml", "greet", "bonjour"),
        ("signposts.yml", "signpost/fishing", "poisson"),
    ],
)
def test_one_example_too_few_is_an_error(project, file, label, word):
    project.edit(f"{NLU}{file}", f"    - {word} numéro 1\n", "")
    project.expect("ERROR", "data/nlu/fr", label)


@pytest.mark.parametrize("line", ["stp moi: aide", "stp:", "stp: [aide]", "- stp"])
def test_a_shortening_that_is_not_one_word_for_words_is_an_error(project, line):
    project.write("data/texts/fr/chat.yml", f"{line}\n")
    project.expect("ERROR", "data/texts/fr/chat.yml", "stp" if ":" in line else "dict")


def test_a_draft_language_needs_no_examples_yet(project):
    project.edit("data/languages.yml", "status: draft", "status: live")
    project.expect("ERROR", "data/nlu/en", "life/income")


def test_the_same_example_of_the_same_label_is_no_fault(project):
    project.edit(f"{NLU}life.yml", "    - revenu numéro 7\n", "    - revenu numéro 7\n    - REVENU numéro 7\n")
    assert project.findings() == []


def test_a_missing_domain_is_an_error(project):
    (project.home / "domain.yml").unlink()
    project.expect("ERROR", "domain.yml", "missing")
