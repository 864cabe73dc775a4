"""The demonstration: months of invented life in Heerlen-Noord, lived through the product's own services.

Each day of the past is played with the clock of that day: notices come in, a coordinator assigns, volunteers accept,
try, visit or close. So whatever the figures and lists show has come about the way it does in reality.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction

from bezoeken.demo import cafes, mensen
from bezoeken.herinneren.services import herinneringen_plannen, standaardregels
from bezoeken.intake.normaliseren import Melding
from bezoeken.intake.services.verwerken import Intake, meldingen_inlezen
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden
from bezoeken.kraambezoek.services.afronden import Afronding, Doos, bezoek_afronden
from bezoeken.kraambezoek.services.poging import poging_vastleggen
from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, bezoek_weigeren
from bezoeken.models import Bezoek
from bezoeken.sjop.services import Wens, sjop_aanvragen, sjop_bijhouden
from bezoeken.toestand import Afsluitreden, Status
from bezoeken.toewijzing.services import ooievaarsmoeder_aanmaken, toewijzen
from bezoeken.veiligheid.services.rooster import dienst_plannen
from ooievaar.platform import clock
from ooievaar.platform.audit import namens
from ooievaar.platform.clock import moment_op
from ooievaar.platform.errors import Geweigerd
from ooievaar.services.referentie import demo_gebruiker
from voorraad.services import plekken_aanmaken, thuisplek
from voorraad.services.demo import dozen_klaarzetten
from voorraad.services.sjop import sjop_inrichten
from voorraad.services.sjop.demo import sjop_vullen

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker, Ooievaarsmoeder

DAGEN_TERUG = 300
ACHTERWACHT_DAGEN = 60
# Numbers that nobody has: of who is on duty, and of the programme itself.
DEMO_NUMMERS = ("+31600000001", "+31600000002")
DEMO_PROGRAMMANUMMER = "+31600000003"
_GEWOON = 0.80


def inrichten(*, gebied: Gebied) -> None:
    """What an area needs before the first notice: reminder rules, places for stock, and the lists of its Sjop."""
    standaardregels(gebied)
    plekken_aanmaken(gebied=gebied)
    sjop_inrichten(gebied=gebied, nu=clock.nu())


def laden(*, gebied: Gebied, wachtwoord: str, vandaag: date, zeg: Callable[[str], object]) -> None:
    """Fill an empty area with people and a recent past, up to today."""
    gebied.telefoonnummer = DEMO_PROGRAMMANUMMER
    gebied.save(update_fields=["telefoonnummer"])
    vakantie = {"begin": vandaag + timedelta(days=12), "eind": vandaag + timedelta(days=27)}
    gebied.vrije_perioden.create(soort="schoolvakantie", naam="Schoolvakantie (voorbeeld)", **vakantie)
    kans = random.Random(20250201)  # noqa: S311 - invented people, the same at every first start
    coordinator, moeders = _mensen(gebied, wachtwoord, vandaag)
    dozen_klaarzetten(gebied=gebied, moeders=moeders, per_moeder=20, magazijn=160, vandaag=vandaag, door=coordinator)
    begin = vandaag - timedelta(days=DAGEN_TERUG)
    alle = list(mensen.meldingen(van=begin, tot=vandaag - timedelta(days=3), kans=kans))
    per_week: dict[date, list[Melding]] = {}
    for melding in alle:
        per_week.setdefault(
            melding.geboortedatum + timedelta(days=4 + (6 - melding.geboortedatum.weekday())), []
        ).append(melding)
    for nummer, (dag, partij) in enumerate(sorted(per_week.items()), start=1):
        if nummer % 8 == 0:
            zeg(f"  {nummer} van {len(per_week)} weken")
        nu = moment_op(min(dag, vandaag - timedelta(days=1)), time(10))
        with transaction.atomic(), namens(user_id=coordinator.pk, via="demo"):
            meldingen_inlezen(intake=Intake(gebied=gebied, door=coordinator, nu=nu), meldingen=partij)
            _week_van(gebied, nu, moeders, coordinator, vandaag, kans)
    _ronde_van(moeders[0], coordinator, vandaag)
    _sjop(gebied, coordinator, vandaag)
    herinneringen_plannen(nu=moment_op(vandaag, time(9)), gebied=gebied)
    _achterwacht(gebied, coordinator, moeders[0], vandaag)
    with namens(user_id=coordinator.pk, via="demo"):
        cafes.laden(gebied=gebied, vandaag=vandaag, kans=kans)


def _ronde_van(simone: Ooievaarsmoeder, coordinator: Gebruiker, vandaag: date) -> None:
    """What her phone shows: the oldest open visit, and the first with each language, with twins, with a number.

    By chance alone she has one or two families, and the phone would hardly show what it is for.
    """
    nu = moment_op(vandaag - timedelta(days=1), time(15))
    gezien: set[object] = set()
    lopend = Bezoek.objects.filter(gebied=simone.gebied, status__in=[Status.OPEN, Status.TOEGEWEZEN])
    for bezoek in lopend.prefetch_related("gezin__contactpersonen", "kinderen").order_by("geboortedatum", "pk"):
        wie = bezoek.gezin.contactpersonen.all()
        bijzonder: set[object] = {len(bezoek.kinderen.all())}
        bijzonder |= {p.taal for p in wie} | {("bellen", bool(p.telefoonnummer)) for p in wie}
        if bijzonder <= gezien:
            continue
        gezien |= bijzonder
        if bezoek.ooievaarsmoeder_id != simone.pk:
            toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=simone.pk, door=coordinator, nu=nu)
            bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=nu)


def _sjop(gebied: Gebied, door: Gebruiker, vandaag: date) -> None:
    """Goods, people at the counter, and what visits asked for: some of it lies there, some is waited for."""
    sjop_vullen(gebied=gebied, door=door, vandaag=vandaag)
    nu = moment_op(vandaag - timedelta(days=1), time(16))
    bezocht = Bezoek.objects.filter(gebied=gebied, bezocht_op__isnull=False).order_by("-bezocht_op", "pk")
    wensen = ([Wens("rompers", "62"), Wens("kinderwagen")], [Wens("jassen", "86", "winter")], [Wens("bed")])
    for bezoek, wens in zip(bezocht[: len(wensen)], wensen, strict=False):
        sjop_aanvragen(gezin_id=bezoek.gezin_id, wensen=wens, bron="bezoek", nu=nu)
    sjop_bijhouden(nu=nu)


def _achterwacht(gebied: Gebied, coordinator: Gebruiker, simone: Ooievaarsmoeder, vandaag: date) -> None:
    """Somebody on duty in every part of the coming weeks, so that checking in can be tried at any hour."""
    for dag in range(ACHTERWACHT_DAGEN):
        grenzen = [moment_op(vandaag + timedelta(days=dag + uur // 24), time(uur % 24)) for uur in (0, 8, 16, 24)]
        for begin, eind in pairwise(grenzen):
            dienst_plannen(
                gebied_id=gebied.pk,
                gegevens={
                    "begin": begin,
                    "eind": eind,
                    "eerste": coordinator.username,
                    "eerste_telefoon": DEMO_NUMMERS[0],
                    "tweede": simone.gebruiker.username if simone.gebruiker else None,
                    "tweede_telefoon": DEMO_NUMMERS[1],
                },
                nu=grenzen[0],
            )


def _mensen(gebied: Gebied, wachtwoord: str, vandaag: date) -> tuple[Gebruiker, list[Ooievaarsmoeder]]:
    gebruikers = {
        naam: demo_gebruiker(naam=naam, voornaam=voornaam, rol=rol, gebied=gebied, wachtwoord=wachtwoord)
        for naam, voornaam, rol in mensen.GEBRUIKERS
    }
    coordinator = gebruikers["coordinator"]
    moeders = []
    for naam, wijken, talen, maximum in [mensen.SIMONE, *mensen.MOEDERS]:
        gegevens = {
            "naam": naam,
            "wijken": wijken,
            "talen": talen,
            "maximum_per_week": maximum,
            "vog_datum": vandaag - timedelta(days=DAGEN_TERUG + 30),
            "verklaring_getekend": True,
            "training_afgerond": True,
        }
        moeder = ooievaarsmoeder_aanmaken(door=coordinator, gegevens=gegevens)
        thuisplek(ooievaarsmoeder=moeder)
        moeders.append(moeder)
    simone = moeders[0]
    simone.gebruiker = gebruikers["simone"]
    simone.save(update_fields=["gebruiker"])
    return coordinator, moeders


def _week_van(
    gebied: Gebied,
    nu: datetime,
    moeders: list[Ooievaarsmoeder],
    coordinator: Gebruiker,
    vandaag: date,
    kans: random.Random,
) -> None:
    """What becomes of the visits that were reported this week, as far as it lies in the past."""
    nieuw = Bezoek.objects.filter(gebied=gebied, gemeld_op=nu).prefetch_related("kinderen", "wijk").order_by("pk")
    for bezoek in nieuw:
        dagen = (vandaag - bezoek.geboortedatum).days
        if dagen < gebied.voorbereiden_dag + kans.randrange(0, 5):
            continue
        op = moment_op(bezoek.geboortedatum + timedelta(days=gebied.voorbereiden_dag + 1), time(11))
        op = max(op, nu)
        loting = kans.random()
        moeder = _wie(bezoek, moeders, kans)
        if loting > 0.985 and dagen > 60:
            bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.GEEN_CAPACITEIT, nu=op)
            continue
        try:
            toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=moeder.pk, door=coordinator, nu=op)
        except Geweigerd:
            continue
        if dagen < gebied.voorbereiden_dag + 4:
            continue  # she has not answered yet
        bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=op + timedelta(hours=20))
        _verloop(bezoek, moeder, loting, vandaag, kans)


def _wie(bezoek: Bezoek, moeders: list[Ooievaarsmoeder], kans: random.Random) -> Ooievaarsmoeder:
    eigen = [
        m
        for m, (_n, wijken, _t, _x) in zip(moeders, [mensen.SIMONE, *mensen.MOEDERS], strict=True)
        if bezoek.wijk and bezoek.wijk.code in wijken
    ]
    return kans.choice(eigen or moeders)


def _verloop(bezoek: Bezoek, moeder: Ooievaarsmoeder, loting: float, vandaag: date, kans: random.Random) -> None:
    dag = 42 + kans.randrange(0, 15) if loting < _GEWOON else 57 + kans.randrange(0, 20)
    moment = moment_op(bezoek.geboortedatum + timedelta(days=dag), time(10 + kans.randrange(0, 7)))
    voorbij = bezoek.geboortedatum + timedelta(days=dag) < vandaag
    if not voorbij:
        return
    if loting > 0.95:
        bezoek_weigeren(bezoek_id=bezoek.pk, alles=False, nu=moment)
    elif loting > 0.90:
        for terug, soort in ((9, "brief"), (6, "aanDeDeur"), (2, "aanDeDeur")):
            gedaan = moment - timedelta(days=terug, hours=terug % 4)
            poging_vastleggen(
                bezoek_id=bezoek.pk, door=moeder.gebruiker, moment=gedaan, soort=soort, uitkomst="nietThuis", nu=gedaan
            )
        bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.NIET_BEREIKT, nu=moment)
    elif loting > 0.88:
        bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.VERHUISD, nu=moment)
    else:
        vorm = kans.choices(["huisbezoek", "aanDeDeur", "elders"], [80, 15, 5])[0]
        dozen = [Doos(kind.pasgeborene_id) for kind in bezoek.kinderen.all()]
        bezoek_afronden(
            bezoek_id=bezoek.pk,
            afronding=Afronding(moment, vorm, dozen, ["opvoeding"], kans.random() < 0.7, kans.random() < 0.2),
            door=moeder.gebruiker,
            nu=moment + timedelta(hours=2),
        )
