import pytest


def test_a_letter_starts_the_deadlines_it_names(store):
    trigger = store.trigger("refusal")
    assert [rule.fact.name for rule in trigger.rules] == ["deadline:appeal_period"]
    assert trigger.written
    assert not trigger.put_off


def test_an_event_is_a_deadline_by_its_name(store):
    trigger = store.trigger("appeal_period")
    assert [rule.counting for rule in trigger.rules] == ["calendar"]
    assert not trigger.written


def test_what_is_unknown_starts_nothing(store):
    with pytest.raises(KeyError):
        store.trigger("moon")
