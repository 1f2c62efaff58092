"""What a channel takes at most: every limit in one table, with its source. Nothing is ever cut to fit."""

from __future__ import annotations

from dataclasses import dataclass

_WHATSAPP = "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages"
_MESSENGER = "https://developers.facebook.com/documentation/business-messaging/messenger-platform"


@dataclass(frozen=True)
class Limit:
    """One limit.

    Attributes:
        part: of a message; `option` parts are titles of choices, `text` parts hold whole answers.
        most: characters, or items where the part is a number of things (`… count`).
        source: where the limit is stated.
    """

    channel: str
    part: str
    most: int
    source: str


LIMITS = (
    # The schema of text messages, https://github.com/api-evangelist/whatsapp, json-schema/.
    Limit("whatsapp", "text", 4096, f"{_WHATSAPP}/text-messages"),
    Limit("whatsapp", "button body", 1024, f"{_WHATSAPP}/interactive-reply-buttons-messages"),
    Limit("whatsapp", "button option", 20, f"{_WHATSAPP}/interactive-reply-buttons-messages"),
    Limit("whatsapp", "button id", 256, f"{_WHATSAPP}/interactive-reply-buttons-messages"),
    Limit("whatsapp", "button count", 3, f"{_WHATSAPP}/interactive-reply-buttons-messages"),
    # Resellers still say 1,024; Meta's page of November 2025 says 4,096.
    Limit("whatsapp", "list body", 4096, f"{_WHATSAPP}/interactive-list-messages"),
    Limit("whatsapp", "list opener", 20, f"{_WHATSAPP}/interactive-list-messages"),
    Limit("whatsapp", "list option", 24, f"{_WHATSAPP}/interactive-list-messages"),
    Limit("whatsapp", "list id", 200, f"{_WHATSAPP}/interactive-list-messages"),
    Limit("whatsapp", "list count", 10, f"{_WHATSAPP}/interactive-list-messages"),
    Limit("whatsapp", "link body", 1024, f"{_WHATSAPP}/interactive-cta-url-messages"),
    Limit("whatsapp", "link title", 20, f"{_WHATSAPP}/interactive-cta-url-messages"),
    Limit("whatsapp", "caption", 1024, f"{_WHATSAPP}/document-messages"),
    Limit("whatsapp", "callback data", 512, f"{_WHATSAPP}/send-messages"),
    # "Less than 2000 characters".
    Limit("messenger", "text", 1999, f"{_MESSENGER}/reference/send-api"),
    Limit("messenger", "quick reply option", 20, f"{_MESSENGER}/send-messages/quick-replies"),
    Limit("messenger", "quick reply payload", 1000, f"{_MESSENGER}/send-messages/quick-replies"),
    Limit("messenger", "quick reply count", 13, f"{_MESSENGER}/send-messages/quick-replies"),
    Limit("messenger", "button body", 640, f"{_MESSENGER}/send-messages/template/button"),
    Limit("messenger", "button option", 20, f"{_MESSENGER}/send-messages/template/button"),
    Limit("messenger", "button payload", 1000, f"{_MESSENGER}/send-messages/buttons/postback"),
    Limit("messenger", "button count", 3, f"{_MESSENGER}/send-messages/template/button"),
    Limit("messenger", "metadata", 999, f"{_MESSENGER}/reference/send-api"),
    Limit("messenger", "menu title", 30, f"{_MESSENGER}/send-messages/persistent-menu"),
    Limit("messenger", "menu count", 20, f"{_MESSENGER}/send-messages/persistent-menu"),
    # Meta states no limit for questions set by program; the page's own form takes 80.
    Limit("messenger", "ice breaker question", 80, f"{_MESSENGER}/reference/messenger-profile-api/ice-breakers"),
    Limit("messenger", "ice breaker count", 4, f"{_MESSENGER}/reference/messenger-profile-api/ice-breakers"),
    Limit("messenger", "greeting", 160, f"{_MESSENGER}/reference/messenger-profile-api/greeting"),
)
_BY_NAME = {(limit.channel, limit.part): limit for limit in LIMITS}


def length(text: str) -> int:
    """Characters as the strictest counts them: UTF-16 units, where an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def limit(channel: str, part: str) -> Limit:
    """A limit by its name."""
    return _BY_NAME[channel, part]


def most(channel: str, part: str) -> int:
    """The figure of a limit."""
    return limit(channel, part).most


def tightest(kind: str) -> Limit:
    """The smallest of the limits whose part is this, or ends with it: a title must fit wherever it may stand."""
    fitting = [one for one in LIMITS if one.part == kind or one.part.endswith(f" {kind}")]
    return min(fitting, key=lambda one: one.most)
