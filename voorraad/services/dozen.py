"""Boxes for an occasion: promised, taken back, handed out.

An occasion (`aanleiding`, "bezoek:<uuid>") has parts (`onderdeel`, the child's id), and every part gets one box. What
an occasion is, is not for this app to know. All three take whole batches: the number of queries does not depend on
how many boxes there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ooievaar.platform import clock
from ooievaar.platform.bewaren import bewaar
from voorraad.models import DOOS_CODE, Locatie, Locatiesoort, Mutatie, Mutatiesoort, Reservering, Stand
from voorraad.services.perioden import in_open_periode
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import (
    aanleidingen_vergrendelen,
    dicht_tot,
    eerst_verlopend,
    standen_vergrendeld,
    uit_te_geven,
    vrij,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Uitgifte:
    """One box that was handed out: by whom, from whose place, for which part of which occasion, when."""

    houder_id: UUID | None
    aanleiding: str
    onderdeel: str
    door: Gebruiker | None
    gebeurd_op: datetime
    # From the houder's own place, whatever was promised elsewhere.
    eigen: bool = False

    @property
    def deel(self) -> tuple[str, str]:
        return self.aanleiding, self.onderdeel


@transaction.atomic
def dozen_reserveren(*, houder_id: UUID, aanleiding: str, onderdelen: Sequence[str], nu: datetime) -> int:
    """Promise one box at this volunteer's place to every onderdeel; says how many of them have one now.

    Fewer than asked when none is free: that is legal (domain.md, rule 9). Earliest best-before first, no lot too close
    to its date (rule 13), no blocked article. An onderdeel that already has a box, wherever it lies, keeps that one.
    """
    aanleidingen_vergrendelen([aanleiding])
    gevraagd = list(dict.fromkeys(onderdelen))
    voorzien = set(_actief([aanleiding]).filter(onderdeel__in=gevraagd).values_list("onderdeel", flat=True))
    nog = [onderdeel for onderdeel in gevraagd if onderdeel not in voorzien]
    if not nog:
        return len(voorzien)
    standen = standen_vergrendeld(_dozen_bij([houder_id]))
    vrije = _vrije_dozen(standen, nu)
    nieuw = [
        Reservering(stand=stand, aanleiding=aanleiding, onderdeel=onderdeel, gereserveerd_op=nu)
        for onderdeel, stand in zip(nog, vrije, strict=False)
    ]
    for reservering in nieuw:
        reservering.stand.gereserveerd += 1
    Stand.objects.bulk_update({r.stand for r in nieuw}, ["gereserveerd"])
    Reservering.objects.bulk_create(nieuw)
    return len(voorzien) + len(nieuw)


@transaction.atomic
def reserveringen_vrijgeven(*, aanleiding: str, nu: datetime, onderdelen: Sequence[str] | None = None) -> int:
    """Take back what was promised to this occasion (or to some of its onderdelen); says how many. Twice is harmless."""
    aanleidingen_vergrendelen([aanleiding])
    reserveringen = _actief([aanleiding])
    if onderdelen is not None:
        reserveringen = reserveringen.filter(onderdeel__in=list(onderdelen))
    gevonden = list(reserveringen)
    if not gevonden:
        return 0
    laat_los(gevonden, standen_vergrendeld(Q(pk__in={r.stand_id for r in gevonden})), nu=nu)
    return len(gevonden)


def laat_los(beloften: Sequence[Reservering], standen: Iterable[Stand], *, nu: datetime) -> None:
    """End these promises on locked balances; the caller has locked their occasions too."""
    op_id = {s.pk: s for s in standen}
    for belofte in beloften:
        op_id[belofte.stand_id].gereserveerd -= belofte.aantal
    Stand.objects.bulk_update([op_id[pk] for pk in {b.stand_id for b in beloften}], ["gereserveerd"])
    _beeindigen(list(beloften), Reservering.Status.VRIJGEGEVEN, nu)


def doos_uitgeven(
    *,
    houder_id: UUID | None,
    aanleiding: str,
    onderdeel: str,
    door: Gebruiker | None,
    gebeurd_op: datetime,
    nu: datetime,
) -> bool:
    """Book one box that was handed out; False when no box was on record. See `dozen_uitgeven`."""
    uitgifte = Uitgifte(houder_id, aanleiding, onderdeel, door, gebeurd_op)
    return uitgifte.deel in dozen_uitgeven(uitgiften=[uitgifte], nu=nu)


@transaction.atomic(savepoint=False)
def dozen_uitgeven(*, uitgiften: Sequence[Uitgifte], nu: datetime, klaar: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Book boxes that were handed out; gives the (aanleiding, onderdeel) for which a box is booked, now or before.

    The promised box goes, from the place where it was promised, whatever its date: it has happened. Without a promise a
    free box at her place goes that may be handed out. Without that nothing is booked: "visited without box" is legal
    and becomes work to do (domain.md, rules 9 and 13). The same onderdeel is never booked twice, except after
    the first booking was reversed. Of the occasions that are `klaar` what was promised and not used is taken back.
    """
    gevraagd = {u.deel: u for u in uitgiften}
    klaar = set(klaar)
    aanleidingen = klaar.union(u.aanleiding for u in uitgiften)
    if not aanleidingen:
        return set()
    aanleidingen_vergrendelen(aanleidingen)
    geboekt, keren = _eerder_geboekt(aanleidingen)
    nog = [u for deel, u in gevraagd.items() if deel not in geboekt]
    beloofd = {(r.aanleiding, r.onderdeel): r for r in _actief(aanleidingen)}
    gebruikt = {u.deel: beloofd[u.deel] for u in nog if u.deel in beloofd and not u.eigen}
    over = [r for deel, r in beloofd.items() if deel not in gebruikt and r.aanleiding in klaar]
    zonder = {u.houder_id for u in nog if u.deel not in gebruikt and u.houder_id}
    if not (gebruikt or over or zonder):
        return gevraagd.keys() & geboekt
    beloften = Q(pk__in=[r.stand_id for r in (*gebruikt.values(), *over)])
    standen = standen_vergrendeld(beloften | _dozen_bij(zonder))
    op_id = {s.pk: s for s in standen}

    boekingen: list[tuple[Uitgifte, Stand]] = []
    # Promised boxes first: only then is known what is free.
    for reservering in (*gebruikt.values(), *over):
        op_id[reservering.stand_id].gereserveerd -= reservering.aantal
    for uitgifte in nog:
        if belofte := gebruikt.get(uitgifte.deel):
            stand = op_id[belofte.stand_id]
            stand.aantal -= 1
            boekingen.append((uitgifte, stand))
    for uitgifte in nog:
        if uitgifte.deel not in gebruikt:
            hier = [s for s in standen if s.locatie.houder_id and s.locatie.houder_id == uitgifte.houder_id]
            if doos := next(_vrije_dozen(hier, uitgifte.gebeurd_op), None):
                doos.aantal -= 1
                boekingen.append((uitgifte, doos))

    bewaar([*{*(op_id[r.stand_id] for r in over), *(s for _u, s in boekingen)}], ["aantal", "gereserveerd"])
    _beeindigen(gebruikt.values(), Reservering.Status.VERBRUIKT, nu)
    _beeindigen(over, Reservering.Status.VRIJGEGEVEN, nu)
    gezin = _gezinsplekken({s.locatie.gebied_id for _u, s in boekingen})
    Mutatie.objects.bulk_create(
        Mutatie(
            soort=Mutatiesoort.UITGIFTE,
            artikel_id=stand.artikel_id,
            partij_id=stand.partij_id,
            van_id=stand.locatie_id,
            naar_id=gezin[stand.locatie.gebied_id],
            aantal=1,
            aanleiding=uitgifte.aanleiding,
            sleutel=_sleutel(uitgifte, keren[uitgifte.deel]),
            gebeurd_op=in_open_periode(uitgifte.gebeurd_op, dicht_tot(stand), nu=nu),
            geboekt_op=nu,
            door=uitgifte.door,
        )
        for uitgifte, stand in boekingen
    )
    return (gevraagd.keys() & geboekt) | {u.deel for u, _s in boekingen}


def _actief(aanleidingen: Iterable[str]) -> QuerySet[Reservering]:
    return Reservering.objects.filter(aanleiding__in=list(aanleidingen), status=Reservering.Status.ACTIEF)


def _dozen_bij(houder_ids: Iterable[UUID]) -> Q:
    return Q(locatie__houder_id__in=list(houder_ids), artikel__code=DOOS_CODE, aantal__gt=0)


def _vrije_dozen(standen: list[Stand], moment: datetime) -> Iterator[Stand]:
    """The balance of each free box in turn, earliest best-before first."""
    for stand in eerst_verlopend(standen):
        if uit_te_geven(stand, clock.dag_van(moment)) and not stand.artikel.geblokkeerd:
            for _doos in range(vrij(stand)):
                yield stand


def _beeindigen(reserveringen: Collection[Reservering], status: str, nu: datetime) -> None:
    if reserveringen:
        Reservering.objects.filter(pk__in=[r.pk for r in reserveringen]).update(status=status, beeindigd_op=nu)


def _eerder_geboekt(aanleidingen: Iterable[str]) -> tuple[set[tuple[str, str]], Counter[tuple[str, str]]]:
    """Of these occasions: which parts have a box booked that was not reversed, and how often each was booked at all."""
    geboekt = set()
    keren: Counter[tuple[str, str]] = Counter()
    regels = Mutatie.objects.filter(aanleiding__in=list(aanleidingen), sleutel__isnull=False).values_list(
        "aanleiding", "sleutel", "teruggedraaid_door__id"
    )
    for aanleiding, sleutel, teruggedraaid in regels:
        deel = aanleiding, str(sleutel).removeprefix(f"{aanleiding}/").partition("#")[0]
        keren[deel] += 1
        if not teruggedraaid:
            geboekt.add(deel)
    return geboekt, keren


def _sleutel(uitgifte: Uitgifte, keer: int) -> str:
    """The key under which this box can be booked only once; a number is added after a reversal."""
    sleutel = f"{uitgifte.aanleiding}/{uitgifte.onderdeel}"
    return f"{sleutel}#{keer}" if keer else sleutel


def _gezinsplekken(gebied_ids: set[UUID]) -> dict[UUID, UUID]:
    gevonden = dict(
        Locatie.objects.filter(gebied_id__in=gebied_ids, code=Locatiesoort.GEZIN).values_list("gebied_id", "id")
    )
    return gevonden | {ander: standaardplek(ander, Locatiesoort.GEZIN).pk for ander in gebied_ids - gevonden.keys()}
