"""The places every Gebied has, and the home of each volunteer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from voorraad.models import DOOS_CODE, Artikel, Artikelsoort, Locatie, Locatiesoort

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Ooievaarsmoeder

# A standard place has its soort as its code, so that there is one of each in a Gebied.
STANDAARD = tuple(soort for soort in Locatiesoort if soort != Locatiesoort.OOIEVAARSMOEDER)


def plekken_aanmaken(*, gebied: Gebied) -> None:
    """Give a Gebied its standard places and the gift box (code `in-de-box`). What is there already stays as it is."""
    _aanmaken(gebied.pk)


def standaardplek(gebied_id: UUID, soort: str) -> Locatie:
    """The standard place of this soort; a Gebied that has none yet gets all of them."""
    plekken = Locatie.objects.filter(gebied_id=gebied_id, code=soort)
    plek = plekken.first()
    if plek is None:
        _aanmaken(gebied_id)
        plek = plekken.get()
    return plek


def thuisplek(*, ooievaarsmoeder: Ooievaarsmoeder) -> Locatie:
    """Her own place in the stock, made when it is not there yet. Two callers at once get the same one."""
    plek, _gemaakt = Locatie.objects.get_or_create(
        houder_id=ooievaarsmoeder.pk,
        defaults={
            "gebied_id": ooievaarsmoeder.gebied_id,
            "soort": Locatiesoort.OOIEVAARSMOEDER,
            "code": f"thuis-{ooievaarsmoeder.pk}",
            "naam": (_("Bij %(naam)s") % {"naam": ooievaarsmoeder.naam})[:100],
        },
    )
    return plek


def _aanmaken(gebied_id: UUID) -> None:
    Locatie.objects.bulk_create(
        [
            Locatie(gebied_id=gebied_id, code=soort.value, naam=str(soort.label).capitalize(), soort=soort)
            for soort in STANDAARD
        ],
        ignore_conflicts=True,
    )
    Artikel.objects.bulk_create(
        [Artikel(gebied_id=gebied_id, code=DOOS_CODE, naam=_("In de Box"), soort=Artikelsoort.DOOS)],
        ignore_conflicts=True,
    )
