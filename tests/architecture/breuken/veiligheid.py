"""Flags, who is on duty, check-ins and alarms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bezoeken import models
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import GezinFactory, toegewezen_bezoek
from tests.factories.veiligheid import AchterwachtdienstFactory


def _vlag() -> None:
    dagen = {"sinds": DAG, "tot": DAG - timedelta(days=1)}
    models.Veiligheidsvlag.objects.create(gezin=GezinFactory(), soort="hond", maatregel="belEerst", **dagen)


def _dienst(**velden: Any) -> None:
    anders(AchterwachtdienstFactory(), **velden)


def _dienst_met_een_mens() -> None:
    dienst = AchterwachtdienstFactory()
    anders(dienst, tweede=dienst.eerste)


def _twee_diensten_tegelijk() -> None:
    dienst = AchterwachtdienstFactory()
    AchterwachtdienstFactory(gebied=dienst.gebied, begin=dienst.eind - timedelta(minutes=1))


def _incheck(bezoek: Any = None, *, minuten: int = 60) -> models.Incheck:
    bezoek = bezoek or toegewezen_bezoek()
    return models.Incheck.objects.create(
        bezoek=bezoek,
        ooievaarsmoeder=bezoek.ooievaarsmoeder,
        ingecheckt_op=NU,
        verwachte_minuten=minuten,
        verwacht_eind=NU + timedelta(minutes=minuten),
    )


def _alarm(**velden: Any) -> None:
    models.Alarm.objects.create(incheck=_incheck(), gestart_op=NU, **velden)


BREUKEN: Breuken = {
    "veiligheidsvlag_op_volgorde": [_vlag],
    "achterwachtdienst_op_volgorde": [lambda: _dienst(eind=NU - timedelta(days=999))],
    "achterwachtdienst_twee_mensen": [_dienst_met_een_mens],
    "achterwachtdienst_een_tegelijk": [_twee_diensten_tegelijk],
    "incheck_een_tegelijk": [lambda: tweemaal(_incheck, bezoek=toegewezen_bezoek())],
    "incheck_duur": [lambda: _incheck(minuten=4), lambda: _incheck(minuten=481)],
    "alarm_een_open_per_incheck": [lambda: tweemaal(models.Alarm.objects.create, incheck=_incheck(), gestart_op=NU)],
    "alarm_gesloten_heeft_uitkomst": [lambda: _alarm(gesloten_op=NU), lambda: _alarm(uitkomst="gesproken")],
}
