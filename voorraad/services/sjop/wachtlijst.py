"""Who asked first gets first: requests are promised what lies on the shelf."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from ooievaar.platform import clock
from voorraad.models import Inbreng, Reservering, Sjopaanvraag, Stand
from voorraad.services.dozen import reserveringen_vrijgeven
from voorraad.services.sjop.basis import instelling_van, schap, sjop_vergrendelen
from voorraad.services.standen import aanleidingen_vergrendelen, standen_vergrendeld, vrij
from voorraad.sjopregels import past


@transaction.atomic
def wachtlijst_bijwerken(*, gebied_id: UUID, nu: datetime) -> int:
    """Promise what is free to who waits for it, the oldest request first; says how many were promised.

    Called after everything that puts something on the shelf or adds a request, and by the sweep.
    """
    sjop_vergrendelen(gebied_id)
    _zonder_belofte_weer_wachten(gebied_id)
    wachtend = list(
        Sjopaanvraag.objects.filter(
            pas__gebied_id=gebied_id,
            pas__gestopt_op__isnull=True,
            pas__geldig_tot__gte=clock.dag_van(nu),
            status=Sjopaanvraag.Status.WACHT,
            categorie__artikel__geblokkeerd=False,
        ).order_by("aangevraagd_op", "id")
    )
    if not wachtend:
        return 0
    stukken = _vrije_stukken(gebied_id, {a.categorie_id for a in wachtend}, nu)
    ruimte = {stand.pk: vrij(stand) for _stuk, stand in stukken}
    gekozen: dict[UUID, tuple[Inbreng, Stand]] = {}
    for aanvraag in wachtend:
        for stuk, stand in stukken:
            if ruimte[stand.pk] >= aanvraag.aantal and _past(aanvraag, stuk):
                ruimte[stand.pk] -= aanvraag.aantal
                gekozen[aanvraag.pk] = (stuk, stand)
                break
    return _toezeggen(gekozen, nu=nu)


def _zonder_belofte_weer_wachten(gebied_id: UUID) -> None:
    """A count that found less lets promises go without knowing of requests: those wait again."""
    actief = Reservering.objects.filter(status=Reservering.Status.ACTIEF, aanleiding__startswith="sjopaanvraag:")
    beloofd = set(actief.values_list("aanleiding", flat=True))
    toegezegd = Sjopaanvraag.objects.filter(pas__gebied_id=gebied_id, status=Sjopaanvraag.Status.TOEGEZEGD)
    los = [aanvraag.pk for aanvraag in toegezegd if aanvraag.aanleiding not in beloofd]
    if los:
        Sjopaanvraag.objects.filter(pk__in=los, status=Sjopaanvraag.Status.TOEGEZEGD).update(
            status=Sjopaanvraag.Status.WACHT, inbreng=None, toegezegd_op=None
        )


def _vrije_stukken(gebied_id: UUID, categorieen: set[UUID], nu: datetime) -> list[tuple[Inbreng, Stand]]:
    """What lies free on the shelf of these kinds, what lies longest first."""
    standen = {
        stand.partij_id: stand
        for stand in Stand.objects.filter(
            locatie=schap(gebied_id), aantal__gt=F("gereserveerd"), partij__inbreng__categorie__in=categorieen
        )
    }
    stukken = Inbreng.objects.filter(partij__in=standen, status=Inbreng.Status.VRIJ).filter(
        Q(houdbaar_tot__isnull=True) | Q(houdbaar_tot__gte=clock.dag_van(nu))
    )
    return [(stuk, standen[stuk.partij_id]) for stuk in stukken.order_by("ingebracht_op", "id")]


def _past(aanvraag: Sjopaanvraag, stuk: Inbreng) -> bool:
    return stuk.categorie_id == aanvraag.categorie_id and past(aanvraag.maat, aanvraag.seizoen, stuk.maat, stuk.seizoen)


def _toezeggen(gekozen: dict[UUID, tuple[Inbreng, Stand]], *, nu: datetime) -> int:
    """Promise on locked rows, as far as they are still what they were: a stop may have come in between."""
    if not gekozen:
        return 0
    rijen = Sjopaanvraag.objects.filter(pk__in=gekozen, status=Sjopaanvraag.Status.WACHT).order_by("pk")
    # What a stop holds at this moment is passed over: it may be waiting for a balance that is locked here.
    aanvragen = list(rijen.select_for_update(of=("self",), no_key=True, skip_locked=True))
    aanleidingen_vergrendelen(aanvraag.aanleiding for aanvraag in aanvragen)
    standen = {s.pk: s for s in standen_vergrendeld(Q(pk__in={stand.pk for _stuk, stand in gekozen.values()}))}
    aantal = 0
    for aanvraag in sorted(aanvragen, key=lambda a: (a.aangevraagd_op, a.pk)):
        stuk, gezien = gekozen[aanvraag.pk]
        stand = standen[gezien.pk]
        if vrij(stand) < aanvraag.aantal:
            continue
        Reservering.objects.create(
            stand=stand, aanleiding=aanvraag.aanleiding, aantal=aanvraag.aantal, gereserveerd_op=nu
        )
        stand.gereserveerd += aanvraag.aantal
        stand.save(update_fields=["gereserveerd"])
        aanvraag.status, aanvraag.inbreng, aanvraag.toegezegd_op = Sjopaanvraag.Status.TOEGEZEGD, stuk, nu
        aanvraag.save(update_fields=["status", "inbreng", "toegezegd_op"])
        aantal += 1
    return aantal


@transaction.atomic
def toezegging_verlopen(*, gebied_id: UUID, nu: datetime) -> int:
    """What nobody came for is free again, and its request ends; says how many."""
    sjop_vergrendelen(gebied_id)
    grens = nu - timedelta(days=instelling_van(gebied_id).bewaar_dagen)
    oud = Sjopaanvraag.objects.filter(
        pas__gebied_id=gebied_id, status=Sjopaanvraag.Status.TOEGEZEGD, toegezegd_op__lt=grens
    ).order_by("pk")
    aanvragen = list(oud.select_for_update(of=("self",), no_key=True))
    for aanvraag in aanvragen:
        beeindigen(aanvraag, nu=nu)
    return len(aanvragen)


def beeindigen(aanvraag: Sjopaanvraag, *, nu: datetime) -> None:
    """End a locked request without giving anything; what was promised to it is free again."""
    reserveringen_vrijgeven(aanleiding=aanvraag.aanleiding, nu=nu)
    aanvraag.status, aanvraag.beeindigd_op = Sjopaanvraag.Status.GEANNULEERD, nu
    aanvraag.save(update_fields=["status", "beeindigd_op"])
