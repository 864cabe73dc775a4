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
from ooievaar.selectors.wijken import Grens, grenzen_van_gebied, wijken_van_gebied

if TYPE_CHECKING:
    from uuid import UUID

    from ooievaar.models import Gebied, Gebruiker, Wijk

WIJKKOLOMMEN = ("inAanmerking", "inVenster", "bereikt")
KOLOMMEN = ("inAanmerking", "bereikt", *ATOMEN, *LOSSE)
# The trend: at most so many quarters, which lie in this year and so many before it.
TREND_KWARTALEN = 12
TREND_JAREN = 3


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
    gebied, gevraagd = _gevraagd(gebruiker, periode, nu)
    if (per == "wijk" and not _is_lang(periode)) or (per is None and periode == "rollend"):
        uitleg = _("Per wijk tonen we alleen jaren en rollend; rollend tonen we alleen per wijk.")
        raise Ongeldig([("per", "ongeldig", uitleg)])
    return _publicatie(_bron(gebied, *_jaren(gevraagd), nu, per_wijk=per is not None), gevraagd, per, nu)


def _gevraagd(gebruiker: Gebruiker, periode: str, nu: datetime) -> tuple[Gebied, Periode]:
    """The asker's Gebied and the period. Raises NietGevonden without a Gebied, Ongeldig for another period."""
    gebied_ids = gebruiker.bevoegdheid.gebied_ids("jens", "coordinator")
    if not gebied_ids:
        raise NietGevonden
    gebied = sorted(gebieden_met_id(gebied_ids), key=lambda g: g.code)[0]
    try:
        return gebied, perioden.lees(periode, dag_van(nu), uitloop(gebied))
    except perioden.OnbekendePeriode:
        uitleg = _("Kies een jaar (2026), kwartaal (2026-K3), maand (2026-11) of rollend, die al begonnen is.")
        raise Ongeldig([("periode", "ongeldig", uitleg)]) from None


def _is_lang(periode: str) -> bool:
    """Long enough to be published per wijk."""
    return periode == "rollend" or len(periode) == len("2026")


@dataclass(frozen=True)
class _Bron:
    """The true counts that a publication is made from."""

    gebied: Gebied
    wijken: list[Wijk]
    geteld: Geteld
    tabel: Tabel


def _bron(gebied: Gebied, van: int, tot: int, nu: datetime, *, per_wijk: bool) -> _Bron:
    """The verdict on a cell depends on its neighbours, so whole years are counted whatever was asked: one query."""
    vandaag = dag_van(nu)
    geteld = tel(gebied, date(van, 1, 1), date(tot + 1, 1, 1), vandaag=vandaag, per_wijk=per_wijk)
    wijken = wijken_van_gebied(gebied.pk)
    begin = min((w.start_op for w in wijken), default=date(van, 1, 1)).replace(day=1)
    tabel = Tabel(
        tellingen=geteld.tellingen, begin=begin, vandaag=vandaag, uitloop=uitloop(gebied), k=gebied.kleinste_cel
    )
    return _Bron(gebied, wijken, geteld, tabel)


def _jaren(periode: Periode) -> tuple[int, int]:
    return periode.van.year, perioden.verder(periode.tot, -1).year


def _publicatie(bron: _Bron, gevraagd: Periode, per: str | None, nu: datetime) -> Publicatie:
    if per is None:
        totaal = _gebiedsrij(bron, gevraagd)
        rijen = [totaal]
    else:
        tabel = bron.tabel
        zichten = tabel.zicht_per_wijk(gevraagd, [w.pk for w in bron.wijken])
        rijen = [_wijkrij(bron, w.code, w.naam, gevraagd, zichten[w.pk], w.pk) for w in bron.wijken]
        heel = (
            tabel.zicht_van_rollend(gevraagd)
            if gevraagd.code == "rollend"
            else tabel.zicht_van_jaar(gevraagd.van.year)[gevraagd.code]
        )
        heel = Zicht(treden=min(heel.treden, WIJKTREDEN))
        totaal = _wijkrij(bron, None, bron.gebied.naam, gevraagd, heel)
    return Publicatie(
        periode=gevraagd.code,
        per=per,
        van=gevraagd.van,
        tot=gevraagd.tot - timedelta(days=1),
        rijen=rijen,
        totaal=totaal,
        bijgewerkt_op=nu,
        herzien=herziene_maanden(bron.gebied, bron.tabel, gevraagd),
    )


def _gebiedsrij(bron: _Bron, periode: Periode) -> Rij:
    """The whole Gebied in a period, with all columns that may be shown."""
    zicht = bron.tabel.zicht_van_jaar(periode.van.year).get(periode.code, Zicht())
    cijfers = bron.tabel.cijfers(dict.fromkeys(LOSSE, 0) | bron.tabel.som(periode.maanden), zicht, periode)
    mediaan_dagen = _mediaan(bron.geteld, periode)
    return _rij(None, bron.gebied.naam, cijfers, KOLOMMEN, bron.gebied, mediaan_dagen=mediaan_dagen)


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


def _wijkrij(bron: _Bron, code: str | None, naam: str, periode: Periode, zicht: Zicht, wijk: UUID | None = None) -> Rij:
    som = bron.tabel.som(periode.maanden, wijk)
    cijfers = {k: v for k, v in bron.tabel.cijfers(som, zicht, periode).items() if k in WIJKKOLOMMEN}
    return _rij(code, naam, cijfers, WIJKKOLOMMEN, bron.gebied)


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
    # Not counted yet: the referrals have no figures of their own.
    alle["doorverwijzingenGestart"] = None
    alle["percentageInVenster"] = percentage(
        cijfers["inVenster"], cijfers["inAanmerking"], kleinste_noemer=gebied.kleinste_noemer
    )
    return Rij(wijk, naam, any(cijfers[k] is None for k in kolommen), alle)


@dataclass(frozen=True)
class Trendpunt:
    """One quarter of the trend."""

    jaar: int
    nummer: int
    rij: Rij


@dataclass(frozen=True)
class Overzicht:
    """All that one page about a period shows, from two counting queries."""

    geheel: Publicatie
    per_wijk: Publicatie | None
    trend: list[Trendpunt]
    wijken: list[Wijk]
    grenzen: dict[str, Grens]


def overzicht_voor(*, gebruiker: Gebruiker, periode: str, nu: datetime) -> Overzicht:
    """A period as `dekking_voor` publishes it, whole and per wijk, with the quarters up to today.

    Raises Ongeldig for a period that is not published.
    """
    gebied, gevraagd = _gevraagd(gebruiker, periode, nu)
    vandaag = dag_van(nu)
    van, tot = _jaren(gevraagd)
    lang = _is_lang(periode)
    eerste = min(van, vandaag.year - TREND_JAREN)
    bron = _bron(gebied, eerste, max(tot, vandaag.year), nu, per_wijk=False)
    wijkbron = _bron(gebied, van, tot, nu, per_wijk=True) if lang else None
    per_wijk = _publicatie(wijkbron, gevraagd, "wijk", nu) if wijkbron else None
    geheel = per_wijk if periode == "rollend" and per_wijk else _publicatie(bron, gevraagd, None, nu)
    grenzen = grenzen_van_gebied(gebied.pk) if lang else {}
    return Overzicht(geheel, per_wijk, _trend(bron, vandaag), bron.wijken, grenzen)


def _trend(bron: _Bron, vandaag: date) -> list[Trendpunt]:
    """The last quarters that have begun, since the programme began, each as it is published by itself."""
    punten = []
    for jaar in range(vandaag.year - TREND_JAREN, vandaag.year + 1):
        for nummer in range(1, 5):
            kwartaal = perioden.kwartaal(jaar, nummer)
            if kwartaal.van <= vandaag and bron.tabel.begonnen(kwartaal.maanden):
                punten.append(Trendpunt(jaar, nummer, _gebiedsrij(bron, kwartaal)))
    return punten[-TREND_KWARTALEN:]


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
