"""Which telephone numbers are taken for real: pure."""

from __future__ import annotations

from phonenumbers import PhoneNumber, is_valid_number

_NEDERLAND = 31
_ZES = range(600_000_000, 700_000_000)


def kan_bestaan(nummer: PhoneNumber) -> bool:
    """A number that is in use according to the tables, or a Dutch 06 number of the right length.

    Ranges of 06 are opened as they are needed, and a table from last year must not hold up the notice of a birth. What
    the tables do not know gets no sms (`bereik`): a letter goes instead.
    """
    return is_valid_number(nummer) or (nummer.country_code == _NEDERLAND and nummer.national_number in _ZES)
