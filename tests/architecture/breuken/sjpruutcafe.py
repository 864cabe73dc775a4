"""Cafés, their places and series, who is invited, signed up and came."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from bezoeken import models
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import CafeplaatsFactory, GebiedFactory, GezinFactory, SjpruutcafeFactory


def _reeks(gebied: Any = None, **velden: Any) -> models.Cafereeks:
    basis = {"eerste_dag": DAG, "laatste_dag": DAG, "tijd": time(10)}
    return models.Cafereeks.objects.create(gebied=gebied or GebiedFactory(), **{**basis, **velden})


def _in_reeks(reeks: models.Cafereeks) -> None:
    SjpruutcafeFactory(gebied=reeks.gebied, reeks=reeks, reeks_dag=DAG)


def _regels(gebied: Any = None, **velden: Any) -> None:
    models.Caferegels.objects.create(gebied=gebied or GebiedFactory(), **velden)


def _feed(**velden: Any) -> None:
    models.Agendafeed.objects.create(gebied=GebiedFactory(), naam="balie", gemaakt_op=NU, **velden)


def _uitnodiging(cafe: Any, gezin: Any, dag: Any) -> None:
    models.Cafeuitnodiging.objects.create(cafe=cafe, gezin=gezin, reden="regel", dag=dag, uitgenodigd_op=NU)


def _twee_naar_een_cafe() -> None:
    cafe, gezin = SjpruutcafeFactory(), GezinFactory()
    for dag in (DAG, DAG + timedelta(days=30)):
        _uitnodiging(cafe, gezin, dag)


def _twee_in_een_week() -> None:
    gezin = GezinFactory()
    for dag in (DAG, DAG + timedelta(days=6)):
        _uitnodiging(SjpruutcafeFactory(), gezin, dag)


def _aanmelding(cafe: Any = None, gezin: Any = None, **velden: Any) -> None:
    basis = {"status": "aangemeld", "volgnummer": 1, "via": "link", "aangemeld_op": NU}
    models.Cafeaanmelding.objects.create(
        cafe=cafe or SjpruutcafeFactory(), gezin=gezin or GezinFactory(), **{**basis, **velden}
    )


def _twee_keer_op_de_lijst() -> None:
    cafe, gezin = SjpruutcafeFactory(), GezinFactory()
    for nummer in (1, 2):
        _aanmelding(cafe, gezin, volgnummer=nummer)


def _twee_op_een_plek() -> None:
    cafe = SjpruutcafeFactory()
    for _keer in range(2):
        _aanmelding(cafe)


def _aanwezig(cafe: Any = None, gezin: Any = None, **velden: Any) -> None:
    basis = {"gekomen": True, "volwassenen": 1, "kinderen": 1, "vastgelegd_op": NU}
    models.Cafeaanwezigheid.objects.create(cafe=cafe or SjpruutcafeFactory(), gezin=gezin, **{**basis, **velden})


BREUKEN: Breuken = {
    "cafeplaats_naam_uniek": [lambda: tweemaal(CafeplaatsFactory, gebied=GebiedFactory(), naam="Buurthuis")],
    "cafeplaats_ligging_heel": [
        lambda: CafeplaatsFactory(lengtegraad=None),
        lambda: CafeplaatsFactory(breedtegraad=91.0),
    ],
    "cafereeks_op_volgorde": [lambda: _reeks(laatste_dag=DAG - timedelta(days=1))],
    "cafereeks_weken": [lambda: _reeks(weken=0), lambda: _reeks(weken=13)],
    "sjpruutcafe_een_per_reeksdag": [lambda: tweemaal(_in_reeks, reeks=_reeks())],
    "sjpruutcafe_reeks_met_dag": [
        lambda: SjpruutcafeFactory(reeks=_reeks()),
        lambda: SjpruutcafeFactory(reeks_dag=DAG),
    ],
    "sjpruutcafe_duur": [lambda: SjpruutcafeFactory(duur_minuten=14), lambda: SjpruutcafeFactory(duur_minuten=481)],
    "sjpruutcafe_capaciteit": [lambda: SjpruutcafeFactory(capaciteit_volwassenen=0)],
    "sjpruutcafe_afgelast_heeft_moment": [
        lambda: SjpruutcafeFactory(status="afgelast"),
        lambda: anders(SjpruutcafeFactory(), afgelast_op=NU),
    ],
    "caferegels_hooguit_een_per_week": [lambda: _regels(dagen_tussen=6)],
    "caferegels_dagen_op_volgorde": [lambda: _regels(dagen_vooraf_tot=1), lambda: _regels(dagen_vooraf_eerste=13)],
    "caferegels_waarden": [lambda: _regels(aanbod_uren=0), lambda: _regels(leeftijd_jaren=5)],
    "bezoeken_caferegels.gebied_id": [lambda: tweemaal(_regels, gebied=GebiedFactory())],
    "bezoeken_agendafeed.hash": [lambda: tweemaal(_feed, hash="x")],
    "cafeuitnodiging_een_per_cafe": [_twee_naar_een_cafe],
    "cafeuitnodiging_een_per_week": [_twee_in_een_week],
    "cafeaanmelding_een_per_cafe": [_twee_keer_op_de_lijst],
    "cafeaanmelding_volgorde": [_twee_op_een_plek],
    "cafeaanmelding_status_bekend": [lambda: _aanmelding(status="misschien")],
    "cafeaanmelding_aantallen": [
        lambda: _aanmelding(volwassenen=0),
        lambda: _aanmelding(status="afgemeld", kinderen=21),
    ],
    "cafeaanmelding_aanbod_heeft_einde": [
        lambda: _aanmelding(status="aangeboden"),
        lambda: _aanmelding(aangeboden_tot=NU),
    ],
    "cafeaanwezigheid_gezin_een_keer": [lambda: tweemaal(_aanwezig, cafe=SjpruutcafeFactory(), gezin=GezinFactory())],
    "cafeaanwezigheid_aantallen": [
        lambda: _aanwezig(volwassenen=0),
        lambda: _aanwezig(gekomen=False, volwassenen=0, kinderen=0),
        lambda: _aanwezig(gezin=GezinFactory(), gekomen=False),
    ],
}
