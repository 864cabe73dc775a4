"""Stock; most is broken in tests/voorraad (ELDERS in test_beperkingen.py)."""

from __future__ import annotations

from typing import Any

from ooievaar.platform import clock
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, tweemaal
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    LocatieFactory,
    doos,
    ontvangen,
)
from voorraad import models as voorraad


def _twee_keer_teruggedraaid() -> None:
    artikel = doos(GebiedFactory())
    plek = LocatieFactory(gebied=artikel.gebied)
    mutatie = ontvangen(artikel, plek, 1)
    terug = {"soort": "correctie", "artikel": artikel, "van": plek, "naar": mutatie.van, "aantal": 1}
    momenten = {"gebeurd_op": clock.nu(), "geboekt_op": clock.nu()}
    tweemaal(voorraad.Mutatie.objects.create, draait_terug=mutatie, **terug, **momenten)


def _samenstelling(**velden: Any) -> voorraad.Samenstelling:
    waarden = {"artikel": velden.pop("artikel", None) or ArtikelFactory(), "nummer": 1, "vastgesteld_op": NU}
    return voorraad.Samenstelling.objects.create(**waarden, **velden)


def _regel(**velden: Any) -> voorraad.Samenstellingregel:
    waarden = {"samenstelling": _samenstelling(), "artikel": ArtikelFactory(), "aantal": 1}
    return voorraad.Samenstellingregel.objects.create(**waarden | velden)


BREUKEN: Breuken = {
    "samenstelling_nummer_uniek": [lambda: tweemaal(_samenstelling, artikel=ArtikelFactory())],
    "samenstellingregel_artikel_een_keer": [
        lambda: tweemaal(_regel, samenstelling=_samenstelling(), artikel=ArtikelFactory())
    ],
    "samenstellingregel_aantal_positief": [lambda: _regel(aantal=0)],
    "voorraad_mutatie.draait_terug_id": [_twee_keer_teruggedraaid],
    "sluiting_een_per_dag": [
        lambda: tweemaal(
            voorraad.Periodesluiting.objects.create, gebied=GebiedFactory(), tot_en_met=DAG, gesloten_op=NU
        )
    ],
}
