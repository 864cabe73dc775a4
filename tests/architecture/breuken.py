"""How each constraint of the database is broken on purpose; read by test_beperkingen.py.

Each function here makes what it needs and then does what the database must refuse. The key is the constraint's name, or
`table.columns` where Django makes the name (a unique column).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from psycopg.types.range import TimestamptzRange

from bezoeken import models as bezoeken
from notifications import models as notifications
from ooievaar import models as ooievaar
from ooievaar.platform import clock
from tests.factories import (
    BezoekFactory,
    GebiedFactory,
    GebruikerFactory,
    GezinFactory,
    LocatieFactory,
    OoievaarsmoederFactory,
    PasgeboreneFactory,
    WijkFactory,
    bezoek_met_kinderen,
    doos,
    ontvangen,
    toegewezen_bezoek,
)
from tests.factories.notifications import BerichtFactory
from voorraad import models as voorraad

NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAG = date(2026, 11, 24)


def anders(rij: Any, **velden: Any) -> None:
    """Change a row behind the back of every service."""
    type(rij)._default_manager.filter(pk=rij.pk).update(**velden)


def tweemaal(maak: Callable[..., object], **velden: Any) -> None:
    maak(**velden)
    maak(**velden)


# ooievaar ------------------------------------------------------------------------------------
def _uren(**velden: time) -> Callable[[], None]:
    return lambda: anders(GebiedFactory(), **velden)


def _relatie() -> None:
    tweemaal(ooievaar.Relatie.objects.create, ooievaarsmoeder=OoievaarsmoederFactory(), gezin=GezinFactory())


def _verzoek() -> None:
    velden = {"gebruiker": GebruikerFactory(), "pad": "/p", "sleutel": "s", "inhoud_hash": "h", "status": 200, "op": NU}
    tweemaal(ooievaar.BeantwoordVerzoek.objects.create, **velden)


def _vrije_periode() -> None:
    dagen = {"begin": DAG, "eind": DAG - timedelta(days=1)}
    ooievaar.VrijePeriode.objects.create(gebied=GebiedFactory(), soort="vrijeDag", naam="x", **dagen)


def _afwezigheid() -> None:
    moeder = OoievaarsmoederFactory()
    ooievaar.Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=DAG, eind=DAG - timedelta(days=1))


def _geheim_hash(model: Any, **velden: Any) -> Callable[[], None]:
    return lambda: tweemaal(model.objects.create, gebruiker=GebruikerFactory(), hash="h", **velden)


OOIEVAAR: dict[str, list[Callable[[], object]]] = {
    "gebied_dagen_op_volgorde": [
        lambda: anders(GebiedFactory(), venster_eind_dag=42),
        lambda: anders(GebiedFactory(), voorbereiden_dag=42),
        lambda: anders(GebiedFactory(), verlopen_dag=56),
    ],
    "gebied_uren_op_volgorde": [
        _uren(bezoek_tot=time(9, 30)),
        _uren(bezoek_zaterdag_tot=time(9)),
        _uren(bericht_van=time(20)),
    ],
    "gebied_kleinste_cel": [lambda: anders(GebiedFactory(), kleinste_cel=0)],
    "ooievaar_gebied.code": [lambda: tweemaal(GebiedFactory, code="dubbel")],
    "ooievaar_wijk.code": [lambda: tweemaal(WijkFactory, code="WK000001")],
    "focuswijk_naam_uniek": [lambda: tweemaal(ooievaar.Focuswijk.objects.create, gebied=GebiedFactory(), naam="x")],
    "postcode_huisnummer_uniek": [
        lambda: tweemaal(ooievaar.Postcode.objects.create, pc6="6400AA", huisnummer=1, wijk_code="w", gemeente_code="g")
    ],
    "vrijeperiode_op_volgorde": [_vrije_periode],
    "ooievaar_gebruiker.username": [lambda: tweemaal(GebruikerFactory, username="dubbel")],
    "rol_een_keer_per_gebied": [
        lambda: tweemaal(
            ooievaar.RolToekenning.objects.create, gebruiker=GebruikerFactory(), gebied=GebiedFactory(), rol="jens"
        )
    ],
    "ooievaar_toegangstoken.hash": [_geheim_hash(ooievaar.Toegangstoken, aangemaakt_op=NU)],
    "ooievaar_koppelcode.hash": [_geheim_hash(ooievaar.Koppelcode, verloopt_op=NU)],
    "gezin_contactstop_heeft_reden_en_moment": [
        lambda: anders(GezinFactory(), contactstop_reden="geweigerd"),
        lambda: anders(GezinFactory(), contactstop_op=NU),
    ],
    "pasgeborene_overleden_is_vervallen": [lambda: anders(PasgeboreneFactory(), overleden_gemeld_op=NU)],
    "toestemming_een_per_doel": [
        lambda: tweemaal(ooievaar.Toestemming.objects.create, gezin=GezinFactory(), doel="cafe", sinds=NU)
    ],
    "ooievaar_ooievaarsmoeder.gebruiker_id": [lambda: tweemaal(OoievaarsmoederFactory, gebruiker=GebruikerFactory())],
    "afwezigheid_op_volgorde": [_afwezigheid],
    "relatie_een_keer": [_relatie],
    "verzoek_sleutel_uniek": [_verzoek],
}


# notifications -------------------------------------------------------------------------------
def _brief() -> None:
    bericht = BerichtFactory(kanaal="brief")
    tweemaal(notifications.Briefregel.objects.create, bericht=bericht, gebied=bericht.gebied, dag=DAG)


NOTIFICATIONS: dict[str, list[Callable[[], object]]] = {
    "bericht_een_ontvanger": [
        lambda: anders(BerichtFactory(), gezin=None),
        lambda: anders(BerichtFactory(), ooievaarsmoeder=OoievaarsmoederFactory()),
        lambda: anders(BerichtFactory(), gebruiker=GebruikerFactory()),
    ],
    "bericht_verzonden_heeft_moment": [
        lambda: anders(BerichtFactory(), status="verzonden"),
        lambda: anders(BerichtFactory(), verzonden_op=NU),
    ],
    "bericht_bezig_heeft_lease": [lambda: anders(BerichtFactory(), status="bezig")],
    "notifications_bericht.sleutel": [lambda: tweemaal(BerichtFactory, sleutel="dubbel")],
    "notifications_briefregel.bericht_id": [_brief],
}


# bezoeken ------------------------------------------------------------------------------------
def _bezocht(**velden: Any) -> Callable[[], None]:
    return lambda: anders(toegewezen_bezoek(), status="bezocht", **velden)


def _afspraak(bezoek: bezoeken.Bezoek, *, uur: int, minuten: int = 60, moeder: Any = None) -> None:
    begin = NU.replace(hour=uur)
    bezoeken.Afspraak.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder=moeder or bezoek.ooievaarsmoeder,
        begin=begin,
        duur_minuten=minuten,
        periode=TimestamptzRange(begin, begin + timedelta(minutes=max(minuten, 1))),
    )


def _twee_afspraken_van_een_bezoek() -> None:
    bezoek = toegewezen_bezoek()
    _afspraak(bezoek, uur=9)
    _afspraak(bezoek, uur=15)


def _op_twee_plekken_tegelijk() -> None:
    een = toegewezen_bezoek()
    _afspraak(een, uur=9)
    _afspraak(toegewezen_bezoek(een.ooievaarsmoeder), uur=9)


def _kind() -> None:
    kind = bezoek_met_kinderen().kinderen.get()
    kind.pk = None
    kind.save(force_insert=True)


def _toewijzing() -> None:
    bezoek = toegewezen_bezoek()
    bezoeken.Toewijzing.objects.create(bezoek=bezoek, ooievaarsmoeder=OoievaarsmoederFactory(), toegewezen_op=NU)


def _melding(**velden: Any) -> bezoeken.Geboortemelding:
    waarden = {"bron": "gemeente", "kenmerk": "k", "inhoud_hash": "h", "gegevens": {}, "gemeld_op": NU}
    return bezoeken.Geboortemelding.objects.create(**{**waarden, "status": "afgewezen", **velden})


def _kenmerk() -> None:
    gebied = GebiedFactory()
    _melding(gebied=gebied, inhoud_hash="een")
    _melding(gebied=gebied, inhoud_hash="twee")


def _bestandsdeel() -> None:
    bestand = bezoeken.Geboorteimport.objects.create(gebied=GebiedFactory(), begonnen_op=NU)
    tweemaal(bezoeken.Bestandsdeel.objects.create, geboorteimport=bestand, nummer=1, inhoud=b"")


BEZOEKEN: dict[str, list[Callable[[], object]]] = {
    "bezoek_venster_op_volgorde": [lambda: anders(BezoekFactory(), venster_eind=date(2020, 1, 1))],
    "bezoek_status_bekend": [lambda: anders(BezoekFactory(), status="zoek")],
    "bezoek_afgesloten_heeft_reden": [
        lambda: anders(BezoekFactory(), status="afgesloten", afsluitreden="dubbel"),
        lambda: anders(BezoekFactory(), status="afgesloten", afgesloten_op=NU),
        lambda: anders(BezoekFactory(), afsluitreden="dubbel"),
        lambda: anders(BezoekFactory(), afgesloten_op=NU),
    ],
    "bezoek_bezocht_heeft_moment_en_vorm": [
        _bezocht(),
        _bezocht(bezocht_op=NU, afgerond_op=NU),
        _bezocht(bezocht_op=NU, vorm="elders"),
        _bezocht(afgerond_op=NU, vorm="elders"),
        lambda: anders(BezoekFactory(), bezocht_op=NU),
        lambda: anders(BezoekFactory(), vorm="elders"),
    ],
    "bezoek_toegewezen_heeft_ooievaarsmoeder": [
        lambda: anders(toegewezen_bezoek(aanvaard=False), ooievaarsmoeder=None),
        lambda: anders(BezoekFactory(), status="gepland"),
    ],
    "bezoek_open_heeft_niemand": [
        lambda: anders(BezoekFactory(), ooievaarsmoeder=OoievaarsmoederFactory()),
        lambda: anders(toegewezen_bezoek(), status="open"),
    ],
    "bezoek_aanvaard_door_iemand": [
        lambda: anders(BezoekFactory(), aanvaard_op=NU, status="afgesloten", afsluitreden="dubbel", afgesloten_op=NU)
    ],
    "bezoekkind_een_keer": [_kind],
    "toewijzing_een_tegelijk": [_toewijzing],
    "afspraak_een_per_bezoek": [_twee_afspraken_van_een_bezoek],
    "afspraak_niet_dubbel": [_op_twee_plekken_tegelijk],
    "afspraak_duur": [
        lambda: _afspraak(toegewezen_bezoek(), uur=9, minuten=4),
        lambda: _afspraak(toegewezen_bezoek(), uur=9, minuten=481),
    ],
    "melding_kenmerk_uniek": [_kenmerk],
    "melding_inhoud_uniek": [lambda: tweemaal(_melding, gebied=GebiedFactory(), is_herziening=True)],
    "melding_verwerkt_heeft_kind": [lambda: _melding(gebied=GebiedFactory(), status="verwerkt")],
    "bestandsdeel_een_keer": [_bestandsdeel],
    "herinneringsregel_uniek": [
        lambda: tweemaal(
            bezoeken.Herinneringsregel.objects.create, gebied=GebiedFactory(), soort="x", ontvanger="gezin", dag=1
        )
    ],
    "bevroren_maand_uniek": [
        lambda: tweemaal(
            bezoeken.BevrorenMaand.objects.create, gebied=GebiedFactory(), maand=DAG, cijfers={}, bevroren_op=NU
        )
    ],
}


# voorraad: most are broken in tests/voorraad (ELDERS in test_beperkingen.py) ------------------
def _twee_keer_teruggedraaid() -> None:
    artikel = doos(GebiedFactory())
    plek = LocatieFactory(gebied=artikel.gebied)
    mutatie = ontvangen(artikel, plek, 1)
    terug = {"soort": "correctie", "artikel": artikel, "van": plek, "naar": mutatie.van, "aantal": 1}
    momenten = {"gebeurd_op": clock.nu(), "geboekt_op": clock.nu()}
    tweemaal(voorraad.Mutatie.objects.create, draait_terug=mutatie, **terug, **momenten)


VOORRAAD: dict[str, list[Callable[[], object]]] = {
    "voorraad_mutatie.draait_terug_id": [_twee_keer_teruggedraaid],
    "sluiting_een_per_dag": [
        lambda: tweemaal(
            voorraad.Periodesluiting.objects.create, gebied=GebiedFactory(), tot_en_met=DAG, gesloten_op=NU
        )
    ],
}

BREUKEN = {**OOIEVAAR, **NOTIFICATIONS, **BEZOEKEN, **VOORRAAD}
