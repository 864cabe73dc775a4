"""People and places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from ooievaar import models as ooievaar
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import (
    GebiedFactory,
    GebruikerFactory,
    GezinFactory,
    OoievaarsmoederFactory,
    PasgeboreneFactory,
    WijkFactory,
)


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


def _koppeling(*, omgekeerd: bool = False, **velden: Any) -> ooievaar.Gezinskoppeling:
    een, ander = sorted([GezinFactory(), GezinFactory()], key=lambda gezin: gezin.pk, reverse=omgekeerd)
    return ooievaar.Gezinskoppeling.objects.create(een=een, ander=ander, voorgesteld_op=NU, **velden)


def _zelfde_koppeling() -> None:
    eerste = _koppeling()
    ooievaar.Gezinskoppeling.objects.create(een=eerste.een, ander=eerste.ander, voorgesteld_op=NU)


def _inzage() -> None:
    velden = {"gezin_id": UUID(int=1), "gebruiker_id": UUID(int=2), "waar": "telefoon", "op": NU, "dag": DAG}
    tweemaal(ooievaar.Inzage.objects.create, **velden)


BREUKEN: Breuken = {
    "inzage_een_keer_per_dag": [_inzage],
    "gezinskoppeling_een_per_paar": [_zelfde_koppeling],
    "gezinskoppeling_laagste_eerst": [lambda: _koppeling(omgekeerd=True)],
    "gezinskoppeling_beoordeeld_heeft_moment": [
        lambda: _koppeling(status="bevestigd"),
        lambda: _koppeling(beoordeeld_op=NU),
    ],
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
    "gebied_alarm_na_waarschuwing": [lambda: anders(GebiedFactory(), alarm_minuten=15)],
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
