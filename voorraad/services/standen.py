"""Balances under lock: the one place where stock is locked and a lot is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from ooievaar.platform.sjabloon import sjabloon
from voorraad.fouten import OnvoldoendeVoorraad
from voorraad.models import Artikel, Artikelsoort, Locatie, Partij, Periodesluiting, Reservering, Stand


def aanleidingen_vergrendelen(aanleidingen: Iterable[str]) -> None:
    """Until the transaction ends, nobody else reserves, releases or hands out for these occasions.

    There may be no row yet to lock, so the name itself is locked; sorted, so that two batches never block each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(sleutel) FROM ("
            " SELECT DISTINCT hashtextextended('voorraad ' || naam, 0) AS sleutel FROM unnest(%s::text[]) AS naam"
            " ORDER BY sleutel) AS namen",
            [list(aanleidingen)],
        )


def standen_vergrendeld(welke: Q) -> list[Stand]:
    """These balances, locked in the documented order, with article, lot, place and Gebied; one query.

    `dicht_tot` says of each up to which day its books are closed.
    """
    return list(_met_slot().filter(welke))


@sjabloon
def _met_slot() -> QuerySet[Stand]:
    sluitingen = Periodesluiting.objects.filter(gebied=OuterRef("locatie__gebied")).order_by("-tot_en_met")
    return (
        Stand.objects.annotate(gesloten_tot=Subquery(sluitingen.values("tot_en_met")[:1]))
        .select_related("artikel", "partij", "locatie__gebied")
        .select_for_update(of=("self",), no_key=True)
        .order_by("artikel_id", F("partij_id").asc(nulls_first=True), "locatie_id")
    )


@transaction.atomic
def standen_met_beloften_vergrendeld(
    welke: Callable[[], Q], *, alles: bool = False
) -> tuple[list[Stand], list[Reservering]]:
    """These balances and what is promised of them, locked: first the occasions, then the balances, as always.

    Which occasions there are is only certain once the balances are locked. Was there one more by then, all locks are
    given back and it starts again. With `alles` nobody else moves any stock until the transaction ends: for a rare act
    that can not know beforehand which balances it needs (`welke` is asked once that holds).
    """
    bekend: set[str] = set()
    while True:
        with suppress(_NogEen), transaction.atomic():
            aanleidingen_vergrendelen(bekend)
            if alles:
                _houd_alles_vast()
            standen = standen_vergrendeld(welke())
            beloften = list(
                Reservering.objects.filter(stand__in=standen, status=Reservering.Status.ACTIEF)
                .select_related("stand__locatie")
                .order_by("gereserveerd_op", "id")
            )
            gezien = {belofte.aanleiding for belofte in beloften}
            if gezien <= bekend:
                return standen, beloften
            bekend |= gezien
            raise _NogEen


def _houd_alles_vast() -> None:
    """Wait until nobody holds a balance, and let nobody take or make one; looking at them goes on."""
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{Stand._meta.db_table}" IN EXCLUSIVE MODE')


class _NogEen(Exception):
    """An occasion appeared that was not locked."""


def dicht_tot(stand: Stand) -> date | None:
    """The last day of which the books of this Gebied are closed, as `standen_vergrendeld` read it."""
    dag: date | None = vars(stand)["gesloten_tot"]
    return dag


def vrij(stand: Stand) -> int:
    """What is here and not promised."""
    return stand.aantal - stand.gereserveerd


def uit_te_geven(stand: Stand, dag: date) -> bool:
    """Whether this lot may be handed out on this day (domain.md, rule 13): not recalled, and good for long enough."""
    if stand.partij and stand.partij.teruggeroepen_op:
        return False
    return houdbaar(stand.partij, stand.artikel.soort, stand.locatie.gebied.houdbaar_dagen, dag)


def houdbaar(partij: Partij | None, artikelsoort: str, marge_dagen: int, dag: date) -> bool:
    """A box must keep for at least `marge_dagen` more days, anything else up to and including its date."""
    if partij is None or partij.houdbaar_tot is None:
        return True
    marge = timedelta(days=marge_dagen if artikelsoort == Artikelsoort.DOOS else 0)
    return partij.houdbaar_tot >= dag + marge


def eerst_verlopend(standen: Iterable[Stand]) -> list[Stand]:
    """Earliest best-before first; what does not expire comes last."""
    return sorted(standen, key=lambda s: ((s.partij and s.partij.houdbaar_tot) or date.max, s.id))


def te_weinig(artikel: Artikel, plek: Locatie, aantal: int, standen: Iterable[Stand]) -> OnvoldoendeVoorraad:
    """The refusal that says what, where, how many were asked and how many are free."""
    beschikbaar = sum(vrij(s) for s in standen)
    return OnvoldoendeVoorraad(
        artikel=artikel, plek=plek, gevraagd=aantal, beschikbaar=beschikbaar, verdeeld=beschikbaar >= aantal
    )


def partijen_vergrendelen(ids: Iterable[UUID]) -> None:
    """Lock lots after balances, by id: two acts that share boxes wait for each other in one order."""
    list(Partij.objects.filter(pk__in=list(ids)).select_for_update(of=("self",), no_key=True).order_by("pk"))


def bijwerken(stand: Stand, verschil: int) -> None:
    """Write a locked balance."""
    stand.aantal += verschil
    stand.save(update_fields=["aantal"])
