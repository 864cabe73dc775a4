"""A Sjop for a demonstration: goods on the shelf or waiting for their check, families, a loan. Ledger lines all."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ooievaar.platform.clock import moment_op
from voorraad.models import Sjopcategorie
from voorraad.services.sjop.aanvragen import afspraak_zetten, pas_openen, tijdsloten
from voorraad.services.sjop.inbrengen import Goed, inbreng_boeken, inbreng_goedkeuren
from voorraad.services.sjop.uitgeven import Keuze, uitgeven

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker
    from voorraad.models import Inbreng

# Kind of goods, checked already, what is written down of it.
_GOED: tuple[tuple[str, bool, dict[str, Any]], ...] = (
    ("rompers", True, {"maat": "62", "aantal": 4}),
    ("rompers", True, {"maat": "68"}),
    ("kleding", True, {"maat": "74", "seizoen": "winter", "staat": "A"}),
    ("kleding", True, {"maat": "80", "seizoen": "zomer"}),
    ("jassen", True, {"maat": "86", "seizoen": "winter"}),
    ("schoenen", True, {"maat": "20", "staat": "C"}),
    ("boeken", True, {"aantal": 6}),
    ("luiers", True, {"maat": "3", "nieuw": True, "staat": "A"}),
    ("speeltjes", False, {}),
    ("speeltjes", True, {}),
    ("badje", False, {}),
    ("kinderwagen", False, {"merk": "Voorbeeldmerk", "model": "Rol 2"}),
    ("kinderstoel", True, {"merk": "Voorbeeldmerk", "model": "Zit 3"}),
    ("bed", True, {"merk": "Voorbeeldmerk", "model": "Droom 1"}),
    ("kleding", True, {"staat": "afgekeurd", "afkeurreden": "vuil", "aantal": 2}),
)
_NAMEN = ("Amira", "Sam", "Lotte")


def sjop_vullen(*, gebied: Gebied, door: Gebruiker, vandaag: date) -> None:
    """Take in, check, lend out and appoint, in the days before today."""
    soorten = {
        soort.artikel.code: soort
        for soort in Sjopcategorie.objects.filter(artikel__gebied=gebied).select_related("artikel")
    }
    stukken: dict[str, Inbreng] = {}
    for nummer, (code, nagekeken, velden) in enumerate(_GOED):
        nu = moment_op(vandaag - timedelta(days=14 - nummer // 2), time(14, 5 * (nummer % 12)))
        goed = Goed(**{"staat": "B", **velden})
        stuk = inbreng_boeken(categorie=soorten[code], goed=goed, door=door, nu=nu)
        if nagekeken and stuk.status == "quarantaine":
            punten = soorten[code].checklist
            stuk = inbreng_goedkeuren(inbreng_id=stuk.pk, afgevinkt=punten, door=door, nu=nu)
        stukken[code] = stuk
    nu = moment_op(vandaag - timedelta(days=2), time(15))
    passen: list[UUID] = [pas_openen(gebied_id=gebied.pk, voornaam=naam, bron="balie", nu=nu).pk for naam in _NAMEN]
    uitgeven(pas_id=passen[0], keuzes=[Keuze(stukken["kinderstoel"].pk), Keuze(stukken["boeken"].pk)], door=door, nu=nu)
    sloten = tijdsloten(
        gebied_id=gebied.pk, van=vandaag, tot=vandaag + timedelta(days=14), nu=moment_op(vandaag, time(23))
    )
    for pas, (slot, _vrij) in zip(passen[1:], sloten, strict=False):
        afspraak_zetten(pas_id=pas, begin=slot.begin, nu=nu)
