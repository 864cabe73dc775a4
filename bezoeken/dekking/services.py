"""Coverage as it is published: counted, suppressed and put in words; the same for screen, API, CSV and XLSX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bezoeken.dekking import perioden
from bezoeken.dekking.onderdrukking import ATOMEN, LOSSE, WIJKTREDEN, Zicht, percentage
from bezoeken.dekking.perioden import Periode
from bezoeken.dekking.publicatie import Tabel
from bezoeken.dekking.selectors import APART, DELEN, Geteld, bevroren_cijfers, mediaan, tel, uitloop
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.selectors.wijken import wijken_van_gebied

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

WIJKKOLOMMEN = ("inAanmerking", "inVenster", "bereikt")
KOLOMMEN = ("inAanmerking", "bereikt", *ATOMEN, *LOSSE)


@dataclass(frozen=True)
class Rij:
    """One published row; None is hidden, or not published at this level."""

    wijk: str | None
    naam: str
    onderdrukt: bool
    cijfers: dict[str, int | float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Publicatie:
    """The figures of one period."""

    periode: str
    per: str | None
    van: date
    tot: date  # inclusive
    rijen: list[Rij]
    totaal: Rij
    bijgewerkt_op: datetime
    # Closed months in it whose recount differs from what was frozen: late logs restated them.
    herzien: list[date] = field(default_factory=list)


def dekking_voor(*, gebruiker: Gebruiker, periode: str, per: str | None, nu: datetime) -> Publicatie:
    """The coverage of the asker's Gebied. Raises Ongeldig for a period or combination that is not published."""
    gebied_ids = gebruiker.bevoegdheid.gebied_ids("jens", "coordinator")
    if not gebied_ids:
        raise NietGevonden
    gebied = sorted(gebieden_met_id(gebied_ids), key=lambda g: g.code)[0]
    vandaag = dag_van(nu)
    try:
        gevraagd = perioden.lees(periode, vandaag, uitloop(gebied))
    except perioden.OnbekendePeriode:
        uitleg = _("Kies een jaar (2026), kwartaal (2026-K3), maand (2026-11) of rollend, die al begonnen is.")
        raise Ongeldig([("periode", "ongeldig", uitleg)]) from None
    lang = periode == "rollend" or len(periode) == len("2026")
    if (per == "wijk" and not lang) or (per is None and periode == "rollend"):
        uitleg = _("Per wijk tonen we alleen jaren en rollend; rollend tonen we alleen per wijk.")
        raise Ongeldig([("per", "ongeldig", uitleg)])
    return _publiceer(gebied, gevraagd, per, nu)


def _publiceer(gebied: Gebied, gevraagd: Periode, per: str | None, nu: datetime) -> Publicatie:
    """The verdict on a cell depends on its neighbours, so whole years are counted whatever was asked: one query."""
    vandaag = dag_van(nu)
    van, tot = date(gevraagd.van.year, 1, 1), date(perioden.verder(gevraagd.tot, -1).year + 1, 1, 1)
    geteld = tel(gebied, van, tot, vandaag=vandaag, per_wijk=per is not None)
    wijken = wijken_van_gebied(gebied.pk)
    tabel = Tabel(
        tellingen=geteld.tellingen,
        begin=min((w.start_op for w in wijken), default=van).replace(day=1),
        vandaag=vandaag,
        uitloop=uitloop(gebied),
        k=gebied.kleinste_cel,
    )
    if per is None:
        zicht = tabel.zicht_van_jaar(gevraagd.van.year).get(gevraagd.code, Zicht())
        som = tabel.som(gevraagd.maanden)
        cijfers = tabel.cijfers(dict.fromkeys(LOSSE, 0) | som, zicht, gevraagd)
        totaal = _rij(None, gebied.naam, cijfers, KOLOMMEN, gebied, mediaan_dagen=_mediaan(geteld, gevraagd))
        rijen = [totaal]
    else:
        zichten = tabel.zicht_per_wijk(gevraagd, [w.pk for w in wijken])
        rijen = [
            _wijkrij(w.code, w.naam, tabel.som(gevraagd.maanden, w.pk), zichten[w.pk], tabel, gevraagd, gebied)
            for w in wijken
        ]
        heel = (
            tabel.zicht_van_rollend(gevraagd)
            if gevraagd.code == "rollend"
            else tabel.zicht_van_jaar(gevraagd.van.year)[gevraagd.code]
        )
        heel = Zicht(treden=min(heel.treden, WIJKTREDEN))
        totaal = _wijkrij(None, gebied.naam, tabel.som(gevraagd.maanden), heel, tabel, gevraagd, gebied)
    return Publicatie(
        periode=gevraagd.code,
        per=per,
        van=gevraagd.van,
        tot=gevraagd.tot - timedelta(days=1),
        rijen=rijen,
        totaal=totaal,
        bijgewerkt_op=nu,
        herzien=herziene_maanden(gebied, tabel, gevraagd),
    )


def herziene_maanden(gebied: Gebied, tabel: Tabel, periode: Periode) -> list[date]:
    """The frozen months in this period whose recount differs from what was kept."""
    bevroren = bevroren_cijfers(gebied, periode.van, periode.tot)
    return sorted(m for m, cijfers in bevroren.items() if cijfers != maandcijfers(tabel.som([m])))


def maandcijfers(telling: dict[str, int]) -> dict[str, int]:
    """What is kept of a closed month."""
    return {kolom: telling.get(kolom, 0) for kolom in (*DELEN, *APART)}


def _mediaan(geteld: Geteld, periode: Periode) -> float | None:
    samen: Counter[int] = Counter()
    for maand in periode.maanden:
        samen += geteld.leeftijden.get(maand, Counter())
    return mediaan(samen)


def _wijkrij(
    wijk: str | None, naam: str, som: dict[str, int], zicht: Zicht, tabel: Tabel, periode: Periode, gebied: Gebied
) -> Rij:
    cijfers = {k: v for k, v in tabel.cijfers(som, zicht, periode).items() if k in WIJKKOLOMMEN}
    return _rij(wijk, naam, cijfers, WIJKKOLOMMEN, gebied)


def _rij(
    wijk: str | None,
    naam: str,
    cijfers: dict[str, int | None],
    kolommen: Iterable[str],
    gebied: Gebied,
    *,
    mediaan_dagen: float | None = None,
) -> Rij:
    """A row with all columns; None is hidden, or not published at this level."""
    bereikt = cijfers["bereikt"] or 0
    alle: dict[str, int | float | None] = {kolom: cijfers.get(kolom) for kolom in KOLOMMEN}
    alle["mediaanDagen"] = mediaan_dagen if bereikt >= gebied.kleinste_noemer else None
    # Not counted yet: the cafés and the referrals have no figures of their own.
    alle["eersteCafe"] = alle["doorverwijzingenGestart"] = None
    alle["percentageInVenster"] = percentage(
        cijfers["inVenster"], cijfers["inAanmerking"], kleinste_noemer=gebied.kleinste_noemer
    )
    return Rij(wijk, naam, any(cijfers[k] is None for k in kolommen), alle)


@dataclass(frozen=True)
class Trendpunt:
    """One quarter of a trend."""

    periode: str
    rij: Rij


def trend(*, gebruiker: Gebruiker, jaar: int, nu: datetime) -> list[Trendpunt]:
    """The quarters of a year that have begun, as published."""
    punten = []
    for n in range(1, 5):
        kwartaal = perioden.kwartaal(jaar, n)
        if kwartaal.van <= dag_van(nu):
            publicatie = dekking_voor(gebruiker=gebruiker, periode=kwartaal.code, per=None, nu=nu)
            punten.append(Trendpunt(kwartaal.code, publicatie.totaal))
    return punten


def woorden(publicatie: Publicatie) -> str:
    """The headline in one sentence; honest when there is nothing to say."""
    cijfers = publicatie.totaal.cijfers
    if not cijfers["inAanmerking"]:
        return _("Er zijn nog geen cijfers, of het zijn er te weinig om te tonen.")
    if cijfers["inVenster"] is None:
        zin = _("%(alle)s baby's tellen mee. Hoeveel er op tijd zijn bezocht, tonen we niet: het zijn er te weinig.")
        return zin % {"alle": cijfers["inAanmerking"]}
    return _("%(op_tijd)s van de %(alle)s baby's op tijd bezocht") % {
        "op_tijd": cijfers["inVenster"],
        "alle": cijfers["inAanmerking"],
    }
