"""A file of notices, batch by batch. The row of the import says how far it is, in the transaction of each batch:
a killed worker resumes where it was, and two workers at once do no row twice."""

from __future__ import annotations

import io
import itertools
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction

from bezoeken.intake import fouten as teksten
from bezoeken.intake.beoordelen import Soort
from bezoeken.intake.fouten import BestandGeweigerd
from bezoeken.intake.lezen import Record, records
from bezoeken.intake.normaliseren import Melding, Veldfout, normaliseer
from bezoeken.intake.services.verwerken import Intake, meldingen_inlezen
from bezoeken.models import Bestandsdeel, Geboorteimport
from ooievaar.platform import audit
from ooievaar.platform.clock import dag_van

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

PARTIJ = 500
# An import that made no progress for this long has lost its worker.
STIL = timedelta(minutes=2)
_DEEL = 1 << 20
_TELLER = {Soort.BEKEND: "bekend", Soort.TE_BEOORDELEN: "te_beoordelen", Soort.AFGEWEZEN: "afgewezen"}


def import_beginnen(
    *,
    gebied: Gebied,
    door: Gebruiker | None,
    bestandsnaam: str,
    proef: bool,
    nu: datetime,
    bestand: IO[bytes] | None = None,
) -> Geboorteimport:
    """Note that this file must be read. With `bestand` it is kept, piece by piece, for a worker to read."""
    with transaction.atomic():
        rij = Geboorteimport.objects.create(
            gebied=gebied, door=door, bestandsnaam=bestandsnaam[:200], proef=proef, begonnen_op=nu
        )
        if bestand is not None:
            bestand.seek(0)
            for nummer, deel in enumerate(iter(lambda: bestand.read(_DEEL), b"")):
                Bestandsdeel.objects.create(geboorteimport=rij, nummer=nummer, inhoud=deel)
    return rij


def import_uitvoeren(*, import_id: UUID, nu: datetime) -> None:
    """Read a kept file to its end; safe to call again, and at the same time."""
    rij = Geboorteimport.objects.get(pk=import_id)
    if rij.status != Geboorteimport.Status.BEZIG:
        return
    with tempfile.TemporaryFile() as bestand:
        delen = Bestandsdeel.objects.filter(geboorteimport=rij).order_by("nummer")
        for inhoud in delen.values_list("inhoud", flat=True).iterator(chunk_size=1):
            bestand.write(inhoud)
        if bestand.tell() == 0:
            # A command that was killed: its file was never ours to keep.
            _mislukt(rij, "afgebroken", nu)
            return
        bestand_inlezen(rij=rij, bestand=bestand, nu=nu)


def achtergebleven(*, nu: datetime) -> list[UUID]:
    """Imports that are under way and made no progress for two minutes: their worker, or the doorbell, was lost."""
    return list(
        Geboorteimport.objects.filter(status=Geboorteimport.Status.BEZIG, gewijzigd_op__lt=nu - STIL).values_list(
            "pk", flat=True
        )
    )


def bestand_inlezen(
    *, rij: Geboorteimport, bestand: IO[bytes], nu: datetime, voortgang: Callable[[int], object] = lambda _aantal: None
) -> Geboorteimport:
    """Judge every record from where the import was; calls `voortgang` with the number of records of each batch."""
    intake = Intake(
        gebied=rij.gebied, door=rij.door, nu=nu, geboorteimport_id=None if rij.proef else rij.pk, onthoud=rij.proef
    )
    # A trial writes nothing but its totals, so it starts again rather than resume: it must know its own rows.
    gedaan = 0 if rij.proef else rij.regels
    telling = Telling(rij) if not rij.proef else Telling.leeg()
    try:
        _weiger_te_groot(bestand)
        resterend = itertools.islice(records(bestand), gedaan, None)
        for partij in _partijen(resterend):
            with transaction.atomic(), audit.namens(user_id=rij.door_id, via="import"):
                if not _nog_van_ons(rij, gedaan):
                    return Geboorteimport.objects.get(pk=rij.pk)
                _een_partij(intake, partij, telling, proef=rij.proef)
                gedaan += len(partij)
                if not rij.proef:
                    telling.bewaar(rij)
            voortgang(len(partij))
    except BestandGeweigerd as exc:
        return _mislukt(rij, exc.code, nu, kolommen=exc.kolommen)
    with transaction.atomic():
        Geboorteimport.objects.select_for_update(of=("self",)).get(pk=rij.pk)
        telling.bewaar(rij, status=Geboorteimport.Status.KLAAR, klaar_op=nu)
        if not rij.proef:
            # The file of a trial is kept for an hour: a person looks, and then imports just that (services/ongedaan).
            Bestandsdeel.objects.filter(geboorteimport=rij).delete()
    return rij


def _weiger_te_groot(bestand: IO[bytes]) -> None:
    """The limit of the API holds for the command line too. Raises BestandGeweigerd."""
    if bestand.seek(0, io.SEEK_END) > settings.IMPORT_MAX_BYTES:
        raise BestandGeweigerd("teGroot")


class Telling:
    """The totals of an import: regels = verwerkt + bekend + teBeoordelen + afgewezen + rows with faults."""

    def __init__(self, rij: Geboorteimport) -> None:
        self.aantallen = Counter(
            {
                v: getattr(rij, v)
                for v in ("regels", "verwerkt", "bekend", "te_beoordelen", "afgewezen", "regels_met_fout")
            }
        )
        self.fouten: list[dict[str, object]] = list(rij.fouten)

    @classmethod
    def leeg(cls) -> Telling:
        return cls(Geboorteimport())

    def fout(self, nummer: int, fouten: list[Veldfout]) -> None:
        self.aantallen["regels_met_fout"] += 1
        for veld, code in fouten:
            sleutel = "ongeldigeDatum" if veld == "geboortedatum" and code == "ongeldig" else code
            self.fouten.append({"regel": nummer, "veld": veld, "reden": code, "tekst": teksten.tekst(sleutel)})

    def bewaar(self, rij: Geboorteimport, **velden: object) -> None:
        for naam, waarde in {**self.aantallen, "fouten": self.fouten, **velden}.items():
            setattr(rij, naam, waarde)
        Geboorteimport.objects.filter(pk=rij.pk).update(**self.aantallen, fouten=self.fouten, **velden)


def _een_partij(intake: Intake, partij: list[Record], telling: Telling, *, proef: bool) -> None:
    meldingen: list[Melding] = []
    vandaag = dag_van(intake.nu)
    for record in partij:
        telling.aantallen["regels"] += 1
        if record.fout:
            telling.fout(record.nummer, [Veldfout("regel", record.fout)])
            continue
        uitslag = normaliseer(record.waarden, vandaag=vandaag)
        if isinstance(uitslag, list):
            telling.fout(record.nummer, uitslag)
        else:
            meldingen.append(uitslag)
    for uitkomst in meldingen_inlezen(intake=intake, meldingen=meldingen, proef=proef):
        telling.aantallen[_TELLER.get(uitkomst.soort, "verwerkt")] += 1


def _nog_van_ons(rij: Geboorteimport, gedaan: int) -> bool:
    """Lock the import; False when another worker has taken it further in the meantime."""
    nu = Geboorteimport.objects.select_for_update(of=("self",)).values("status", "regels").get(pk=rij.pk)
    return nu["status"] == Geboorteimport.Status.BEZIG and (rij.proef or nu["regels"] == gedaan)


def _mislukt(rij: Geboorteimport, code: str, nu: datetime, *, kolommen: list[str] | None = None) -> Geboorteimport:
    fouten = [
        {"regel": 1, "veld": kolom, "reden": code, "tekst": BestandGeweigerd(code, [kolom]).tekst}
        for kolom in kolommen or []
    ]
    with transaction.atomic():
        rij.status, rij.reden, rij.klaar_op = Geboorteimport.Status.MISLUKT, code, nu
        rij.fouten = [*rij.fouten, *fouten]
        rij.save(update_fields=["status", "reden", "klaar_op", "fouten"])
        Bestandsdeel.objects.filter(geboorteimport=rij).delete()
    return rij


def _partijen(regels: Iterator[Record]) -> Iterator[list[Record]]:
    while partij := list(itertools.islice(regels, PARTIJ)):
        yield partij
