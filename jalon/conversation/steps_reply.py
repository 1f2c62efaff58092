"""Says where a person stands: what is done, what is now, what comes next."""

from __future__ import annotations

from collections.abc import Iterable

from jalon.conversation.compose import RELATED_BUTTONS, Composer
from jalon.conversation.reply import Button, Reply, Section
from jalon.phrases import payload
from jalon.procedure.timeline import next_steps


def steps_reply(composer: Composer, situation: str, step: str | None) -> Reply:
    """The timeline of somebody in this situation; without a step, how the situation begins.

    Raises:
        KeyError: there is no such step.
    """
    line = next_steps(composer.store.steps, composer.base(situation), step)
    name = composer.phrases.situations[situation].name
    articles = [each for id in line.now for each in composer.store.entries("steps")[id]["articles"]]
    buttons = [composer.article_button(each) for each in dict.fromkeys(articles) if each in composer.store.articles]
    after = [_step_button(composer, id) for id in line.next]
    ways = [composer.button(each) for each in ("other_step", "tell_situation", "talk_to_human")]
    return composer.say("next_steps", situation=name).model_copy(
        update={
            "sections": tuple(_sections(composer, line.done, line.now, line.next)),
            "buttons": (*buttons[:RELATED_BUTTONS], *after[:RELATED_BUTTONS], *ways),
            "page": f"/steps/{situation}" + (f"/{step}" if step else ""),
            "situation": situation,
        }
    )


def ask_step(composer: Composer, situation: str) -> Reply:
    """Asks where in the situation the person is."""
    base = composer.base(situation)
    own = [id for id, step in composer.store.steps.items() if base in step.situations]
    return composer.say("ask_step", [_step_button(composer, id) for id in own])


def _step_button(composer: Composer, id: str) -> Button:
    title = composer.store.words("steps", id, composer.language)["button"]
    return Button(title=title, payload=payload("next_steps", step=id))


def _sections(
    composer: Composer, done: Iterable[str], now: Iterable[str], following: Iterable[str]
) -> Iterable[Section]:
    labels = composer.phrases.words

    def words(id: str) -> dict:
        return composer.store.words("steps", id, composer.language)

    if done := tuple(words(id)["name"] for id in done):
        yield Section(title=labels["done"], lines=done)
    for id in now:
        told = words(id)
        yield Section(title=f"{labels['now']} : {told['name']}", lines=(composer.render(told["do"]),))
        if told["bring"]:
            yield Section(title=labels["bring"], lines=tuple(map(composer.render, told["bring"])))
        yield Section(title=labels["who_helps"], lines=(composer.render(told["help"]),))
    if following := tuple(words(id)["name"] for id in following):
        yield Section(title=labels["next"], lines=following)
