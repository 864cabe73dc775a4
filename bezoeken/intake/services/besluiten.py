"""A person decides on a notice that waits: accept, merge, reject; and takes a merge or a rejection back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from bezoeken.instellingen import vensterregels
from bezoeken.intake.beoordelen import ZONDER_BEZOEK, BekendKind, Reden, Soort, eigen_redenen, vergelijk, zoek
from bezoeken.intake.fouten import AlBeoordeeld, GezinGestopt, NietSamengevoegd
from bezoeken.intake.kennis import laad
from bezoeken.intake.normaliseren import Melding
from bezoeken.intake.services.schrijven import Schrijfwerk, adres_van, contact_van
from bezoeken.intake.services.verwerken import Intake
from bezoeken.intake.sloten import vergrendel_melding
from bezoeken.koppelen.services import koppeling_beoordelen
from bezoeken.kraambezoek.services.verhuizen import gezin_verhuizen
from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from bezoeken.venster import peildatum, venster
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.huishoudens import kinderen_met_id
from ooievaar.services.inschrijven import (
    aanvulling_terugnemen,
    adres_geheim_maken,
    contact_aanvullen,
    gezin_corrigeren,
    kind_corrigeren,
)
from ooievaar.services.koppelingen import koppeling_voorstellen, koppelingen_voorstellen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


def melding_beoordelen(
    *,
    melding: Geboortemelding,
    besluit: str,
    met: UUID | None,
    door: Gebruiker,
    nu: datetime,
    koppelen: bool | None = None,
) -> Geboortemelding:
    """Carry out a coordinator's decision on a notice (locked by the caller).

    `aanvaarden`: a child of its own; with `met` in the family of that child. `andereInhoud` accepted corrects the
    child and the family. `samenvoegen`: the notice is about the child `met` (by default the one it looks like).
    `koppelen` says whether a family of its own is the same people as the ones it looks like (a link, confirmed or
    refused); without it the link is proposed, and contact waits if one of them is stopped (rule 2).
    Raises AlBeoordeeld, GezinGestopt, Ongeldig (`met` unknown or missing).
    """
    if melding.status != Geboortemelding.Status.TE_BEOORDELEN:
        raise AlBeoordeeld
    inhoud = Melding.uit_gegevens(melding.gegevens)
    vergrendel_melding(melding.gebied_id, inhoud)
    if besluit == "afwijzen":
        melding.status = Geboortemelding.Status.AFGEWEZEN
        return _besloten(melding, besluit, door, nu)
    intake = Intake(gebied=melding.gebied, door=door, nu=nu, onthoud=True)
    kind_id = met or (melding.lijkt_op_id if besluit == "samenvoegen" else None)
    laad(intake.kennis, melding.gebied_id, [inhoud], ook=[i for i in (kind_id, melding.lijkt_op_id) if i])
    intake.wijzer.laad([inhoud.adres.plek] if inhoud.adres.plek else [])
    kind = _kind_in_bereik(intake, kind_id, melding, door) if kind_id else None
    if besluit == "samenvoegen":
        if kind is None:
            raise Ongeldig([("met", "verplicht", _("Kies het kind waarmee u de melding samenvoegt."))])
        return _samenvoegen(melding, inhoud, kind, door, nu)
    if Reden.ANDERE_INHOUD in melding.redenen and melding.lijkt_op_id and met is None:
        return _corrigeren(melding, inhoud, intake, door, nu)
    melding = _aanvaarden(melding, inhoud, intake, kind, door, nu)
    if kind is None and melding.pasgeborene_id is not None:
        _koppelen(melding, koppelen, door, nu)
    return melding


def besluit_herstellen(*, melding: Geboortemelding, door: Gebruiker, nu: datetime) -> Geboortemelding:
    """Put a merged or (by a person) rejected notice back to be judged; what the merge filled in goes again.

    Raises NietSamengevoegd when there is nothing of the kind to take back.
    """
    samengevoegd = melding.uitkomst == Geboortemelding.Uitkomst.SAMENGEVOEGD
    afgewezen = melding.status == Geboortemelding.Status.AFGEWEZEN and melding.besluit == "afwijzen"
    if not melding.gegevens.get("bron") or not (samengevoegd or afgewezen):
        raise NietSamengevoegd
    if samengevoegd and melding.pasgeborene_id:
        kind = next(iter(kinderen_met_id(melding.gebied_id, [melding.pasgeborene_id])), None)
        aangevuld = melding.gegevens.pop("aangevuld", {})
        if kind and aangevuld:
            aanvulling_terugnemen(gezin_id=kind["gezin_id"], aanvulling=aangevuld)
        melding.lijkt_op_id = melding.pasgeborene_id
        melding.redenen = sorted({*melding.redenen, Reden.MOGELIJK_DUBBEL.value})
    melding.status = Geboortemelding.Status.TE_BEOORDELEN
    melding.uitkomst = ""
    melding.pasgeborene_id = melding.bezoek_id = None
    return _besloten(melding, "", door, nu)


def _samenvoegen(
    melding: Geboortemelding, inhoud: Melding, kind: BekendKind, door: Gebruiker, nu: datetime
) -> Geboortemelding:
    contact = contact_van(inhoud)
    if contact is not None and not kind.gestopt:
        melding.gegevens["aangevuld"] = contact_aanvullen(gezin_id=kind.gezin, contact=contact)
        koppelingen_voorstellen(gezin_ids=[kind.gezin], nu=nu)
    if inhoud.geheim:
        adres_geheim_maken(gezin_ids=[kind.gezin])
    _hoort_bij(melding, kind, Soort.SAMENGEVOEGD)
    return _besloten(melding, "samenvoegen", door, nu)


def _aanvaarden(
    melding: Geboortemelding, inhoud: Melding, intake: Intake, familie: BekendKind | None, door: Gebruiker, nu: datetime
) -> Geboortemelding:
    """A child of its own: in its household's running visit, in the family a person pointed at, or in a new family."""
    plaats = intake.plaats(inhoud)
    buren = zoek(inhoud, intake.kennis, melding.gebied.meerling_dagen)
    verdict = vergelijk(inhoud, buren)
    gezien = {Reden.MOGELIJK_DUBBEL, Reden.MOGELIJK_BEKEND_GEZIN, Reden.ZAAK_GESLOTEN} & {
        Reden(r) for r in melding.redenen
    }
    if familie is None and not gezien:
        if verdict.soort is Soort.SAMENGEVOEGD and verdict.kind is not None:
            return _samenvoegen(melding, inhoud, verdict.kind, door, nu)
        if verdict.soort is Soort.TE_BEOORDELEN:
            # Something happened since it came in: the person must see that first.
            melding.redenen = [*melding.redenen, *(r.value for r in verdict.redenen)]
            melding.lijkt_op_id = verdict.lijkt_op
            melding.save()
            return melding
    lopend = next((k for k in buren.groep if k.bezoek and k.bezoek.lopend), None)
    if familie is None:
        familie = lopend or next(iter(buren.groep), None)
    if familie is not None and familie.gestopt:
        raise GezinGestopt
    werk = Schrijfwerk(melding.gebied, nu)
    kind = werk.kind(inhoud, familie.gezin if familie else werk.gezin(inhoud, plaats.wijk))
    if inhoud.geheim:
        werk.maskeer.add(kind.gezin)
    drager = _zelfde_geboorte(familie, inhoud, melding.gebied.meerling_dagen) or (lopend.bezoek if lopend else None)
    redenen = eigen_redenen(inhoud, plaats, regels=vensterregels(melding.gebied), vandaag=dag_van(nu))
    soort = Soort.NIEUW
    if drager is not None:
        werk.erbij_komen(kind, drager)
        soort = Soort.MEERLING
    elif not ZONDER_BEZOEK & set(redenen):
        werk.bezoek(kind, plaats.wijk)
    werk.schrijf()
    if familie is not None and soort is Soort.NIEUW and inhoud.adres.plek and inhoud.adres != familie.adres:
        # A person says that this is the known family: it lives where its newest child was reported.
        gezin_verhuizen(gezin_id=familie.gezin, adres=adres_van(inhoud), wijk_code=inhoud.wijk, nu=nu)
    _hoort_bij(melding, kind, soort)
    melding.gegevens = {}
    return _besloten(melding, "aanvaarden", door, nu)


def _koppelen(melding: Geboortemelding, koppelen: bool | None, door: Gebruiker, nu: datetime) -> None:
    """Links of the family of this notice with those it looks like; judged at once when the person said so."""
    kinderen = [id_ for id_ in (melding.pasgeborene_id, melding.lijkt_op_id) if id_]
    gezinnen = {rij["id"]: rij["gezin_id"] for rij in kinderen_met_id(melding.gebied_id, kinderen)}
    eigen, ander = gezinnen[melding.pasgeborene_id], gezinnen.get(melding.lijkt_op_id)
    nieuw = koppelingen_voorstellen(gezin_ids=[eigen], nu=nu)
    if ander and ander != eigen and Reden.MOGELIJK_BEKEND_GEZIN.value in melding.redenen:
        nieuw.append(koppeling_voorstellen(gezin_id=eigen, met=ander, grond="melding", nu=nu).pk)
    if koppelen is not None:
        besluit = "bevestigen" if koppelen else "afwijzen"
        for koppeling_id in dict.fromkeys(nieuw):
            koppeling_beoordelen(koppeling_id=koppeling_id, besluit=besluit, door=door, nu=nu)


def _zelfde_geboorte(familie: BekendKind | None, inhoud: Melding, dagen: int):  # type: ignore[no-untyped-def]
    """The running visit of the family's child, when the new child belongs to the same birth event."""
    if familie is None or familie.bezoek is None or not familie.bezoek.lopend:
        return None
    return familie.bezoek if abs((familie.geboortedatum - inhoud.geboortedatum).days) <= dagen else None


def _corrigeren(
    melding: Geboortemelding, inhoud: Melding, intake: Intake, door: Gebruiker, nu: datetime
) -> Geboortemelding:
    """The source sent other content for a child we know, and a person says that the new content is right."""
    assert melding.lijkt_op_id is not None
    kind = intake.kennis.kinderen[melding.lijkt_op_id]
    plaats = intake.plaats(inhoud)
    kind_corrigeren(
        kind_id=kind.id,
        voornaam=inhoud.voornaam,
        achternaam=inhoud.achternaam or kind.achternaam,
        geboortedatum=inhoud.geboortedatum,
    )
    # A stopped family stays as it is: no number or address makes it reachable again.
    if not kind.gestopt:
        gezin_corrigeren(gezin_id=kind.gezin, wijk_id=plaats.wijk, adres=adres_van(inhoud), contact=contact_van(inhoud))
        koppelingen_voorstellen(gezin_ids=[kind.gezin], nu=nu)
    if inhoud.geheim:
        adres_geheim_maken(gezin_ids=[kind.gezin])
    if kind.bezoek is not None:
        _verplaats_geboorte(kind, inhoud, melding, plaats.wijk)
    _hoort_bij(melding, kind, Soort.SAMENGEVOEGD)
    melding.uitkomst = Geboortemelding.Uitkomst.NIEUW
    melding.gegevens = {}
    return _besloten(melding, "aanvaarden", door, nu)


def _verplaats_geboorte(kind: BekendKind, inhoud: Melding, melding: Geboortemelding, wijk_id: UUID | None) -> None:
    """A corrected birth date moves the child's period and the window; a corrected wijk moves a visit to come."""
    assert kind.bezoek is not None
    regels = vensterregels(melding.gebied)
    Bezoekkind.objects.filter(bezoek_id=kind.bezoek.id, pasgeborene_id=kind.id).update(
        geboortedatum=inhoud.geboortedatum, peildatum=peildatum(inhoud.geboortedatum, regels)
    )
    if not kind.bezoek.lopend:
        return
    bezoek = Bezoek.objects.get(pk=kind.bezoek.id)
    eerste = min(bezoek.kinderen.values_list("geboortedatum", flat=True))
    if eerste != bezoek.geboortedatum:
        bezoek.geboortedatum = eerste
        if not bezoek.venster_reden:
            dagen = venster(eerste, regels)
            bezoek.venster_begin, bezoek.venster_eind = dagen.begin, dagen.eind
    bezoek.wijk_id = wijk_id or bezoek.wijk_id
    bezoek.save()


def _kind_in_bereik(intake: Intake, kind_id: UUID, melding: Geboortemelding, door: Gebruiker) -> BekendKind:
    rij = kinderen_met_id(melding.gebied_id, [kind_id], door.bevoegdheid.filter("coordinator")).first()
    if rij is None or kind_id not in intake.kennis.kinderen:
        raise Ongeldig([("met", "onbekend", _("Dit kind kennen we niet."))])
    return intake.kennis.kinderen[kind_id]


def _hoort_bij(melding: Geboortemelding, kind: BekendKind, soort: Soort) -> None:
    melding.status = Geboortemelding.Status.VERWERKT
    melding.uitkomst = soort.value
    melding.pasgeborene_id = kind.id
    melding.bezoek_id = kind.bezoek.id if kind.bezoek else None


def _besloten(melding: Geboortemelding, besluit: str, door: Gebruiker, nu: datetime) -> Geboortemelding:
    melding.besluit = besluit
    melding.beoordeeld_door = door if besluit else None
    melding.beoordeeld_op = nu if besluit else None
    melding.save()
    melding.refresh_from_db()
    return melding
