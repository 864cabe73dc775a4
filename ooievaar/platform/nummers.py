"""Telephone numbers as they are kept."""

from __future__ import annotations

from typing import Any

from phonenumber_field.phonenumber import PhoneNumber, to_python
from phonenumber_field.serializerfields import PhoneNumberField
from phonenumbers import NumberParseException
from rest_framework import serializers

from ooievaar.telefoonnummers import kan_bestaan


class Nummerveld(PhoneNumberField):
    """A telephone number in an input; which ones, `kan_bestaan` says."""

    def to_internal_value(self, data: Any) -> PhoneNumber | str | None:
        nummer = to_python(serializers.CharField.to_internal_value(self, data), region=self.region)
        if nummer and not (nummer.country_code and kan_bestaan(nummer)):
            self.fail("invalid")
        return PhoneNumber.from_string(nummer.as_e164) if nummer else nummer


def lees_nummer(tekst: str) -> str:
    """A number as E.164, read as a Dutch one unless it says otherwise. Raises ValueError."""
    try:
        nummer = PhoneNumber.from_string(tekst)
    except NumberParseException:
        raise ValueError("not a telephone number") from None
    return str(nummer.as_e164)
