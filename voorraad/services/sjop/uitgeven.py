"""Handing out, for good or on loan, within what a family may get; and what comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from voorraad.models import (
    Afkeurreden,
    Bruikleen,
    Inbreng,
    Mutatiesoort,
    Reservering,
    Sjopaanvraag,
    Sjoppas,
    Sjopuitgifte,
)
from voorraad.selectors.sjop import recht_van, stand_van_recht
from voorraad.services.boeken import mutatie_boeken
from voorraad.services.dozen import reserveringen_vrijgeven
from voorraad.services.sjop.aanvragen import geldige_pas
from voorraad.services.sjop.basis import (
    gebied_van,
    instelling_van,
    quarantaine,
    schap,
    sjop_vergrendelen,
    sleutel_van,
    vergrendel_stukken,
)
from voorraad.services.sjop.blokkeren import moet_mogen
from voorraad.services.sjop.inbrengen import inbreng_afkeuren
from voorraad.services.sjop.wachtlijst import wachtlijst_bijwerken
from voorraad.services.terugdraaien import mutatie_terugdraaien
from voorraad.sjopfouten import BruikleenAfgesloten, LimietBereikt, MagNietMee, NietMeerVerlengen
from voorraad.sjopregels import MAXIMUM_VERLENGINGEN, over_in_categorie, past

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Keuze:
    """So many of this piece (of a bundle), for this family."""

    inbreng_id: UUID
    aantal: int = 1


@transaction.atomic
def uitgeven(
    *, pas_id: UUID, keuzes: Sequence[Keuze], door: Gebruiker | None, nu: datetime, sleutel: str | None = None
) -> list[Sjopuitgifte]:
    """Hand these out to a family, all or none; what is lent out gets a date to come back.

    What lay ready for this family is used, and requests that are met end. The same `sleutel` again gives what was
    handed out then. Raises Ongeldig, NietGevonden, PasGeldtNiet, MagNietMee, OpBlokkeerlijst, LimietBereikt,
    OnvoldoendeVoorraad (also for the last one, that somebody else just got).
    """
    gebied_id = Sjoppas.objects.values_list("gebied_id", flat=True).get(pk=pas_id)
    sjop_vergrendelen(gebied_id)
    if sleutel and (eerder := _eerder(pas_id, sleutel)):
        return eerder
    pas = geldige_pas(pas_id, clock.dag_van(nu))
    aantallen = Counter[UUID]()
    for keuze in keuzes:
        aantallen[keuze.inbreng_id] += keuze.aantal
    _controleer(keuzes, aantallen)
    open_aanvragen = list(
        Sjopaanvraag.objects.filter(pas=pas, beeindigd_op__isnull=True)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    stukken = [s for s in vergrendel_stukken(aantallen) if gebied_van(s.categorie) == gebied_id]
    if len(stukken) < len(aantallen):
        raise NietGevonden
    for stuk in stukken:
        if stuk.status != Inbreng.Status.VRIJ:
            raise MagNietMee(stuk)
    moet_mogen(stukken, gebied_id=gebied_id, dag=clock.dag_van(nu))
    _binnen_limiet(pas, stukken, aantallen, nu)
    gegeven = [
        _geef(pas, stuk, aantallen[stuk.pk], open_aanvragen, door=door, nu=nu, sleutel=sleutel) for stuk in stukken
    ]
    wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return gegeven


def _eerder(pas_id: UUID, sleutel: str) -> list[Sjopuitgifte]:
    begin = f"{sleutel_van('uitgifte', sleutel)}/"
    return list(Sjopuitgifte.objects.filter(pas_id=pas_id, mutatie__sleutel__startswith=begin).order_by("pk"))


def _controleer(keuzes: Sequence[Keuze], aantallen: Counter[UUID]) -> None:
    if not keuzes:
        raise Ongeldig([("stukken", "verplicht", _("Kies wat u meegeeft."))])
    if any(aantal < 1 for aantal in aantallen.values()) or any(keuze.aantal < 1 for keuze in keuzes):
        raise Ongeldig([("stukken", "teLaag", _("Vul bij alles een aantal van ten minste 1 in."))])


def _binnen_limiet(pas: Sjoppas, stukken: Sequence[Inbreng], aantallen: Counter[UUID], nu: datetime) -> None:
    """Raises LimietBereikt. Under the Sjop's lock, so two counters do not each give the last that a family may get."""
    instelling = instelling_van(pas.gebied_id)
    gehad, geleend = stand_van_recht(pas.pk, instelling, nu)
    recht = recht_van(gehad, geleend, instelling, nu)
    leen = sum(aantallen[s.pk] for s in stukken if s.categorie.uitleen)
    vast = sum(aantallen[s.pk] for s in stukken if not s.categorie.uitleen)
    if leen > recht.leningen_over:
        raise LimietBereikt(gevraagd=leen, over=recht.leningen_over, waarvan=_("te leen"))
    if vast > recht.over:
        raise LimietBereikt(gevraagd=vast, over=recht.over, waarvan=_("om te houden"))
    per_soort = Counter[UUID]()
    for stuk in stukken:
        per_soort[stuk.categorie_id] += aantallen[stuk.pk]
    for categorie in {s.categorie_id: s.categorie for s in stukken}.values():
        if categorie.limiet is not None and not categorie.uitleen:
            over = over_in_categorie(gehad, categorie.pk, categorie.limiet, instelling.periode_dagen, clock.dag_van(nu))
            if per_soort[categorie.pk] > over:
                raise LimietBereikt(gevraagd=per_soort[categorie.pk], over=over, waarvan=categorie.artikel.naam)


def _geef(
    pas: Sjoppas,
    stuk: Inbreng,
    aantal: int,
    open_aanvragen: list[Sjopaanvraag],
    *,
    door: Gebruiker | None,
    nu: datetime,
    sleutel: str | None,
) -> Sjopuitgifte:
    if stuk.categorie.uitleen and aantal > 1:
        raise Ongeldig([("stukken", "teHoog", _("U leent elk stuk apart uit."))])
    aanvraag = _aanvraag_bij(stuk, open_aanvragen)
    if aanvraag and aanvraag.status == Sjopaanvraag.Status.TOEGEZEGD:
        # Free for a moment, under our locks, and taken at once.
        reserveringen_vrijgeven(aanleiding=aanvraag.aanleiding, nu=nu)
        Reservering.objects.filter(aanleiding=aanvraag.aanleiding, beeindigd_op=nu).update(
            status=Reservering.Status.VERBRUIKT
        )
    mutatie = mutatie_boeken(
        soort=Mutatiesoort.UITGIFTE, artikel=stuk.categorie.artikel, partij=stuk.partij, van=schap(pas.gebied_id),
        aantal=aantal, aanleiding=f"sjoppas:{pas.pk}", door=door, nu=nu, via_sjop=True,
        sleutel=sleutel and f"{sleutel_van('uitgifte', sleutel)}/{stuk.pk}",
    )  # fmt: skip
    uitgifte = Sjopuitgifte.objects.create(
        pas=pas, inbreng=stuk, aanvraag=aanvraag, mutatie=mutatie, aantal=aantal, op=nu, wijk=pas.wijk
    )
    if aanvraag:
        aanvraag.status, aanvraag.beeindigd_op = Sjopaanvraag.Status.GEGEVEN, nu
        aanvraag.save(update_fields=["status", "beeindigd_op"])
    if stuk.categorie.uitleen:
        terug_op = clock.dag_van(nu) + timedelta(days=stuk.categorie.uitleen_dagen)
        Bruikleen.objects.create(uitgifte=uitgifte, inbreng=stuk, terug_op=terug_op)
    return uitgifte


def _aanvraag_bij(stuk: Inbreng, open_aanvragen: list[Sjopaanvraag]) -> Sjopaanvraag | None:
    """The request that this meets: the one for which it lay ready, else the oldest that it suits."""
    kandidaten = sorted(open_aanvragen, key=lambda a: (a.inbreng_id != stuk.pk, a.aangevraagd_op, a.pk))
    for aanvraag in kandidaten:
        passend = aanvraag.categorie_id == stuk.categorie_id and past(
            aanvraag.maat, aanvraag.seizoen, stuk.maat, stuk.seizoen
        )
        if aanvraag.inbreng_id == stuk.pk or passend:
            open_aanvragen.remove(aanvraag)
            return aanvraag
    return None


@transaction.atomic
def uitgifte_terugdraaien(*, uitgifte_id: UUID, door: Gebruiker | None, reden: str, nu: datetime) -> Sjopuitgifte:
    """It was a mistake: the piece lies on the shelf again, and does not count for the family.

    Raises NietGevonden, AlTeruggedraaid, BruikleenAfgesloten when it came back or was lost already.
    """
    uitgifte = Sjopuitgifte.objects.select_related("mutatie", "pas").filter(pk=uitgifte_id).first()
    if uitgifte is None:
        raise NietGevonden
    sjop_vergrendelen(uitgifte.pas.gebied_id)
    vergrendel_stukken([uitgifte.inbreng_id])
    lening = Bruikleen.objects.select_for_update(of=("self",), no_key=True).filter(uitgifte=uitgifte).first()
    if lening and lening.status != Bruikleen.Status.UITGELEEND:
        raise BruikleenAfgesloten
    mutatie_terugdraaien(mutatie=uitgifte.mutatie, door=door, reden=reden, nu=nu, via_sjop=True)
    if lening:
        _sluit(lening, Bruikleen.Status.TERUG, nu)
    wachtlijst_bijwerken(gebied_id=uitgifte.pas.gebied_id, nu=nu)
    return uitgifte


# Loans ---------------------------------------------------------------------------------------
@transaction.atomic
def bruikleen_verlengen(*, bruikleen_id: UUID, nu: datetime) -> Bruikleen:
    """Keep it longer, twice at most. Counted from the day it was due, or from today when that is past.

    Raises NietGevonden, BruikleenAfgesloten, NietMeerVerlengen, MagNietMee when it was recalled.
    """
    lening = _vergrendeld(bruikleen_id)
    if lening.status != Bruikleen.Status.UITGELEEND:
        raise BruikleenAfgesloten
    if lening.verlengingen >= MAXIMUM_VERLENGINGEN:
        raise NietMeerVerlengen
    if lening.inbreng.status != Inbreng.Status.VRIJ:
        raise MagNietMee(lening.inbreng)
    dagen = instelling_van(gebied_van(lening.inbreng.categorie)).verleng_dagen
    lening.terug_op = max(lening.terug_op, clock.dag_van(nu)) + timedelta(days=dagen)
    lening.verlengingen += 1
    lening.save(update_fields=["terug_op", "verlengingen"])
    return lening


@transaction.atomic
def bruikleen_terugnemen(
    *, bruikleen_id: UUID, door: Gebruiker | None, nu: datetime, afkeurreden: str = ""
) -> Bruikleen:
    """It is back, also when it had been written down as lost. It is checked again before it goes out; with
    `afkeurreden` it goes to waste.

    Raises NietGevonden, BruikleenAfgesloten, Ongeldig.
    """
    lening = _vergrendeld(bruikleen_id)
    if lening.status == Bruikleen.Status.TERUG:
        raise BruikleenAfgesloten
    if afkeurreden and afkeurreden not in Afkeurreden.values:
        raise Ongeldig([("afkeurreden", "onbekendeKeuze", _("Kies waarom het is afgekeurd."))])
    stuk = lening.inbreng
    gebied_id = gebied_van(stuk.categorie)
    if stuk.status == Inbreng.Status.VRIJ and stuk.categorie.checklist:
        stuk.status = Inbreng.Status.QUARANTAINE
        stuk.save(update_fields=["status"])
    plek = schap(gebied_id) if stuk.status == Inbreng.Status.VRIJ else quarantaine(gebied_id)
    mutatie_boeken(
        soort=Mutatiesoort.RETOUR, artikel=stuk.categorie.artikel, partij=stuk.partij, naar=plek, aantal=1,
        aanleiding=f"sjoppas:{lening.uitgifte.pas_id}", door=door, nu=nu, via_sjop=True,
    )  # fmt: skip
    _sluit(lening, Bruikleen.Status.TERUG, nu)
    if afkeurreden:
        inbreng_afkeuren(inbreng_id=stuk.pk, reden=afkeurreden, door=door, nu=nu)
    else:
        wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return lening


@transaction.atomic
def bruikleen_verloren(*, bruikleen_id: UUID, nu: datetime) -> Bruikleen:
    """It will not come back; the family pays nothing (domain.md, rule 14). Raises NietGevonden, BruikleenAfgesloten."""
    lening = _vergrendeld(bruikleen_id)
    if lening.status != Bruikleen.Status.UITGELEEND:
        raise BruikleenAfgesloten
    _sluit(lening, Bruikleen.Status.VERLOREN, nu)
    return lening


def _vergrendeld(bruikleen_id: UUID) -> Bruikleen:
    rij = Bruikleen.objects.filter(pk=bruikleen_id).values_list("uitgifte__pas__gebied_id", "inbreng_id").first()
    if rij is None:
        raise NietGevonden
    sjop_vergrendelen(rij[0])
    (stuk,) = vergrendel_stukken([rij[1]])
    lening = Bruikleen.objects.select_related("uitgifte").select_for_update(of=("self",), no_key=True)
    gevonden = lening.get(pk=bruikleen_id)
    gevonden.inbreng = stuk
    return gevonden


def _sluit(lening: Bruikleen, status: str, nu: datetime) -> None:
    lening.status, lening.afgesloten_op = status, nu
    lening.save(update_fields=["status", "afgesloten_op"])
