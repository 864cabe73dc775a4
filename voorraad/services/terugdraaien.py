"""Undoing: a line that was wrong stays, and a linked line goes the other way (docs/adr/0012)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from voorraad import fouten
from voorraad.models import Mutatie, Mutatiesoort, Stand
from voorraad.services.boeken import niet_van_de_sjop
from voorraad.services.standen import bijwerken, standen_vergrendeld, te_weinig, vrij

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

Plek = tuple[UUID, UUID | None, UUID]


@transaction.atomic
def mutatie_terugdraaien(
    *, mutatie: Mutatie, door: Gebruiker | None, reden: str, nu: datetime, via_sjop: bool = False
) -> Mutatie:
    """Reverse a line by a linked one (a correctie) that goes the other way; the wrong line stays where it is.

    A line of a bundle (a box and its parts) takes the whole bundle with it. The reversal belongs to the day on which
    it is done, so a line of a closed period can be reversed too. Gives the reversal of the line that was asked.
    Raises AlTeruggedraaid (a reversal can not be reversed either), OnvoldoendeVoorraad when what was brought in is no
    longer there, and ViaDeSjop for what only the Sjop undoes (`via_sjop`).
    """
    regels = _vergrendelde_regels(mutatie)
    if not via_sjop:
        niet_van_de_sjop(regel.artikel for regel in regels)
    if any(r.draait_terug_id for r in regels) or Mutatie.objects.filter(draait_terug__in=regels).exists():
        raise fouten.AlTeruggedraaid
    _verplaats_terug(regels)
    bundel = uuid4() if mutatie.bundel else None
    terug = [
        Mutatie(
            soort=Mutatiesoort.CORRECTIE,
            artikel=r.artikel,
            partij=r.partij,
            van=r.naar,
            naar=r.van,
            aantal=r.aantal,
            reden=reden,
            aanleiding=r.aanleiding,
            gebeurd_op=nu,
            geboekt_op=nu,
            door=door,
            bundel=bundel,
            draait_terug=r,
        )
        for r in regels
    ]
    Mutatie.objects.bulk_create(terug)
    return next(r for r in terug if r.draait_terug_id == mutatie.pk)


def _vergrendelde_regels(mutatie: Mutatie) -> list[Mutatie]:
    """The line, or all lines of its bundle, locked by id: two reversals at once become one and a refusal."""
    welke = Q(bundel=mutatie.bundel) if mutatie.bundel else Q(pk=mutatie.pk)
    regels = Mutatie.objects.filter(welke).select_related("artikel", "partij", "van", "naar")
    return list(regels.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _verplaats_terug(regels: Sequence[Mutatie]) -> None:
    """Change the balances inside our walls by the opposite of these lines, each balance once."""
    verschil: Counter[Plek] = Counter()
    for regel in regels:
        for plek, teken in ((regel.naar, -1), (regel.van, 1)):
            if plek.binnen:
                verschil[regel.artikel_id, regel.partij_id, plek.pk] += teken * regel.aantal
    # Every balance that the lines touched is there: they made it.
    welke = Q(pk__in=[])
    for artikel, partij, locatie in verschil:
        welke |= Q(artikel=artikel, partij=partij, locatie=locatie)
    for stand in standen_vergrendeld(welke):
        erbij = verschil[_plek(stand)]
        if vrij(stand) + erbij < 0:
            raise te_weinig(stand.artikel, stand.locatie, -erbij, [stand])
        if erbij:
            bijwerken(stand, erbij)


def _plek(stand: Stand) -> Plek:
    return stand.artikel_id, stand.partij_id, stand.locatie_id
