"""Calendar links: made with a name so that one knows whose it is, and revoked by anybody who coordinates."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from bezoeken.models import Agendafeed
from ooievaar.platform.hashing import hash_van

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def feed_maken(*, gebied_id: UUID, naam: str, door: Gebruiker, nu: datetime) -> tuple[Agendafeed, str]:
    """A new link; its token is shown this once, after that only its hash is known."""
    token = secrets.token_urlsafe(32)
    feed = Agendafeed.objects.create(
        gebied_id=gebied_id, naam=naam, hash=hash_van(token), gemaakt_op=nu, gemaakt_door=door
    )
    return feed, token


def feed_intrekken(*, feed: Agendafeed, nu: datetime) -> None:
    """The link works no more, from the next request on."""
    if feed.ingetrokken_op is None:
        feed.ingetrokken_op = nu
        feed.save(update_fields=["ingetrokken_op"])


def gebied_van_feed(token: str) -> UUID | None:
    """The Gebied of a link that is in use, or None."""
    rijen = Agendafeed.objects.filter(hash=hash_van(token), ingetrokken_op__isnull=True)
    return rijen.values_list("gebied_id", flat=True).first()
