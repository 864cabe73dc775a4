"""Reading for the assignment: all facts the rules need in two queries, for one visit or for hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from bezoeken.models import Afspraak, Bezoek, Toewijzing
from bezoeken.toestand import Status
from bezoeken.toewijzing import regels
from bezoeken.toewijzing.regels import Bezoekfeiten, GeplandBezoek, Moederfeiten, Periode
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.gezinnen import achternaam_van_kind, taal_van_gezin
from ooievaar.selectors.ooievaarsmoeders import inzetfeiten, met_wijken
from voorraad.selectors import thuisplek_van

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Ooievaarsmoeder

BIJ_IEMAND = (Status.TOEGEWEZEN.value, Status.GEPLAND.value)


def bezoeken_van_coordinator(gebruiker: Gebruiker) -> QuerySet[Bezoek]:
    """The visits this user may assign: those of her wijken, not those she has herself as a volunteer elsewhere."""
    return Bezoek.objects.filter(gebruiker.bevoegdheid.filter("coordinator"))


def bezoek_van_coordinator(gebruiker: Gebruiker, bezoek_id: UUID) -> Bezoek:
    """One visit this user may assign. Raises NietGevonden."""
    bezoek = bezoeken_van_coordinator(gebruiker).filter(pk=bezoek_id).first()
    if bezoek is None:
        raise NietGevonden
    return bezoek


@dataclass(frozen=True)
class Toewijsfeiten:
    """What the rules must know of some visits and of every volunteer of their areas, as of one day."""

    bezoeken: Mapping[UUID, Bezoekfeiten]
    moeders: Mapping[UUID, Moederfeiten]
    vandaag: date

    def oordeel(self, bezoek_id: UUID) -> regels.Oordeel:
        """The proposals for this visit, and who falls off; no query."""
        return regels.beoordeel(self.bezoeken[bezoek_id], self.moeders.values(), self.vandaag)


def toewijsfeiten(bezoeken: QuerySet[Bezoek], *, nu: datetime) -> Toewijsfeiten:
    """All facts for these visits in two queries, whatever the number of visits and of volunteers.

    Volunteers are those of the whole Gebied: somebody from a neighbouring wijk may be the best one, also when she
    belongs to another coordinator's wijken (domain.md, rule 7).
    """
    vandaag = clock.dag_van(nu)
    feiten = {rij["id"]: _bezoekfeiten(rij) for rij in _bezoekrijen(bezoeken)}
    if not feiten:
        return Toewijsfeiten({}, {}, vandaag)
    return Toewijsfeiten(feiten, moederfeiten({b.gebied_id for b in feiten.values()}, nu=nu), vandaag)


def moederfeiten(gebied_ids: Iterable[UUID], *, nu: datetime) -> dict[UUID, Moederfeiten]:
    """What the rules must know of every volunteer of these areas; one query."""
    vandaag = clock.dag_van(nu)
    return {m.pk: _moederfeiten(m, vandaag) for m in _met_belasting(inzetfeiten(gebied_ids))}


def _bezoekrijen(bezoeken: QuerySet[Bezoek]) -> QuerySet[Bezoek, dict[str, Any]]:
    buren = Bezoek.objects.filter(pk=OuterRef("pk"), wijk__buren__isnull=False)
    eerder = Bezoek.objects.filter(gezin=OuterRef("gezin_id"), status=Status.BEZOCHT, ooievaarsmoeder__isnull=False)
    return bezoeken.annotate(
        buurwijken=ArraySubquery(buren.values("wijk__buren")),
        eerder=ArraySubquery(eerder.exclude(pk=OuterRef("pk")).values("ooievaarsmoeder_id")),
        taal=Subquery(taal_van_gezin(OuterRef("gezin_id"))),
        begin_afspraak=_begin_afspraak(),
        wil_iemand_van_buiten=F("gezin__wil_iemand_van_buiten"),
    ).values(
        "id",
        "gezin_id",
        "gebied_id",
        "wijk_id",
        "venster_begin",
        "venster_eind",
        "buurwijken",
        "eerder",
        "taal",
        "begin_afspraak",
        "wil_iemand_van_buiten",
    )


def _bezoekfeiten(rij: dict[str, Any]) -> Bezoekfeiten:
    return Bezoekfeiten(
        id=rij["id"],
        gezin_id=rij["gezin_id"],
        gebied_id=rij["gebied_id"],
        wijk=rij["wijk_id"],
        buurwijken=frozenset(rij["buurwijken"]),
        taal=rij["taal"] or "nl",
        begin=rij["venster_begin"],
        eind=rij["venster_eind"],
        afspraak=clock.dag_van(rij["begin_afspraak"]) if rij["begin_afspraak"] else None,
        wil_iemand_van_buiten=rij["wil_iemand_van_buiten"],
        eerder=frozenset(rij["eerder"]),
    )


def _moederfeiten(moeder: Any, vandaag: date) -> Moederfeiten:
    return Moederfeiten(
        id=moeder.pk,
        naam=moeder.naam,
        gebied_id=moeder.gebied_id,
        wijken=frozenset(moeder.wijk_ids),
        talen=frozenset(moeder.talen),
        maximum=moeder.maximum_per_week,
        actief=moeder.actief,
        verklaring_getekend=moeder.verklaring_getekend,
        training_afgerond=moeder.training_afgerond,
        vog_tot=regels.vog_tot(moeder.vog_datum, moeder.vog_jaren),
        afwezig=tuple(
            Periode(date.fromisoformat(a["begin"]), date.fromisoformat(a["eind"]) if a["eind"] else None)
            for a in moeder.afwezig
        ),
        relaties=frozenset(moeder.relatie_gezinnen),
        gepland=_gepland(moeder.belasting, vandaag),
    )


def _begin_afspraak() -> Subquery:
    """The moment of the visit's appointment, if there is one."""
    afspraak = Afspraak.objects.filter(bezoek=OuterRef("pk"), vervallen_op__isnull=True)
    return Subquery(afspraak.values("begin")[:1], output_field=DateTimeField())


def _met_belasting(moeders: QuerySet[Ooievaarsmoeder]) -> QuerySet[Ooievaarsmoeder]:
    """The volunteers with their open visits as `belasting`: part of the same query."""
    van_haar = Bezoek.objects.filter(ooievaarsmoeder_id=OuterRef("pk"), status__in=BIJ_IEMAND)
    rij = JSONObject(id="id", begin="venster_begin", afspraak="begin_afspraak")
    return moeders.annotate(
        belasting=ArraySubquery(van_haar.annotate(begin_afspraak=_begin_afspraak()).values(rij=rij))
    )


def _gepland(belasting: Iterable[dict[str, Any]], vandaag: date) -> tuple[GeplandBezoek, ...]:
    return tuple(
        GeplandBezoek(
            UUID(rij["id"]),
            regels.geplande_dag(
                date.fromisoformat(rij["begin"]),
                clock.dag_van(datetime.fromisoformat(rij["afspraak"])) if rij["afspraak"] else None,
                vandaag,
            ),
        )
        for rij in belasting
    )


def ooievaarsmoederrijen(moeders: QuerySet[Ooievaarsmoeder]) -> QuerySet[Ooievaarsmoeder]:
    """The volunteers with everything that api.md shows of them (see `bezet`): one query."""
    return _met_belasting(met_wijken(moeders)).annotate(locatie=Subquery(thuisplek_van(OuterRef("pk"))))


def bezet(moeder: Any, *, vandaag: date) -> int:
    """Her open visits in the busiest 7 days from today on, of a row of `ooievaarsmoederrijen`; no query."""
    return regels.drukste_week((g.dag for g in _gepland(moeder.belasting, vandaag)), vandaag)


def bezoekrijen(bezoeken: QuerySet[Bezoek]) -> QuerySet[Bezoek, dict[str, Any]]:
    """The visits as a person reads them in a list (`bladzijde.rij_uit`): one query."""
    return bezoeken.annotate(
        achternaam=Subquery(achternaam_van_kind(OuterRef("gezin_id"), OuterRef("geboortedatum"))),
        taal=Subquery(taal_van_gezin(OuterRef("gezin_id"))),
    ).values(
        "id",
        "gezin_id",
        "achternaam",
        "taal",
        "status",
        "versie",
        "venster_begin",
        "venster_eind",
        "aanvaard_op",
        "ooievaarsmoeder_id",
        naam_moeder=F("ooievaarsmoeder__naam"),
        naam_wijk=F("wijk__naam"),
        uitloop=F("gebied__verlopen_dag") - F("gebied__venster_eind_dag"),
    )


@dataclass(frozen=True)
class OverTeDragen:
    """A visit that should go to somebody else, with the reasons as codes (words: `woorden.OVERDRACHT`)."""

    bezoek_id: UUID
    ooievaarsmoeder_id: UUID
    naam: str
    venster_begin: date
    venster_eind: date
    redenen: tuple[str, ...]


def over_te_dragen(gebruiker: Gebruiker, *, nu: datetime) -> list[OverTeDragen]:
    """The assigned visits in reach of this coordinator that can not stay where they are, most urgent first.

    Of volunteers who left, are away for the days that are left, whose VOG is or gets too old, who turned out to know
    the family, or who did not answer in `antwoord_dagen` days (domain.md, rule 8). Three queries.
    """
    bezoeken = bezoeken_van_coordinator(gebruiker).filter(status__in=BIJ_IEMAND)
    toegewezen_op = Toewijzing.objects.filter(bezoek=OuterRef("pk"), beeindigd_op__isnull=True).values("toegewezen_op")
    rijen = list(
        bezoeken.annotate(toegewezen_op=Subquery(toegewezen_op[:1]), antwoord_dagen=F("gebied__antwoord_dagen"))
        .order_by("venster_eind", "id")
        .values("id", "ooievaarsmoeder_id", "aanvaard_op", "toegewezen_op", "antwoord_dagen")
    )
    feiten = toewijsfeiten(bezoeken, nu=nu)
    uitkomst = []
    for rij in rijen:
        bezoek, moeder = feiten.bezoeken.get(rij["id"]), feiten.moeders.get(rij["ooievaarsmoeder_id"])
        if bezoek is None or moeder is None:
            continue  # changed between the two reads
        redenen = regels.overdrachtsredenen(
            moeder,
            bezoek,
            feiten.vandaag,
            toegewezen_op=clock.dag_van(rij["toegewezen_op"]) if rij["toegewezen_op"] else None,
            aanvaard=rij["aanvaard_op"] is not None,
            antwoord_dagen=rij["antwoord_dagen"],
        )
        if redenen:
            uitkomst.append(OverTeDragen(bezoek.id, moeder.id, moeder.naam, bezoek.begin, bezoek.eind, redenen))
    return uitkomst


def open_toewijzingen_van(moeder_id: UUID) -> Q:
    """The visits that a volunteer has now and that still have to take place."""
    return Q(ooievaarsmoeder_id=moeder_id, status__in=BIJ_IEMAND)
