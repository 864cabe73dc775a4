"""Every change knows who made it: the context that the history triggers read (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.http import HttpRequest, HttpResponse


class HistoryMiddleware:
    """Opens a context for each request that may write; sign-in by token adds its user later (authentication.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=str(user) if user else None, via="web"):
            return self.get_response(request)


def namens(*, user_id: object = None, via: str) -> AbstractContextManager[object]:
    """Changes inside are written down as made by this user through this way (a command, a task)."""
    return pghistory.context(user=str(user_id) if user_id else None, via=via)


@dataclass(frozen=True)
class Gebeurtenis:
    """One change of one row, as its trigger wrote it down.

    `wat` is insert, update or delete; `verschil` has (before, after) by column, for an update only. `gegevens` is the
    row after an insert or update, before a delete. `context` says who (`user`), through what (`via`), and why
    (`reden`).
    """

    op: datetime
    model: str
    rij_id: str
    wat: str
    gegevens: dict[str, Any]
    verschil: dict[str, tuple[Any, Any]]
    context: dict[str, Any]


def gebeurtenissen_over(*rijen: models.Model) -> list[Gebeurtenis]:
    """Every recorded change of these rows, and of the rows that point at one of them, in order; one query.

    Rows that are gone by now are in it too, as long as what they pointed at is not. Of the rows only the key is used.
    """
    from pghistory.models import Events

    per_model: dict[type[models.Model], list[models.Model]] = {}
    for rij in rijen:
        per_model.setdefault(type(rij), []).append(rij)
    if not per_model:
        return []
    delen = [Events.objects.references(groep).query.sql_with_params() for groep in per_model.values()]
    samen = " UNION ALL ".join(f"({sql})" for sql, _waarden in delen)
    waarden = [waarde for _sql, van_deel in delen for waarde in van_deel]
    # A row may point at several of these: it is told once.
    uniek = {e.pgh_slug: e for e in Events.objects.raw(samen, waarden)}
    gevonden = sorted(uniek.values(), key=lambda e: (e.pgh_created_at, e.pgh_obj_model, e.pgh_id))
    return [
        Gebeurtenis(
            op=e.pgh_created_at,
            model=e.pgh_obj_model,
            rij_id=str(e.pgh_obj_id),
            wat=e.pgh_label,
            gegevens=e.pgh_data,
            verschil={naam: (oud, nieuw) for naam, (oud, nieuw) in (e.pgh_diff or {}).items()},
            context=e.pgh_context or {},
        )
        for e in gevonden
    ]
