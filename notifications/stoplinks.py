"""The link in each message by which a family stops messages: signed, without personal data, for ever valid.

What it names is the family (its random id), the channel it came by and for which purpose. Who has the link may stop;
nothing else can be seen or done with it. It does not name the message, so that it still works when that is no longer
kept.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from notifications.doelen import CAFE, CONTACT
from ooievaar.platform.merktekens import lees_ondertekend, onderteken

# In the order in which they were added: a number in a printed letter must keep its meaning.
_KANALEN = ("brief", "email", "sms", "push", "app")
_DOELEN = (CONTACT, CAFE)
_RUIMTE = 8  # the channels that one byte leaves room for beside the purpose


def stoptoken(gezin_id: UUID, kanaal: str, doel: str = CONTACT) -> str:
    """The token for this family, channel and purpose: 36 characters."""
    inhoud = gezin_id.bytes + bytes([_KANALEN.index(kanaal) + _RUIMTE * _DOELEN.index(doel)])
    return onderteken(inhoud, doel="stoplink")


def lees_stoptoken(token: str) -> tuple[UUID, str, str] | None:
    """The family, channel and purpose of a token, or None when it is not one of ours."""
    inhoud = lees_ondertekend(token, doel="stoplink")
    if inhoud is None or len(inhoud) != 17:
        return None
    doel, kanaal = divmod(inhoud[16], _RUIMTE)
    if doel >= len(_DOELEN) or kanaal >= len(_KANALEN):
        return None
    return UUID(bytes=inhoud[:16]), _KANALEN[kanaal], _DOELEN[doel]


def stoplink(gezin_id: UUID, kanaal: str, doel: str = CONTACT) -> str:
    """The address of the page that stops messages to this family."""
    return f"{settings.SITE_URL}/stop/{stoptoken(gezin_id, kanaal, doel)}"
