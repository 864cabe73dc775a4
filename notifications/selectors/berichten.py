"""Reading the outbox: who may see which messages, and what was planned before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from notifications.models import Bericht, Berichtstatus
from ooievaar.selectors.bereik import moeders_in_wijken

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def berichten_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Bericht]:
    """The messages this user may know of (api.md, "Who may do what").

    A coordinator: those to families and volunteers in her reach, and to herself. An Ooievaarsmoeder: those addressed
    to her. Anybody else: none.
    """
    bevoegd = gebruiker.bevoegdheid
    zichtbaar = Q(pk__in=[])
    for bereik in bevoegd.bereiken:
        if bereik.rol != "coordinator":
            continue
        deel = Q(gebied_id=bereik.gebied_id)
        if bereik.wijk_ids:
            deel &= (
                Q(gezin__wijk_id__in=bereik.wijk_ids)
                | Q(gebruiker_id=gebruiker.pk)
                | Q(ooievaarsmoeder__in=moeders_in_wijken(bereik.wijk_ids))
            )
        zichtbaar |= deel
    if bevoegd.heeft("ooievaarsmoeder") and bevoegd.ooievaarsmoeder_id:
        zichtbaar |= Q(ooievaarsmoeder_id=bevoegd.ooievaarsmoeder_id)
    return Bericht.objects.filter(zichtbaar)


def bestaande_sleutels(sleutels: Iterable[str]) -> frozenset[str]:
    """Which of these keys are in the outbox already, whatever became of the message."""
    return frozenset(Bericht.objects.filter(sleutel__in=list(sleutels)).values_list("sleutel", flat=True))


def aanleidingen_met(soort: str, aanleidingen: Iterable[str], *, ook_geannuleerd: bool = True) -> frozenset[str]:
    """About which of these there is a message of this kind: sent or waiting, and (by default) cancelled ones too."""
    rijen = Bericht.objects.filter(soort=soort, aanleiding__in=list(aanleidingen)).order_by()
    if not ook_geannuleerd:
        rijen = rijen.exclude(status=Berichtstatus.GEANNULEERD)
    return frozenset(rijen.values_list("aanleiding", flat=True))


def gezinnen_met_verzonden_bericht(gezin_ids: Iterable[UUID]) -> set[UUID]:
    """To which of these families a message went, or may have gone."""
    weg = [Berichtstatus.VERZONDEN, Berichtstatus.ONZEKER, Berichtstatus.BEZIG]
    rijen = Bericht.objects.filter(gezin_id__in=list(gezin_ids), status__in=weg).order_by()
    return {gezin_id for gezin_id in rijen.values_list("gezin_id", flat=True).distinct() if gezin_id}


def berichtstatussen() -> list[tuple[str, str]]:
    """The states a message can be in, with their words."""
    return [(status.value, str(status.label)) for status in Berichtstatus]


def berichten_over(aanleidingen: Iterable[str]) -> list[Bericht]:
    """Every message about one of these, to whomever, the first planned one first."""
    return list(Bericht.objects.filter(aanleiding__in=list(aanleidingen)).order_by("aangemaakt_op", "id"))
