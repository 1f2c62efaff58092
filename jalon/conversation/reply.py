"""The one form of a reply. A turn produces exactly one; every channel renders it within its limits."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from jalon.languages import labelled


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Button(_Part):
    """A choice: what it says, and the intent (with its values) that a tap stands for."""

    title: str
    payload: str


class SourceLine(_Part):
    """A source as it is shown under an answer."""

    title: str
    publisher: str
    url: str
    dated: str


class ContactCard(_Part):
    """An office or a line to call: its name, what it does, and the lines under it, label and value."""

    name: str
    lines: tuple[tuple[str, str], ...]
    about: str = ""


class Section(_Part):
    """A part of a reply under a title of its own: a stage of the way, or how something was counted."""

    title: str
    lines: tuple[str, ...]


class Reply(_Part):
    """What the assistant says in one turn.

    Attributes:
        text: paragraphs, plain text; lines that begin with `- ` are a list.
        steps: what to do, in order.
        cautions: what the reader must know about the answer: not certain, not checked in time, not reviewed.
        checked_on: ISO date of the last comparison with the sources; empty when nothing was stated.
        article, situation: what was answered, and for which situation.
        page: path of the same content as a page to print; empty for none.
        reminder: ISO date of a last day that a calendar file may remind of; empty for none.
        forgets: with this reply, everything that is kept of the conversation is erased.
    """

    language: str
    text: str
    steps: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    contacts: tuple[ContactCard, ...] = ()
    after: str = ""
    cautions: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    checked_on: str = ""
    article: str = ""
    situation: str = ""
    page: str = ""
    reminder: str = ""
    forgets: bool = False

    def plain(self) -> str:
        """The reply as plain text, without buttons and sources."""
        parts = [self.text]
        if self.steps:
            parts.append("\n".join(f"{number}. {step}" for number, step in enumerate(self.steps, 1)))
        for section in self.sections:
            parts.append("\n".join([section.title, *(f"- {line}" for line in section.lines)]))
        for card in self.contacts:
            parts.append(
                "\n".join(
                    [
                        card.name,
                        *filter(None, [card.about]),
                        *(labelled(label, value, self.language) for label, value in card.lines),
                    ]
                )
            )
        parts += [part for part in (self.after, *self.cautions) if part]
        return "\n\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """The reply for a client: the payloads of buttons stay with the engine."""
        shown = self.model_dump(mode="json")
        shown["buttons"] = [button.title for button in self.buttons]
        return shown
