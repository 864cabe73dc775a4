"""The Sjop."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import GebiedFactory
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas, sjopgebied
from voorraad import models
from voorraad.services.boeken import mutatie_boeken


def _openingstijd(**velden: Any) -> models.Openingstijd:
    waarden = {"gebied": GebiedFactory(), "weekdag": 2, "van": time(13, 30), "tot": time(16, 30)}
    return models.Openingstijd.objects.create(**waarden | velden)


def _blokkade(**velden: Any) -> models.Blokkade:
    waarden = {"gebied": GebiedFactory(), "naam": "x", "uitleg": "x", "woorden": ["voorbeeld"]}
    return models.Blokkade.objects.create(**waarden | velden)


def _actie(**velden: Any) -> models.Terugroepactie:
    waarden = {"gebied": GebiedFactory(), "merk": "x", "merk_sleutel": "x", "uitleg": "x", "teruggeroepen_op": NU}
    return models.Terugroepactie.objects.create(**waarden | velden)


def _afspraak(een_pas: models.Sjoppas, **velden: Any) -> models.Sjopafspraak:
    waarden = {"begin": NU, "eind": NU + timedelta(minutes=30), "plaats": 0, "gemaakt_op": NU}
    return models.Sjopafspraak.objects.create(pas=een_pas, gebied=een_pas.gebied, **waarden | velden)


def _twee_op_een_plaats() -> None:
    gebied = sjopgebied()
    _afspraak(pas(gebied))
    _afspraak(pas(gebied))


def _twee_keer_op_een_tijd() -> None:
    een_pas = pas(sjopgebied())
    _afspraak(een_pas)
    _afspraak(een_pas, plaats=1)


def _twee_inbrengen_van_een_partij() -> None:
    een, ander = (ingebracht(sjopgebied()) for _keer in range(2))
    anders(ander, partij=een.partij)


def _twee_categorieen_van_een_artikel() -> None:
    gebied = sjopgebied()
    anders(categorie(gebied, "boeken"), artikel=categorie(gebied, "rompers").artikel)


def _uitgifte_dubbel(veld: str) -> None:
    gebied = sjopgebied()
    een_pas = pas(gebied)
    aangevraagd(een_pas, "rompers", maat="62")
    een, ander = gegeven(een_pas, ingebracht(gebied)), gegeven(een_pas, ingebracht(gebied))
    velden = {"pas": een_pas, "inbreng": een.inbreng, "mutatie": ander.mutatie, "aantal": 1, "op": NU}
    if veld == "aanvraag":
        stuk = ingebracht(gebied)
        velden["mutatie"] = mutatie_boeken(
            soort="uitgifte", artikel=stuk.categorie.artikel, partij=stuk.partij, van=een.mutatie.van, aantal=1,
            door=None, nu=NU, via_sjop=True, gebeurd_op=NU,
        )  # fmt: skip
    models.Sjopuitgifte.objects.create(**velden, aanvraag=een.aanvraag if veld == "aanvraag" else None)


def _uitgifte_van_niets() -> None:
    uitgifte = gegeven(pas(gebied := sjopgebied()), ingebracht(gebied))
    models.Sjopuitgifte.objects.create(
        pas=uitgifte.pas, inbreng=uitgifte.inbreng, mutatie=uitgifte.mutatie, aantal=0, op=NU
    )


def _lening() -> models.Bruikleen:
    gebied = sjopgebied()
    return gegeven(pas(gebied), ingebracht(gebied, "kinderstoel")).bruikleen


def _twee_leningen(**velden: Any) -> None:
    lening = _lening()
    gebied = lening.inbreng.categorie.artikel.gebied
    andere = gegeven(pas(gebied), ingebracht(gebied, "kinderstoel")).bruikleen
    if velden:
        models.Bruikleen.objects.create(uitgifte=lening.uitgifte, inbreng=lening.inbreng, terug_op=DAG, **velden)
    else:
        anders(andere, inbreng=lening.inbreng)


def _twee_aanvragen_met_een_sleutel() -> None:
    gebied = sjopgebied()
    tweemaal(aangevraagd, een_pas=pas(gebied))
    anders(models.Sjopaanvraag.objects.filter(pas__gebied=gebied)[0], sleutel="dubbel")
    anders(models.Sjopaanvraag.objects.filter(pas__gebied=gebied)[1], sleutel="dubbel")


BREUKEN: Breuken = {
    "sjopcategorie_uitleen_dagen": [lambda: anders(categorie(sjopgebied()), uitleen_dagen=0)],
    "voorraad_sjopcategorie.artikel_id": [_twee_categorieen_van_een_artikel],
    "sjopinstelling_periode": [lambda: models.Sjopinstelling.objects.create(gebied=GebiedFactory(), periode_dagen=0)],
    "voorraad_sjopinstelling.gebied_id": [
        lambda: tweemaal(models.Sjopinstelling.objects.create, gebied=GebiedFactory())
    ],
    "openingstijd_een_per_begin": [lambda: tweemaal(_openingstijd, gebied=GebiedFactory())],
    "openingstijd_op_volgorde": [lambda: _openingstijd(tot=time(13, 30))],
    "openingstijd_weekdag": [lambda: _openingstijd(weekdag=8), lambda: _openingstijd(weekdag=0)],
    "openingstijd_slot": [lambda: _openingstijd(slot_minuten=4), lambda: _openingstijd(capaciteit=0)],
    "blokkade_naam_uniek": [lambda: tweemaal(_blokkade, gebied=GebiedFactory())],
    "blokkade_gaat_ergens_over": [lambda: _blokkade(woorden=[])],
    "blokkade_geen_leeg_woord": [lambda: _blokkade(woorden=["goed", ""])],
    "terugroepactie_een_keer": [lambda: tweemaal(_actie, gebied=GebiedFactory())],
    "terugroepactie_heeft_merk": [lambda: _actie(merk_sleutel="")],
    "voorraad_inbreng.partij_id": [_twee_inbrengen_van_een_partij],
    "inbreng_aantal_positief": [lambda: anders(ingebracht(sjopgebied()), aantal=0)],
    "inbreng_afgekeurd_heeft_reden": [lambda: anders(ingebracht(sjopgebied()), status="afgekeurd")],
    "inbreng_afgekeurd_gaat_nergens_heen": [lambda: anders(ingebracht(sjopgebied()), staat="afgekeurd")],
    "sjoppas_een_per_gezin": [
        lambda: [anders(pas(gebied), aanleiding="gezin:1") for gebied in [sjopgebied()] for _keer in range(2)]
    ],
    "sjoppas_code_uniek": [
        lambda: [anders(pas(gebied), code="P-1") for gebied in [sjopgebied()] for _keer in range(2)]
    ],
    "sjoppas_gestopt_is_leeg": [lambda: anders(pas(sjopgebied()), gestopt_op=NU)],
    "voorraad_sjopaanvraag.sleutel": [_twee_aanvragen_met_een_sleutel],
    "sjopaanvraag_aantal": [lambda: anders(aangevraagd(pas(sjopgebied())), aantal=21)],
    "sjopaanvraag_status_heeft_gegevens": [
        lambda: anders(aangevraagd(pas(sjopgebied())), status="toegezegd"),
        lambda: anders(aangevraagd(pas(sjopgebied())), status="gegeven"),
        lambda: anders(aangevraagd(pas(sjopgebied())), beeindigd_op=NU),
    ],
    "sjopafspraak_plaats_een_keer": [_twee_op_een_plaats],
    "sjopafspraak_gezin_een_keer": [_twee_keer_op_een_tijd],
    "sjopafspraak_op_volgorde": [lambda: _afspraak(pas(sjopgebied()), eind=NU)],
    "sjopuitgifte_aantal_positief": [_uitgifte_van_niets],
    "voorraad_sjopuitgifte.mutatie_id": [lambda: _uitgifte_dubbel("mutatie")],
    "voorraad_sjopuitgifte.aanvraag_id": [lambda: _uitgifte_dubbel("aanvraag")],
    "voorraad_bruikleen.uitgifte_id": [lambda: _twee_leningen(status="terug", afgesloten_op=NU)],
    "bruikleen_een_tegelijk": [_twee_leningen],
    "bruikleen_twee_verlengingen": [lambda: anders(_lening(), verlengingen=3)],
    "bruikleen_status_heeft_moment": [lambda: anders(_lening(), status="terug")],
}


def _inbreng_kent_de_blokkeerlijst() -> None:
    stuk = ingebracht(sjopgebied(), "overig", vrij=False)
    for velden in ({"omschrijving": "Autó-stoel"}, {"categorie": categorie(stuk.categorie.artikel.gebied, "matras")}):
        with pytest.raises(DatabaseError, match="op de blokkeerlijst"), transaction.atomic():
            anders(stuk, **velden)


def _artikel_kent_de_blokkeerlijst() -> None:
    gebied = sjopgebied()
    velden = {"gebied": gebied, "code": "los", "soort": "sjop"}
    with pytest.raises(DatabaseError, match="op de blokkeerlijst"), transaction.atomic():
        models.Artikel.objects.create(naam="Maxi-Cosi", **velden)
    with pytest.raises(DatabaseError, match="op de blokkeerlijst"), transaction.atomic():
        anders(categorie(gebied, "autostoel").artikel, geblokkeerd=False)


def _mutatie_kent_de_sjop() -> None:
    stuk = ingebracht(sjopgebied(), "speeltjes", vrij=False)
    regel = models.Mutatie.objects.get(partij=stuk.partij)
    gezin = models.Locatie.objects.get(gebied=stuk.categorie.artikel.gebied, code="gezin")
    velden = {"artikel": regel.artikel, "van": regel.naar, "naar": gezin, "aantal": 1}
    momenten = {"gebeurd_op": NU, "geboekt_op": NU}
    with pytest.raises(DatabaseError, match="mag niet mee"), transaction.atomic():
        models.Mutatie.objects.create(soort="uitgifte", partij=stuk.partij, **velden, **momenten)
    for partij in (None, models.Partij.objects.create(artikel=regel.artikel, code="los")):
        with pytest.raises(DatabaseError, match="niet ingebracht"), transaction.atomic():
            models.Mutatie.objects.create(soort="ontvangst", partij=partij, **velden, **momenten)


def _uitgifte_verandert_niet() -> None:
    gebied = sjopgebied()
    uitgifte = gegeven(pas(gebied), ingebracht(gebied))
    for breuk in (lambda: anders(uitgifte, aantal=2), lambda: models.Sjopuitgifte.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            breuk()


WACHTERS = {
    "voorraad_inbreng.blokkeerlijst": _inbreng_kent_de_blokkeerlijst,
    "voorraad_artikel.sjop_blokkeerlijst": _artikel_kent_de_blokkeerlijst,
    "voorraad_mutatie.sjop_ingebracht": _mutatie_kent_de_sjop,
    "voorraad_sjopuitgifte.alleen_toevoegen": _uitgifte_verandert_niet,
}
