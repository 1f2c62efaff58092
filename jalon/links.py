"""What a tap on a contact's telephone number, e-mail address or site should open."""

from __future__ import annotations

import re

_PHONE = re.compile(r"\+?[\d ().-]{3,}|0\d{2,3}/[\d .-]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_SITE = re.compile(r"(https://)?([\w-]+\.)+[a-z]{2,}(/\S*)?")
MOST_DIGITS = 15  # of a telephone number, ITU-T E.164


def link_of(value: str) -> str:
    """The address behind a value that is one telephone number, one e-mail address or one site; otherwise empty."""
    if _SITE.fullmatch(value):
        return f"https://{value.removeprefix('https://')}"
    if _EMAIL.fullmatch(value):
        return f"mailto:{value}"
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if _PHONE.fullmatch(value) and len(digits) <= MOST_DIGITS:
        return f"tel:{'+' if value.startswith('+') else ''}{digits}"
    return ""
