"""Recalling a lot: nothing of it, and no box that may hold some of it, goes to a family any more."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from voorraad.models import DOOS_CODE, Partij, Reservering, Stand
from voorraad.selectors import partijen_met, teruggeroepen_inhoud
from voorraad.services.dozen import dozen_reserveren, laat_los
from voorraad.services.standen import partijen_vergrendelen, standen_met_beloften_vergrendeld


@transaction.atomic
def partij_terugroepen(*, partij: Partij, reden: str, nu: datetime) -> list[tuple[str, str]]:
    """Mark the lot and the boxes it went into; what was promised of them is promised from other boxes where there are.

    Gives the (aanleiding, onderdeel) for which no other box lies at the volunteer's place: somebody must bring one.
    Recalling again changes nothing.
    """
    ids: set[UUID] = set()

    def welke() -> Q:
        """The lot and its boxes, and the other boxes at those places: one of them may be promised instead."""
        ids.update(p.pk for p in partijen_met(partij.pk))
        plekken = Stand.objects.filter(partij__in=ids, gereserveerd__gt=0).values("locatie")
        return Q(partij__in=ids) | Q(locatie__in=plekken, artikel__code=DOOS_CODE)

    # Nothing is packed or moved meanwhile: a balance that appeared later would be locked out of the documented order.
    standen, alle = standen_met_beloften_vergrendeld(welke, alles=True)
    partijen_vergrendelen(ids)
    Partij.objects.filter(pk__in=ids, teruggeroepen_op__isnull=True).update(teruggeroepen_op=nu, terugroepreden=reden)
    beloften = [belofte for belofte in alle if belofte.stand.partij_id in ids]
    if beloften:
        laat_los(beloften, standen, nu=nu)
    return _opnieuw_beloven(beloften, nu=nu)


@transaction.atomic
def terugroepen_intrekken(*, partij: Partij) -> None:
    """The recall was a mistake: the lot and its boxes may go out again, except boxes with another recalled lot in them.

    What lost its promise is not promised again by itself.
    """
    ids = [p.pk for p in partijen_met(partij.pk)]
    partijen_vergrendelen(ids)
    blijft = teruggeroepen_inhoud(ids, behalve=partij.pk)
    Partij.objects.filter(pk__in=set(ids) - blijft).update(teruggeroepen_op=None, terugroepreden="")


def _opnieuw_beloven(beloften: list[Reservering], *, nu: datetime) -> list[tuple[str, str]]:
    """Promise another box at the same volunteer's place; the locks of these occasions are ours already."""
    per_aanleiding: defaultdict[tuple[str, UUID | None], list[str]] = defaultdict(list)
    for belofte in beloften:
        per_aanleiding[belofte.aanleiding, belofte.stand.locatie.houder_id].append(belofte.onderdeel)
    zonder = []
    for (aanleiding, houder_id), onderdelen in per_aanleiding.items():
        if houder_id:
            dozen_reserveren(houder_id=houder_id, aanleiding=aanleiding, onderdelen=onderdelen, nu=nu)
        voorzien = set(
            Reservering.objects.filter(
                aanleiding=aanleiding, onderdeel__in=onderdelen, status=Reservering.Status.ACTIEF
            ).values_list("onderdeel", flat=True)
        )
        zonder += [(aanleiding, onderdeel) for onderdeel in onderdelen if onderdeel not in voorzien]
    return zonder
