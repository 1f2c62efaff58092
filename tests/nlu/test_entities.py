from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from jalon.knowledge.build import build
from jalon.nlu import entities
from jalon.nlu.entities import KnowledgeEntities


@pytest.fixture(scope="module")
def knowledge_db(tmp_path_factory):
    """The store of the small project."""
    target = tmp_path_factory.mktemp("models") / "knowledge.db"
    build(Path(__file__).parents[1] / "small" / "data", target)
    return target


@pytest.fixture
def named(knowledge_db, monkeypatch):
    """What is named in a text: (entity, id)."""
    monkeypatch.setattr(entities, "settings", lambda: SimpleNamespace(knowledge_db=knowledge_db))
    component = KnowledgeEntities({}, None, None)

    def look(text, **marks):
        message = Message(data={TEXT: text, **marks})
        component.process([message])
        return [(found["entity"], found["value"]) for found in message.get(ENTITIES, [])]

    return look


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        pytest.param("j'ai reçu l'annexe 99", "letter", "refusal", id="code of a letter"),
        pytest.param("ANNEXE 99 ???", "letter", "refusal", id="in capitals"),
        pytest.param("le Tribunal des exemples", "organisation", "court", id="name of an office"),
        pytest.param("le tex a dit non", "organisation", "court", id="its abbreviation"),
        pytest.param("une audience publique", "term", "hearing", id="term"),
        pytest.param("c'est quoi AUP ?", "term", "hearing", id="abbreviation of a term"),
    ],
)
def test_a_name_in_a_message_becomes_its_id(named, text, entity, value):
    assert named(text) == [(entity, value)]


def test_a_name_that_a_letter_and_a_term_share_means_the_letter(named):
    assert named("une lettre de refus") == [("letter", "refusal")]


def test_an_everyday_word_is_no_name(named):
    assert named("j'ai faim") == []


def test_part_of_a_word_is_no_name(named):
    assert named("un texte") == []


def test_several_names_are_found_in_their_order(named):
    assert named("annexe 99 du TEX") == [("letter", "refusal"), ("organisation", "court")]


@pytest.mark.parametrize("marks", [{"guard": "command"}, {"press": True}])
def test_nothing_is_looked_for_where_there_is_no_question(named, marks):
    assert named("annexe 99", **marks) == []
