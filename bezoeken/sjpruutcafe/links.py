"""The link by which a family signs up or off without an account: signed, 36 characters, without personal data.

It names an invitation or a sign-up by its random id. What it still may do is asked of the database at every use: it
ends when the café begins or is cancelled, when the invitation is withdrawn and when the family may not be contacted.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from ooievaar.platform.merktekens import lees_ondertekend, onderteken

UITNODIGING, AANMELDING = "uitnodiging", "aanmelding"
# In the order in which they were added: a link in a printed letter must keep its meaning.
_SOORTEN = (UITNODIGING, AANMELDING)


def cafetoken(soort: str, rij_id: UUID) -> str:
    """The token for this invitation or sign-up."""
    inhoud = rij_id.bytes + bytes([_SOORTEN.index(soort)])
    return onderteken(inhoud, doel="cafelink")


def lees_cafetoken(token: str) -> tuple[str, UUID] | None:
    """What a token names, or None when it is not one of ours."""
    inhoud = lees_ondertekend(token, doel="cafelink")
    if inhoud is None or len(inhoud) != 17 or inhoud[16] >= len(_SOORTEN):
        return None
    return _SOORTEN[inhoud[16]], UUID(bytes=inhoud[:16])


def cafelink(soort: str, rij_id: UUID) -> str:
    """The address of the page where the family signs up or off."""
    return f"{settings.SITE_URL}/cafe/{cafetoken(soort, rij_id)}"
