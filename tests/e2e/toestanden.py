"""Two areas of their own for the browser: one in which there is nothing, one in which there is hundreds of everything.

`binnen(maak, wachtwoord)` makes the coordinators `leeg` and `vol`, with that password. And an alarm, because no button
makes one: it needs a volunteer who did not come out in time.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

AANTAL = 250
# Of both areas a family and a volunteer whose pages are looked at: with nothing, and with more than anybody has.
GEZIN = {"leeg": UUID(int=0xE0), "vol": UUID(int=0xF0)}
MOEDER = {"leeg": UUID(int=0xE1), "vol": UUID(int=0xF1)}
VEEL = 40


def maak(wachtwoord: str) -> None:
    """Make what is not there yet."""
    from bezoeken.models import Alarm, Geboortemelding, Incheck
    from ooievaar.models import Gebruiker
    from ooievaar.platform import clock
    from tests.factories import (
        ContactpersoonFactory,
        GebiedFactory,
        GezinFactory,
        OoievaarsmoederFactory,
        PasgeboreneFactory,
        WijkFactory,
        bezoek_met_kinderen,
        gebruiker_met_rol,
        toegewezen_bezoek,
    )
    from tests.factories.notifications import BerichtFactory

    if Gebruiker.objects.filter(username="vol").exists():
        return
    nu, vandaag = clock.nu(), clock.vandaag()
    leeg = WijkFactory(gebied=GebiedFactory(code="proef-leeg"), code="WK999001", naam="Leegveld")
    vol = WijkFactory(gebied=GebiedFactory(code="proef-vol"), code="WK999002", naam="Volveld")
    for naam, wijk in (("leeg", leeg), ("vol", vol)):
        gebruiker = gebruiker_met_rol("coordinator", gebied=wijk.gebied, username=naam, first_name=naam.title())
        gebruiker.set_password(wachtwoord)
        gebruiker.save()
    moeders = [
        OoievaarsmoederFactory(gebied=vol.gebied, wijken=[vol], naam=f"Moeder Voorbeeld-{nummer:03}")
        for nummer in range(AANTAL // 5)
    ]
    for nummer in range(AANTAL):
        gezin = GezinFactory(wijk=vol, straat="Overvolle-Voorbeeldstraat-met-een-lange-naam", huisnummer=nummer + 1)
        ContactpersoonFactory(gezin=gezin)
        geboren = vandaag - timedelta(days=25 + nummer % 70)
        if nummer % 2:
            bezoek_met_kinderen(gezin=gezin, geboortedatum=geboren)
        else:
            toegewezen_bezoek(moeders[nummer % len(moeders)], gezin=gezin, geboortedatum=geboren)
        BerichtFactory(gezin=gezin, sleutel=f"toestand-{nummer}", status="mislukt")
        Geboortemelding.objects.create(
            gebied=vol.gebied,
            wijk=vol,
            bron="jgz",
            kenmerk=f"toestand-{nummer}",
            inhoud_hash="0" * 64,
            gegevens={},
            status="verwerkt",
            pasgeborene=PasgeboreneFactory(gezin=gezin),
            gemeld_op=nu,
        )
    GezinFactory(pk=GEZIN["leeg"], wijk=leeg)
    OoievaarsmoederFactory(pk=MOEDER["leeg"], gebied=leeg.gebied, naam="Nog-Niets Voorbeeld")
    druk = OoievaarsmoederFactory(pk=MOEDER["vol"], gebied=vol.gebied, wijken=[vol], naam="Overvol Voorbeeld")
    groot = GezinFactory(pk=GEZIN["vol"], wijk=vol, straat="Overvolle-Voorbeeldstraat-met-een-lange-naam")
    for nummer in range(VEEL):
        toegewezen_bezoek(druk, gezin=GezinFactory(wijk=vol), geboortedatum=vandaag - timedelta(days=50))
        BerichtFactory(gezin=groot, sleutel=f"toestand-groot-{nummer}")
    for nummer in range(8):
        ContactpersoonFactory(gezin=groot)
        toegewezen_bezoek(druk, gezin=groot, kinderen=3, geboortedatum=vandaag - timedelta(days=400 * nummer))
    incheck = Incheck.objects.create(
        bezoek=toegewezen_bezoek(moeders[0], gezin=GezinFactory(wijk=vol)),
        ooievaarsmoeder=moeders[0],
        ingecheckt_op=nu - timedelta(hours=2),
        verwachte_minuten=60,
        verwacht_eind=nu - timedelta(hours=1),
    )
    Alarm.objects.create(incheck=incheck, gestart_op=nu)
