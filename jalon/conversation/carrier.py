"""What a channel must be able to do to carry replies, and what may become of a part that it sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from jalon.conversation.rates import Rate
from jalon.conversation.reply import Reply


@dataclass(frozen=True)
class Outcome:
    """What became of a part.

    Attributes:
        kind: `sent`; `retry`: certainly not delivered, may succeed later; `doubt`: nobody knows (a timeout after the
            request left); `unfit`: the channel refuses what is in it; `refused`: the channel refuses for good.
        code: the channel's code, for staff; never words of a person.
        wait: seconds that the channel asks to wait before the next attempt.
    """

    kind: Literal["sent", "retry", "doubt", "unfit", "refused"]
    code: str = ""
    wait: float = 0.0


class Carrier(Protocol):
    """A channel as the workers see it.

    Attributes:
        name: of the channel.
        tokens: whether buttons carry tokens, because they can be tapped long after.
    """

    name: str
    tokens: bool

    def introduce(self, reply: Reply) -> Reply:
        """The first reply of a conversation: it says who answers, unless the channel shows that anyway."""

    def render(self, reply: Reply) -> list[dict[str, Any]]:
        """The parts of a reply in the channel's own form, each within its limits."""


class Pusher(Carrier, Protocol):
    """A channel that delivers replies itself; of the others a page fetches them.

    Attributes:
        pace: of the parts to one person.
    """

    pace: Rate

    async def send(self, user: str, payload: dict[str, Any], token: str) -> Outcome:
        """Deliver one part. Reports of the channel name it by `token`. Never raises for what the network does."""


def is_pusher(carrier: Carrier) -> bool:
    """Whether the channel delivers replies itself."""
    return hasattr(carrier, "send")
