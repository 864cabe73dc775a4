"""Coverage as it is published: counted, suppressed and put in words; the same for screen, API, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from bezoeken.dekking import perioden
from bezoeken.dekking.onderdrukking import Paar, boom, percentage, toonbaar, verdeling
from bezoeken.dekking.perioden import Periode
from bezoeken.dekking.selectors import DELEN, Maandtelling, Telling, maandtellingen, mediaan_dagen
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.selectors.wijken import wijken_van_gebied

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

ALLEEN_JAAR = ("bereikt", "teLaat", "geweigerd", "nietBereikt", "geenCapaciteit", "nogBezig", "ontbrekend")


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


def dekking_voor(*, gebruiker: Gebruiker, periode: str, per: str | None, nu: datetime) -> Publicatie:
    """The coverage of the asker's Gebied. Raises Ongeldig for a period or combination that is not published."""
    gebied_ids = gebruiker.bevoegdheid.gebied_ids("jens", "coordinator")
    if not gebied_ids:
        raise NietGevonden
    gebied = sorted(gebieden_met_id(gebied_ids), key=lambda g: g.code)[0]
    vandaag = dag_van(nu)
    try:
        gevraagd = perioden.lees(periode, vandaag)
    except perioden.OnbekendePeriode:
        uitleg = _("Kies een jaar (2026), kwartaal (2026-K3), maand (2026-11) of rollend, die al begonnen is.")
        raise Ongeldig([("periode", "ongeldig", uitleg)]) from None
    lang = periode == "rollend" or len(periode) == len("2026")
    if (per == "wijk" and not lang) or (per is None and periode == "rollend"):
        uitleg = _("Per wijk tonen we alleen jaren en rollend; rollend tonen we alleen per wijk.")
        raise Ongeldig([("per", "ongeldig", uitleg)])
    return _publiceer(gebied, gevraagd, per, nu)


def _publiceer(gebied: Gebied, gevraagd: Periode, per: str | None, nu: datetime) -> Publicatie:
    vandaag = dag_van(nu)
    # Verdicts depend on the neighbours, so whole years are counted whatever was asked: still one query.
    van = date(gevraagd.van.year, 1, 1)
    tot = date(perioden.verder(gevraagd.tot, -1).year + 1, 1, 1)
    tellingen = maandtellingen(gebied, van, tot, vandaag=vandaag)
    k = gebied.kleinste_cel
    som = optellen(tellingen, gevraagd.maanden)
    if per == "wijk":
        rijen, mag_totaal = _per_wijk(gebied, tellingen, gevraagd, vandaag)
        totaal = rij_uit(som, None, gebied.naam, mag=mag_totaal, delen=set(), gebied=gebied)
    else:
        mag = gevraagd.code in getoonde_perioden(tellingen, gevraagd.van.year, k)
        delen = delen_die_mogen(som, k) if mag and len(gevraagd.code) == len("2026") else set()
        mediaan = mediaan_dagen(gebied, gevraagd, vandaag=vandaag) if mag else None
        totaal = rij_uit(som, None, gebied.naam, mag=mag, delen=delen, gebied=gebied, mediaan=mediaan)
        rijen = [totaal]
    laatste = perioden.verder(gevraagd.tot, 0)
    return Publicatie(gevraagd.code, per, gevraagd.van, date.fromordinal(laatste.toordinal() - 1), rijen, totaal, nu)


def optellen(tellingen: Maandtelling, maanden: Iterable[date], wijk: UUID | None = None) -> Telling:
    """The sum over these months, of one wijk or of the whole Gebied."""
    gezocht = set(maanden)
    som = Telling()
    for (maand, van_wijk), telling in tellingen.items():
        if maand in gezocht and (wijk is None or van_wijk == wijk):
            som.erbij(telling)
    return som


def paar(telling: Telling) -> Paar:
    """The two halves on which suppression decides."""
    in_venster = telling.per_uitkomst["inVenster"]
    return Paar(in_venster, telling.in_aanmerking - in_venster)


def getoonde_perioden(tellingen: Maandtelling, jaar: int, k: int) -> set[str]:
    """The codes of the year, quarters and months of the whole Gebied that may be shown."""
    kwartalen = [perioden.kwartaal(jaar, n) for n in range(1, 5)]
    maanden = [perioden.maand(begin) for begin in perioden.jaar(jaar).maanden]
    paren = [[paar(optellen(tellingen, p.maanden)) for p in reeks] for reeks in (kwartalen, maanden)]
    namen = boom(paar(optellen(tellingen, perioden.jaar(jaar).maanden)), paren[0], paren[1], k=k)
    codes = {"jaar": f"{jaar:04d}"}
    codes |= {f"K{n}": p.code for n, p in enumerate(kwartalen, 1)}
    codes |= {f"M{n}": p.code for n, p in enumerate(maanden, 1)}
    return {codes[naam] for naam in namen}


def delen_die_mogen(telling: Telling, k: int) -> set[str]:
    """Which parts of a whole year may be told: parts of the children not visited in the window."""
    getoond = verdeling({deel: telling.per_uitkomst[deel] for deel in DELEN if deel != "inVenster"}, k=k)
    return getoond | ({"bereikt"} if "teLaat" in getoond else set())


def _per_wijk(gebied: Gebied, tellingen: Maandtelling, gevraagd: Periode, vandaag: date) -> tuple[list[Rij], bool]:
    wijken = wijken_van_gebied(gebied.pk)
    sommen = {wijk.code: optellen(tellingen, gevraagd.maanden, wijk.pk) for wijk in wijken}
    # Children whose wijk is not known count in the total: a row of their own that is never shown.
    geheel = optellen(tellingen, gevraagd.maanden)
    bekend = Telling()
    for telling in sommen.values():
        bekend.erbij(telling)
    rest = Paar(paar(geheel).in_venster - paar(bekend).in_venster, paar(geheel).overig - paar(bekend).overig)
    k = gebied.kleinste_cel
    mag_totaal = paar(geheel).mag(k)
    paren = {code: paar(telling) for code, telling in sommen.items()} | ({"": rest} if rest.samen else {})
    getoond = toonbaar(paren, k=k) if mag_totaal else {code for code, p in paren.items() if not geheel.in_aanmerking}
    if gevraagd.code == "rollend" and _verraadt_jaar(tellingen, gevraagd, vandaag, k):
        getoond = {code for code in getoond if not paren[code].samen}
    rijen = [
        rij_uit(sommen[wijk.code], wijk.code, wijk.naam, mag=wijk.code in getoond, delen=set(), gebied=gebied)
        for wijk in wijken
    ]
    return rijen, mag_totaal


def _verraadt_jaar(tellingen: Maandtelling, gevraagd: Periode, vandaag: date, k: int) -> bool:
    """Whether the running year could be subtracted from `rollend`, leaving a few months of a wijk.

    The running year holds the running month as well, which nobody knows per wijk: that hides the difference as soon
    as the Gebied counts k children in both halves of that month. In January `rollend` is the past year itself.
    """
    deze_maand = vandaag.replace(day=1)
    if gevraagd.tot.month == 1:
        return False
    lopend = paar(optellen(tellingen, [deze_maand]))
    return lopend.in_venster < k or lopend.overig < k


def rij_uit(
    telling: Telling,
    wijk: str | None,
    naam: str,
    *,
    mag: bool,
    delen: set[str],
    gebied: Gebied,
    mediaan: float | None = None,
) -> Rij:
    """One row with None where something is hidden or not published at this level."""
    k = gebied.kleinste_cel
    deel = telling.per_uitkomst
    waarden = {"bereikt": telling.bereikt, **{d: deel[d] for d in DELEN}}
    cijfers: dict[str, int | float | None] = {
        "inAanmerking": telling.in_aanmerking if mag else None,
        "inVenster": deel["inVenster"] if mag else None,
    }
    leeg = mag and telling.in_aanmerking == 0
    for kolom in ALLEEN_JAAR:
        cijfers[kolom] = 0 if leeg else waarden[kolom] if kolom in delen else None
    # Apart from the denominator, so nothing follows from them by subtraction.
    for kolom in ("verhuisd", "lateMelding"):
        cijfers[kolom] = deel[kolom] if wijk is None and deel[kolom] >= k else None
    for kolom, aantal in (("aanDeDeur", telling.aan_de_deur), ("doos", telling.dozen), ("voucher", telling.vouchers)):
        ruim = "bereikt" in delen and min(aantal, telling.bereikt - aantal) >= k
        cijfers[kolom] = aantal if ruim else None
    cijfers["pogingen"] = telling.pogingen if delen else None
    cijfers["mediaanDagen"] = mediaan if mag and deel["inVenster"] >= gebied.kleinste_noemer else None
    cijfers["eersteCafe"] = None
    cijfers["doorverwijzingenGestart"] = None
    cijfers["percentageInVenster"] = percentage(
        deel["inVenster"] if mag else None, telling.in_aanmerking, kleinste_noemer=gebied.kleinste_noemer
    )
    return Rij(wijk, naam, not mag, cijfers)


def woorden(publicatie: Publicatie) -> str:
    """The headline in one sentence; honest when there is nothing to say."""
    cijfers = publicatie.totaal.cijfers
    if cijfers["inAanmerking"] is None:
        return _("Over deze periode zijn er te weinig baby's om cijfers te tonen.")
    if cijfers["inAanmerking"] == 0:
        return _("Over deze periode zijn er nog geen cijfers.")
    return _("%(op_tijd)s van de %(alle)s baby's op tijd bezocht") % {
        "op_tijd": cijfers["inVenster"],
        "alle": cijfers["inAanmerking"],
    }
