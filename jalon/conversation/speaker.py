"""What the assistant says in one language, from the phrases: sentences, the names of things, and buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.lists import format_list

from jalon.conversation.reply import Button, Reply
from jalon.knowledge.render import Renderer
from jalon.knowledge.store import KnowledgeStore
from jalon.languages import REFERENCE, known_languages, live_languages
from jalon.phrases import payload, read_buttons, read_phrases


class Speaker:
    """Says sentences and offers buttons.

    Args:
        store: the knowledge store.
        data: the folder of the phrases.
        language: of everything that is said.
        today: the day that it is said; facts are read on that day.
        now: the moment, to say whether an office is open; None for a page that is read later.
    """

    def __init__(
        self, store: KnowledgeStore, data: Path, language: str, today: dt.date, now: dt.datetime | None = None
    ) -> None:
        self.store = store
        self._data = data
        self.language = language
        self.today = today
        self.now = now
        self.phrases = read_phrases(data, language)
        self._presses = read_buttons(data)
        self.renderer = Renderer(store, self.phrases.formats, self.phrases.words)

    def say(self, name: str, buttons: Iterable[Button] = (), **values: str) -> Reply:
        """A sentence of the phrases."""
        return Reply(language=self.language, text=self.phrases.say[name].format(**values), buttons=tuple(buttons))

    def sentence(self, name: str) -> Reply:
        """A sentence with the buttons that data/dialogue/buttons.yml offers after it."""
        offers = self._presses.offers.get(name, ())
        several = len(live_languages(self._data)) > 1
        return self.say(name, [self.button(each) for each in offers if several or each != "change_language"])

    def button(self, name: str, **values: str | None) -> Button:
        """A button of data/dialogue/buttons.yml, with values that it takes along."""
        press = {**self._presses.buttons[name].model_dump(), **values}
        return Button(title=self.phrases.buttons[name], payload=payload(**press))

    def article_button(self, name: str) -> Button:
        """A button that opens an article."""
        article = self.store.articles[name]
        return Button(title=article.text(self.language).button, payload=payload(article.topic, name))

    def opener(self, name: str, **values: str | None) -> Button:
        """The button that opens an article, a signpost or a dialogue intent; the last takes values along."""
        if name.startswith("signpost/"):
            id = name.removeprefix("signpost/")
            title = self.words("signposts", id)["button"]
            return Button(title=title, payload=payload("signpost", signpost=id))
        return self.article_button(name) if "/" in name else self.button(name, **values)

    def topic_buttons(self) -> tuple[Button, ...]:
        """One button per topic."""
        return tuple(
            Button(title=topic.button, payload=payload("help", topic=name))
            for name, topic in self.phrases.topics.items()
        )

    def situation_buttons(self, situations: Iterable[str]) -> tuple[Button, ...]:
        """One button per situation."""
        return tuple(
            Button(title=self.phrases.situations[name].button, payload=payload("tell_situation", situation=name))
            for name in situations
        )

    @property
    def own_name(self) -> str:
        """The language's name in itself."""
        return known_languages(self._data)[self.language].name

    def languages(self, sentence: str) -> Reply:
        """A sentence about the languages that Jalon speaks, with a button to each of the others."""
        live = live_languages(self._data)
        buttons = [
            Button(title=entry.name, payload=payload("change_language", language=code))
            for code, entry in live.items()
            if code != self.language
        ]
        more = (self.button(name) for name in ("talk_to_human", "help", "emergency"))
        names = format_list([entry.name for entry in live.values()], locale=self.phrases.formats)
        return self.say(sentence, (*buttons, *more), languages=names)

    def letter_button(self, id: str) -> Button:
        """A button that explains a letter."""
        title = self.words("letters", id)["button"]
        return Button(title=title, payload=payload("explain_letter", letter=id))

    def render(self, text: str) -> str:
        """A text with its citations filled in, as people read it today."""
        return self.renderer.render(text, self.today).text

    def words(self, kind: str, id: str) -> dict[str, Any]:
        """What is said of an entry, in the reference language where nothing is in this one; empty when nothing is."""
        return self.store.words(kind, id, self.language)

    def cautions_of(self, *entries: tuple[str, str]) -> tuple[str, ...]:
        """What the reader must know about the words of these entries (kind, id): not translated, or not reviewed.

        They carry no status of their own: they are taken as reviewed once the language has a reviewer.
        """
        if self.language == REFERENCE:
            return ()
        if not all(self.store.has_words(kind, id, self.language) for kind, id in entries):
            return (self.phrases.say["caution_untranslated"],)
        return () if known_languages(self._data)[self.language].reviewers else (self.phrases.say["caution_machine"],)

    def name_of(self, id: str) -> str:
        """The name of an organisation, or of a kind of service."""
        if organisation := self.store.entries("organisations").get(id):
            return organisation["abbreviation"] or organisation["name"]
        return self.words("service_types", id).get("name", id)
