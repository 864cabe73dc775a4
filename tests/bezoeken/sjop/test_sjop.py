"""A visit asks the Sjop: by phone and by REST, what a stop ends, who is reminded, and what of a wijk is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, overlijden_melden
from bezoeken.models import Handeling
from bezoeken.sjop.selectors import per_wijk
from bezoeken.sjop.services import aanleiding, sjop_bijhouden, voornaam_van
from notifications.models import Bericht
from ooievaar.models import Contactpersoon
from ooievaar.platform import clock
from tests.factories import ContactpersoonFactory, GebiedFactory, PasgeboreneFactory, WijkFactory, gebruiker_met_rol
from tests.factories.sjop import gegeven, ingebracht, pas
from voorraad.models import Bruikleen, Sjopaanvraag, Sjoppas
from voorraad.services import sjop

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
GEDAAN = ("toegepast", None)
WENSEN = {"wensen": [{"categorie": "rompers", "maat": "62"}, {"categorie": "kinderwagen"}]}


@pytest.fixture
def met_sjop(veld):
    """The volunteer with her phone, in a Gebied that has a Sjop."""

    def _met_sjop():
        v = veld()
        v.een = v.bezoek()
        sjop.sjop_inrichten(gebied=v.een.gebied, nu=clock.nu())
        return v

    return _met_sjop


def test_a_request_from_the_phone_is_applied_and_promised_by_the_sweep(met_sjop):
    v = met_sjop()
    t, gebied = v.telefoon, v.een.gebied
    stuk = ingebracht(gebied, "rompers")
    h = t.handeling("sjopaanvraag", v.een, WENSEN)
    assert t.oordelen(h) == [GEDAAN]
    assert t.oordelen(h) == [("alToegepast", None)]
    een, twee = Sjopaanvraag.objects.order_by("categorie__volgorde")
    assert (een.maat, een.pas.bron, een.pas.wijk) == ("62", "bezoek", v.een.gezin.wijk.code)
    sjop_bijhouden(nu=clock.nu())
    een.refresh_from_db()
    twee.refresh_from_db()
    assert (een.inbreng, twee.status) == (stuk, "wacht")
    # Another visit to the same family asks on the same pass.
    assert t.oordelen(t.handeling("sjopaanvraag", v.een, {"wensen": [{"categorie": "boeken"}]})) == [GEDAAN]
    assert Sjoppas.objects.count() == 1


@pytest.mark.parametrize("code", ["autostoel", "fles-speen"])
def test_what_is_blocked_cannot_be_asked_by_phone(met_sjop, code):
    v = met_sjop()
    t = v.telefoon
    (oordeel,) = t.oordelen(t.handeling("sjopaanvraag", v.een, {"wensen": [{"categorie": code}]}))
    assert oordeel == ("geweigerd", "ongeldig")
    assert not Sjopaanvraag.objects.exists()


def test_one_bad_wish_refuses_all_of_them_and_no_other_log(met_sjop):
    v = met_sjop()
    t = v.telefoon
    slecht = t.handeling("sjopaanvraag", v.een, {"wensen": [{"categorie": "rompers"}, {"categorie": "raket"}]})
    leeg = t.handeling("sjopaanvraag", v.een, {"wensen": []})
    assert t.oordelen(slecht, leeg, t.poging(v.een)) == [("geweigerd", "ongeldig")] * 2 + [GEDAAN]
    assert not Sjopaanvraag.objects.exists()


def test_without_a_visit_or_after_a_stop_it_waits_for_the_coordinator(met_sjop):
    v = met_sjop()
    t = v.telefoon
    gezin_stoppen(gezin_id=v.een.gezin_id, reden="geweigerd", nu=clock.nu())
    oordelen = t.oordelen(t.handeling("sjopaanvraag", None, WENSEN), t.handeling("sjopaanvraag", v.een, WENSEN))
    assert oordelen == [("geparkeerd", "metDeHand"), ("geparkeerd", "afgesloten")]
    assert Handeling.objects.filter(status="geparkeerd").count() == 2
    assert not Sjopaanvraag.objects.exists()


def test_a_request_by_rest_shows_no_more_than_needed(als, met_sjop):
    v = met_sjop()
    adres = f"/api/v1/gezinnen/{v.een.gezin_id}/sjop-aanvragen"
    antwoord = als(gebruiker=v.zij).post(adres, WENSEN, format="json")
    assert antwoord.status_code == 201
    assert [set(rij) for rij in antwoord.json()["aanvragen"]] == [{"id", "naam", "maat", "aantal", "status"}] * 2
    vreemd = gebruiker_met_rol("ooievaarsmoeder", gebied=v.een.gebied)
    assert als(gebruiker=vreemd).post(adres, WENSEN, format="json").status_code == 404


@pytest.mark.parametrize("stop", ["overlijden", "contactstop"])
def test_a_stop_cancels_what_the_sjop_had_planned_in_the_same_transaction(met_sjop, stop):
    v = met_sjop()
    t, gebied = v.telefoon, v.een.gebied
    ingebracht(gebied, "rompers")
    t.oordelen(t.handeling("sjopaanvraag", v.een, WENSEN))
    sjop_bijhouden(nu=clock.nu())
    haar = Sjoppas.objects.get()
    lening = gegeven(haar, ingebracht(gebied, "kinderstoel")).bruikleen
    Bruikleen.objects.update(terug_op=clock.vandaag() + 2 * DAG)
    ContactpersoonFactory(gezin=v.een.gezin, emailadres="a@example.org")
    sjop_bijhouden(nu=clock.nu())
    assert Bericht.objects.filter(soort="sjopBruikleen", status="gepland").count() == 1
    if stop == "overlijden":
        overlijden_melden(pasgeborene_id=v.een.kinderen.get().pasgeborene_id, nu=clock.nu())
    else:
        gezin_stoppen(gezin_id=v.een.gezin_id, reden="geweigerd", nu=clock.nu())
    haar.refresh_from_db()
    lening.refresh_from_db()
    assert set(Sjopaanvraag.objects.values_list("status", flat=True)) == {"geannuleerd"}
    assert (haar.voornaam, haar.gestopt_op is None, lening.status) == ("", False, "uitgeleend")
    assert not Bericht.objects.filter(status="gepland").exists()
    sjop_bijhouden(nu=clock.nu() + DAG)
    assert not Bericht.objects.filter(status="gepland").exists()


def test_a_loan_is_reminded_of_once_for_each_due_date_in_their_language(met_sjop):
    v = met_sjop()
    gebied, nu = v.een.gebied, clock.nu()
    Contactpersoon.objects.filter(gezin=v.een.gezin).delete()
    ContactpersoonFactory(gezin=v.een.gezin, emailadres="a@example.org", taal="pl", telefoonnummer="")
    haar = pas(gebied, aanleiding=aanleiding(v.een.gezin_id))
    lening = gegeven(haar, ingebracht(gebied, "kinderstoel")).bruikleen
    van_de_balie = gegeven(pas(gebied), ingebracht(gebied, "kinderstoel")).bruikleen
    Bruikleen.objects.update(terug_op=clock.dag_van(nu) + 3 * DAG)
    for uur in (0, 1, 24):
        sjop_bijhouden(nu=nu + timedelta(hours=uur))
    (bericht,) = Bericht.objects.filter(soort="sjopBruikleen")
    assert (bericht.kanaal, bericht.taal, bericht.context) == ("email", "pl", {"dag": str(clock.dag_van(nu) + 3 * DAG)})
    # Extended: another day, so another message, once.
    sjop.bruikleen_verlengen(bruikleen_id=lening.pk, nu=nu)
    sjop_bijhouden(nu=nu + 31 * DAG)
    assert Bericht.objects.filter(soort="sjopBruikleen").count() == 2
    assert van_de_balie.status == "uitgeleend"


@pytest.mark.parametrize(
    ("namen", "kinderen", "voornaam"),
    [
        (["Amira Voorbeeld"], ["Noor"], "Amira"),
        (["A. de Vries"], ["Noor"], "Noor"),
        (["A. de Vries", "Bo de Vries"], [], "Bo"),
        ([], [""], ""),
    ],
)
def test_the_counter_hears_a_first_name_and_no_surname(met_sjop, namen, kinderen, voornaam):
    gezin = met_sjop().een.gezin
    gezin.contactpersonen.all().delete()
    gezin.pasgeborenen.update(voornaam="")
    for naam in namen:
        ContactpersoonFactory(gezin=gezin, naam=naam)
    for naam in kinderen:
        PasgeboreneFactory(gezin=gezin, voornaam=naam)
    assert voornaam_van(gezin) == voornaam


def test_a_wijk_with_few_families_is_hidden_and_cannot_be_worked_out():
    gebied = GebiedFactory()
    sjop.sjop_inrichten(gebied=gebied, nu=clock.nu())
    groot, ook, klein = (WijkFactory(gebied=gebied) for _nummer in range(3))
    nu = clock.moment_op(date(2025, 6, 3), clock.nu().time())
    for wijk, aantal in ((groot, 9), (ook, 6), (klein, 2)):
        for _nummer in range(aantal):
            stuk = ingebracht(gebied, "boeken", nu=nu)
            gegeven(pas(gebied, wijk=wijk.code, nu=nu), stuk, nu=nu)
    samen, regels = per_wijk(gebied, 2025)
    getoond = {regel.naam: regel.gezinnen for regel in regels}
    assert samen == 17
    # The small one, and another with it: from the total nobody works out the 2.
    assert getoond[klein.naam] is None
    assert getoond[groot.naam] == 9
    assert getoond[ook.naam] is None
    assert per_wijk(gebied, 2024)[1][0].gezinnen in (None, 0)
