"""Bearer tokens for phones and machines."""

from __future__ import annotations

import secrets
from datetime import datetime

from ooievaar.models import Apparaat, Gebruiker, Toegangstoken
from ooievaar.platform.hashing import hash_van


def token_maken(*, gebruiker: Gebruiker, nu: datetime, apparaat: Apparaat | None = None) -> str:
    """A new bearer token of this user, beside the older ones. Only now can it be read: its hash is what is kept."""
    token = secrets.token_urlsafe(32)
    Toegangstoken.objects.create(gebruiker=gebruiker, apparaat=apparaat, hash=hash_van(token), aangemaakt_op=nu)
    return token
