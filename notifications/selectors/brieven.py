"""The letters: what waits for a person to print, and what is in a batch, with the addresses of now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, QuerySet

from notifications.doelen import doel_van
from notifications.models import Briefpartij, Briefregel
from notifications.selectors.bereik import kanaalstops, zonder_toestemming
from notifications.selectors.teksten import eigen_teksten
from notifications.sjablonen import tekstdelen
from notifications.stoplinks import stoplink
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.benaderbaar import Contact, contactstanden
from ooievaar.selectors.bereik import Briefadres, briefadressen, verzendregels

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Brief:
    """A letter to print and post; `delen` are its pieces as (language, text)."""

    gezin_id: UUID
    soort: str
    adres: Briefadres
    onderwerp: str
    delen: tuple[tuple[str, str], ...]
    regel_id: int
    volgnummer: int
    retouradres: str

    @property
    def tekst(self) -> str:
        """The whole letter as one text."""
        return "\n\n- - -\n\n".join(tekst for _taal, tekst in self.delen)


@dataclass(frozen=True)
class Brievenlijst:
    """Letters, and how many were left out: secret, no address, stopped, or waiting for a person."""

    brieven: list[Brief]
    geheim: int
    zonder_adres: int
    gestopt: int
    wacht: int


def brievenlijst(dag: date, *, gebied_code: str | None = None) -> Brievenlijst:
    """The letters of a day, with addresses as they are now."""
    rijen = Briefregel.objects.filter(dag=dag, bericht__gezin__isnull=False).select_related("bericht")
    if gebied_code is not None:
        rijen = rijen.filter(gebied__code=gebied_code)
    return brieven_van(rijen)


def brieven_van(rijen: Iterable[Briefregel]) -> Brievenlijst:
    """These letters (with `bericht` loaded), by postcode; a fixed number of queries.

    A family that may not be contacted any more, wants no letters or did not agree gets none (rules 3, 4 and 17); a
    secret address is on no list (rule 5): the one named coordinator writes to them.
    """
    regels_van = list(rijen)
    gezin_ids = {rij.bericht.gezin_id: None for rij in regels_van if rij.bericht.gezin_id}
    contact = contactstanden(gezin_ids)
    paren = [(rij.bericht.gezin_id, doel_van(rij.bericht.soort)) for rij in regels_van if rij.bericht.gezin_id]
    niet = kanaalstops(gezin_ids, "brief") | zonder_toestemming(paren)
    adressen = briefadressen(gezin_ids)
    regels = verzendregels()
    eigen = eigen_teksten()
    brieven = []
    geheim = zonder_adres = gestopt = wacht = 0
    for rij in regels_van:
        bericht = rij.bericht
        adres = adressen.get(bericht.gezin_id) if bericht.gezin_id else None
        stand = contact.get(bericht.gezin_id, Contact.GESTOPT) if bericht.gezin_id else Contact.GESTOPT
        doel = doel_van(bericht.soort)
        if bericht.gezin_id is None or stand is Contact.GESTOPT or (bericht.gezin_id, doel) in niet:
            gestopt += 1
        elif stand is Contact.WACHT:
            wacht += 1
        elif adres is None:
            zonder_adres += 1
        elif adres.geheim:
            geheim += 1
        else:
            regel = regels[rij.gebied_id]
            onderwerp, delen = tekstdelen(
                bericht.soort,
                "brief",
                bericht.context,
                gebied=regel.naam,
                telefoonnummer=regel.telefoonnummer,
                taal=bericht.taal,
                link=stoplink(bericht.gezin_id, "brief", doel),
                eigen=eigen.get(rij.gebied_id),
            )
            brieven.append(
                Brief(
                    bericht.gezin_id,
                    bericht.soort,
                    adres,
                    onderwerp,
                    delen,
                    rij.pk,
                    rij.volgnummer or 0,
                    regel.retouradres,
                )
            )
    brieven.sort(key=lambda b: (b.volgnummer, b.adres.postcode, b.adres.straat, b.adres.huisnummer, b.soort))
    return Brievenlijst(brieven, geheim, zonder_adres, gestopt, wacht)


def wachtende_brieven(gebied_id: UUID, *, tot: date) -> QuerySet[Briefregel]:
    """The letters of this Gebied up to and including this day that are in no batch."""
    regels = Briefregel.objects.filter(
        gebied_id=gebied_id, dag__lte=tot, partij__isnull=True, bericht__gezin__isnull=False
    )
    return regels.select_related("bericht").order_by("dag", "pk")


def brieven_van_partij(partij: Briefpartij) -> Brievenlijst:
    """The letters of a batch in the order of its pages; who may no longer be written to is left out."""
    return brieven_van(Briefregel.objects.filter(partij=partij).select_related("bericht"))


def briefpartijen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Briefpartij]:
    """The batches of the areas in which this user coordinates, with `aantal` letters, the newest first.

    A batch holds letters of the whole Gebied, so it is for who coordinates all of it.
    """
    gebieden = [b.gebied_id for b in gebruiker.bevoegdheid.bereiken if b.rol == "coordinator" and not b.wijk_ids]
    partijen = Briefpartij.objects.filter(gebied_id__in=gebieden).select_related("gemaakt_door", "gedrukt_door")
    return partijen.annotate(aantal=Count("regels")).order_by("-gemaakt_op", "id")


def briefpartij_op_slot(gebruiker: Gebruiker, partij_id: UUID) -> Briefpartij:
    """One of those batches, locked for the rest of the transaction. Raises NietGevonden."""
    if not briefpartijen_zichtbaar_voor(gebruiker).filter(pk=partij_id).exists():
        raise NietGevonden
    return Briefpartij.objects.select_for_update(of=("self",)).get(pk=partij_id)
