"""Finding a family by what somebody on the phone says: a name, a street, a postcode or a number.

What was asked is kept in the session and never stands in an address. A secret address finds nothing and is not shown,
but for the one coordinator who may see it (domain.md, rule 5).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from bezoeken.intake.normaliseren import huisnummerdelen, schoon, telefoon
from bezoeken.models import Bezoek
from ooievaar.selectors.gezinnen import gezinnen_met_contact, gezinnen_met_kindnaam, gezinnen_waarvoor, met_kindrijen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Gezin

KORTSTE = 2
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})?(?:[ ,]+(\d\S*))?")
_MET_NUMMER = re.compile(r"(.*\D)\s+(\d{1,5}\s?\S{0,5})")


def gezinnen_zoeken(gebruiker: Gebruiker, vraag: str) -> QuerySet[Gezin]:
    """The families in this coordinator's reach that fit, with what a list shows of them; one query.

    A question shorter than two characters finds nothing.
    """
    gezinnen = gezinnen_waarvoor(gezinnen_van_coordinator(gebruiker) & _past(gebruiker, schoon(vraag)))
    bezoeken = Bezoek.objects.filter(gezinnen_van_coordinator(gebruiker), gezin_id=OuterRef("pk"))
    laatste = bezoeken.order_by("-venster_begin", "id").values(
        rij=JSONObject(status="status", reden="afsluitreden", moeder="ooievaarsmoeder__naam")
    )
    return (
        met_kindrijen(gezinnen)
        .annotate(naam_wijk=F("wijk__naam"), bezoek_rijen=ArraySubquery(laatste[:1]))
        .order_by("achternaam", "pk")
    )


def _past(gebruiker: Gebruiker, vraag: str) -> Q:
    if len(vraag) < KORTSTE:
        return Q(pk__in=[])
    # Where an address is asked for, a secret one must not answer: that would tell it.
    open_ = Q(geheim=False) | Q(geheim_voor=gebruiker.pk)
    if gelijk := _POSTCODE.fullmatch(vraag):
        pc6 = (gelijk[1] + (gelijk[2] or "")).upper()
        return open_ & Q(postcode__startswith=pc6) & _nummer(gelijk[3] or "")
    if nummer := telefoon(vraag):
        return Q(pk__in=gezinnen_met_contact(nummer=nummer))
    straat, huisnummer = vraag, ""
    if gelijk := _MET_NUMMER.fullmatch(vraag):
        straat, huisnummer = gelijk[1].strip(), gelijk[2]
    op_adres = open_ & Q(straat__icontains=straat) & _nummer(huisnummer)
    op_naam = Q(pk__in=gezinnen_met_kindnaam(vraag)) | Q(pk__in=gezinnen_met_contact(naam=vraag))
    return op_adres | op_naam


def _nummer(tekst: str) -> Q:
    """This house number, with its letter or addition when those are given."""
    huisnummer, letter, toevoeging = huisnummerdelen(tekst)
    if huisnummer is None:
        return Q()
    deel = Q(huisnummer=huisnummer)
    if letter:
        deel &= Q(huisletter__iexact=letter)
    if toevoeging:
        deel &= Q(toevoeging__iexact=toevoeging)
    return deel


def adres_voor(gebruiker: Gebruiker, gezin: Any) -> str:
    """The address on one line, or nothing when it is secret for this coordinator."""
    if gezin.geheim and gezin.geheim_voor_id != gebruiker.pk:
        return ""
    nummer = f"{gezin.huisnummer or ''}{gezin.huisletter}" + (f"-{gezin.toevoeging}" if gezin.toevoeging else "")
    postcode = f"{gezin.postcode[:4]} {gezin.postcode[4:]}".strip()
    return " ".join(deel for deel in (gezin.straat, f"{nummer}," if nummer else "", postcode, gezin.woonplaats) if deel)
