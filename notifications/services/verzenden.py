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

from notifications.crashpunten import punt
from notifications.doelen import doel_van
from notifications.kanalen import KANAALFOUTEN, Oordeel, Uitkomst, Verzendkanaal, Zending, standaard
from notifications.models import Bericht, Berichtstatus
from notifications.selectors import eigen_teksten, kanaalstops, zonder_toestemming
from notifications.services.claimen import (
    Claim,
    Rij,
    claim,
    met_rust,
    opruimen,
    staak,
    wacht_op_beurt,
    wachtende_kanalen,
)
from notifications.services.markeren import (
    GEEN_TOESTEMMING,
    GESTOPT,
    KANAAL_GESTOPT,
    VERLOPEN,
    WACHT,
    Uitkomsten,
    markeer,
)
from notifications.services.opstellen import EigenTeksten, Post, opstellen
from ooievaar.kalender import mag_nu
from ooievaar.platform.opnieuw import is_botsing
from ooievaar.selectors.benaderbaar import Contact, contactstanden
from ooievaar.selectors.bereik import Verzendregels, verzendregels

logger = logging.getLogger(__name__)

# So many parts in a row that nothing came of: the channel is left alone until the next run.
_GENOEG = 3


@dataclass
class Verzendresultaat:
    """What one run did, by outcome: verzonden, later, mislukt, geannuleerd, verlopen, onzeker."""

    aantallen: Counter[str] = field(default_factory=Counter)

    def __getattr__(self, naam: str) -> int:
        if naam in ("verzonden", "later", "mislukt", "geannuleerd", "verlopen", "onzeker"):
            return self.aantallen[naam]
        raise AttributeError(naam)


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
    langs = standaard() if kanalen is None else kanalen
    resultaat = Verzendresultaat(opruimen(langs, klok.nu(), spoed=spoed))
    wachtend = wachtende_kanalen(klok.nu(), spoed=spoed)
    if not wachtend:
        return resultaat
    regels, eigen = verzendregels(), eigen_teksten()
    rustend = set() if spoed else met_rust(klok.nu())
    for kanaal in langs:
        # What fails on one channel may go on to the next, so after the first one all are asked.
        if kanaal.naam not in rustend and (kanaal.naam in wachtend or resultaat.aantallen):
            resultaat.aantallen += _langs(kanaal, klok, regels, eigen, batch, spoed=spoed)
    return resultaat


def _langs(
    kanaal: Verzendkanaal,
    klok: _Klok,
    regels: Mapping[UUID, Verzendregels],
    eigen: EigenTeksten,
    batch: int,
    *,
    spoed: bool,
) -> Counter[str]:
    """Everything that is due on one channel, until there is nothing more or the channel itself does not work.

    A mail server that is down would else cost every message an attempt, and one that hangs a quarter of an hour for a
    hundred of them. What is urgent is tried all the same.
    """
    telling: Counter[str] = Counter()
    mis = 0
    while (genomen := claim(kanaal, klok.nu(), regels, batch, spoed=spoed)).rijen:
        punt("na_claim")
        partijen = list(genomen.partijen(kanaal.partij))
        for nummer, partij in enumerate(partijen, start=1):
            if not spoed:
                wacht_op_beurt(kanaal, len(partij))
            uitkomst = _verzend_partij(kanaal, partij, genomen, klok, regels, eigen)
            telling += uitkomst.telling
            mis = mis + 1 if uitkomst.kanaal_faalt else 0
            # Without keys, one of which nobody knows whether it arrived is enough.
            rust = uitkomst.kanaal_faalt and uitkomst.telling["onzeker"] > 0 and kanaal.sleutelvenster is None
            if not spoed and (rust or mis >= _GENOEG):
                rest = [rij for deel in partijen[nummer:] for rij in deel]
                telling["later"] += staak(kanaal, genomen, rest, klok.nu(), rust=rust)
                logger.warning("channel %s does not work: %s messages wait", kanaal.naam, len(rest))
                return telling
    return telling


@dataclass(frozen=True)
class _Partij:
    """What became of one part; `kanaal_faalt`: nothing got through, for a reason that holds for the next one too."""

    telling: Counter[str]
    kanaal_faalt: bool = False


def _verzend_partij(
    kanaal: Verzendkanaal,
    partij: Sequence[Rij],
    genomen: Claim,
    klok: _Klok,
    regels: Mapping[UUID, Verzendregels],
    eigen: EigenTeksten,
) -> _Partij:
    """Lock, re-check, send and mark a few claimed messages in one transaction.

    Lock order: families, then messages, each by id. The locks are held while the provider is called, so a stop either
    committed before and is seen here, or waits until what had started is written down.
    """
    onze = Bericht.objects.filter(
        pk__een_van=[rij.id for rij in partij], status=Berichtstatus.BEZIG, lease_tot=genomen.lease
    )
    if kanaal.extern and kanaal.sleutelvenster is None:
        onze.update(begonnen_op=klok.nu())
    try:
        with transaction.atomic():
            gezinnen = {rij.gezin_id for rij in partij if rij.gezin_id}
            contact = contactstanden(gezinnen, vergrendel=True)
            gestopt = kanaalstops(gezinnen, kanaal.naam)
            slot = onze.order_by("pk").select_for_update(of=("self",))
            rijen = [Post(*velden) for velden in slot.values_list(*Post._fields)]
            nu = klok.nu()
            geen_ja = zonder_toestemming((rij.gezin_id, doel_van(rij.soort)) for rij in rijen if rij.gezin_id)
            uitkomsten, te_gaan = _beoordeel(rijen, contact, gestopt, geen_ja, nu, regels)
            opgesteld = opstellen(kanaal, te_gaan, uitkomsten, nu, regels, eigen)
            punt("voor_verzenden")
            antwoorden = opgesteld.per_rij(_overhandig(kanaal, opgesteld.zendingen))
            punt("na_verzenden")
            telling = markeer(kanaal, {**uitkomsten, **antwoorden}, geclaimd_op=genomen.op, nu=klok.nu(), regels=regels)
    except OperationalError as exc:
        if not is_botsing(exc):
            raise
        # Before anything was sent (only taking locks can deadlock); the lease brings it back.
        logger.warning("sending waits: the database asked to try again")
        return _Partij(Counter(later=len(partij)))
    punt("na_markeren")
    faalt = bool(antwoorden) and all(uitkomst.fout in KANAALFOUTEN for uitkomst in antwoorden.values())
    return _Partij(telling, faalt)


def _beoordeel(
    rijen: Iterable[Post],
    contact: Mapping[UUID, Contact],
    gestopt: frozenset[tuple[UUID, str]],
    geen_ja: frozenset[tuple[UUID, str]],
    nu: datetime,
    regels: Mapping[UUID, Verzendregels],
) -> tuple[Uitkomsten, list[Post]]:
    """The last check before sending: who may still be contacted, for what, and whether it is still the hour for it.

    `gestopt` and `geen_ja`: (family, purpose) that wants nothing on this channel, and that did not agree at all.
    """
    uitkomsten: Uitkomsten = {}
    te_gaan = []
    mag = {gebied: mag_nu(nu, regel.uren, regel.stil) for gebied, regel in regels.items()}
    for rij in rijen:
        gezin_id = rij.gezin_id or rij.over_gezin_id
        stand = contact.get(gezin_id, Contact.GESTOPT) if gezin_id else Contact.MAG
        if stand is Contact.GESTOPT:
            uitkomsten[rij.id] = GESTOPT
        elif geen_ja and rij.gezin_id is not None and (rij.gezin_id, doel_van(rij.soort)) in geen_ja:
            uitkomsten[rij.id] = GEEN_TOESTEMMING
        elif rij.verloopt_op is not None and rij.verloopt_op <= nu:
            uitkomsten[rij.id] = VERLOPEN
        elif stand is Contact.WACHT:
            uitkomsten[rij.id] = WACHT
        elif not rij.spoed and not mag[rij.gebied_id]:
            uitkomsten[rij.id] = None
        elif gestopt and rij.gezin_id is not None and (rij.gezin_id, doel_van(rij.soort)) in gestopt:
            uitkomsten[rij.id] = KANAAL_GESTOPT
        else:
            te_gaan.append(rij)
    return uitkomsten, te_gaan


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
