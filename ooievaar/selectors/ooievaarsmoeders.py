"""Reading volunteers: who may see which, and the facts the rules above need of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from ooievaar.models import Afwezigheid, Apparaat, Ooievaarsmoeder, Relatie, Wijk
from ooievaar.platform.errors import NietGevonden

if TYPE_CHECKING:
    from ooievaar.bevoegdheid import Bevoegdheid
    from ooievaar.models import Gebruiker

_MoederWijk = Ooievaarsmoeder.wijken.through


def _van_coordinator(bevoegd: Bevoegdheid) -> Q:
    """The volunteers of her Gebied; for a coordinator of some wijken those who work there, or have no wijk yet."""
    q = Q(pk__in=[])
    for b in bevoegd.bereiken:
        if b.rol != "coordinator":
            continue
        deel = Q(gebied_id=b.gebied_id)
        if b.wijk_ids:
            eigen = _MoederWijk.objects.filter(ooievaarsmoeder_id=OuterRef("pk"))
            deel &= Q(Exists(eigen.filter(wijk_id__in=b.wijk_ids))) | ~Q(Exists(eigen))
        q |= deel
    return q


def ooievaarsmoeders_van_coordinator(gebruiker: Gebruiker) -> QuerySet[Ooievaarsmoeder]:
    """The volunteers whom this user coordinates."""
    return Ooievaarsmoeder.objects.filter(_van_coordinator(gebruiker.bevoegdheid))


def ooievaarsmoeders_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Ooievaarsmoeder]:
    """A coordinator: those she coordinates. An Ooievaarsmoeder: herself. Anybody else: none (api.md)."""
    bevoegd = gebruiker.bevoegdheid
    bereik = _van_coordinator(bevoegd)
    if bevoegd.heeft("ooievaarsmoeder") and bevoegd.ooievaarsmoeder_id:
        bereik |= Q(pk=bevoegd.ooievaarsmoeder_id)
    return Ooievaarsmoeder.objects.filter(bereik)


def ooievaarsmoeder_voor(gebruiker: Gebruiker, moeder_id: UUID) -> Ooievaarsmoeder:
    """One volunteer this user may see. Raises NietGevonden."""
    moeder = ooievaarsmoeders_zichtbaar_voor(gebruiker).filter(pk=moeder_id).first()
    if moeder is None:
        raise NietGevonden
    return moeder


def met_wijken(moeders: QuerySet[Ooievaarsmoeder]) -> QuerySet[Ooievaarsmoeder]:
    """With `wijk_codes`, and the user name of her account as `gebruikersnaam`; no extra query."""
    wijken = Wijk.objects.filter(ooievaarsmoeders=OuterRef("pk")).order_by("code")
    return moeders.annotate(wijk_codes=ArraySubquery(wijken.values("code")), gebruikersnaam=F("gebruiker__username"))


def inzetfeiten(gebied_ids: Iterable[UUID]) -> QuerySet[Ooievaarsmoeder]:
    """All volunteers of these areas with `wijk_ids`, `afwezig` (begin, eind) and `relatie_gezinnen`: one query."""
    van_haar = {"ooievaarsmoeder_id": OuterRef("pk")}
    return (
        Ooievaarsmoeder.objects.filter(gebied_id__in=list(gebied_ids))
        .annotate(
            wijk_ids=ArraySubquery(_MoederWijk.objects.filter(**van_haar).values("wijk_id")),
            afwezig=ArraySubquery(
                Afwezigheid.objects.filter(**van_haar).values(rij=JSONObject(begin="begin", eind="eind"))
            ),
            relatie_gezinnen=ArraySubquery(Relatie.objects.filter(**van_haar).values("gezin_id")),
            vog_jaren=F("gebied__vog_jaren"),
        )
        .order_by("naam", "id")
    )


def afwezigheden_van(moeder: Ooievaarsmoeder) -> QuerySet[Afwezigheid]:
    """When she is away, first things first."""
    return Afwezigheid.objects.filter(ooievaarsmoeder=moeder).order_by("begin", "id")


def relaties_van(moeder: Ooievaarsmoeder, *, gezien_door: Gebruiker) -> QuerySet[Relatie]:
    """Her declared relations. She herself sees what she declared, not that a family would rather have somebody else."""
    relaties = Relatie.objects.filter(ooievaarsmoeder=moeder).order_by("id")
    if ooievaarsmoeders_van_coordinator(gezien_door).filter(pk=moeder.pk).exists():
        return relaties
    return relaties.filter(gemeld_door="ooievaarsmoeder")


def apparaten_van(moeder: Ooievaarsmoeder) -> QuerySet[Apparaat]:
    """The phones paired with her account, the newest first."""
    return Apparaat.objects.filter(gebruiker__ooievaarsmoeder=moeder).order_by("-gekoppeld_op", "id")


def apparaten_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Apparaat]:
    """Her own phones, and for a coordinator those of the volunteers she coordinates."""
    van_haar: QuerySet[Ooievaarsmoeder, Any] = ooievaarsmoeders_van_coordinator(gebruiker).filter(
        gebruiker__isnull=False
    )
    return Apparaat.objects.filter(Q(gebruiker=gebruiker) | Q(gebruiker_id__in=van_haar.values("gebruiker_id")))


def namen_van_moeders(gebied_id: UUID) -> list[str]:
    """The names of the volunteers of this Gebied, to see whether a text has one in it; one query."""
    return list(Ooievaarsmoeder.objects.filter(gebied_id=gebied_id).order_by("naam").values_list("naam", flat=True))
