"""Counting: begin, write down what lies there, establish. Uncounted is not zero, and nobody overwrites anybody.

Lock order: the count, then as everywhere the occasions and the balances (docs/adr/0012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import (
    Artikel,
    Inbreng,
    Locatie,
    Locatiesoort,
    Mutatie,
    Mutatiesoort,
    Partij,
    Reservering,
    Sjopcategorie,
    Stand,
    Telling,
    Telregel,
)
from voorraad.selectors import telverschillen
from voorraad.selectors.tellen import AANLEIDING
from voorraad.services.boeken import MAXIMUM
from voorraad.services.dozen import laat_los
from voorraad.services.perioden import in_open_periode
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import (
    bijwerken,
    dicht_tot,
    standen_met_beloften_vergrendeld,
    standen_vergrendeld,
    te_weinig,
)

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

Sleutel = tuple[UUID, UUID | None]


@dataclass(frozen=True)
class Vaststelling:
    """An established count: the corrections that were booked, and the promises that nothing was left for."""

    telling: Telling
    correcties: list[Mutatie]
    zonder_doos: list[tuple[str, str]]


@transaction.atomic
def telling_beginnen(
    *, locatie: Locatie, artikelen: Sequence[Artikel] | None, blind: bool, door: Gebruiker | None, nu: datetime
) -> Telling:
    """Begin a count of a place: of everything, or of these articles. Raises Ongeldig."""
    gevonden = []
    if not locatie.binnen:
        gevonden.append(("locatie", "ongeldig", _("Hier ligt geen voorraad die u kunt tellen.")))
    for nummer, artikel in enumerate(artikelen or ()):
        if artikel.gebied_id != locatie.gebied_id:
            gevonden.append((f"artikelen.{nummer}", "onbekend", _("Dit artikel hoort bij een ander gebied.")))
    if artikelen is not None and not artikelen:
        gevonden.append(("artikelen", "verplicht", _("Kies wat u telt, of laat dit weg om alles te tellen.")))
    if gevonden:
        raise Ongeldig(gevonden)
    telling = Telling.objects.create(
        locatie=locatie, volledig=artikelen is None, blind=blind, begonnen_op=nu, begonnen_door=door
    )
    if artikelen:
        telling.artikelen.set(artikelen)
    return telling


@transaction.atomic
def tellen(
    *,
    telling_id: UUID,
    artikel: Artikel,
    partij: Partij | None,
    geteld: int,
    reden: str = "",
    door: Gebruiker,
    nu: datetime,
) -> Telregel:
    """Write down what one person counted, with the balance of this moment; her own earlier line is replaced.

    Raises TellingAfgesloten, and Ongeldig for an amount outside 0..100,000 or something that is not counted here.
    """
    telling = _op_slot(telling_id)
    _controleer(telling, artikel, partij, geteld)
    waar = {"artikel": artikel, "partij": partij, "locatie": telling.locatie}
    # What was found and was never here gets a balance of zero, so that there is something to lock.
    Stand.objects.bulk_create([Stand(**waar)], ignore_conflicts=True)
    (stand,) = standen_vergrendeld(Q(**waar))
    plek = Q(van=telling.locatie) | Q(naar=telling.locatie)
    laatste = Mutatie.objects.filter(plek, artikel=artikel, partij=partij).aggregate(op=Max("geboekt_op"))["op"]
    regel, _nieuw = Telregel.objects.update_or_create(
        telling=telling,
        artikel=artikel,
        partij=partij,
        teller=door,
        defaults={
            "geteld": geteld,
            # Never before a line that is in this balance, whatever the clocks of two servers say.
            "geteld_op": max(nu, laatste or nu),
            "stand_toen": stand.aantal,
            "reden": reden,
        },
    )
    return regel


@transaction.atomic
def telling_vaststellen(*, telling_id: UUID, door: Gebruiker | None, nu: datetime) -> Vaststelling:
    """Book a correction for every difference, with its reason; what nobody counted stays as it is.

    What was booked since a line was counted stays booked. A correction is of the day on which was counted. Where less
    was found than was promised, the newest promises are let go: the answer says which. Established before: the same
    answer without anything new. Raises TellingAfgesloten (cancelled), TellersVerschillen when two people found
    different numbers, RedenNodig, and OnvoldoendeVoorraad when more left afterwards than was counted.
    """
    telling = _op_slot(telling_id, ook_vastgesteld=True)
    if telling.status == Telling.Status.VASTGESTELD:
        return Vaststelling(telling, list(Mutatie.objects.filter(aanleiding=f"{AANLEIDING}{telling.pk}")), [])
    gevonden = telverschillen(telling)
    _zijn_het_eens(gevonden, telling)
    welke = Q(pk__in=[])
    for artikel, partij in gevonden:
        welke |= Q(artikel=artikel, partij=partij, locatie=telling.locatie)
    standen, beloften = standen_met_beloften_vergrendeld(lambda: welke)
    gevonden = telverschillen(telling)  # with what was booked while we waited
    _hebben_een_reden(gevonden)
    correctieplek = standaardplek(telling.locatie.gebied_id, Locatiesoort.CORRECTIE)
    correcties: list[Mutatie] = []
    los: list[Reservering] = []
    for stand in standen:
        verschil = gevonden[stand.artikel_id, stand.partij_id][0]
        if not verschil.aantal:
            continue
        if stand.aantal + verschil.aantal < 0:
            raise te_weinig(stand.artikel, telling.locatie, -verschil.aantal, [stand])
        over = stand.gereserveerd - (stand.aantal + verschil.aantal)
        if over > 0:
            nieuwste = [b for b in reversed(beloften) if b.stand_id == stand.pk][:over]
            laat_los(nieuwste, [stand], nu=nu)
            los += nieuwste
        bijwerken(stand, verschil.aantal)
        kant = (correctieplek, telling.locatie) if verschil.aantal > 0 else (telling.locatie, correctieplek)
        correcties.append(
            Mutatie(
                soort=Mutatiesoort.CORRECTIE,
                artikel=stand.artikel,
                partij=stand.partij,
                van=kant[0],
                naar=kant[1],
                aantal=abs(verschil.aantal),
                reden=verschil.reden_in_woorden,
                aanleiding=f"{AANLEIDING}{telling.pk}",
                gebeurd_op=in_open_periode(min(verschil.geteld_op, nu), dicht_tot(stand), nu=nu),
                geboekt_op=nu,
                door=door,
            )
        )
    Mutatie.objects.bulk_create(correcties)
    _sluit(telling, Telling.Status.VASTGESTELD, door, nu)
    return Vaststelling(telling, correcties, [(b.aanleiding, b.onderdeel) for b in los])


@transaction.atomic
def telling_annuleren(*, telling_id: UUID, door: Gebruiker | None, nu: datetime) -> Telling:
    """Stop a count; nothing is booked. Twice changes nothing. Raises TellingAfgesloten when it was established."""
    telling = Telling.objects.select_for_update(of=("self",), no_key=True).get(pk=telling_id)
    if telling.status == Telling.Status.VASTGESTELD:
        raise fouten.TellingAfgesloten
    if telling.status == Telling.Status.OPEN:
        _sluit(telling, Telling.Status.GEANNULEERD, door, nu)
    return telling


def _op_slot(telling_id: UUID, *, ook_vastgesteld: bool = False) -> Telling:
    tellingen = Telling.objects.select_related("locatie").select_for_update(of=("self",), no_key=True)
    telling = tellingen.get(pk=telling_id)
    mag = (Telling.Status.OPEN, Telling.Status.VASTGESTELD) if ook_vastgesteld else (Telling.Status.OPEN,)
    if telling.status not in mag:
        raise fouten.TellingAfgesloten
    return telling


def _sluit(telling: Telling, status: Telling.Status, door: Gebruiker | None, nu: datetime) -> None:
    telling.status, telling.afgesloten_op, telling.afgesloten_door = status, nu, door
    telling.save(update_fields=["status", "afgesloten_op", "afgesloten_door"])
    telling.refresh_from_db()


def _controleer(telling: Telling, artikel: Artikel, partij: Partij | None, geteld: int) -> None:
    gevonden: list[tuple[str, str, Any]] = []
    if not 0 <= geteld <= MAXIMUM:
        reden = _("Vul een heel getal in van 0 tot en met %(maximum)s.") % {"maximum": MAXIMUM}
        gevonden.append(("geteld", "teLaag" if geteld < 0 else "teHoog", reden))
    if artikel.gebied_id != telling.locatie.gebied_id:
        gevonden.append(("artikel", "onbekend", _("Dit artikel hoort bij een ander gebied.")))
    elif not telling.volledig and not telling.artikelen.filter(pk=artikel.pk).exists():
        reden = _("Artikel %(artikel)s hoort niet bij deze telling.") % {"artikel": artikel.code}
        gevonden.append(("artikel", "nietInTelling", reden))
    if partij is not None and partij.artikel_id != artikel.pk:
        gevonden.append(("partij", "onbekend", _("Deze partij hoort bij een ander artikel.")))
    elif not Inbreng.objects.filter(partij=partij).exists() and Sjopcategorie.objects.filter(artikel=artikel).exists():
        # What was never taken in has not been past the block-list.
        gevonden.append(("partij", "verplicht", _("Dit is van de Sjop. Tel per label, of neem het eerst in.")))
    if gevonden:
        raise Ongeldig(gevonden)


def _zijn_het_eens(gevonden: Any, telling: Telling) -> None:
    oneens = [
        {"artikel": regels[0].artikel_id, "code": regels[0].artikel_code, "partij": regels[0].partij_id,
         "geteld": [regel.geteld for regel in regels]}
        for regels in gevonden.values()
        if len({regel.aantal for regel in regels}) > 1
    ]  # fmt: skip
    if oneens:
        raise fouten.TellersVerschillen(oneens)


def _hebben_een_reden(gevonden: Any) -> None:
    zonder = [
        {"artikel": regels[0].artikel_id, "code": regels[0].artikel_code, "partij": regels[0].partij_id,
         "verschil": regels[0].aantal}
        for regels in gevonden.values()
        if regels[0].aantal and not any(regel.reden for regel in regels)
    ]  # fmt: skip
    if zonder:
        raise fouten.RedenNodig(zonder)
