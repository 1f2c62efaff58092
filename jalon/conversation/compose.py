"""Composes replies from the knowledge store and the phrases, in one language, for one day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel.dates import format_date
from babel.lists import format_list

from jalon.conversation.contacts import contact_card
from jalon.conversation.reply import Button, ContactCard, Reply, SourceLine
from jalon.conversation.speaker import Speaker
from jalon.knowledge.render import Renderer
from jalon.knowledge.store import Article, Text
from jalon.languages import REFERENCE
from jalon.phrases import payload, read_phrases

RELATED_BUTTONS = 3
# What a person may tell more exactly than articles and steps distinguish; who helps somebody has no situation.
BASE_SITUATIONS = {
    "applicant_before": "applicant",
    "applicant_since": "applicant",
    "resettled": "recognised",
    "helper": "",
}


class Composer(Speaker):
    """Builds replies from the knowledge store, in one language, for one day."""

    # Articles

    def answer(self, name: str, situation: str | None = None, first: Iterable[Button] = ()) -> Reply:
        """The short answer of an article with its steps, sources, date and cautions; `first` leads its buttons."""
        article = self.store.articles[name]
        text = article.text(self.language)
        short, used = text.short(self.base(situation or ""))
        if used:
            phrases = read_phrases(self._data, text.language)
            lead = phrases.say["situation_for"].format(situation=phrases.situations[situation].name)
            short = f"{lead} {short}"
        buttons = [self.article_button(other) for other in article.related if other in self.store.articles]
        extra = [*self._originals(article, text), *map(self.button, ("more_details", "simpler", "talk_to_human"))]
        ask = self.situation_buttons(article.situations) if article.situations and not used else ()
        reply = self._of(article, text, short, text.parts.get("steps", ""))
        if ask:
            after = self.phrases.say["situation_ask"]
            return reply.model_copy(update={"buttons": (*ask, *first, *extra), "after": after})
        return reply.model_copy(
            update={"buttons": (*first, *buttons[:RELATED_BUTTONS], *extra), "situation": used or ""}
        )

    def part(self, name: str, part: str, offer: Iterable[str]) -> Reply | None:
        """Another part of an article (`more`, `easy`); None where the article has none."""
        article = self.store.articles[name]
        text = article.text(self.language)
        if part not in text.parts:
            return None
        reply = self._of(article, text, text.parts[part], "")
        related = [self.article_button(other) for other in article.related if other in self.store.articles]
        ways = (*self._originals(article, text, part), *map(self.button, offer))
        buttons = (*related[:RELATED_BUTTONS], *ways)
        return reply.model_copy(update={"buttons": buttons})

    def original(self, name: str, part: str | None = None, situation: str | None = None) -> Reply:
        """The text that a translation was made from, or one part of it, with the way back to the translation."""
        reference = Composer(self.store, self._data, REFERENCE, self.today, self.now)
        reply = (part and reference.part(name, part, ())) or reference.answer(name, situation)
        back = Button(title=self.own_name, payload=payload(reply.article.split("/")[0], name, part=part))
        buttons = (back, self.button("more_details"), self.button("talk_to_human"))
        return reply.model_copy(update={"buttons": buttons, "after": ""})

    def _originals(self, article: Article, text: Text, part: str | None = None) -> Iterable[Button]:
        """The button that shows the original, under a translation that nobody has reviewed."""
        if text.language != REFERENCE and text.status != "reviewed":
            title = self.phrases.buttons["original"]
            yield Button(title=title, payload=payload(article.topic, article.name, part=part, text_in=REFERENCE))

    def sources(self, name: str) -> Reply:
        """Where an answer comes from, and when it was checked."""
        article = self.store.articles[name]
        reply = self._of(article, article.text(self.language), self.phrases.say["sources"], "")
        return reply.model_copy(update={"buttons": (self.button("more_details"), self.button("talk_to_human"))})

    def also(self, reply: Reply, name: str, **values: str | None) -> Reply:
        """The reply to the first of several questions: it says so, and offers the second as its first button."""
        button = self.opener(name, **values)
        lead = self.phrases.say["several_questions"].format(title=button.title)
        return reply.model_copy(update={"text": f"{lead}\n\n{reply.text}", "buttons": (button, *reply.buttons)})

    def choices(self, sentence: str, names: Iterable[str], *more: str) -> Reply:
        """A sentence and buttons to articles, then the named buttons."""
        found = [self.article_button(name) for name in names if name in self.store.articles]
        return self.say(sentence, (*found, *(self.button(name) for name in more)))

    def base(self, situation: str) -> str:
        """The situation that articles and steps know, of one that a person told more exactly."""
        return BASE_SITUATIONS.get(situation, situation)

    def rendered(self, name: str, part: str) -> str:
        """One part of an article as people read it today."""
        text = self.store.articles[name].text(self.language)
        return self._renderer_of(text).render(text.parts[part], self.today, name).text

    def _renderer_of(self, text: Text) -> Renderer:
        """Fills a text in its own language: one that is not translated yet stays in the reference throughout."""
        if text.language == self.language:
            return self.renderer
        phrases = read_phrases(self._data, text.language)
        return Renderer(self.store, phrases.formats, phrases.words)

    def _of(self, article: Article, text: Text, body: str, steps: str) -> Reply:
        renderer = self._renderer_of(text)
        rendered = renderer.render(body, self.today, article.name)
        rendered_steps = renderer.render(steps, self.today, article.name)
        not_known = bool(rendered.not_known or rendered_steps.not_known)
        return Reply(
            language=text.language,
            text=rendered.text,
            steps=tuple(line.split(". ", 1)[1] for line in rendered_steps.text.splitlines() if ". " in line),
            cautions=tuple(self._cautions(article, text, not_known)),
            sources=tuple(
                SourceLine(title=item.title, publisher=item.publisher, url=item.url, dated=item.dated)
                for item in article.sources
            ),
            checked_on=article.checked_on.isoformat(),
            article=article.name,
        )

    def _cautions(self, article: Article, text: Text, not_known: bool) -> Iterable[str]:
        say = self.phrases.say
        if article.unsure:
            knows = dict.fromkeys(name for statement in article.unsure for name in statement.knows)
            names = format_list([self.name_of(id) for id in knows], locale=self.phrases.formats)
            yield say["caution_unsure"].format(knows=names)
        if self.today > article.review_by:
            date = format_date(article.review_by, "long", locale=self.phrases.formats)
            yield say["caution_overdue"].format(date=date)
        if text.revision < article.revision:
            yield say["caution_behind"]
        if text.language != self.language:
            yield say["caution_untranslated"]
        elif text.language != REFERENCE and text.status != "reviewed":
            yield say["caution_machine"]
        if not_known:
            yield say["caution_not_known"]

    # Contacts and entries

    def card(self, organisation: str) -> ContactCard:
        """How to reach an organisation."""
        return contact_card(self.store.entries("organisations")[organisation], self.renderer, self.phrases)

    def contact(
        self,
        sentence: str,
        organisations: Iterable[str],
        after: str = "",
        buttons: Iterable[Button] = (),
        **values: str,
    ) -> Reply:
        """A sentence and the cards of organisations or services, with their sources."""
        entries = [entry for id in organisations if (entry := self._contact_entry(id))]
        return Reply(
            language=self.language,
            text=self.phrases.say[sentence].format(**values),
            contacts=tuple(contact_card(entry, self.renderer, self.phrases, self.now) for entry in entries),
            after=self.phrases.say[after] if after else "",
            buttons=tuple(buttons),
            sources=tuple(source_line(entry["source"]) for entry in entries),
            checked_on=min((entry["checked_on"] for entry in entries), default=""),
        )

    def services(self, sentence: str, services: Iterable[str], buttons: Iterable[Button], **values: str) -> Reply:
        """The cards of local services with what each does; a caution where an address is not certain."""
        reply = self.contact(sentence, services, "", buttons, **values)
        cards, unsure = [], False
        for id, card in zip(services, reply.contacts, strict=True):
            about = self.words("services", id).get("about", "")
            rendered = self.render(about)
            cards.append(card.model_copy(update={"about": rendered}))
            unsure |= self.store.entries("services")[id]["confidence"] == "low"
        cautions = (self.phrases.say["caution_contact"],) if unsure else ()
        cautions += self.cautions_of(*(("services", id) for id in services))
        return reply.model_copy(update={"contacts": tuple(cards), "cautions": cautions})

    def signpost(self, name: str) -> Reply:
        """What is said of a subject beside ours: the offices that know it, and the nearest of our articles."""
        entry = self.store.entries("signposts")[name]
        near = [self.article_button(each) for each in entry["articles"] if each in self.store.articles]
        helpers = [
            Button(
                title=self.words("service_types", kind)["button"],
                payload=payload("find_service", service=kind),
            )
            for kind in entry["services"]
        ]
        buttons = (*near, *helpers, self.button("help"), self.button("talk_to_human"))
        reply = self.contact("signpost", entry["organisations"], buttons=buttons)
        said = self.render(self.words("signposts", name)["sentence"])
        sources = (source_line(entry["source"]), *reply.sources)
        cautions = self.cautions_of(("signposts", name))
        return reply.model_copy(
            update={"text": said, "sources": sources, "checked_on": entry["checked_on"], "cautions": cautions}
        )

    def _contact_entry(self, id: str) -> dict[str, Any] | None:
        return self.store.entries("organisations").get(id) or self.store.entries("services").get(id)

    def letter(self, id: str, first: Iterable[Button] = ()) -> Reply:
        """What a letter is, how to recognise it, what it means, what to do; `first` leads its buttons."""
        articles = self.store.entries("letters")[id]["articles"]
        reply = self.entry("letters", id, ("name", "recognise", "means", "do"), articles)
        return reply.model_copy(update={"buttons": (*first, *reply.buttons)})

    def organisation(self, id: str) -> Reply:
        """What an organisation does, and how to reach it."""
        entry = self.store.entries("organisations")[id]
        role = self.renderer.render(self.words("organisations", id)["role"], self.today).text
        source = entry["source"]
        return Reply(
            language=self.language,
            text=f"{entry['name']}. {role}",
            contacts=(self.card(id),),
            cautions=self.cautions_of(("organisations", id)),
            buttons=(self.article_button("procedure/actors_overview"), self.button("talk_to_human")),
            sources=(source_line(source),),
            checked_on=entry["checked_on"],
        )

    def entry(self, kind: str, id: str, fields: Iterable[str], articles: Iterable[str]) -> Reply:
        """The words of a letter, a term or an organisation, with its source when it has one, and its articles."""
        words = self.words(kind, id)
        body = "\n\n".join(words[field] for field in fields if words.get(field))
        entry = self.store.entries(kind)[id]
        source = entry.get("source")
        buttons = [self.article_button(name) for name in articles if name in self.store.articles]
        return Reply(
            language=self.language,
            text=self.renderer.render(body, self.today).text,
            cautions=self.cautions_of((kind, id)),
            buttons=(*buttons[:RELATED_BUTTONS], self.button("talk_to_human")),
            sources=(source_line(source),) if source else (),
            checked_on=entry.get("checked_on") or "",
        )


def source_line(source: dict[str, str]) -> SourceLine:
    """A source of the facts as it is shown under an answer."""
    return SourceLine(**{key: source[key] for key in ("title", "publisher", "url", "dated")})
