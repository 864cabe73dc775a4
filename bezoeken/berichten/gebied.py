"""Which Gebied a page about messages is of: texts, letters and reminders are a Gebied's, not a wijk's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ooievaar.platform.errors import NietGevonden


@dataclass(frozen=True)
class Gebiedkeuze:
    """The Gebied that is shown, and the codes of all she may choose from."""

    id: UUID
    code: str
    codes: list[str]


def gekozen_gebied(request: HttpRequest, *, heel: bool) -> Gebiedkeuze:
    """The one in `?gebied=`, or the first in which she coordinates; `heel`: all of it, not some wijken.

    Raises PermissionDenied when there is none, NietGevonden for one that is not hers: a form must not change another.
    """
    gebruiker: Any = request.user
    van_haar = {
        b.gebied_code: b.gebied_id
        for b in gebruiker.bevoegdheid.bereiken
        if b.rol == "coordinator" and not (heel and b.wijk_ids)
    }
    if not van_haar:
        raise PermissionDenied
    codes = sorted(van_haar)
    code = request.GET.get("gebied") or codes[0]
    if code not in van_haar:
        raise NietGevonden
    return Gebiedkeuze(van_haar[code], code, codes)
