"""Everything the reminder rules need, for all running visits at once: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from bezoeken.herinneringen import Bezoekstand, Gezinsbereik, Omgeving, Ontvanger, Regel, standaard
from bezoeken.instellingen import vensterregels
from bezoeken.kraambezoek.selectors import LOPEND
from bezoeken.models import Afspraak, Bezoek, Herinneringsregel, Toewijzing
from bezoeken.venster import Venster
from notifications.kanalen import beschikbaar
from notifications.selectors import aanleidingen_met, doel_van, gestopte_kanalen, met_push
from ooievaar.kalender import dag_van, moment_op
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.selectors.bereik import Coordinator, gebieden_met_verzendregels, gezinsbereik
from ooievaar.selectors.bereik import Gezinsbereik as Bereik

if TYPE_CHECKING:
    from ooievaar.models import Gebied

AANKONDIGING = "aankondiging"


def aanleiding(bezoek_id: UUID) -> str:
    """What a message about this visit says it is about; by it the message is cancelled."""
    return f"bezoek:{bezoek_id}"


@dataclass(frozen=True)
class Lopend:
    """A running visit: its state for the rules, and what the messages about it need besides."""

    stand: Bezoekstand
    versie: int
    gebied_id: UUID
    wijk_id: UUID | None
    gezin_id: UUID
    ooievaarsmoeder_id: UUID | None


def omgevingen(gebied_ids: Iterable[UUID] | None = None) -> dict[UUID, Omgeving]:
    """The settings of each Gebied; two queries. One that has no reminder rules at all gets those of domain.md."""
    return {pk: omgeving for pk, (_regels, omgeving) in _met_regels(gebied_ids).items()}


def regels_en_omgeving(gebied_id: UUID) -> tuple[list[Herinneringsregel], Omgeving]:
    """The rules of one Gebied, also those that are off, and its settings; two queries.

    One that has none of its own gets those of domain.md, not saved.
    """
    return _met_regels([gebied_id])[gebied_id]


def regels_van(gebied_id: UUID) -> list[Herinneringsregel]:
    """The rules of a Gebied, by kind and recipient; see `regels_en_omgeving`."""
    return regels_en_omgeving(gebied_id)[0]


def _met_regels(gebied_ids: Iterable[UUID] | None) -> dict[UUID, tuple[list[Herinneringsregel], Omgeving]]:
    eigen: dict[UUID, list[Herinneringsregel]] = {}
    for rij in Herinneringsregel.objects.order_by("soort", "ontvanger"):
        eigen.setdefault(rij.gebied_id, []).append(rij)
    kanalen = beschikbaar()
    gekozen = None if gebied_ids is None else set(gebied_ids)
    gevonden = {}
    for gebied, verzending in gebieden_met_verzendregels():
        if gekozen is not None and gebied.pk not in gekozen:
            continue
        regels = eigen.get(gebied.pk) or _standaardrijen(gebied)
        omgeving = Omgeving(
            regels=tuple(Regel(r.soort, Ontvanger(r.ontvanger), r.dag, r.tijd) for r in regels if r.actief),
            venster=vensterregels(gebied),
            contact_vanaf=gebied.contact_vanaf_dag,
            uren=verzending.uren,
            stil=verzending.stil,
            kanalen=kanalen,
        )
        gevonden[gebied.pk] = (regels, omgeving)
    return gevonden


def _standaardrijen(gebied: Gebied) -> list[Herinneringsregel]:
    regels = sorted(standaard(gebied.antwoord_dagen), key=lambda r: (r.soort, r.ontvanger))
    return [Herinneringsregel(gebied_id=gebied.pk, soort=r.soort, ontvanger=r.ontvanger, dag=r.dag) for r in regels]


def lopende_bezoeken(
    omgevingen: dict[UUID, Omgeving], nu: datetime, *, gezin_id: UUID | None = None, hervat: bool = False
) -> list[Lopend]:
    """The visits about which something may be due: running, and old enough to be contacted; six queries.

    With `hervat` a person plans again what a stop cancelled: the stop and what it cancelled no longer count.
    """
    te_lezen = _rijen(omgevingen, nu)
    rijen = list(te_lezen if gezin_id is None else te_lezen.filter(gezin_id=gezin_id))
    gezinnen = {rij["gezin_id"] for rij in rijen}
    bereik = gezinsbereik(gezinnen)
    gestopt = gestopte_kanalen(gezinnen, doel_van(AANKONDIGING))
    push = met_push(gebruiker_ids={rij["moeder_gebruiker"] for rij in rijen if rij["moeder_gebruiker"]})
    benaderbaar = benaderbare_gezinnen(gezinnen)
    aangekondigd = aanleidingen_met(AANKONDIGING, [aanleiding(rij["id"]) for rij in rijen], ook_geannuleerd=not hervat)
    return [
        Lopend(
            stand=Bezoekstand(
                bezoek_id=rij["id"],
                geboortedatum=rij["geboortedatum"],
                venster=Venster(rij["venster_begin"], rij["venster_eind"]),
                status=rij["status"],
                mag_benaderd=rij["gezin_id"] in benaderbaar,
                aangekondigd=aanleiding(rij["id"]) in aangekondigd,
                bereik=_bereik(bereik.get(rij["gezin_id"], _ONBEKEND), gestopt.get(rij["gezin_id"], frozenset())),
                toewijzing_id=rij["toewijzing_id"],
                toegewezen_op=rij["toegewezen_op"],
                aanvaard=rij["aanvaard_op"] is not None,
                moeder_email=bool(rij["moeder_email"]),
                moeder_push=rij["moeder_gebruiker"] in push,
                afspraak_id=rij["afspraak_id"],
                afspraak_begin=rij["afspraak_begin"],
                hersteld_op=None if hervat else rij["hersteld_op"],
            ),
            versie=rij["versie"],
            gebied_id=rij["gebied_id"],
            wijk_id=rij["wijk_id"],
            gezin_id=rij["gezin_id"],
            ooievaarsmoeder_id=rij["ooievaarsmoeder_id"],
        )
        for rij in rijen
    ]


_ONBEKEND = Bereik()


def _bereik(bekend: Bereik, gestopt: frozenset[str]) -> Gezinsbereik:
    return Gezinsbereik(bekend.email, bekend.voorkeur, bekend.sms, gestopt, bekend.taal)


def _rijen(omgevingen: dict[UUID, Omgeving], nu: datetime) -> QuerySet[Bezoek, dict[str, Any]]:
    oud_genoeg = Q(pk__in=[])
    for gebied_id, omgeving in omgevingen.items():
        oud_genoeg |= Q(gebied_id=gebied_id, geboortedatum__lte=dag_van(nu) - timedelta(days=omgeving.contact_vanaf))
    afspraak = Afspraak.objects.filter(bezoek=OuterRef("pk"), vervallen_op__isnull=True)
    toewijzing = Toewijzing.objects.filter(bezoek=OuterRef("pk"), beeindigd_op__isnull=True)
    return (
        Bezoek.objects.filter(oud_genoeg, status__in=LOPEND)
        .order_by("pk")
        .annotate(
            afspraak_id=Subquery(afspraak.values("pk")[:1]),
            afspraak_begin=Subquery(afspraak.values("begin")[:1]),
            toewijzing_id=Subquery(toewijzing.values("pk")[:1]),
            toegewezen_op=Subquery(toewijzing.values("toegewezen_op")[:1]),
        )
        .values(
            "id",
            "versie",
            "gebied_id",
            "wijk_id",
            "gezin_id",
            "ooievaarsmoeder_id",
            "geboortedatum",
            "venster_begin",
            "venster_eind",
            "status",
            "aanvaard_op",
            "afspraak_id",
            "afspraak_begin",
            "toewijzing_id",
            "toegewezen_op",
            hersteld_op=F("gezin__hersteld_op"),
            moeder_email=F("ooievaarsmoeder__emailadres"),
            moeder_gebruiker=Case(
                When(
                    ooievaarsmoeder__actief=True,
                    ooievaarsmoeder__gebruiker__is_active=True,
                    then="ooievaarsmoeder__gebruiker_id",
                )
            ),
        )
    )


def coordinatoren_van(bezoek: Lopend, alle: Iterable[Coordinator]) -> list[Coordinator]:
    """Who hears about this visit: the coordinators of its wijk or, when it has none, those of the whole Gebied."""
    van_gebied = [c for c in alle if c.gebied_id == bezoek.gebied_id]
    van_wijk = [c for c in van_gebied if bezoek.wijk_id in c.wijk_ids]
    return van_wijk or [c for c in van_gebied if not c.wijk_ids]


def standen_van(gebied_id: UUID, omgeving: Omgeving, *, vandaag: date) -> list[Bezoekstand]:
    """Every running visit of a Gebied as it is now, also those that are too young for any contact today."""
    later = {gebied_id: replace(omgeving, contact_vanaf=0)}
    return [bezoek.stand for bezoek in lopende_bezoeken(later, moment_op(vandaag, time(12)))]
