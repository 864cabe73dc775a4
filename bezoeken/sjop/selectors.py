"""Reading the Sjop for the programme: families per wijk with small numbers hidden, and the families of a recall."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bezoeken.dekking.onderdrukking import Telling, onder, wortel
from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from ooievaar.selectors.gezinnen import gezinnen_waarvoor
from ooievaar.selectors.wijken import wijken_van_gebied
from voorraad.selectors.sjop import gezinnen_per_wijk, vindplaatsen

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker
    from voorraad.models import Terugroepactie

KOLOM = "inAanmerking"


@dataclass(frozen=True)
class Wijkregel:
    """How many families of a wijk got something in a year; None: hidden, because it could point at somebody."""

    naam: str
    gezinnen: int | None


def per_wijk(gebied: Gebied, jaar: int) -> tuple[int | None, list[Wijkregel]]:
    """Of a year that is over: the whole Gebied and every wijk, through the one door that every figure leaves by.

    Only whole years that are past: the difference of two days of a running year would be a cell of its own.
    """
    per_code = gezinnen_per_wijk(gebied.pk, date(jaar, 1, 1), date(jaar, 12, 31))
    namen = {wijk.code: wijk.naam for wijk in wijken_van_gebied(gebied.pk)}
    rijen: dict[Hashable, Telling] = {code: {"nogBezig": per_code.get(code, 0)} for code in namen}
    # Who came to the counter without a wijk, or moved from elsewhere, is a part of the whole as well.
    rijen[""] = {"nogBezig": sum(n for code, n in per_code.items() if code not in namen)}
    samen = sum(per_code.values())
    geheel = wortel({"nogBezig": samen}, gebied.kleinste_cel)
    zicht = onder(geheel, rijen, gebied.kleinste_cel, treden=1, los=False)
    regels = [
        Wijkregel(str(namen.get(str(code), "")), telling["nogBezig"] if zicht[code].toont(KOLOM) else None)
        for code, telling in rijen.items()
    ]
    return (samen if geheel.toont(KOLOM) else None), regels


def gezinnen_van_terugroeping(gebruiker: Gebruiker, actie: Terugroepactie) -> list[dict[str, Any]]:
    """The families in reach of this coordinator that have something of a recalled brand: to be rung, by a person."""
    gevonden = [(_gezin(v.pas.aanleiding), v) for v in vindplaatsen(actie) if v.pas is not None]
    ids = {gezin_id for gezin_id, _v in gevonden if gezin_id}
    gezinnen = gezinnen_waarvoor(gezinnen_van_coordinator(gebruiker)).filter(pk__in=ids).select_related("wijk")
    per_id = {gezin.pk: gezin for gezin in gezinnen}
    return [
        {"gezin": per_id[gezin_id], "waar": v.waar, "naam": v.inbreng.categorie.artikel.naam, "op": v.op}
        for gezin_id, v in gevonden
        if gezin_id in per_id
    ]


def _gezin(aanleiding: str) -> UUID | None:
    return UUID(aanleiding.removeprefix("gezin:")) if aanleiding.startswith("gezin:") else None
