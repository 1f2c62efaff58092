"""How a line of a contact is shown on a page, and what a tap on it should open."""

from __future__ import annotations

import re

_PHONE = re.compile(r"\+?[\d ().-]{3,}|0\d{2,3}/[\d .-]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_SITE = re.compile(r"(https?://)?([\w-]+\.)+[a-z]{2,}(/\S*)?")
MOST_DIGITS = 15  # of a telephone number, ITU-T E.164


def link_of(value: str) -> str:
    """The address behind a value that is one telephone number, one e-mail address or one site; otherwise empty."""
    if _SITE.fullmatch(value):
        return value if value.startswith("http") else f"https://{value}"
    if _EMAIL.fullmatch(value):
        return f"mailto:{value}"
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if _PHONE.fullmatch(value) and len(digits) <= MOST_DIGITS:
        return f"tel:{'+' if value.startswith('+') else ''}{digits}"
    return ""


def line_of(label: str, value: str) -> tuple[str, str, str]:
    """A line of a contact: its label, what is shown, and the address behind that, if any.

    The address of a search, on a map for instance, tells a reader nothing: its label is shown in its place.
    """
    address = link_of(value)
    if "?" in address:
        return "", label, address
    shown = re.sub(r"^https?://(www\.)?|/$", "", value) if address.startswith("http") else value
    return label, shown, address
