"""From a batch to its PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats, translation

from notifications.models import Briefpartij
from notifications.selectors.brieven import Brief, brieven_van_partij
from ooievaar.kalender import dag_van
from ooievaar.services.inzage import inzage_vastleggen

if TYPE_CHECKING:
    from datetime import datetime

    from notifications.brieven.pdf import Drukbrief
    from ooievaar.models import Gebruiker


def partij_als_pdf(partij: Briefpartij, *, voor: Gebruiker, nu: datetime) -> bytes:
    """The letters of a batch, with the addresses of now and the date on which it was made.

    It is written down that `voor` saw these families.
    """
    from notifications.brieven.pdf import brieven_pdf  # a second to load, and rarely asked for

    brieven = brieven_van_partij(partij).brieven
    inzage_vastleggen(gebruiker_id=voor.pk, gezin_ids=[brief.gezin_id for brief in brieven], waar="brief", nu=nu)
    with translation.override("nl"):
        datum = formats.date_format(dag_van(partij.gemaakt_op), "j F Y")
    return brieven_pdf([_drukbrief(brief, datum) for brief in brieven])


def _drukbrief(brief: Brief, datum: str) -> Drukbrief:
    from notifications.brieven.pdf import Briefdeel, Drukbrief

    adres = brief.adres
    return Drukbrief(
        nummer=brief.volgnummer,
        retouradres=brief.retouradres,
        # Postal code, two spaces, town in capitals: as PostNL reads it.
        adres=(adres.naam, f"{adres.straat} {adres.huisnummer}", f"{adres.postcode}  {adres.woonplaats.upper()}"),
        onderwerp=brief.onderwerp,
        delen=tuple(Briefdeel(taal, tekst) for taal, tekst in brief.delen),
        datum=datum,
    )
