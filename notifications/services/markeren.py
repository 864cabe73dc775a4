"""What became of a message after an attempt, and what that means for the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from notifications.kanalen import ADRESFOUTEN, Oordeel, Uitkomst, Verzendkanaal
from notifications.models import Bericht, Berichtstatus
from notifications.services.onbereikbaar import onbereikbaar_melden
from ooievaar.kalender import volgende_verzendmoment
from ooievaar.selectors.bereik import Verzendregels

MAXIMUM_POGINGEN = 6
SPOED_WACHT = timedelta(seconds=20)
WACHTTIJDEN = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))

# The verdict per message; None: it was not tried and is given back untouched.
Uitkomsten = dict[UUID, Uitkomst | None]
GESTOPT = Uitkomst(Oordeel.NOOIT, "nietBenaderbaar")
# A person must first say whether this family is linked to one that may not be contacted: looked at again later.
WACHT = Uitkomst(Oordeel.LATER, "wachtOpKoppeling")
_WACHTTIJD = timedelta(hours=1)
VERLOPEN = Uitkomst(Oordeel.NOOIT, "verlopen")
# Never by another channel either: the family did not agree, or took that back.
GEEN_TOESTEMMING = Uitkomst(Oordeel.NOOIT, "geenToestemming")
KANAAL_GESTOPT = Uitkomst(Oordeel.NOOIT, "kanaalGestopt")
_VELDEN = ["status", "fout", "gepland_op", "pogingen", "lease_tot", "begonnen_op", "kanaal", "terugval", "bundel"]


def markeer(
    kanaal: Verzendkanaal,
    uitkomsten: Uitkomsten,
    *,
    geclaimd_op: datetime,
    nu: datetime,
    regels: Mapping[UUID, Verzendregels],
) -> Counter[str]:
    """Write down what became of each (all locked): what was sent in one statement, the exceptions in two."""
    telling: Counter[str] = Counter()
    gelukt = [pk for pk, u in uitkomsten.items() if u is not None and u.oordeel is Oordeel.GELUKT]
    if gelukt:
        Bericht.objects.filter(pk__een_van=gelukt).update(
            status=Berichtstatus.VERZONDEN, verzonden_op=nu, lease_tot=None, begonnen_op=None, fout=""
        )
        telling["verzonden"] = len(gelukt)
    if len(gelukt) < len(uitkomsten):
        anders = list(Bericht.objects.filter(pk__een_van=uitkomsten.keys() - set(gelukt)).order_by("pk"))
        for rij in anders:
            _bepaal(rij, uitkomsten[rij.pk], kanaal, geclaimd_op, nu, regels[rij.gebied_id])
            telling["later" if rij.status == Berichtstatus.GEPLAND else rij.status] += 1
        Bericht.objects.bulk_update(anders, _VELDEN)
        onbereikbaar_melden(
            [(rij.gezin_id, kanaal.naam, rij.fout) for rij in anders if rij.gezin_id and rij.fout in ADRESFOUTEN], nu=nu
        )
    return telling


def _bepaal(
    rij: Bericht,
    uitkomst: Uitkomst | None,
    kanaal: Verzendkanaal,
    geclaimd_op: datetime,
    nu: datetime,
    regel: Verzendregels,
) -> None:
    """What becomes of a message that was not (certainly) sent: again later, failed, cancelled, or for a person."""
    rij.lease_tot = None
    if uitkomst is None or uitkomst.oordeel is not Oordeel.ONZEKER:
        # This attempt is certain; what an earlier one left open stays open.
        rij.begonnen_op = rij.begonnen_op if rij.begonnen_op and rij.begonnen_op < geclaimd_op else None
    if uitkomst is None:
        rij.status, rij.pogingen = Berichtstatus.GEPLAND, rij.pogingen - 1
        return
    rij.fout = uitkomst.fout
    if uitkomst == WACHT:
        # No attempt was made, so waiting uses none up; its use ends by `verloopt_op`.
        rij.status, rij.pogingen = Berichtstatus.GEPLAND, rij.pogingen - 1
        rij.gepland_op = volgende_verzendmoment(nu + _WACHTTIJD, regel.uren, regel.stil)
        return
    if uitkomst in (GESTOPT, GEEN_TOESTEMMING, VERLOPEN):
        rij.status = Berichtstatus.GEANNULEERD
        return
    misschien = rij.begonnen_op is not None
    sleutel_geldt = kanaal.sleutelvenster is not None and (
        rij.begonnen_op is None or nu < rij.begonnen_op + kanaal.sleutelvenster
    )
    opnieuw = uitkomst.oordeel is Oordeel.LATER or (uitkomst.oordeel is Oordeel.ONZEKER and sleutel_geldt)
    if opnieuw and rij.pogingen < MAXIMUM_POGINGEN and (sleutel_geldt or not misschien):
        rij.status = Berichtstatus.GEPLAND
        wacht = WACHTTIJDEN[min(rij.pogingen, len(WACHTTIJDEN)) - 1]
        rij.gepland_op = nu + SPOED_WACHT if rij.spoed else volgende_verzendmoment(nu + wacht, regel.uren, regel.stil)
    elif misschien:
        rij.status = Berichtstatus.ONZEKER
    elif rij.terugval:
        # Certainly not delivered: the next channel, as a fresh start of the same row.
        rij.status, rij.kanaal, rij.terugval = Berichtstatus.GEPLAND, rij.terugval[0], rij.terugval[1:]
        rij.pogingen, rij.bundel = 0, None
        rij.gepland_op = nu if rij.spoed else volgende_verzendmoment(nu, regel.uren, regel.stil)
    else:
        rij.status = Berichtstatus.MISLUKT
