"""Telephone numbers as they are kept."""

from __future__ import annotations

from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException


def lees_nummer(tekst: str) -> str:
    """A number as E.164, read as a Dutch one unless it says otherwise. Raises ValueError."""
    try:
        nummer = PhoneNumber.from_string(tekst)
    except NumberParseException:
        raise ValueError("not a telephone number") from None
    return str(nummer.as_e164)
