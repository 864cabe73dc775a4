"""The link by which a family signs up or off without an account: signed, 36 characters, without personal data.

It names an invitation or a sign-up by its random id. What it still may do is asked of the database at every use: it
ends when the café begins or is cancelled, when the invitation is withdrawn and when the family may not be contacted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache
from uuid import UUID

from django.conf import settings

UITNODIGING, AANMELDING = "uitnodiging", "aanmelding"
# In the order in which they were added: a link in a printed letter must keep its meaning.
_SOORTEN = (UITNODIGING, AANMELDING)
_MERKTEKEN = 10  # bytes of the signature: 80 bits, far beyond guessing through the web


def cafetoken(soort: str, rij_id: UUID) -> str:
    """The token for this invitation or sign-up."""
    inhoud = rij_id.bytes + bytes([_SOORTEN.index(soort)])
    return base64.urlsafe_b64encode(inhoud + _merk(inhoud, settings.SECRET_KEY)).decode()


def lees_cafetoken(token: str) -> tuple[str, UUID] | None:
    """What a token names, or None when it is not one of ours."""
    try:
        ruw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    inhoud, merk = ruw[:-_MERKTEKEN], ruw[-_MERKTEKEN:]
    if len(inhoud) != 17 or inhoud[16] >= len(_SOORTEN):
        return None
    sleutels = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(merk, _merk(inhoud, str(sleutel))) for sleutel in sleutels):
        return None
    return _SOORTEN[inhoud[16]], UUID(bytes=inhoud[:16])


def cafelink(soort: str, rij_id: UUID) -> str:
    """The address of the page where the family signs up or off."""
    return f"{settings.SITE_URL}/cafe/{cafetoken(soort, rij_id)}"


def _merk(inhoud: bytes, geheim: str) -> bytes:
    return hmac.digest(_sleutel(geheim), inhoud, "sha256")[:_MERKTEKEN]


@lru_cache(maxsize=4)
def _sleutel(geheim: str) -> bytes:
    """A key for this purpose only."""
    return hashlib.sha256(b"ooievaar.cafelink" + geheim.encode()).digest()
