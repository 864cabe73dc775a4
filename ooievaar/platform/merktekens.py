"""A few bytes with our signature, as text that fits a link: readable by anybody, made only here.

Twenty-odd bytes are enough for an SMS or a printed letter, which Django's own signing is too long for. Each purpose has
a key of its own, made from SECRET_KEY: a token of one is nothing to another. Old keys (SECRET_KEY_FALLBACKS) are read
too, because a letter is kept for years.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

_MERKTEKEN = 10  # bytes of the signature: 80 bits, far beyond guessing through the web


def onderteken(inhoud: bytes, *, doel: str) -> str:
    """These bytes with their signature for this purpose, in the alphabet of addresses."""
    return base64.urlsafe_b64encode(inhoud + _merk(inhoud, settings.SECRET_KEY, doel)).decode()


def lees_ondertekend(token: str, *, doel: str) -> bytes | None:
    """The bytes of a token, or None when we did not make it for this purpose."""
    try:
        ruw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    inhoud, merk = ruw[:-_MERKTEKEN], ruw[-_MERKTEKEN:]
    sleutels = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(merk, _merk(inhoud, str(sleutel), doel)) for sleutel in sleutels):
        return None
    return inhoud


def _merk(inhoud: bytes, geheim: str, doel: str) -> bytes:
    return hmac.digest(_sleutel(geheim, doel), inhoud, "sha256")[:_MERKTEKEN]


@lru_cache(maxsize=16)
def _sleutel(geheim: str, doel: str) -> bytes:
    """A key for this purpose only."""
    return hashlib.sha256(f"ooievaar.{doel}{geheim}".encode()).digest()
