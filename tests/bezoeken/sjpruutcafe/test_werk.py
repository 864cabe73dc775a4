"""What the cafés leave for a coordinator, the parent's page and the pages that anybody may read, without a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen
from bezoeken.models import Cafeaanmelding, Cafeuitnodiging
from bezoeken.sjpruutcafe.links import AANMELDING, UITNODIGING, cafetoken, lees_cafetoken
from bezoeken.vandaag.selectors import werklijst
from ooievaar.platform import clock
from tests.factories import GebiedFactory, SjpruutcafeFactory, WijkFactory, cafegezin, gebruiker_met_rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return GebiedFactory()


def soorten(gebruiker):
    return {regel.soort for regel in werklijst(gebruiker, nu=clock.nu()).regels}


class TestWerk:
    def test_a_café_without_a_host_in_the_coming_week(self, gebied):
        wie = gebruiker_met_rol("coordinator", gebied=gebied)
        gastvrouw = gebruiker_met_rol("gastvrouw", gebied=gebied)
        SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=20))
        cafe = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() + timedelta(days=3))
        assert soorten(wie) == {"cafeZonderGastvrouw"}
        cafe.gastvrouwen.add(gastvrouw)
        assert soorten(wie) == set()

    def test_nobody_wrote_down_who_came(self, gebied):
        wie = gebruiker_met_rol("coordinator", gebied=gebied)
        cafe = SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() - timedelta(days=3))
        SjpruutcafeFactory(gebied=gebied, dag=clock.vandaag() - timedelta(days=40))
        assert soorten(wie) == {"cafeNietIngevuld"}
        type(cafe).objects.filter(pk=cafe.pk).update(aanwezigheid_op=clock.nu())
        assert soorten(wie) == set()


class TestLink:
    @pytest.fixture
    def uitnodiging(self, gebied):
        return Cafeuitnodiging.objects.create(
            cafe=SjpruutcafeFactory(gebied=gebied),
            gezin=cafegezin(gebied=gebied),
            reden="regel",
            dag=clock.vandaag(),
            uitgenodigd_op=clock.nu(),
        )

    def pad(self, uitnodiging):
        return f"/cafe/{cafetoken(UITNODIGING, uitnodiging.pk)}"

    def test_the_token_names_nobody(self, uitnodiging):
        token = cafetoken(UITNODIGING, uitnodiging.pk)
        assert len(token) == 36
        assert lees_cafetoken(token) == (UITNODIGING, uitnodiging.pk)
        assert lees_cafetoken(cafetoken(AANMELDING, uitnodiging.pk)) == (AANMELDING, uitnodiging.pk)

    @pytest.mark.parametrize(
        "knoei",
        [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "x", lambda t: t + "A", lambda t: "é" * 36],
    )
    def test_a_link_that_is_not_ours(self, uitnodiging, knoei):
        token = knoei(cafetoken(UITNODIGING, uitnodiging.pk))
        assert lees_cafetoken(token) is None
        assert Client().post(f"/cafe/{token}", {"wat": "aanmelden"}).status_code == 404

    def test_a_get_shows_and_a_post_does(self, uitnodiging):
        client = Client(enforce_csrf_checks=True)
        antwoord = client.get(self.pad(uitnodiging))
        assert antwoord["Referrer-Policy"] == "no-referrer"
        assert antwoord["X-Robots-Tag"] == "noindex"
        assert "no-store" in antwoord["Cache-Control"]
        assert not Cafeaanmelding.objects.exists()
        wil = {"wat": "aanmelden", "volwassenen": "2", "kinderen": "1"}
        assert client.post(self.pad(uitnodiging), wil).status_code == 302
        rij = Cafeaanmelding.objects.get()
        assert (rij.gezin_id, rij.volwassenen, rij.via, rij.status) == (uitnodiging.gezin_id, 2, "link", "aangemeld")
        # The link of the confirmation is another one to the same place.
        ander = f"/cafe/{cafetoken(AANMELDING, rij.pk)}"
        assert client.post(ander, {"wat": "afmelden"}).status_code == 302
        rij.refresh_from_db()
        assert rij.status == "afgemeld"

    @pytest.mark.parametrize("wat", [{"wat": "aanmelden", "volwassenen": "0"}, {"wat": "x"}, {}])
    def test_nonsense_does_nothing(self, uitnodiging, wat):
        assert Client().post(self.pad(uitnodiging), wat).status_code == 302
        assert not Cafeaanmelding.objects.exists()

    @pytest.mark.parametrize("einde", ["stop", "ingetrokken", "begonnen"])
    def test_it_ends(self, uitnodiging, einde):
        if einde == "stop":
            uitnodiging.ingetrokken_op = None
            gezin_stoppen(gezin_id=uitnodiging.gezin_id, reden="geweigerd", nu=clock.nu())
        elif einde == "ingetrokken":
            type(uitnodiging).objects.filter(pk=uitnodiging.pk).update(ingetrokken_op=clock.nu())
        else:
            cafe = uitnodiging.cafe
            type(cafe).objects.filter(pk=cafe.pk).update(dag=clock.vandaag() - timedelta(days=1))
        antwoord = Client().get(self.pad(uitnodiging))
        tekst = antwoord.content.decode()
        assert "Deze link werkt niet meer." in tekst
        assert "<button" not in tekst
        assert "Buurthuis" not in tekst
        Client().post(self.pad(uitnodiging), {"wat": "aanmelden", "volwassenen": "1", "kinderen": "1"})
        assert not Cafeaanmelding.objects.exists()


def test_the_list_for_the_library_names_no_family(gebied):
    wijk = WijkFactory(gebied=gebied)
    cafe = SjpruutcafeFactory(gebied=gebied)
    type(cafe.plaats).objects.filter(pk=cafe.plaats_id).update(wijk=wijk)
    SjpruutcafeFactory(gebied=gebied)
    SjpruutcafeFactory(gebied=gebied, status="afgelast", afgelast_op=clock.nu())
    alles = Client().get("/cafes").content.decode()
    assert wijk.naam in alles
    assert "Op andere plekken" in alles
    alleen = Client().get(f"/cafes?wijk={wijk.code}").content.decode()
    assert cafe.plaats.naam in alleen
    assert "Op andere plekken" not in alleen
    assert alleen.count("<tbody>") == 1
