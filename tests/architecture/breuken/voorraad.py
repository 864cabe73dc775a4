"""Stock; most is broken in tests/voorraad (ELDERS in test_beperkingen.py)."""

from __future__ import annotations

from typing import Any

from ooievaar.platform import clock
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.architecture.wereld import maak_voucher
from tests.factories import (
    ArtikelFactory,
    GebiedFactory,
    GebruikerFactory,
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


def _uitgegeven(gebied: Any = None) -> Any:
    velden = {"status": "uitgegeven", "aanleiding": "bezoek:1", "onderdeel": "kind", "uitgegeven_op": NU}
    return maak_voucher(gebied or GebiedFactory(), **velden)


def _telregel() -> None:
    telling = voorraad.Telling.objects.create(locatie=LocatieFactory(), begonnen_op=NU)
    tweemaal(
        voorraad.Telregel.objects.create,
        telling=telling,
        artikel=ArtikelFactory(gebied=telling.locatie.gebied),
        teller=GebruikerFactory(),
        geteld=1,
        geteld_op=NU,
        stand_toen=1,
    )


def _twee_keer_vervangen() -> None:
    oud = _uitgegeven()
    tweemaal(maak_voucher, gebied=oud.gebied, vervangt=oud)


def _vervangt_zichzelf() -> None:
    voucher = maak_voucher(GebiedFactory())
    anders(voucher, vervangt=voucher)


def _melding() -> None:
    velden = {"aanleiding": "a", "onderdeel": "o", "hash": "h", "oordeel": "onbekend", "gemeld_op": NU}
    tweemaal(voorraad.Vouchermelding.objects.create, gebied=GebiedFactory(), **velden)


def _bestelling(**velden: Any) -> voorraad.Bestelling:
    waarden = {"artikel": ArtikelFactory(), "aantal": 1, "verwacht_op": DAG, "besteld_op": NU}
    return voorraad.Bestelling.objects.create(**waarden | velden)


def _twee_keer_ontvangen() -> None:
    artikel = doos(GebiedFactory())
    regel = ontvangen(artikel, LocatieFactory(gebied=artikel.gebied), 1)
    tweemaal(_bestelling, artikel=artikel, status="ontvangen", ontvangst=regel)


def _alarm() -> None:
    tweemaal(voorraad.Voorraadalarm.objects.create, artikel=ArtikelFactory(), tekort_vanaf=DAG, begonnen_op=NU)


BREUKEN: Breuken = {
    "bestelling_aantal_positief": [lambda: _bestelling(aantal=0)],
    "bestelling_ontvangen_heeft_regel": [lambda: _bestelling(status="ontvangen")],
    "voorraad_bestelling.ontvangst_id": [_twee_keer_ontvangen],
    "voorraadalarm_een_tegelijk": [_alarm],
    "voucher_code_uniek": [lambda: tweemaal(maak_voucher, gebied=GebiedFactory(), hash="dubbel")],
    "voucher_een_per_kind": [lambda: tweemaal(_uitgegeven, gebied=GebiedFactory())],
    "voucher_status_heeft_gegevens": [
        lambda: anders(maak_voucher(GebiedFactory()), status="uitgegeven"),
        lambda: anders(maak_voucher(GebiedFactory()), aanleiding="bezoek:1"),
        lambda: anders(_uitgegeven(), status="ingetrokken"),
        lambda: anders(_uitgegeven(), aanleiding=""),
    ],
    "voucher_vervangt_ander": [_vervangt_zichzelf],
    "voorraad_voucher.vervangt_id": [_twee_keer_vervangen],
    "vouchermelding_een_keer": [_melding],
    "telling_afgesloten_heeft_moment": [
        lambda: voorraad.Telling.objects.create(locatie=LocatieFactory(), begonnen_op=NU, status="vastgesteld"),
        lambda: voorraad.Telling.objects.create(locatie=LocatieFactory(), begonnen_op=NU, afgesloten_op=NU),
    ],
    "telregel_een_per_teller": [_telregel],
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
