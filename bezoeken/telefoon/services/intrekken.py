"""Taking a phone out of use: it may hold nothing, and hears nothing (quality.md, "revocation at once")."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from notifications.services import push_uitzetten
from ooievaar.services.apparaten import apparaat_intrekken

if TYPE_CHECKING:
    from ooievaar.models import Apparaat


@transaction.atomic
def telefoon_intrekken(*, apparaat: Apparaat, nu: datetime) -> None:
    """Its next call is 401 `apparaatIngetrokken`, and it erases itself; no push reaches it from now on."""
    apparaat_intrekken(apparaat=apparaat, nu=nu)
    push_uitzetten(apparaat=apparaat)
