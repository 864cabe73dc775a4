"""Visits, notices and figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from psycopg.types.range import TimestamptzRange

from bezoeken import models as bezoeken
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import (
    BezoekFactory,
    GebiedFactory,
    OoievaarsmoederFactory,
    bezoek_met_kinderen,
    toegewezen_bezoek,
)


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


BREUKEN: Breuken = {
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
