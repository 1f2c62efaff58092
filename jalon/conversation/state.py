"""What is kept between two turns: slots and the choices on offer. Never what a person wrote."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from jalon.conversation.reply import Reply

# A telephone keeps every button it was ever shown. The taps of the last replies work; older ones have expired.
TAPS = 40


@dataclass
class State:
    """The state of one conversation.

    Attributes:
        slots: names and values, only those that are set.
        loop: the active form, if any.
        offered: title and payload of the buttons of the last reply, in order.
        taps: payloads by the random token that a button carries, for channels whose buttons outlive the last reply.
        version: how often it has been saved; two turns on the same version cannot both be saved.
    """

    slots: dict[str, Any] = field(default_factory=dict)
    loop: str | None = None
    offered: list[list[str]] = field(default_factory=list)
    taps: dict[str, str] = field(default_factory=dict)
    version: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth keeping."""
        return not (self.slots or self.loop or self.offered)

    def copy(self) -> State:
        """A state that a turn may change while this one stays as it was."""
        return replace(self, slots=dict(self.slots), offered=list(self.offered), taps=dict(self.taps))

    def offer(self, reply: Reply) -> None:
        """Put the buttons of a reply on offer, in place of those before."""
        self.offered = [[button.title, button.payload] for button in reply.buttons]

    def mint_taps(self, reply: Reply) -> Reply:
        """The reply whose buttons carry random tokens instead of what they stand for; the oldest tokens expire."""
        tokens = [secrets.token_urlsafe(9) for _ in reply.buttons]
        self.taps |= dict(zip(tokens, (button.payload for button in reply.buttons), strict=True))
        self.taps = dict(list(self.taps.items())[-TAPS:])
        buttons = (
            button.model_copy(update={"payload": token}) for button, token in zip(reply.buttons, tokens, strict=True)
        )
        return reply.model_copy(update={"buttons": tuple(buttons)})
