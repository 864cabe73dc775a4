"""A page that loses a deadlock does its work once more: nobody sees an error, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client

from bezoeken.models import Cafeaanmelding, Cafeuitnodiging
from bezoeken.sjpruutcafe.links import UITNODIGING, cafetoken
from notifications.models import Bericht
from notifications.stoplinks import stoptoken
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    SjpruutcafeFactory,
    WijkFactory,
    bezoek_met_kinderen,
    cafegezin,
    doos,
    gebruiker_met_rol,
)
from tests.factories.notifications import BerichtFactory
from voorraad.models import Mutatie, Voucher

pytestmark = pytest.mark.django_db(transaction=True)
_HUIS = Path(__file__).resolve().parents[2]


class _Deadlock(Exception):
    sqlstate = "40P01"


@contextmanager
def botst(tabel: str, keren: int = 1) -> Iterator[list[str]]:
    """The first writes to this table lose a deadlock, the later ones do not."""
    gezien: list[str] = []

    def wikkel(voer_uit, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")) and f'"{tabel}"' in sql.split("SET")[0].split("(")[0]:
            gezien.append(sql)
            if len(gezien) <= keren:
                assert connection.in_atomic_block, "a write of its own can not be taken back"
                raise OperationalError("deadlock detected") from _Deadlock()
        return voer_uit(sql, params, many, context)

    with connection.execute_wrapper(wikkel):
        yield gezien


@pytest.fixture
def wijk():
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def client(wijk):
    client = Client(raise_request_exception=False)
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    return client


def test_a_death_is_reported_once_with_everything_that_follows(client, wijk):
    bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
    bericht = BerichtFactory(gezin=bezoek.gezin, gebied=wijk.gebied)
    kind = bezoek.kinderen.get().pasgeborene
    vorm = {"versie": bezoek.gezin.versie, "bevestigd": "on"}
    with botst("notifications_bericht") as gezien:
        assert client.post(f"/pasgeborenen/{kind.pk}/overlijden", vorm).status_code == 302
    assert len(gezien) >= 2
    bezoek.refresh_from_db()
    bericht.refresh_from_db()
    assert (bezoek.status, bericht.status) == ("afgesloten", "geannuleerd")


def test_who_keeps_losing_gets_the_error_page_and_nothing_was_done(client, wijk):
    bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
    kind = bezoek.kinderen.get().pasgeborene
    vorm = {"versie": bezoek.gezin.versie, "bevestigd": "on"}
    with botst("ooievaar_pasgeborene", keren=9) as gezien:
        assert client.post(f"/pasgeborenen/{kind.pk}/overlijden", vorm).status_code == 500
    assert len(gezien) == 3
    kind.refresh_from_db()
    assert kind.status == "actief"


def test_stock_that_came_in_is_booked_once(client, wijk):
    artikel = doos(wijk.gebied)
    vorm = {"soort": "ontvangst", "artikel": artikel.pk, "aantal": "12", "reden": "levering"}
    with botst("voorraad_mutatie") as gezien:
        assert client.post("/voorraad/boekingen", vorm).status_code == 302
    assert len(gezien) == 2
    assert Mutatie.objects.get().aantal == 12


def test_codes_of_a_lost_try_are_never_shown(client, wijk):
    """They are on the answer only, so what is shown must be what is kept."""
    with botst("voorraad_voucher") as gezien:
        antwoord = client.post("/voorraad/vouchers", {"doe": "maken", "aantal": "2", "serie": "proef"})
    assert (antwoord.status_code, len(gezien)) == (200, 2)
    codes = antwoord.context["codes"]
    assert len(codes) == Voucher.objects.count() == 2
    assert sorted(code.replace("-", "")[-4:] for code in codes) == sorted(
        Voucher.objects.values_list("einde", flat=True)
    )


def test_a_parent_comes_to_the_cafe_once(wijk):
    gezin, cafe = cafegezin(wijk=wijk), SjpruutcafeFactory(gebied=wijk.gebied)
    genood = Cafeuitnodiging.objects.create(
        cafe=cafe, gezin=gezin, reden="regel", dag=clock.vandaag(), uitgenodigd_op=clock.nu() - timedelta(days=1)
    )
    vorm = {"wat": "aanmelden", "volwassenen": "1", "kinderen": "1"}
    with botst("notifications_bericht") as gezien:
        antwoord = Client().post(f"/cafe/{cafetoken(UITNODIGING, genood.pk)}", vorm)
    assert (antwoord.status_code, len(gezien)) == (302, 2)
    assert Cafeaanmelding.objects.get().status == "aangemeld"
    assert Bericht.objects.filter(gezin=gezin).count() == 1


def test_a_family_that_stops_is_heard(wijk):
    gezin = GezinFactory(wijk=wijk)
    with botst("ooievaar_gezin") as gezien:
        antwoord = Client().post(f"/stop/{stoptoken(gezin.pk, 'email')}", {"wat": "alles"})
    assert (antwoord.status_code, len(gezien)) == (200, 2)
    gezin.refresh_from_db()
    assert gezin.contactstop_reden


def test_no_page_makes_a_transaction_of_its_own():
    """One mechanism for all pages (`ooievaar.platform.opnieuw`), or the next page forgets to try again."""
    fout = []
    for app in ("bezoeken", "voorraad", "notifications", "ooievaar"):
        for pad in (_HUIS / app).rglob("*.py"):
            bron = pad.read_text()
            is_pagina = "ooievaar.web.toegang" in bron or pad.name == "web.py" or pad.parent.name == "web"
            if is_pagina and "transaction.atomic" in bron:
                fout.append(str(pad.relative_to(_HUIS)))
    assert fout == []
