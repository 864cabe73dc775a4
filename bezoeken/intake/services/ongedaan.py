"""A person looked at a trial and imports just that file; and takes a whole import back while nothing came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bezoeken.intake.fouten import BestandVerlopen, NietTerugTeDraaien
from bezoeken.intake.services.besluiten import besluit_herstellen
from bezoeken.intake.sloten import vergrendel_gebied
from bezoeken.models import Afspraak, Bestandsdeel, Bezoek, Geboorteimport, Geboortemelding, Poging, Toewijzing
from bezoeken.toestand import Status
from notifications.selectors import gezinnen_met_verzonden_bericht
from ooievaar.selectors.huishoudens import kinderen_van_gezinnen, ongewijzigde_gezinnen
from ooievaar.services.inschrijven import gezinnen_uitschrijven

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# How long the file of a trial is kept, so that a person can read the outcome and then import just that file.
BEWAARTIJD = timedelta(hours=1)
ONGEDAAN = "ongedaan"
_GEMAAKT = (Geboortemelding.Uitkomst.NIEUW, Geboortemelding.Uitkomst.MEERLING)


@dataclass(frozen=True)
class Teruggedraaid:
    """What became of an import that was taken back: notices that are gone, and those that people already used."""

    weg: int
    gebleven: int


@transaction.atomic
def import_na_controle(*, controle_id: UUID, door: Gebruiker, nu: datetime) -> Geboorteimport:
    """The file of a trial becomes an import, to be read. Raises BestandVerlopen when it was used, or is too old."""
    controle = Geboorteimport.objects.select_for_update(of=("self",)).get(pk=controle_id, proef=True)
    delen = Bestandsdeel.objects.filter(geboorteimport=controle)
    if controle.status != Geboorteimport.Status.KLAAR or not delen.exists():
        raise BestandVerlopen
    rij = Geboorteimport.objects.create(
        gebied_id=controle.gebied_id, door=door, bestandsnaam=controle.bestandsnaam, proef=False, begonnen_op=nu
    )
    delen.update(geboorteimport=rij)
    return rij


def bestanden_opruimen(*, nu: datetime) -> int:
    """Forget the files of trials that nobody imported; returns how many pieces went."""
    oud = Bestandsdeel.objects.filter(geboorteimport__proef=True, geboorteimport__klaar_op__lt=nu - BEWAARTIJD)
    return oud.delete()[0]


@transaction.atomic
def import_terugdraaien(*, import_id: UUID, door: Gebruiker, nu: datetime) -> Teruggedraaid:
    """Take an import back: families, children and visits that it made go, and what it filled in at others.

    What people have worked with since stays, and is counted: a visit that was given to somebody, tried or closed, a
    family that was changed or written to, a notice that somebody judged, a child that joined an existing visit.
    Raises NietTerugTeDraaien for a trial, an import that still runs, or one that was taken back before.
    """
    rij = Geboorteimport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if rij.proef or rij.status != Geboorteimport.Status.KLAAR or rij.reden == ONGEDAAN:
        raise NietTerugTeDraaien
    vergrendel_gebied(rij.gebied_id)
    meldingen = Geboortemelding.objects.filter(geboorteimport=rij)
    totaal = meldingen.count()
    for melding in meldingen.filter(uitkomst=Geboortemelding.Uitkomst.SAMENGEVOEGD, besluit="").select_for_update(
        of=("self",)
    ):
        besluit_herstellen(melding=melding, door=door, nu=nu)
    meldingen.filter(besluit="").exclude(status=Geboortemelding.Status.VERWERKT).delete()
    gezinnen = _onaangeroerd(rij)
    weg = meldingen.filter(uitkomst__in=_GEMAAKT, besluit="", bezoek__gezin__in=gezinnen)
    weg.delete()
    gezinnen_uitschrijven(gezin_ids=gezinnen)
    gebleven = meldingen.count()
    rij.reden = ONGEDAAN
    rij.save(update_fields=["reden"])
    return Teruggedraaid(totaal - gebleven, gebleven)


def _onaangeroerd(rij: Geboorteimport) -> set[UUID]:
    """The families that this import made and that nobody and nothing has touched since."""
    gemaakt = Geboortemelding.objects.filter(geboorteimport=rij, uitkomst__in=_GEMAAKT, besluit="")
    kinderen = set(gemaakt.values_list("pasgeborene_id", flat=True))
    gezinnen = set(gemaakt.filter(bezoek__isnull=False).values_list("bezoek__gezin_id", flat=True))
    van_bezoek = {"bezoek": OuterRef("pk")}
    geraakt = Bezoek.objects.filter(gezin_id__in=gezinnen).filter(
        ~Q(status=Status.OPEN)
        | ~Q(venster_reden="")
        | Exists(Toewijzing.objects.filter(**van_bezoek))
        | Exists(Poging.objects.filter(**van_bezoek))
        | Exists(Afspraak.objects.filter(**van_bezoek))
    )
    gezinnen -= set(geraakt.values_list("gezin_id", flat=True))
    gezinnen &= ongewijzigde_gezinnen(gezinnen)
    gezinnen -= gezinnen_met_verzonden_bericht(gezinnen)
    # Children of another origin, or who were reported by another source too, keep their family.
    van_wie = kinderen_van_gezinnen(gezinnen)
    ook_elders = set(
        Geboortemelding.objects.filter(pasgeborene__in=van_wie)
        .exclude(geboorteimport=rij)
        .values_list("pasgeborene_id", flat=True)
    )
    return gezinnen - {gezin for kind, gezin in van_wie.items() if kind not in kinderen or kind in ook_elders}
