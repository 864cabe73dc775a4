"""Sending what is due: claim with a lease, re-check under lock, send, mark (docs/adr/0002; quality.md, R5 to R9).

What a crash leaves behind is decided by two columns. `lease_tot`: until then the row is somebody's, after it anybody
may claim it again. `begonnen_op`: since then the provider may have had the message without our knowing. Empty means
certainly not delivered, so it can be sent; filled means only that the same key may be used again inside the provider's
window, and after that, or when the provider knows no keys, it is `onzeker` and a person decides.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from notifications.crashpunten import punt
from notifications.kanalen import Oordeel, Uitkomst, Verzendkanaal, Zending, standaard
from notifications.models import Bericht, Berichtstatus
from notifications.services.markeren import GESTOPT, MAXIMUM_POGINGEN, VERLOPEN, Uitkomsten, markeer
from notifications.sjablonen import SjabloonOntbreekt, tekst_voor
from ooievaar.kalender import dag_van, mag_nu
from ooievaar.selectors.benaderbaar import benaderbare_gezinnen
from ooievaar.selectors.bereik import Verzendregels, verzendregels

logger = logging.getLogger(__name__)

# Longer than a claimed batch takes to send; a crashed sender's messages wait this long.
LEASE = timedelta(minutes=10)
# What is urgent goes in small parts and cannot wait for the lease of a crashed sender.
SPOED_LEASE = timedelta(seconds=45)
_DEADLOCK = {"40001", "40P01"}
# What sending does not look at: a fifth of a chunk's time went into reading it.
_NIET_NODIG = ("aangemaakt_op", "gewijzigd_op", "gewijzigd_door", "verzonden_op", "sleutel", "aanleiding")


@dataclass
class Verzendresultaat:
    """What one run did, by outcome: verzonden, later, mislukt, geannuleerd, verlopen, onzeker."""

    aantallen: Counter[str] = field(default_factory=Counter)

    def __getattr__(self, naam: str) -> int:
        if naam in ("verzonden", "later", "mislukt", "geannuleerd", "verlopen", "onzeker"):
            return self.aantallen[naam]
        raise AttributeError(naam)


@dataclass(frozen=True)
class _Claim:
    """Rows that are ours until `lease`. The lease is also our token: who claims after us has another one."""

    rijen: list[tuple[UUID, UUID | None]]  # id, gezin_id
    op: datetime
    lease: datetime


class _Klok:
    """The moment the run was given, going on from there: a long run notices that the quiet hours begin."""

    def __init__(self, nu: datetime) -> None:
        self._nu, self._start = nu, time.monotonic()

    def nu(self) -> datetime:
        return self._nu + timedelta(seconds=time.monotonic() - self._start)


def verzend(
    *, nu: datetime, kanalen: Sequence[Verzendkanaal] | None = None, batch: int = 200, spoed: bool = False
) -> Verzendresultaat:
    """Send everything that is due at `nu` and may go now; any number of senders may run at once.

    What is urgent waits neither for its hour nor behind the rest: it has a sender of its own (`spoed`), and this one
    leaves it alone. Must not be called inside a transaction: claim, start and outcome are each committed on their own.
    """
    klok = _Klok(nu)
    regels = verzendregels()
    resultaat = Verzendresultaat()
    for kanaal in standaard() if kanalen is None else kanalen:
        resultaat.aantallen += _opruimen(kanaal, klok.nu(), spoed)
        while (claim := _claim(kanaal, klok.nu(), regels, batch, spoed)).rijen:
            punt("na_claim")
            for begin in range(0, len(claim.rijen), kanaal.partij):
                partij = claim.rijen[begin : begin + kanaal.partij]
                resultaat.aantallen += _verzend_partij(kanaal, partij, claim, klok, regels)
    return resultaat


def _opruimen(kanaal: Verzendkanaal, nu: datetime, spoed: bool) -> Counter[str]:
    """Settle what is not to be sent any more: expired, tried too often, or perhaps delivered and not to be repeated."""
    van_niemand = Bericht.objects.filter(kanaal=kanaal.naam, spoed=spoed).filter(
        Q(status=Berichtstatus.GEPLAND) | Q(status=Berichtstatus.BEZIG, lease_tot__lte=nu)
    )
    verlopen = Q(verloopt_op__lte=nu)
    te_vaak = Q(pogingen__gte=MAXIMUM_POGINGEN)
    misschien = Q(begonnen_op__isnull=False)
    geen_sleutel_meer = (
        Q(begonnen_op__lte=nu - kanaal.sleutelvenster) if kanaal.sleutelvenster is not None else misschien
    )
    return Counter(
        {
            "onzeker": _zet(
                van_niemand.filter(misschien & (verlopen | te_vaak | geen_sleutel_meer)),
                Berichtstatus.ONZEKER,
                "afgebroken",
            ),
            "verlopen": _zet(van_niemand.filter(verlopen & ~misschien), Berichtstatus.GEANNULEERD, "verlopen"),
            "mislukt": _zet(van_niemand.filter(te_vaak & ~misschien), Berichtstatus.MISLUKT, "teVaak"),
        }
    )


def _zet(rijen: QuerySet[Bericht], status: Berichtstatus, fout: str) -> int:
    with transaction.atomic():
        ids = list(rijen.order_by("pk").select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
        if not ids:
            return 0
        return Bericht.objects.filter(pk__in=ids).update(status=status, fout=fout, lease_tot=None)


def _claim(
    kanaal: Verzendkanaal, nu: datetime, regels: Mapping[UUID, Verzendregels], batch: int, spoed: bool
) -> _Claim:
    """Take up to `batch` due messages for ourselves and commit that; other senders pass over them."""
    gebieden = [gebied for gebied, regel in regels.items() if spoed or mag_nu(nu, regel.uren, regel.stil)]
    claim = _Claim([], nu, nu + (SPOED_LEASE if spoed else LEASE))
    if not gebieden:
        return claim
    with transaction.atomic():
        due = Bericht.objects.filter(
            Q(status=Berichtstatus.GEPLAND, gepland_op__lte=nu) | Q(status=Berichtstatus.BEZIG, lease_tot__lte=nu),
            Q(verloopt_op__isnull=True) | Q(verloopt_op__gt=nu),
            kanaal=kanaal.naam,
            spoed=spoed,
            gebied_id__in=gebieden,
            pogingen__lt=MAXIMUM_POGINGEN,
        ).order_by("gepland_op")
        if kanaal.sleutelvenster is None:
            due = due.filter(begonnen_op__isnull=True)
        claim.rijen.extend(due.select_for_update(of=("self",), skip_locked=True).values_list("pk", "gezin_id")[:batch])
        velden = {"status": Berichtstatus.BEZIG, "lease_tot": claim.lease, "pogingen": F("pogingen") + 1}
        if kanaal.sleutelvenster is not None:
            # From here on it may be called, and the key's window counts from the first time.
            velden["begonnen_op"] = Coalesce("begonnen_op", claim.op)
        Bericht.objects.filter(pk__een_van=[pk for pk, _gezin in claim.rijen]).update(**velden)
    return claim


def _verzend_partij(
    kanaal: Verzendkanaal,
    partij: Sequence[tuple[UUID, UUID | None]],
    claim: _Claim,
    klok: _Klok,
    regels: Mapping[UUID, Verzendregels],
) -> Counter[str]:
    """Lock, re-check, send and mark a few claimed messages in one transaction.

    Lock order: families, then messages, each by id. The locks are held while the provider is called, so a stop either
    committed before and is seen here, or waits until what had started is written down.
    """
    onze = Bericht.objects.filter(
        pk__een_van=[pk for pk, _gezin in partij], status=Berichtstatus.BEZIG, lease_tot=claim.lease
    )
    if kanaal.extern and kanaal.sleutelvenster is None:
        onze.update(begonnen_op=klok.nu())
    try:
        with transaction.atomic():
            benaderbaar = benaderbare_gezinnen({gezin for _pk, gezin in partij if gezin}, vergrendel=True)
            rijen = list(onze.order_by("pk").select_for_update(of=("self",)).defer(*_NIET_NODIG))
            nu = klok.nu()
            uitkomsten, te_gaan = _beoordeel(rijen, benaderbaar, nu, regels)
            zendingen = _zendingen(kanaal, te_gaan, uitkomsten, nu, regels)
            punt("voor_verzenden")
            antwoorden = _overhandig(kanaal, zendingen)
            punt("na_verzenden")
            telling = markeer(
                kanaal, rijen, {**uitkomsten, **antwoorden}, geclaimd_op=claim.op, nu=klok.nu(), regels=regels
            )
    except OperationalError as exc:
        if getattr(exc.__cause__, "sqlstate", None) not in _DEADLOCK:
            raise
        # Before anything was sent (only taking locks can deadlock); the lease brings it back.
        logger.warning("sending waits: the database asked to try again")
        return Counter(later=len(partij))
    punt("na_markeren")
    return telling


def _beoordeel(
    rijen: Iterable[Bericht], benaderbaar: frozenset[UUID], nu: datetime, regels: Mapping[UUID, Verzendregels]
) -> tuple[Uitkomsten, list[Bericht]]:
    """The last check before sending: who may still be contacted, and whether it is still the hour for it."""
    uitkomsten: Uitkomsten = {}
    te_gaan = []
    mag = {gebied: mag_nu(nu, regel.uren, regel.stil) for gebied, regel in regels.items()}
    for rij in rijen:
        if rij.gezin_id is not None and rij.gezin_id not in benaderbaar:
            uitkomsten[rij.pk] = GESTOPT
        elif rij.verloopt_op is not None and rij.verloopt_op <= nu:
            uitkomsten[rij.pk] = VERLOPEN
        elif not rij.spoed and not mag[rij.gebied_id]:
            uitkomsten[rij.pk] = None
        else:
            te_gaan.append(rij)
    return uitkomsten, te_gaan


def _zendingen(
    kanaal: Verzendkanaal,
    rijen: Sequence[Bericht],
    uitkomsten: Uitkomsten,
    nu: datetime,
    regels: Mapping[UUID, Verzendregels],
) -> list[Zending]:
    """Address and text, looked up now. What lacks one gets its verdict in `uitkomsten`."""
    dag = dag_van(nu)
    if not kanaal.extern:
        return [Zending(rij.pk, rij.gebied_id, dag) for rij in rijen]
    adressen = kanaal.adressen(
        gezin_ids=[r.gezin_id for r in rijen if r.gezin_id],
        ooievaarsmoeder_ids=[r.ooievaarsmoeder_id for r in rijen if r.ooievaarsmoeder_id],
        gebruiker_ids=[r.gebruiker_id for r in rijen if r.gebruiker_id],
    )
    zendingen = []
    for rij in rijen:
        regel = regels[rij.gebied_id]
        ontvanger = rij.gezin_id or rij.ooievaarsmoeder_id or rij.gebruiker_id
        adres = adressen.get(ontvanger) if ontvanger else None
        if not adres:
            uitkomsten[rij.pk] = Uitkomst(Oordeel.NOOIT, "geenAdres")
            continue
        try:
            onderwerp, tekst = tekst_voor(
                rij.soort,
                rij.kanaal,
                rij.context,
                gebied=regel.naam,
                telefoonnummer=regel.telefoonnummer,
                taal=rij.taal,
            )
        except SjabloonOntbreekt:
            uitkomsten[rij.pk] = Uitkomst(Oordeel.NOOIT, "geenTekst")
            continue
        zendingen.append(Zending(rij.pk, rij.gebied_id, dag, adres, onderwerp, tekst))
    return zendingen


def _overhandig(kanaal: Verzendkanaal, zendingen: Sequence[Zending]) -> dict[UUID, Uitkomst]:
    """Call the channel. What it does not answer for, or a channel that breaks: perhaps delivered."""
    if not zendingen:
        return {}
    if not kanaal.extern:
        return dict(kanaal.verzend(zendingen))
    onbekend = Uitkomst(Oordeel.ONZEKER, "geenAntwoord")
    try:
        antwoorden = kanaal.verzend(zendingen)
    except Exception:
        logger.exception("channel %s broke while sending", kanaal.naam)
        antwoorden = {}
    return {z.id: antwoorden.get(z.id, onbekend) for z in zendingen}
