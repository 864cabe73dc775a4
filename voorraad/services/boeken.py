"""The ledger: booking a movement, and reversing one that was wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import Artikel, Locatie, Mutatie, Mutatiesoort, Partij, Stand
from voorraad.services import regels
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import eerst_verlopend, standen_vergrendeld, uit_te_geven, vrij

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# More than this in one line is a slip of the finger; the balance (32 bits) has room for 20,000 of them.
MAXIMUM = 100_000


@transaction.atomic
def mutatie_boeken(
    *,
    soort: str,
    artikel: Artikel,
    partij: Partij | None = None,
    van: Locatie | None = None,
    naar: Locatie | None = None,
    aantal: int,
    reden: str = "",
    door: Gebruiker | None,
    nu: datetime,
    gebeurd_op: datetime | None = None,
    aanleiding: str = "",
    sleutel: str | None = None,
) -> Mutatie:
    """Move `aantal` of an article from one place to another, with the balances, in one transaction.

    A side left out is the standard place of `regels.py`. Without `partij` the earliest best-before that holds enough is
    taken (for a hand-out: that may still be handed out). The same `sleutel` again gives the line that was booked then.
    Raises Ongeldig (naming the field), OnvoldoendeVoorraad, VerlopenPartij, GeblokkeerdArtikel.
    """
    van, naar = _plekken(soort, artikel, van, naar)
    _controleer(soort, artikel, partij, van, naar, aantal)
    if artikel.geblokkeerd and soort in regels.STOPT_BIJ_BLOKKADE:
        raise fouten.GeblokkeerdArtikel
    dag = clock.dag_van(gebeurd_op or nu)

    standen = standen_vergrendeld(_geraakt(artikel, partij, van, naar))
    if sleutel and (eerder := Mutatie.objects.filter(sleutel=sleutel).first()):
        return eerder
    if van.binnen:
        bron = _kies([s for s in standen if s.locatie_id == van.pk], soort, artikel, partij, van, aantal, dag)
        partij = bron.partij
        bron.aantal -= aantal
        bron.save(update_fields=["aantal"])
    if naar.binnen:
        _bijschrijven(artikel, partij, naar, aantal)
    return Mutatie.objects.create(
        soort=soort,
        artikel=artikel,
        partij=partij,
        van=van,
        naar=naar,
        aantal=aantal,
        reden=reden,
        aanleiding=aanleiding,
        sleutel=sleutel,
        gebeurd_op=gebeurd_op or nu,
        geboekt_op=nu,
        door=door,
    )


@transaction.atomic
def mutatie_terugdraaien(*, mutatie: Mutatie, door: Gebruiker | None, reden: str, nu: datetime) -> Mutatie:
    """Reverse a line by a linked one (a correctie) that goes the other way; the wrong line stays where it is.

    Raises AlTeruggedraaid (a reversal can not be reversed either), and OnvoldoendeVoorraad when what was brought in is
    no longer there.
    """
    mutatie = Mutatie.objects.select_for_update(of=("self",), no_key=True).get(pk=mutatie.pk)
    if mutatie.draait_terug_id or Mutatie.objects.filter(draait_terug=mutatie).exists():
        raise fouten.AlTeruggedraaid
    artikel, partij, van, naar = mutatie.artikel, mutatie.partij, mutatie.naar, mutatie.van
    standen = standen_vergrendeld(_geraakt(artikel, partij, van, naar) & Q(partij=partij))
    if van.binnen:
        bron = next((s for s in standen if s.locatie_id == van.pk), None)
        if bron is None or vrij(bron) < mutatie.aantal:
            raise _te_weinig(artikel, van, mutatie.aantal, [bron] if bron else [])
        bron.aantal -= mutatie.aantal
        bron.save(update_fields=["aantal"])
    if naar.binnen:
        _bijschrijven(artikel, partij, naar, mutatie.aantal)
    return Mutatie.objects.create(
        soort=Mutatiesoort.CORRECTIE,
        artikel=artikel,
        partij=partij,
        van=van,
        naar=naar,
        aantal=mutatie.aantal,
        reden=reden,
        aanleiding=mutatie.aanleiding,
        gebeurd_op=nu,
        geboekt_op=nu,
        door=door,
        draait_terug=mutatie,
    )


def _plekken(soort: str, artikel: Artikel, van: Locatie | None, naar: Locatie | None) -> tuple[Locatie, Locatie]:
    """Both sides, with the standard places for what was left out. Raises Ongeldig naming what must be given."""
    if soort not in Mutatiesoort.values:
        raise Ongeldig([("soort", "onbekendeKeuze", _("Deze soort boeking kennen we niet."))])
    gevraagd = regels.ontbrekende_kant(
        soort, van.soort if van else None, naar.soort if naar else None, artikelsoort=artikel.soort
    )
    ontbreekt = [naam for naam, kant in zip(("van", "naar"), gevraagd, strict=True) if kant is None]
    if ontbreekt:
        raise Ongeldig([(naam, "verplicht", _("Kies een plek.")) for naam in ontbreekt])
    bron, doel = gevraagd
    return (
        van or standaardplek(artikel.gebied_id, str(bron)),
        naar or standaardplek(artikel.gebied_id, str(doel)),
    )


def _controleer(soort: str, artikel: Artikel, partij: Partij | None, van: Locatie, naar: Locatie, aantal: int) -> None:
    """Everything that can be said without looking at a balance, all faults at once. Raises Ongeldig."""
    gevonden: list[tuple[str, str, Any]] = []
    if not 1 <= aantal <= MAXIMUM:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM}
        gevonden.append(("aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if partij is not None and partij.artikel_id != artikel.pk:
        gevonden.append(("partij", "onbekend", _("Deze partij hoort bij een ander artikel.")))
    vreemd = [naam for naam, plek in (("van", van), ("naar", naar)) if plek.gebied_id != artikel.gebied_id]
    gevonden += [(naam, "onbekend", _("Deze plek hoort bij een ander gebied.")) for naam in vreemd]
    if not vreemd:
        if van.pk == naar.pk:
            gevonden.append(("naar", "ongeldig", _("Kies een andere plek dan waar het vandaan komt.")))
        elif not regels.past(soort, van.soort, naar.soort, van_binnen=van.binnen, naar_binnen=naar.binnen):
            reden = _("Een boeking van soort %(soort)s kan niet van %(van)s naar %(naar)s.") % {
                "soort": soort,
                "van": van.get_soort_display(),
                "naar": naar.get_soort_display(),
            }
            gevonden.append(("naar", "ongeldig", reden))
    if gevonden:
        raise Ongeldig(gevonden)


def _geraakt(artikel: Artikel, partij: Partij | None, van: Locatie, naar: Locatie) -> Q:
    """The balances this movement may touch: of both places inside; of all lots when one is still to be chosen."""
    welke = Q(artikel=artikel, locatie__in=[plek for plek in (van, naar) if plek.binnen])
    return welke if partij is None and van.binnen else welke & Q(partij=partij)


def _kies(
    standen: list[Stand], soort: str, artikel: Artikel, partij: Partij | None, van: Locatie, aantal: int, dag: date
) -> Stand:
    """The balance to take from: the lot asked for, else the earliest best-before that holds enough.

    Raises VerlopenPartij when only lots that may not be handed out would have been enough, else OnvoldoendeVoorraad.
    """
    genoeg = [s for s in eerst_verlopend(standen) if vrij(s) >= aantal]
    mag = genoeg if soort != Mutatiesoort.UITGIFTE else [s for s in genoeg if uit_te_geven(s, dag)]
    if mag:
        return mag[0]
    if genoeg and genoeg[0].partij:
        raise fouten.VerlopenPartij(genoeg[0].partij)
    raise _te_weinig(artikel, van, aantal, standen)


def _te_weinig(artikel: Artikel, plek: Locatie, aantal: int, standen: list[Stand]) -> fouten.OnvoldoendeVoorraad:
    beschikbaar = sum(vrij(s) for s in standen)
    return fouten.OnvoldoendeVoorraad(
        artikel=artikel, plek=plek, gevraagd=aantal, beschikbaar=beschikbaar, verdeeld=beschikbaar >= aantal
    )


def _bijschrijven(artikel: Artikel, partij: Partij | None, plek: Locatie, aantal: int) -> None:
    """Add to a balance, which may not be there yet (or be made by somebody else at this moment)."""
    hier = Stand.objects.filter(artikel=artikel, partij=partij, locatie=plek)
    erbij = {"aantal": F("aantal") + aantal}
    if not hier.update(**erbij):
        Stand.objects.bulk_create([Stand(artikel=artikel, partij=partij, locatie=plek)], ignore_conflicts=True)
        hier.update(**erbij)
