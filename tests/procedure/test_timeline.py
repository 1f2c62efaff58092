import pytest

from jalon.procedure.timeline import StepRecord, Timeline, next_steps

STEPS = {
    "ask": StepRecord(("waiting",), ("bed", "papers")),
    "bed": StepRecord(("waiting",), ("papers",)),
    "papers": StepRecord(("waiting",), ("answer",)),
    "answer": StepRecord(("waiting",), ("yes", "no")),
    "yes": StepRecord(("accepted",), ("card",)),
    "no": StepRecord(("waiting", "refused"), ("judge", "leave")),
    "judge": StepRecord(("waiting", "refused"), ("leave",)),
    "leave": StepRecord(("refused",), ("return",)),
    "return": StepRecord(("waiting", "refused"), ()),
    "guest": StepRecord(("guest",), ("card",)),
    "card": StepRecord(("accepted", "guest"), ("course", "work")),
    "course": StepRecord(("accepted",), ("work",)),
    "work": StepRecord(("accepted", "guest"), ()),
}


@pytest.mark.parametrize(
    ("situation", "step", "done", "after"),
    [
        pytest.param("waiting", "ask", (), ("bed", "papers"), id="first step"),
        pytest.param("waiting", "papers", ("ask",), ("answer",), id="a way around leaves a step open"),
        pytest.param("waiting", "answer", ("ask", "papers"), ("yes", "no"), id="an answer changes the situation"),
        pytest.param("waiting", "no", ("ask", "papers", "answer"), ("judge",), id="only for the situation"),
        pytest.param("refused", "no", ("ask", "papers", "answer"), ("judge", "leave"), id="both for the situation"),
        pytest.param("waiting", "judge", ("ask", "papers", "answer", "no"), ("leave",), id="never a dead end"),
        pytest.param("waiting", "return", (), (), id="at any moment"),
        pytest.param(
            "accepted", "card", ("ask", "papers", "answer", "yes"), ("course", "work"), id="one way to a card"
        ),
        pytest.param("guest", "card", ("guest",), ("work",), id="another way to a card"),
        pytest.param(None, "card", (), ("course", "work"), id="situation not known"),
        pytest.param("refused", "card", (), ("course", "work"), id="a step of others"),
    ],
)
def test_what_lies_behind_and_what_may_follow(situation, step, done, after):
    assert next_steps(STEPS, situation, step) == Timeline(done, (step,), after)


@pytest.mark.parametrize(
    ("situation", "now", "after"),
    [
        ("waiting", ("ask",), ("bed", "papers")),
        ("accepted", ("yes",), ("card",)),
        ("refused", ("no",), ("judge", "leave")),
        ("guest", ("guest",), ("card",)),
        ("unheard", (), ()),
        (None, (), ()),
    ],
)
def test_without_a_step_the_situation_begins(situation, now, after):
    assert next_steps(STEPS, situation, None) == Timeline((), now, after)


def test_a_circle_has_an_end():
    steps = {"a": StepRecord(("x",), ("b",)), "b": StepRecord(("x",), ("a",))}
    assert next_steps(steps, "x", "a") == Timeline((), ("a",), ("b",))


def test_nothing_is_certain_of_who_comes_out_of_a_circle():
    steps = {"a": StepRecord(("x",), ("b",)), "b": StepRecord(("x",), ("a", "c")), "c": StepRecord(("y",), ())}
    assert next_steps(steps, "y", "c").done == ()


def test_an_unknown_step_is_refused():
    with pytest.raises(KeyError):
        next_steps(STEPS, "waiting", "moon")


def test_every_step_of_the_project_has_a_timeline_without_contradiction(store):
    for step, record in store.steps.items():
        for situation in (None, *record.situations):
            line = next_steps(store.steps, situation, step)
            assert not {step, *line.next} & set(line.done)
            assert step not in line.next
