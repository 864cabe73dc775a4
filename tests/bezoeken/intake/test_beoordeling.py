"""POST /geboortemeldingen/{id}/beoordeling and its undoing."""

import uuid
from datetime import timedelta

import pytest

from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from ooievaar.models import Contactpersoon, Gezin, Gezinskoppeling, Pasgeborene, Postcode
from ooievaar.platform import clock
from ooievaar.selectors.benaderbaar import Contact, contactstanden
from tests.bezoeken.intake.hulp import PAD, gebied_met_adressen, melding
from tests.factories import WijkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return gebied_met_adressen()


@pytest.fixture
def client(als, gebied):
    return als("coordinator", gebied=gebied)


def stuur(client, *args, **kwargs):
    return client.post(PAD, melding(*args, **kwargs), format="json").json()


def besluit(client, rij, besluit, *, status=200, pad="", **extra):
    body = {} if pad else {"besluit": besluit, **extra}
    antwoord = client.post(f"{PAD}/{rij['id']}/beoordeling{pad}", body, format="json")
    assert antwoord.status_code == status, antwoord.json()
    return antwoord.json()


def dubbel(client, **anders):
    """A known child, and a notice that looks like it."""
    eerste = stuur(client)
    tweede = stuur(
        client, "J-1", bron="jgz", kind__voornaam=None, contactpersoon__telefoonnummer="0612340002", **anders
    )
    assert tweede["redenen"] == ["mogelijkDubbel"]
    return eerste, tweede


def test_merging_keeps_both_sources_and_can_be_taken_back(client):
    eerste, tweede = dubbel(client)
    data = besluit(client, tweede, "samenvoegen")
    assert (data["status"], data["pasgeborene"], data["bezoek"]) == (
        "verwerkt",
        eerste["pasgeborene"],
        eerste["bezoek"],
    )
    assert str(Contactpersoon.objects.get().telefoonnummer) == "+31612340002"
    terug = besluit(client, tweede, "", pad="/herstel")
    assert (terug["status"], terug["pasgeborene"], terug["lijktOp"]) == ("teBeoordelen", None, eerste["pasgeborene"])
    assert Contactpersoon.objects.get().telefoonnummer == ""
    assert besluit(client, tweede, "samenvoegen", met=eerste["pasgeborene"])["status"] == "verwerkt"
    assert Bezoek.objects.count() == 1


def test_taking_back_leaves_what_somebody_changed_since(client):
    _eerste, tweede = dubbel(client)
    besluit(client, tweede, "samenvoegen")
    Contactpersoon.objects.update(telefoonnummer="+31612349999")
    besluit(client, tweede, "", pad="/herstel")
    assert str(Contactpersoon.objects.get().telefoonnummer) == "+31612349999"


def test_an_automatic_merge_can_be_taken_back_too(client):
    stuur(client)
    tweede = stuur(client, "J-1", bron="jgz")
    assert besluit(client, tweede, "", pad="/herstel")["status"] == "teBeoordelen"
    assert besluit(client, tweede, "aanvaarden")["bezoek"] is not None


def test_accepting_a_possible_double_makes_it_a_twin(client):
    eerste, tweede = dubbel(client)
    data = besluit(client, tweede, "aanvaarden")
    assert data["bezoek"] == eerste["bezoek"]
    assert data["pasgeborene"] != eerste["pasgeborene"]
    assert Bezoek.objects.get().kinderen.count() == 2
    assert Geboortemelding.objects.get(pk=tweede["id"]).gegevens == {}


def test_rejecting_and_taking_it_back(client):
    _eerste, tweede = dubbel(client)
    assert besluit(client, tweede, "afwijzen")["status"] == "afgewezen"
    assert besluit(client, tweede, "", pad="/herstel")["status"] == "teBeoordelen"
    assert Pasgeborene.objects.count() == 1


def test_an_unknown_address_is_accepted_without_a_wijk(client):
    rij = stuur(client, adres__postcode="9999 ZZ")
    bezoek = Bezoek.objects.get(pk=besluit(client, rij, "aanvaarden")["bezoek"])
    assert bezoek.wijk is None
    assert Gezin.objects.get().postcode == "9999ZZ"


@pytest.mark.parametrize("reden", ["teOud", "wijkNogNietGestart"])
def test_accepted_without_a_visit(client, gebied, reden):
    if reden == "teOud":
        rij = stuur(client, dagen=90)
    else:
        WijkFactory(gebied=gebied, code="WK091724", start_op=clock.vandaag())
        rij = stuur(client, adres__wijk="WK091724")
    assert rij["redenen"] == [reden]
    data = besluit(client, rij, "aanvaarden")
    assert data["pasgeborene"]
    assert data["bezoek"] is None
    assert not Bezoek.objects.exists()


def test_accepting_other_content_corrects_the_child_and_the_window(client):
    eerste = stuur(client, dagen=10)
    anders = stuur(
        client, dagen=8, kind__voornaam="Nora", adres__huisnummer=14, contactpersoon__telefoonnummer="0612340005"
    )
    assert anders["redenen"] == ["andereInhoud"]
    data = besluit(client, anders, "aanvaarden")
    assert (data["pasgeborene"], data["bezoek"]) == (eerste["pasgeborene"], eerste["bezoek"])
    geboren = clock.vandaag() - timedelta(days=8)
    kind, bezoek = Pasgeborene.objects.get(), Bezoek.objects.get()
    assert (kind.voornaam, kind.geboortedatum, kind.gezin.huisnummer) == ("Nora", geboren, 14)
    assert (bezoek.geboortedatum, bezoek.venster_begin) == (geboren, geboren + timedelta(42))
    assert Bezoekkind.objects.get().peildatum == geboren + timedelta(57)
    assert str(Contactpersoon.objects.get().telefoonnummer) == "+31612340005"


def test_a_later_child_is_linked_to_the_known_family(client):
    eerste = stuur(client, contactpersoon__telefoonnummer="0612340003", dagen=80)
    tweede = stuur(
        client, "K-2", adres__huisnummer=30, kind__achternaam="Bakker", contactpersoon__telefoonnummer="0612340003"
    )
    data = besluit(client, tweede, "aanvaarden", met=eerste["pasgeborene"])
    assert Gezin.objects.count() == 1
    assert Bezoek.objects.count() == 2
    assert data["bezoek"] != eerste["bezoek"]


def test_the_known_family_of_a_later_child_has_moved_to_its_newest_address(client, gebied):
    elders = WijkFactory(gebied=gebied)
    Postcode.objects.create(pc6="6400CC", huisnummer=3, wijk_code=elders.code, gemeente_code="GM0917")
    eerste = stuur(client, contactpersoon__telefoonnummer="0612340003", dagen=80)
    tweede = stuur(
        client, "K-2", adres__huisnummer=3, adres__postcode="6400 CC", contactpersoon__telefoonnummer="0612340003"
    )
    besluit(client, tweede, "aanvaarden", met=eerste["pasgeborene"])
    gezin = Gezin.objects.get()
    assert (gezin.postcode, gezin.huisnummer, gezin.wijk) == ("6400CC", 3, elders)
    assert set(Bezoek.objects.values_list("wijk_id", flat=True)) == {elders.pk}


@pytest.mark.parametrize("veld", ["telefoonnummer", "emailadres"])
@pytest.mark.parametrize(("koppelen", "status"), [(None, "voorgesteld"), (True, "bevestigd"), (False, "afgewezen")])
def test_a_family_of_its_own_is_linked_to_the_one_it_looks_like(client, veld, koppelen, status):
    waarde = {"telefoonnummer": "0612340003", "emailadres": "iemand@voorbeeld.nl"}[veld]
    stuur(client, **{f"contactpersoon__{veld}": waarde})
    Gezin.objects.update(contactstop_reden="geweigerd", contactstop_op=clock.nu())
    anders = {"adres__huisnummer": 30, "kind__achternaam": "Bakker", f"contactpersoon__{veld}": waarde.upper()}
    tweede = stuur(client, "K-2", **anders)
    assert tweede["redenen"] == ["mogelijkBekendGezin"]
    data = besluit(client, tweede, "aanvaarden", koppelen=koppelen)
    koppeling = Gezinskoppeling.objects.get()
    assert koppeling.status == status
    assert veld in koppeling.gronden
    gezin = Gezin.objects.get(huisnummer=30)
    mag = contactstanden([gezin.pk])[gezin.pk]
    assert mag is {None: Contact.WACHT, True: Contact.GESTOPT, False: Contact.MAG}[koppelen]
    assert Bezoek.objects.get(pk=data["bezoek"]).status == ("afgesloten" if koppelen else "open")


def test_a_number_that_a_merge_fills_in_is_proposed_as_a_link(client):
    stuur(client, contactpersoon__telefoonnummer="0612340003")
    tweede = stuur(client, "K-2", adres__huisnummer=30, kind__achternaam="Bakker")
    assert tweede["status"] == "verwerkt"
    met_nummer = {"adres__huisnummer": 30, "kind__achternaam": "Bakker", "contactpersoon__telefoonnummer": "0612340003"}
    assert stuur(client, "J-2", bron="jgz", **met_nummer)["pasgeborene"] == tweede["pasgeborene"]
    assert Gezinskoppeling.objects.get().gronden == ["telefoonnummer"]


@pytest.mark.parametrize("met", [True, False])
def test_a_stopped_family_gets_no_visit_by_acceptance(client, met):
    eerste = stuur(client)
    Gezin.objects.update(contactstop_reden="geweigerd", contactstop_op=clock.nu())
    tweede = stuur(client, "K-2", kind__voornaam="Mila")
    extra = {"met": eerste["pasgeborene"]} if met else {}
    assert besluit(client, tweede, "aanvaarden", status=409, **extra)["code"] == "gezinGestopt"
    assert besluit(client, tweede, "samenvoegen", **extra)["status"] == "verwerkt"
    assert Bezoek.objects.count() == 1


def test_what_happened_since_is_shown_before_a_double_is_made(client):
    wacht = stuur(
        client,
        "J-1",
        bron="jgz",
        dagen=10,
        adres__postcode="6400 AA",
        kind__achternaam="de Vries-Voorbeeld",
        adres__huisnummer=12,
        kind__voornaam=None,
        adres__wijk="WK099999",
    )
    assert wacht["status"] == "afgewezen"
    laat = stuur(client, "J-2", bron="jgz", dagen=85, kind__voornaam=None)
    assert laat["redenen"] == ["teOud"]
    stuur(client, "K-9", dagen=84)
    data = besluit(client, laat, "aanvaarden")
    assert (data["status"], data["redenen"]) == ("teBeoordelen", ["teOud", "mogelijkDubbel"])
    assert besluit(client, laat, "samenvoegen")["status"] == "verwerkt"


def test_refusals(client, als, gebied):
    eerste, tweede = dubbel(client)
    assert besluit(client, tweede, "onzin", status=400)["invalidParams"][0]["name"] == "besluit"
    assert (
        besluit(client, tweede, "samenvoegen", status=400, met=str(uuid.uuid4()))["invalidParams"][0]["name"] == "met"
    )
    assert besluit(client, eerste, "aanvaarden", status=409)["code"] == "alBeoordeeld"
    assert besluit(client, eerste, "", pad="/herstel", status=409)["code"] == "nietSamengevoegd"
    pad = f"{PAD}/{tweede['id']}/beoordeling"
    assert client.post(pad, {"besluit": "afwijzen"}, format="json", HTTP_IF_MATCH='"99"').status_code == 412
    assert als("bron", gebied=gebied).post(pad, {"besluit": "afwijzen"}, format="json").status_code == 403
    assert als("coordinator").post(pad, {"besluit": "afwijzen"}, format="json").status_code == 404
    elders = als("coordinator", gebied=gebied, wijken=[WijkFactory(gebied=gebied)])
    assert elders.post(pad, {"besluit": "afwijzen"}, format="json").status_code == 404
    assert Geboortemelding.objects.get(pk=tweede["id"]).status == "teBeoordelen"


def test_an_unlikely_wrong_merge_target_is_out_of_reach_of_another_area(client, als):
    _eerste, tweede = dubbel(client)
    ander = stuur(als("bron"), "X-1", adres__postcode="9999ZZ")
    assert ander["status"] == "teBeoordelen"
    from tests.factories import PasgeboreneFactory

    besluit(client, tweede, "samenvoegen", status=400, met=str(PasgeboreneFactory().pk))
