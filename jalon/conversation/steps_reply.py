"""Says where a person stands: what is done, what is now, what comes next."""

from __future__ import annotations

from collections.abc import Iterable

from jalon.conversation.compose import RELATED_BUTTONS, Composer
from jalon.conversation.reply import Button, Reply, Section
from jalon.languages import labelled
from jalon.phrases import payload
from jalon.procedure.timeline import Timeline, next_steps


def steps_reply(composer: Composer, situation: str, step: str | None, deadline: Button | None = None) -> Reply:
    """The timeline of somebody in this situation; without a step, how the situation begins.

    Args:
        deadline: the way to the last day, offered where a decision starts one.

    Raises:
        KeyError: there is no such step.
    """
    line = next_steps(composer.store.steps, composer.base(situation), step)
    name = composer.phrases.situations[situation].name
    articles = [each for id in line.now for each in composer.store.entries("steps")[id]["articles"]]
    buttons = [composer.article_button(each) for each in dict.fromkeys(articles) if each in composer.store.articles]
    after = [_step_button(composer, id) for id in line.next]
    begun = {each for id in line.now for each in composer.store.entries("steps")[id]["deadlines"]}
    counted = [deadline] if deadline and begun & _written_in_letters(composer) else []
    ways = [composer.button(each) for each in ("other_step", "tell_situation", "talk_to_human")]
    return composer.say("next_steps" if step else "next_steps_start", situation=name).model_copy(
        update={
            "sections": tuple(_sections(composer, line, "now" if step else "start")),
            "buttons": (*counted, *buttons[:RELATED_BUTTONS], *after[:RELATED_BUTTONS], *ways),
            "page": f"/steps/{situation}" + (f"/{step}" if step else ""),
            "situation": situation,
            "cautions": composer.cautions_of(*(("steps", id) for id in (*line.done, *line.now, *line.next))),
        }
    )


def ask_step(composer: Composer, situation: str) -> Reply:
    """Asks where in the situation the person is."""
    base = composer.base(situation)
    own = [id for id, step in composer.store.steps.items() if base in step.situations]
    return composer.say("ask_step", [_step_button(composer, id) for id in own])


def _step_button(composer: Composer, id: str) -> Button:
    title = composer.words("steps", id)["button"]
    return Button(title=title, payload=payload("next_steps", step=id))


def _written_in_letters(composer: Composer) -> set[str]:
    """The deadlines whose period stands in a letter."""
    letters = composer.store.entries("letters").values()
    return {each for letter in letters if letter["period"] == "written" for each in letter["deadlines"]}


def _sections(composer: Composer, line: Timeline, present: str) -> Iterable[Section]:
    """What is done, what comes `now` (or, where nobody said how far the person is, at the `start`), what may follow."""
    labels = composer.phrases.words

    def words(id: str) -> dict:
        return composer.words("steps", id)

    if done := tuple(words(id)["name"] for id in line.done):
        yield Section(title=labels["done"], lines=done)
    for id in line.now:
        told = words(id)
        yield Section(
            title=labelled(labels[present], told["name"], composer.language), lines=(composer.render(told["do"]),)
        )
        if told["bring"]:
            yield Section(title=labels["bring"], lines=tuple(map(composer.render, told["bring"])))
        yield Section(title=labels["who_helps"], lines=(composer.render(told["help"]),))
    if following := tuple(words(id)["name"] for id in line.next):
        yield Section(title=labels["next"], lines=following)
