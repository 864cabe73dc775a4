"""Notices come in: judged one after the other, written together. The JSON call and the files both come here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from bezoeken.instellingen import vensterregels
from bezoeken.intake.beoordelen import BekendeMelding, Kennis, Plaats, Reden, Soort, Verdict, beoordeel
from bezoeken.intake.kennis import laad
from bezoeken.intake.normaliseren import Melding
from bezoeken.intake.services.schrijven import Schrijfwerk, contact_van
from bezoeken.intake.sloten import vergrendel_gebied, vergrendel_melding
from bezoeken.models import Geboortemelding
from ooievaar.platform.clock import dag_van
from ooievaar.selectors.adressen import Wijkwijzer, wijkwijzer

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

STATUS = {Soort.TE_BEOORDELEN: "teBeoordelen", Soort.AFGEWEZEN: "afgewezen"}


@dataclass(frozen=True)
class Uitkomst:
    """What became of one notice; `melding` is its row (of the first one when it was known already)."""

    soort: Soort
    redenen: tuple[str, ...]
    melding: UUID
    pasgeborene: UUID | None = None
    bezoek: UUID | None = None


def melding_ontvangen(
    *, gebied: Gebied, melding: Melding, door: Gebruiker | None, nu: datetime
) -> tuple[Geboortemelding, bool]:
    """One notice, as `POST /geboortemeldingen` brings it. Returns its row, and whether it is new."""
    with transaction.atomic():
        vergrendel_melding(gebied.pk, melding)
        (uitkomst,) = Intake(gebied=gebied, door=door, nu=nu).verwerk([melding])
        return Geboortemelding.objects.get(pk=uitkomst.melding), uitkomst.soort is not Soort.BEKEND


def meldingen_inlezen(*, intake: Intake, meldingen: Sequence[Melding], proef: bool = False) -> list[Uitkomst]:
    """A batch of a file. With `proef` everything is judged and nothing is written."""
    with transaction.atomic():
        if not proef:
            vergrendel_gebied(intake.gebied.pk)
        return intake.verwerk(meldingen, schrijven=not proef)


class Intake:
    """Judges notices of one Gebied, in order; each one knows what the ones before it made.

    `onthoud` keeps that knowledge across batches (a trial run, which writes nothing); otherwise each batch reads
    afresh, under its own locks.
    """

    def __init__(
        self,
        *,
        gebied: Gebied,
        door: Gebruiker | None,
        nu: datetime,
        geboorteimport_id: UUID | None = None,
        onthoud: bool = False,
    ) -> None:
        self.gebied = gebied
        self.door = door
        self.nu = nu
        self.geboorteimport_id = geboorteimport_id
        self.onthoud = onthoud
        self.regels = vensterregels(gebied)
        self.wijzer: Wijkwijzer = wijkwijzer(gebied)
        self.kennis = Kennis()

    def verwerk(self, meldingen: Sequence[Melding], *, schrijven: bool = True) -> list[Uitkomst]:
        """Judge and (unless it is a trial) write. Call it inside a transaction that holds the intake's locks."""
        if not self.onthoud:
            self.kennis = Kennis()
        laad(self.kennis, self.gebied.pk, meldingen)
        self.wijzer.laad(m.adres.plek for m in meldingen if m.adres.plek)
        werk = Schrijfwerk(self.gebied, self.nu)
        uitkomsten = [self._een(melding, werk) for melding in meldingen]
        if schrijven:
            werk.schrijf()
        return uitkomsten

    def _een(self, melding: Melding, werk: Schrijfwerk) -> Uitkomst:
        plaats = self.plaats(melding)
        verdict = beoordeel(
            melding, self.kennis, plaats, regels=self.regels, vandaag=dag_van(self.nu), dagen=self.gebied.meerling_dagen
        )
        if verdict.bekend is not None:
            return Uitkomst(Soort.BEKEND, (), verdict.bekend)
        return self._leg_vast(melding, verdict, plaats, werk)

    def plaats(self, melding: Melding) -> Plaats:
        """Where the address lies; `wijzer` must have loaded it."""
        ligging = self.wijzer.ligging(melding.adres.plek, melding.wijk)
        if ligging.wijk is None:
            return Plaats(buiten=ligging.buiten)
        return Plaats(wijk=ligging.wijk.id, start_op=ligging.wijk.start_op)

    def _leg_vast(self, melding: Melding, verdict: Verdict, plaats: Plaats, werk: Schrijfwerk) -> Uitkomst:
        rij = self._rij(melding, verdict, plaats)
        kind = verdict.kind
        if verdict.soort is Soort.NIEUW:
            kind = werk.kind(melding, werk.gezin(melding, plaats.wijk))
            werk.bezoek(kind, plaats.wijk)
        elif verdict.soort is Soort.MEERLING:
            assert verdict.kind is not None
            assert verdict.kind.bezoek is not None
            kind = werk.kind(melding, verdict.kind.gezin)
            werk.erbij_komen(kind, verdict.kind.bezoek)
        elif verdict.soort is Soort.SAMENGEVOEGD and kind is not None:
            kind.bronnen.add(melding.bron)
            if (contact := contact_van(melding)) is not None:
                werk.aanvullingen.append((rij, kind.gezin, contact))
        if kind is not None:
            rij.pasgeborene_id = kind.id
            rij.bezoek_id = kind.bezoek.id if kind.bezoek else None
            self.kennis.voeg_toe(kind, melding.telefoonnummer, melding.emailadres)
        werk.maskeer |= verdict.maskeer
        if melding.geheim:
            werk.geheim.append(melding)
        werk.meldingen.append(rij)
        bekend = self.kennis.meldingen.setdefault(
            (melding.bron, melding.kenmerk), BekendeMelding({}, rij.pasgeborene_id, kind.gezin if kind else None)
        )
        bekend.per_hash[rij.inhoud_hash] = rij.pk
        return Uitkomst(verdict.soort, tuple(rij.redenen), rij.pk, rij.pasgeborene_id, rij.bezoek_id)

    def _rij(self, melding: Melding, verdict: Verdict, plaats: Plaats) -> Geboortemelding:
        verwerkt = verdict.soort not in STATUS
        geweigerd = verdict.soort is Soort.AFGEWEZEN
        return Geboortemelding(
            id=uuid.uuid4(),
            gebied=self.gebied,
            bron=melding.bron,
            kenmerk=melding.kenmerk,
            inhoud_hash=melding.inhoud_hash,
            is_herziening=(melding.bron, melding.kenmerk) in self.kennis.meldingen,
            gegevens=gegevens_bij(melding, verdict.soort),
            geboortedatum=None if geweigerd else melding.geboortedatum,
            wijk_id=None if geweigerd else plaats.wijk,
            status=STATUS.get(verdict.soort, "verwerkt"),
            uitkomst=verdict.soort.value if verwerkt else "",
            redenen=[reden.value for reden in verdict.redenen],
            lijkt_op_id=verdict.lijkt_op,
            geboorteimport_id=self.geboorteimport_id,
            gemeld_door=self.door,
            gemeld_op=self.nu,
        )


def gegevens_bij(melding: Melding, soort: Soort) -> dict[str, Any]:
    """What is kept of a notice: all that a person must judge or may take apart again; otherwise nothing.

    Of a new child the family and the child hold everything, and a later notice is compared by its hash. Of a secret
    address, or one elsewhere, nothing personal is kept at all.
    """
    return melding.als_gegevens() if soort in (Soort.TE_BEOORDELEN, Soort.SAMENGEVOEGD) else {}


__all__ = ["Intake", "Reden", "Uitkomst", "gegevens_bij", "melding_ontvangen", "meldingen_inlezen"]
