"""The cursor of a download: pure. To a phone it is a token to hand back; to us, up to when it has heard everything."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

# What must be erased is said again for this long. A download is always complete, so nothing depends on it: it is for
# the phone that lost an answer and wants to tell her why a family is gone.
HERHAALD = timedelta(days=30)
_VERSIE = "1"


def maak(op: datetime) -> str:
    """The cursor of a download made at this moment."""
    return base64.urlsafe_b64encode(f"{_VERSIE}.{int(op.timestamp())}".encode()).decode().rstrip("=")


def lees(cursor: str) -> datetime | None:
    """The moment of a cursor; None when we did not make it, or not in this version."""
    try:
        tekst = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        versie, _punt, seconden = tekst.partition(".")
        if versie != _VERSIE or not seconden.isdecimal():
            return None
        return datetime.fromtimestamp(int(seconden), tz=UTC)
    except (binascii.Error, UnicodeError, ValueError, OverflowError, OSError):
        return None


def weg_sinds(cursor: str, *, nu: datetime) -> datetime:
    """From when on a download says what to erase: `HERHAALD` ago, or longer for a phone that was away longer."""
    gezien = lees(cursor)
    return min(gezien or nu, nu) - HERHAALD
