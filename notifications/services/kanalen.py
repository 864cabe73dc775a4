"""A family's wish about one channel, and the browsers that take push messages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.models import Kanaalstop, Pushabonnement
from ooievaar.platform.errors import Ongeldig

if TYPE_CHECKING:
    from ooievaar.models import Apparaat, Gebruiker


def kanaal_stoppen(*, gezin_id: UUID, kanaal: str, doel: str = "contact", nu: datetime) -> None:
    """Nothing more on this channel for this purpose; the sender looks just before it sends. Twice changes nothing."""
    Kanaalstop.objects.get_or_create(gezin_id=gezin_id, kanaal=kanaal, doel=doel, defaults={"sinds": nu})


def kanaal_mag_weer(*, gezin_id: UUID, kanaal: str, doel: str = "contact") -> None:
    """The family wants messages on this channel again."""
    Kanaalstop.objects.filter(gezin_id=gezin_id, kanaal=kanaal, doel=doel).delete()


@transaction.atomic
def push_aanzetten(
    *, gebruiker: Gebruiker, apparaat: Apparaat | None = None, endpoint: str, p256dh: str, auth: str, nu: datetime
) -> tuple[Pushabonnement, bool]:
    """A browser takes her messages from now on, whosever it was before; returns it, and whether it is new.

    `apparaat`: the phone that asks.

    Only the known push services may be called: an address is somebody else's word. Raises Ongeldig.
    """
    if not _is_pushdienst(endpoint):
        raise Ongeldig([("endpoint", "onbekend", _("Deze pushdienst kennen we niet."))])
    return Pushabonnement.objects.update_or_create(
        endpoint=endpoint,
        defaults={"gebruiker": gebruiker, "apparaat": apparaat, "p256dh": p256dh, "auth": auth, "aangemaakt_op": nu},
    )


def push_uitzetten(*, apparaat: Apparaat) -> None:
    """This phone hears nothing any more."""
    Pushabonnement.objects.filter(apparaat=apparaat).delete()


def push_uitzetten_op_telefoons(*, gebruiker: Gebruiker) -> None:
    """None of her phones hears anything any more; a desk where she signed in for other work does."""
    Pushabonnement.objects.filter(gebruiker=gebruiker, apparaat__isnull=False).delete()


def _is_pushdienst(endpoint: str) -> bool:
    """Whether this is an address at one of `PUSH_HOSTS`; a host that begins with a dot stands for what is under it."""
    try:
        delen = urlsplit(endpoint)
        host = delen.hostname or ""
        poort = delen.port
    except ValueError:
        return False
    if delen.scheme != "https" or poort not in (None, 443) or delen.username:
        return False
    return any(host.endswith(h) if h.startswith(".") else host == h for h in settings.PUSH_HOSTS)
