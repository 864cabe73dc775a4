"""Everything that a batch of judged notices writes, collected first and written in a few statements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from bezoeken.instellingen import vensterregels
from bezoeken.intake.beoordelen import BekendBezoek, BekendKind
from bezoeken.intake.normaliseren import Melding
from bezoeken.kraambezoek.services.aanvaarden import dozen_voor_bezoek_reserveren
from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from bezoeken.venster import is_late_melding, peildatum, venster
from ooievaar.platform.clock import dag_van
from ooievaar.services.inschrijven import (
    Adres,
    Contactgegevens,
    NieuwGezin,
    NieuwKind,
    adres_geheim_maken,
    contact_aanvullen,
    inschrijven,
)
from ooievaar.services.koppelingen import koppelingen_voorstellen
from ooievaar.sleutels import naamsleutel

if TYPE_CHECKING:
    from ooievaar.models import Gebied


def contact_van(melding: Melding) -> Contactgegevens | None:
    """The adult in a notice; None when it names nobody and gives no way to reach anybody."""
    if not (melding.contactpersoon or melding.telefoonnummer or melding.emailadres):
        return None
    return Contactgegevens(
        naam=melding.contactpersoon,
        rol=melding.rol,
        telefoonnummer=melding.telefoonnummer,
        emailadres=melding.emailadres,
        taal=melding.taal,
        tolk_nodig=melding.tolk_nodig,
    )


def adres_van(melding: Melding) -> Adres:
    """The address in a notice."""
    return Adres(
        straat=melding.straat,
        huisnummer=melding.huisnummer,
        huisletter=melding.huisletter,
        toevoeging=melding.toevoeging,
        postcode=melding.postcode,
        woonplaats=melding.woonplaats,
    )


@dataclass
class Schrijfwerk:
    """New rows by table, and what must change in existing ones. `schrijf` writes it all, in lock order."""

    gebied: Gebied
    nu: datetime
    gezinnen: list[NieuwGezin] = field(default_factory=list)
    kinderen: list[NieuwKind] = field(default_factory=list)
    bezoeken: dict[UUID, Bezoek] = field(default_factory=dict)
    bezoekkinderen: list[Bezoekkind] = field(default_factory=list)
    meldingen: list[Geboortemelding] = field(default_factory=list)
    aanvullingen: list[tuple[Geboortemelding, UUID, Contactgegevens]] = field(default_factory=list)
    vervroegd: dict[UUID, date] = field(default_factory=dict)
    erbij: list[UUID] = field(default_factory=list)
    maskeer: set[UUID] = field(default_factory=set)
    geheim: list[Melding] = field(default_factory=list)

    def gezin(self, melding: Melding, wijk_id: UUID | None) -> UUID:
        """A new family for this notice; its id."""
        nieuw = NieuwGezin(uuid.uuid4(), self.gebied.pk, wijk_id, adres_van(melding), contact_van(melding))
        self.gezinnen.append(nieuw)
        return nieuw.id

    def kind(self, melding: Melding, gezin_id: UUID) -> BekendKind:
        """A new child of this family, as the next notices will know it."""
        nieuw = NieuwKind(uuid.uuid4(), gezin_id, melding.voornaam, melding.achternaam, melding.geboortedatum)
        self.kinderen.append(nieuw)
        return BekendKind(
            id=nieuw.id,
            gezin=gezin_id,
            naamsleutel=naamsleutel(melding.achternaam),
            achternaam=melding.achternaam,
            voornaam=melding.voornaam,
            geboortedatum=melding.geboortedatum,
            adres=melding.adres,
            bronnen={melding.bron},
        )

    def bezoek(self, kind: BekendKind, wijk_id: UUID | None) -> BekendBezoek:
        """A new visit for this child, with the window of its birth date."""
        regels = vensterregels(self.gebied)
        dagen = venster(kind.geboortedatum, regels)
        rij = Bezoek(
            id=uuid.uuid4(),
            gebied=self.gebied,
            gezin_id=kind.gezin,
            wijk_id=wijk_id,
            geboortedatum=kind.geboortedatum,
            venster_begin=dagen.begin,
            venster_eind=dagen.eind,
            late_melding=is_late_melding(kind.geboortedatum, dag_van(self.nu), regels),
            gemeld_op=self.nu,
        )
        self.bezoeken[rij.pk] = rij
        kind.bezoek = BekendBezoek(rij.pk, rij.geboortedatum, lopend=True, gesloten=False)
        self._bezoekkind(kind)
        return kind.bezoek

    def erbij_komen(self, kind: BekendKind, bezoek: BekendBezoek) -> None:
        """This child joins the visit; an earlier birth moves the window to itself (rule 2)."""
        kind.bezoek = bezoek
        eerder = kind.geboortedatum < bezoek.geboortedatum
        bezoek.geboortedatum = min(bezoek.geboortedatum, kind.geboortedatum)
        self._bezoekkind(kind)
        rij = self.bezoeken.get(bezoek.id)
        if rij is None:
            self.erbij.append(bezoek.id)
            if eerder:
                self.vervroegd[bezoek.id] = bezoek.geboortedatum
        elif eerder:
            _vervroeg(rij, bezoek.geboortedatum, self.gebied)

    def _bezoekkind(self, kind: BekendKind) -> None:
        assert kind.bezoek is not None
        rij = Bezoekkind(
            bezoek_id=kind.bezoek.id,
            pasgeborene_id=kind.id,
            gebied=self.gebied,
            geboortedatum=kind.geboortedatum,
            peildatum=peildatum(kind.geboortedatum, vensterregels(self.gebied)),
        )
        self.bezoekkinderen.append(rij)

    def schrijf(self) -> None:
        """Write everything; call it once, in the transaction that took the locks."""
        inschrijven(gezinnen=self.gezinnen, kinderen=self.kinderen)
        Bezoek.objects.bulk_create(self.bezoeken.values())
        oud = {b.pk: b for b in Bezoek.objects.filter(pk__in=[*self.vervroegd, *self.erbij])} if self.erbij else {}
        for id_, dag in self.vervroegd.items():
            _vervroeg(oud[id_], dag, self.gebied)
            oud[id_].save(update_fields=["geboortedatum", "venster_begin", "venster_eind"])
        for rij in self.bezoekkinderen:
            _kopieer(rij, self.bezoeken.get(rij.bezoek_id) or oud[rij.bezoek_id])
        Bezoekkind.objects.bulk_create(self.bezoekkinderen)
        for melding, gezin_id, contact in self.aanvullingen:
            melding.gegevens["aangevuld"] = contact_aanvullen(gezin_id=gezin_id, contact=contact)
        # A number or address that was filled in may be that of another family too.
        aangevuld = {gezin_id for melding, gezin_id, _contact in self.aanvullingen if melding.gegevens["aangevuld"]}
        koppelingen_voorstellen(gezin_ids=aangevuld, nu=self.nu)
        adres_geheim_maken(gezin_ids=self.maskeer)
        self._wachtende_maskeren()
        Geboortemelding.objects.bulk_create(self.meldingen)
        self._dozen_erbij(oud)

    def _wachtende_maskeren(self) -> None:
        """A notice that still waits about a household whose address is now secret: masked, also once it is accepted."""
        for geheim in self.geheim:
            wachtend = Geboortemelding.objects.select_for_update(of=("self",)).filter(
                Q(bron=geheim.bron, kenmerk=geheim.kenmerk)
                | Q(gegevens__postcode=geheim.postcode, gegevens__huisnummer=geheim.huisnummer),
                gebied=self.gebied,
                status=Geboortemelding.Status.TE_BEOORDELEN,
            )
            for melding in wachtend.order_by("pk"):
                inhoud = Melding.uit_gegevens(melding.gegevens)
                zelfde_naam = naamsleutel(inhoud.achternaam) == naamsleutel(geheim.achternaam)
                if zelfde_naam or (melding.bron, melding.kenmerk) == (geheim.bron, geheim.kenmerk):
                    melding.gegevens["geheim"] = True
                    melding.save(update_fields=["gegevens"])

    def _dozen_erbij(self, oud: dict[UUID, Bezoek]) -> None:
        """A twin that joins a visit which a volunteer has accepted reserves one more box (rule 9)."""
        for id_ in self.erbij:
            if oud[id_].aanvaard_op is not None:
                dozen_voor_bezoek_reserveren(bezoek=oud[id_], nu=self.nu)


def _vervroeg(bezoek: Bezoek, geboortedatum: date, gebied: Gebied) -> None:
    """The window follows the first birth, unless a coordinator has moved it."""
    bezoek.geboortedatum = geboortedatum
    if not bezoek.venster_reden:
        dagen = venster(geboortedatum, vensterregels(gebied))
        bezoek.venster_begin, bezoek.venster_eind = dagen.begin, dagen.eind


def _kopieer(rij: Bezoekkind, bezoek: Bezoek) -> None:
    """What the trigger keeps equal after an update must be right at the insert."""
    rij.wijk_id = bezoek.wijk_id
    rij.bezoek_status = bezoek.status
    rij.afsluitreden = bezoek.afsluitreden
    rij.venster_eind = bezoek.venster_eind
    rij.late_melding = bezoek.late_melding
    rij.vorm = bezoek.vorm
    rij.pogingen = bezoek.aantal_pogingen
    rij.contact_stap = bezoek.contact_stap
