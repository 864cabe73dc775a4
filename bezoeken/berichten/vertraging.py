"""That messages stay lying, in words: for the pages where a coordinator must not miss it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timesince import timesince

from notifications.selectors.stand import vertraging


def vertraging_in_woorden(gebruiker: Any, *, nu: datetime) -> dict[str, Any] | None:
    """How many should have been gone, and how long the first of them waits ("2 uur"); None when nothing stays lying."""
    stand = vertraging(gebruiker, nu=nu)
    if stand is None:
        return None
    return {"aantal": stand.aantal, "duur": timesince(stand.sinds, nu, depth=1)}
