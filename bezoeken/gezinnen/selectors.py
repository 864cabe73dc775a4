"""Reading families: who may see which, how much of it, and the one query behind every list."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Value, When

from bezoeken.kraambezoek.selectors import eigen_bezoeken
from bezoeken.models import Bezoek, Bezoekkind
from bezoeken.toestand import Afsluitreden
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.benaderbaar import wacht_op_ander_gezin
from ooievaar.selectors.gezinnen import gezinnen_waarvoor, met_gegevens, pasgeborenen_waarvoor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Gezin, Pasgeborene

_ZONDER_NUMMER = {"telefoonnummer": None, "emailadres": None}


def _aanvaarde_bezoeken(gebruiker: Gebruiker, nu: datetime) -> QuerySet[Bezoek]:
    """The visits that open a family to an Ooievaarsmoeder: accepted, and closed at most `adres_dagen` ago (rule 8).

    Not when all stopped after a death: then she sees only that the visit does not go on (rule 3). Nor when the visit
    had been by then: a child that lapsed after it would tell her.
    """
    aanvaard = Bezoek.objects.filter(
        eigen_bezoeken(gebruiker, nu=nu), aanvaard_op__isnull=False, gezin__stil_sinds=None
    )
    return aanvaard.exclude(afsluitreden=Afsluitreden.VERVALLEN)


def gezinnen_zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime | None = None) -> QuerySet[Gezin]:
    """A coordinator: the families of her wijken. An Ooievaarsmoeder: those whose visit she accepted. Others: none."""
    aanvaard = _aanvaarde_bezoeken(gebruiker, nu or clock.nu())
    return gezinnen_waarvoor(gezinnen_van_coordinator(gebruiker) | Q(pk__in=aanvaard.values("gezin_id")))


def gezinnen_van_coordinator(gebruiker: Gebruiker) -> Q:
    """The families in reach of a coordinator, as a condition on Gezin."""
    return gebruiker.bevoegdheid.filter("coordinator")


def pasgeborenen_zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime | None = None) -> QuerySet[Pasgeborene]:
    """The newborns of the families of a coordinator; of the accepted visits of an Ooievaarsmoeder."""
    aanvaard = _aanvaarde_bezoeken(gebruiker, nu or clock.nu())
    kinderen = Bezoekkind.objects.filter(bezoek__in=aanvaard)
    van_coordinator = gebruiker.bevoegdheid.filter("coordinator", gebied="gezin__gebied", wijk="gezin__wijk")
    return pasgeborenen_waarvoor(van_coordinator | Q(pk__in=kinderen.values("pasgeborene_id")))


def gezinrijen(gezinnen: QuerySet[Gezin], *, gebruiker: Gebruiker) -> QuerySet[Gezin]:
    """The families with everything that api.md shows of them: one query, without ids that the user may not see."""
    nu = clock.nu()
    bezoeken = Bezoek.objects.filter(gezinnen_van_coordinator(gebruiker)) | _aanvaarde_bezoeken(gebruiker, nu)
    van_gezin = {"gezin_id": OuterRef("pk")}
    return met_gegevens(gezinnen).annotate(
        beheert=Case(
            When(gezinnen_van_coordinator(gebruiker), then=True), default=Value(False), output_field=BooleanField()
        ),
        wacht=wacht_op_ander_gezin(),
        bezoek_ids=ArraySubquery(bezoeken.filter(**van_gezin).order_by("venster_begin", "id").values("id")),
        pasgeborene_ids=ArraySubquery(
            pasgeborenen_zichtbaar_voor(gebruiker, nu=nu)
            .filter(**van_gezin)
            .order_by("geboortedatum", "id")
            .values("id")
        ),
    )


def gezin_uit(rij: Any, *, gebruiker: Gebruiker, telefoon: bool = False) -> dict[str, Any]:
    """One row of `gezinrijen` as api.md shows it; on a `telefoon` never more than a volunteer may have.

    A secret address is for the one named coordinator only (domain.md, rule 5): for everybody else it is null. In doubt
    contact waits (rule 2): until a person has decided whether this family belongs to a stopped one, only who decides
    sees how to reach it.
    """
    wacht = rij.wacht and rij.contactstop_op is None and rij.stil_sinds is None
    onbereikbaar = wacht and (telefoon or not rij.beheert)
    dicht = onbereikbaar or (rij.geheim and rij.geheim_voor_id != gebruiker.pk)
    coordineert = gebruiker.bevoegdheid.heeft("coordinator")
    return {
        "id": rij.pk,
        "wijk": rij.wijk_code,
        "adres": None if dicht else _adres(rij),
        "geheim": rij.geheim,
        "geheimVoor": rij.geheim_voor_naam if coordineert else None,
        # What a family would rather have is between it and the coordinator.
        "wilIemandVanBuiten": rij.wil_iemand_van_buiten if coordineert else None,
        "contactWacht": wacht,
        "contactpersonen": [
            _leeg_is_null(persoon | _ZONDER_NUMMER if onbereikbaar else persoon) for persoon in rij.contact_rijen
        ],
        "contactstop": {"reden": rij.contactstop_reden, "sinds": rij.contactstop_op} if rij.contactstop_reden else None,
        "toestemmingen": [
            {"doel": t["doel"], "sinds": _moment(t["sinds"]), "tot": _moment(t["tot"])} for t in rij.toestemming_rijen
        ],
        "pasgeborenen": rij.pasgeborene_ids,
        "bezoeken": rij.bezoek_ids,
    }


def _adres(rij: Any) -> dict[str, Any]:
    return {
        "straat": rij.straat,
        "huisnummer": rij.huisnummer,
        "huisletter": rij.huisletter or None,
        "toevoeging": rij.toevoeging or None,
        "postcode": f"{rij.postcode[:4]} {rij.postcode[4:]}".strip(),
        "woonplaats": rij.woonplaats,
        "wijk": rij.wijk_code,
    }


def _leeg_is_null(persoon: dict[str, Any]) -> dict[str, Any]:
    return {sleutel: None if waarde == "" else waarde for sleutel, waarde in persoon.items()}


def _moment(tekst: str | None) -> datetime | None:
    """PostgreSQL writes a moment inside JSON with an offset; the API promises UTC with Z."""
    return datetime.fromisoformat(tekst) if tekst else None


def gezin_voor(gebruiker: Gebruiker, gezin_id: UUID) -> Any:
    """One row of `gezinrijen` that this user may see. Raises NietGevonden."""
    rij = gezinrijen(gezinnen_zichtbaar_voor(gebruiker).filter(pk=gezin_id), gebruiker=gebruiker).first()
    if rij is None:
        raise NietGevonden
    return rij
