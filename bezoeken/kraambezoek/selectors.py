"""Reading visits: who may see which, and the one query behind every list of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from bezoeken.instellingen import vensterregels
from bezoeken.models import Afspraak, Bezoek, Bezoekkind, Poging
from bezoeken.toestand import Status
from bezoeken.venster import Fase, Venster, Vensterregels, fase, grenzen
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.sjabloon import sjabloon
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.selectors.gezinnen import taal_van_gezin

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

LOPEND = (Status.OPEN.value, Status.TOEGEWEZEN.value, Status.GEPLAND.value)


def bezoeken_zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime | None = None) -> QuerySet[Bezoek]:
    """The visits this user may know of (domain.md, rules 7 and 8, and "Roles").

    A coordinator: those of her wijken. An Ooievaarsmoeder: her own, until `adres_dagen` after they were closed.
    Anybody else: none.
    """
    return Bezoek.objects.filter(zichtbaar_voor(gebruiker, nu=nu))


def zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime | None = None) -> Q:
    """Which visits those are, for who locks one of them (`bezoek_vergrendelen`)."""
    return gebruiker.bevoegdheid.filter("coordinator") | eigen_bezoeken(gebruiker, nu=nu)


def eigen_bezoeken(gebruiker: Gebruiker, *, nu: datetime | None = None) -> Q:
    """The visits this user has as an Ooievaarsmoeder, until `adres_dagen` after closure; none once she has left.

    Leaving ends her access at once; her visits stay hers on paper until a coordinator hands them over.
    """
    nu = nu or clock.nu()
    bevoegd = gebruiker.bevoegdheid
    if not (bevoegd.heeft("ooievaarsmoeder") and bevoegd.ooievaarsmoeder_id):
        return Q(pk__in=[])
    bewaard = ExpressionWrapper(Value(timedelta(days=1)) * F("gebied__adres_dagen"), output_field=DurationField())
    gesloten_na = Value(nu) - bewaard
    return Q(ooievaarsmoeder_id=bevoegd.ooievaarsmoeder_id, ooievaarsmoeder__actief=True) & (
        Q(status__in=LOPEND) | Q(afgesloten_op__gt=gesloten_na) | Q(afgerond_op__gt=gesloten_na)
    )


def bezoek_voor(gebruiker: Gebruiker, bezoek_id: UUID) -> Bezoek:
    """One visit this user may know of. Raises NietGevonden, also for one that exists but is not hers to see."""
    bezoek = bezoeken_zichtbaar_voor(gebruiker).filter(pk=bezoek_id).first()
    if bezoek is None:
        raise NietGevonden
    return bezoek


def kinderen_van_bezoek(bezoek_id: UUID) -> list[tuple[UUID, str]]:
    """The children of a visit as (id, first name), the first born first; one query."""
    kinderen = Bezoekkind.objects.filter(bezoek_id=bezoek_id).order_by("geboortedatum", "pasgeborene_id")
    return list(kinderen.values_list("pasgeborene_id", "pasgeborene__voornaam"))


def in_fase(
    bezoeken: QuerySet[Bezoek], gevraagd: Fase, *, vandaag: date, gebied_ids: Iterable[UUID]
) -> QuerySet[Bezoek]:
    """The visits in this phase today; see `van_fase`."""
    return bezoeken.filter(van_fase(gevraagd, vandaag=vandaag, gebied_ids=gebied_ids))


def van_fase(gevraagd: Fase, *, vandaag: date, gebied_ids: Iterable[UUID]) -> Q:
    """Which visits of these areas are in this phase today. Phases are not stored; each Gebied's own day numbers decide

    (one query).
    """
    voorwaarde = Q(pk__in=[])
    for gebied in gebieden_met_id(gebied_ids):
        g = grenzen(gevraagd, vandaag, vensterregels(gebied))
        deel = Q(gebied_id=gebied.pk)
        for veld, waarde in (
            ("venster_begin__gte", g.begin_vanaf),
            ("venster_begin__lt", g.begin_tot),
            ("venster_eind__gte", g.eind_vanaf),
            ("venster_eind__lt", g.eind_tot),
        ):
            if waarde is not None:
                deel &= Q(**{veld: waarde})
        voorwaarde |= deel
    return voorwaarde


_KOLOMMEN = (
    "id",
    "gezin_id",
    "geboortedatum",
    "venster_begin",
    "venster_eind",
    "status",
    "afsluitreden",
    "late_melding",
    "ooievaarsmoeder_id",
    "aanvaard_op",
    "bezocht_op",
    "vorm",
    "soort",
    "versie",
)


def rijen(welke: Q) -> QuerySet[Bezoek, dict[str, Any]]:
    """These visits as plain rows with everything a list shows: one query, whatever the number of rows."""
    return _rijen().filter(welke)


@sjabloon
def _rijen() -> QuerySet[Bezoek, dict[str, Any]]:
    kinderen = Bezoekkind.objects.filter(bezoek=OuterRef("pk")).order_by("geboortedatum", "pasgeborene_id")
    pogingen = Poging.objects.filter(bezoek=OuterRef("pk")).order_by("moment", "id")
    afspraak = Afspraak.objects.filter(bezoek=OuterRef("pk"), vervallen_op__isnull=True)
    return Bezoek.objects.annotate(
        kind_ids=ArraySubquery(kinderen.values("pasgeborene_id")),
        poging_rijen=ArraySubquery(
            pogingen.values(
                rij=JSONObject(
                    id="id", moment="moment", soort="soort", uitkomst="uitkomst", waarschuwingen="waarschuwingen"
                )
            )
        ),
        afspraak_rij=Subquery(afspraak.values(rij=JSONObject(begin="begin", duurMinuten="duur_minuten"))[:1]),
        taal=Subquery(taal_van_gezin(OuterRef("gezin_id"))),
    ).values(
        *_KOLOMMEN,
        "kind_ids",
        "poging_rijen",
        "afspraak_rij",
        "taal",
        wijk_code=F("wijk__code"),
        regel_begin=F("gebied__venster_begin_dag"),
        regel_eind=F("gebied__venster_eind_dag"),
        regel_voorbereiden=F("gebied__voorbereiden_dag"),
        regel_verlopen=F("gebied__verlopen_dag"),
    )


def vertaal(rij: dict[str, Any], *, vandaag: date, gebruiker: Gebruiker) -> dict[str, Any]:
    """One row as api.md shows it. Before she accepts, an Ooievaarsmoeder sees wijk and language only (rule 8)."""
    regels = Vensterregels(
        begin=rij["regel_begin"],
        eind=rij["regel_eind"],
        voorbereiden=rij["regel_voorbereiden"],
        verlopen=rij["regel_verlopen"],
    )
    venster = Venster(rij["venster_begin"], rij["venster_eind"])
    bevoegd = gebruiker.bevoegdheid
    dicht = (
        rij["aanvaard_op"] is None
        and rij["ooievaarsmoeder_id"] == bevoegd.ooievaarsmoeder_id
        and not bevoegd.heeft("coordinator")
    )
    return {
        "id": rij["id"],
        "gezin": None if dicht else rij["gezin_id"],
        "pasgeborenen": None if dicht else rij["kind_ids"],
        "wijk": rij["wijk_code"],
        "taal": rij["taal"] or "nl",
        "geboortedatum": None if dicht else rij["geboortedatum"],
        "venster": {"begin": venster.begin, "eind": venster.eind},
        "status": rij["status"],
        "afsluitreden": rij["afsluitreden"] or None,
        "fase": fase(venster, vandaag, regels).value,
        "lateMelding": rij["late_melding"],
        "soort": rij["soort"],
        "ooievaarsmoeder": rij["ooievaarsmoeder_id"],
        "aanvaardOp": rij["aanvaard_op"],
        "afspraak": _utc(rij["afspraak_rij"], "begin"),
        "pogingen": [_utc(poging, "moment") for poging in rij["poging_rijen"]],
        "bezochtOp": rij["bezocht_op"],
        "vorm": rij["vorm"] or None,
    }


def _utc(rij: dict[str, Any] | None, sleutel: str) -> dict[str, Any] | None:
    """PostgreSQL writes a moment inside JSON with +00:00; the API promises Z."""
    if rij is None:
        return None
    return {**rij, sleutel: datetime.fromisoformat(rij[sleutel])}


def bezoek_uit(gebruiker: Gebruiker, bezoek_id: UUID) -> dict[str, Any]:
    """One visit as api.md shows it to this user; one query."""
    rij = rijen(Q(pk=bezoek_id)).get()
    return vertaal(rij, vandaag=clock.vandaag(), gebruiker=gebruiker)
