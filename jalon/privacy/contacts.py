"""Finds the one way of reaching a person that they typed: a telephone number or an e-mail address."""

from __future__ import annotations

import re

import phonenumbers

from jalon.nlu.text import normalise

COUNTRY = "BE"  # of numbers without a country code
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def contact_in(text: str) -> str | None:
    """The first telephone number (international form) or e-mail address of a text, digits of any script; or None."""
    plain = normalise(text)
    if email := _EMAIL.search(plain):
        return email[0].rstrip(".")
    for match in phonenumbers.PhoneNumberMatcher(plain, COUNTRY):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None
