"""The rules of inviting: the coordinator's page, what a change would add and drop, and the command that looks ahead."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bezoeken.models import Caferegels, Cafeuitnodiging
from bezoeken.sjpruutcafe.services.aanmelden import aanmelden
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigingen_plannen
from bezoeken.sjpruutcafe.services.voorstellen import verschil_van_regels
from bezoeken.sjpruutcafe.uitnodigingsregels import Cafe, Kandidaat, Uitnodigregels, keur, verschil, vooruit
from notifications.models import Bericht
from ooievaar.kalender import AMSTERDAM, is_stil
from ooievaar.models import RolToekenning
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    SjpruutcafeFactory,
    WijkFactory,
    cafegezin,
    gebruiker_met_rol,
)

PAD = "/sjpruutcafes/regels"
NU = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)  # a Tuesday
ZOALS_HET_IS = {
    "dagen_tussen": "7", "afstand_km": "3", "dagen_vooraf_van": "2", "dagen_vooraf_tot": "14",
    "dagen_vooraf_eerste": "28", "dagen_vooraf_brief": "6", "leeftijd_jaren": "4", "aanbod_uren": "24", "versie": "0",
}  # fmt: skip


@pytest.fixture
def wijk(db):
    return WijkFactory(gebied=GebiedFactory())


@pytest.fixture
def client(wijk):
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator", gebied=wijk.gebied))
    return client


def tekst(antwoord):
    return antwoord.content.decode()


class TestPagina:
    def test_looking_saves_nothing_and_says_what_is_added_and_dropped(self, client, wijk):
        ver = WijkFactory(gebied=wijk.gebied, lengtegraad=6.02)  # four kilometres away
        SjpruutcafeFactory(gebied=wijk.gebied, dag=clock.vandaag() + timedelta(days=7))
        for plek in (wijk, wijk, ver):
            cafegezin(wijk=plek)
        assert "verandert er niets" in tekst(client.post(PAD, {**ZOALS_HET_IS, "bekijk": "1"}))
        assert "1 erbij en 0 weg" in tekst(client.post(PAD, {**ZOALS_HET_IS, "afstand_km": "5", "bekijk": "1"}))
        assert "0 erbij en 2 weg" in tekst(client.post(PAD, {**ZOALS_HET_IS, "dagen_vooraf_van": "8", "bekijk": "1"}))
        assert not Caferegels.objects.exists()
        assert not Cafeuitnodiging.objects.exists()
        assert not Bericht.objects.exists()

    def test_saving_and_a_colleague_who_was_first(self, client, wijk):
        assert 'value="14"' in tekst(client.get(PAD))
        assert client.post(PAD, {**ZOALS_HET_IS, "dagen_vooraf_tot": "10"}).status_code == 302
        rij = Caferegels.objects.get(gebied=wijk.gebied)
        assert (rij.dagen_vooraf_tot, rij.dagen_tussen) == (10, 7)
        oud = str(rij.versie)
        assert client.post(PAD, {**ZOALS_HET_IS, "dagen_vooraf_tot": "9", "versie": oud}).status_code == 302
        laat = client.post(PAD, {**ZOALS_HET_IS, "dagen_vooraf_tot": "8", "versie": oud})
        assert laat.status_code == 409
        assert "net gewijzigd" in tekst(laat)
        eerst = client.post(PAD, {**ZOALS_HET_IS, "dagen_vooraf_tot": "8", "versie": "0"})
        assert eerst.status_code == 409, "who saw no row of its own, while a colleague made one"
        assert Caferegels.objects.get().dagen_vooraf_tot == 9

    @pytest.mark.parametrize(
        ("velden", "zin"),
        [
            ({"dagen_tussen": "6"}, "hooguit één uitnodiging per week"),
            ({"leeftijd_jaren": "5"}, "Kies 1, 2, 3 of 4 jaar."),
            ({"dagen_vooraf_tot": "1"}, "minder dan het kleinste aantal"),
            ({"dagen_vooraf_eerste": "13"}, "niet korter vooraf"),
            ({"dagen_vooraf_brief": "29"}, "kan er geen brief weg"),
            ({"afstand_km": "0"}, "meer dan 0 kilometer"),
            ({"aanbod_uren": "0"}, "minstens 1 uur"),
            ({"afstand_km": "nan"}, "id_afstand_km_error"),
            ({"dagen_vooraf_van": ""}, "Vul dit in."),
        ],
    )
    @pytest.mark.parametrize("knop", [{}, {"bekijk": "1"}])
    def test_what_breaks_a_promise_is_refused_where_it_is_typed(self, client, velden, zin, knop):
        uit = client.post(PAD, {**ZOALS_HET_IS, **velden, **knop})
        assert uit.status_code == 409
        assert zin in tekst(uit)
        assert not Caferegels.objects.exists()

    def test_not_for_who_coordinates_some_wijken_only_nor_for_a_host(self, client, wijk):
        assert PAD in tekst(client.get("/sjpruutcafes"))
        for wie in (
            gebruiker_met_rol("coordinator", gebied=wijk.gebied, wijken=[wijk]),
            gebruiker_met_rol("gastvrouw", gebied=wijk.gebied),
        ):
            client.force_login(wie)
            assert client.get(PAD).status_code == 403
            assert PAD not in tekst(client.get("/sjpruutcafes"))

    def test_two_areas_each_its_own(self, client, wijk):
        ander = GebiedFactory()
        gebruiker = gebruiker_met_rol("coordinator", gebied=wijk.gebied)
        RolToekenning.objects.create(gebruiker=gebruiker, rol="coordinator", gebied=ander)
        client.force_login(gebruiker)
        assert ander.code in tekst(client.get(PAD))
        client.post(f"{PAD}?gebied={ander.code}", ZOALS_HET_IS)
        assert list(Caferegels.objects.values_list("gebied__code", flat=True)) == [ander.code]

    def test_looking_asks_as_much_for_one_family_as_for_many(self, client, wijk):
        SjpruutcafeFactory(gebied=wijk.gebied, dag=clock.vandaag() + timedelta(days=7))
        telling = []
        for aantal in (1, 5):
            for _nummer in range(aantal):
                cafegezin(wijk=wijk)
            with CaptureQueriesContext(connection) as gevraagd:
                client.post(PAD, {**ZOALS_HET_IS, "bekijk": "1"})
            telling.append(len(gevraagd))
        assert telling[0] == telling[1] <= 18

    def test_the_database_holds_the_same_promises(self):
        assert keur(Uitnodigregels(), 24) == []
        kapot = Uitnodigregels(1, 5, 4, 3, 30, 0.0, 0)
        assert {veld for veld, _code in keur(kapot, 0)} == {
            "dagen_tussen", "leeftijd_jaren", "dagen_vooraf_tot", "dagen_vooraf_eerste", "dagen_vooraf_brief",
            "afstand_km", "aanbod_uren",
        }  # fmt: skip


class TestVooruit:
    """Looking ahead says what the sweep then does, day after day."""

    def test_as_the_sweep_does(self, wijk):
        ander = WijkFactory(gebied=wijk.gebied, lengtegraad=5.97)
        for dagen in (3, 9, 12, 17, 24, 30):
            SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=dagen))
        gezinnen = [cafegezin(wijk=plek, sinds=NU - timedelta(days=9)) for plek in (wijk, ander, wijk)]
        gezinnen[0].pasgeborenen.update(geboortedatum=date(2022, 12, 9))  # four within these weeks
        gezinnen.append(cafegezin(wijk=wijk, sinds=NU - timedelta(days=9), emailadres=""))  # by letter: only once
        erbij = SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=4))  # then it is Sunday
        komt, _nieuw = aanmelden(
            cafe_id=erbij.pk, gezin_id=gezinnen[1].pk, volwassenen=1, kinderen=1, via="link", nu=NU
        )
        tot = NU.date() + timedelta(days=27)
        niemand = verschil_van_regels(wijk.gebied_id, Uitnodigregels(dagen_vooraf_van=400), nu=NU, tot=tot)
        gedacht = Counter((z.dag, z.gezin_id, z.cafe_id) for z in niemand.weg)
        for dag in range(28):
            uitnodigingen_plannen(nu=NU + timedelta(days=dag))
        gebeurd = Counter(Cafeuitnodiging.objects.filter(dag__lte=tot).values_list("dag", "gezin_id", "cafe_id"))
        assert gebeurd == gedacht
        assert min(d for d, gezin, _cafe in gebeurd if gezin == komt.gezin_id) > komt.cafe.dag
        assert len(gebeurd) >= 8
        assert not any(is_stil(dag) for dag, _gezin, _cafe in gebeurd)

    def test_a_circle_is_one_family(self):
        cafes = [Cafe(uuid4(), NU.date() + timedelta(days=n), NU + timedelta(days=n), (5.96, 50.92)) for n in (9, 12)]
        wie = [
            Kandidaat(uuid4(), "kring", (5.96, 50.92), date(2026, 1, 1), toestemming_sinds=NU) for _nummer in range(2)
        ]
        dagen = [NU.date() + timedelta(days=n) for n in range(10)]
        gegaan = vooruit(wie, cafes, dagen, Uitnodigregels())
        assert [(z.dag, z.cafe_id) for z in gegaan] == [(dagen[0], cafes[0].id), (dagen[7], cafes[1].id)]
        rustiger = verschil(wie, cafes, dagen, Uitnodigregels(), Uitnodigregels(dagen_tussen=9))
        assert [z.dag for z in rustiger.weg] == [dagen[7]]
        assert [z.dag for z in rustiger.erbij] == [dagen[9]]


class TestOpdracht:
    def draai(self, *args):
        uit = StringIO()
        call_command("cafe_uitnodigingen", "--op", "2026-11-24T10:00", *args, stdout=uit)
        return uit.getvalue()

    def test_the_preview_names_cafés_and_families_by_id_only(self, wijk):
        cafe = SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7))
        gezin = cafegezin(wijk=wijk, sinds=NU - timedelta(days=9), naam="Kanarie Voorbeeld")
        ver = cafegezin(wijk=WijkFactory(gebied=wijk.gebied, lengtegraad=6.1), sinds=NU - timedelta(days=9))
        uit = self.draai("--proef")
        assert uit.splitlines() == [
            f"café {cafe.pk} op 2026-12-01 om 10:00: 1",
            f"  gezin {gezin.pk} (eerste keer)",
            "teVer: 1",
            "uitgenodigd (proef): 1",
        ]
        assert not Bericht.objects.exists()
        assert f"gezin {ver.pk}: teVer" in self.draai("--proef", "--gezin", str(ver.pk))
        assert str(gezin.pk) not in self.draai("--proef", "--gezin", str(ver.pk))
        assert "geen toestemming" in self.draai("--proef", "--gezin", str(uuid4()))

    def test_without_it_one_sweep(self, wijk):
        SjpruutcafeFactory(gebied=wijk.gebied, dag=NU.date() + timedelta(days=7))
        cafegezin(wijk=wijk, sinds=NU - timedelta(days=9))
        assert self.draai() == "uitgenodigd: 1\n"
        assert self.draai() == "onlangs: 1\nuitgenodigd: 0\n"
        assert Bericht.objects.get().soort == "cafeUitnodiging"
