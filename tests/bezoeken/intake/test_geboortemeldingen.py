"""POST and GET /geboortemeldingen: the contract of api.md, and rules 1, 2, 4 and 5 of domain.md."""

from datetime import date, timedelta

import pytest

from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from ooievaar.models import Contactpersoon, Gezin, Pasgeborene
from ooievaar.platform import clock
from tests.bezoeken.intake.hulp import PAD, gebied_met_adressen, melding
from tests.factories import WijkFactory, bezoek_met_kinderen

pytestmark = pytest.mark.django_db


@pytest.fixture
def gebied():
    return gebied_met_adressen()


@pytest.fixture
def client(als, gebied):
    return als("bron", gebied=gebied)


def stuur(client, *args, status=201, **kwargs):
    antwoord = client.post(PAD, melding(*args, **kwargs), format="json")
    assert antwoord.status_code == status, antwoord.json()
    return antwoord.json()


def test_a_notice_becomes_a_family_a_child_and_a_visit(client, gebied):
    data = stuur(client, contactpersoon__telefoonnummer="06-12 34 00 01", contactpersoon__tolkNodig=True)
    assert list(data) == ["id", "status", "redenen", "teksten", "pasgeborene", "bezoek"]
    assert (data["status"], data["redenen"]) == ("verwerkt", [])
    bezoek = Bezoek.objects.get(pk=data["bezoek"])
    geboren = clock.vandaag() - timedelta(days=10)
    assert (bezoek.venster_begin, bezoek.venster_eind) == (geboren + timedelta(42), geboren + timedelta(56))
    assert (bezoek.wijk, bezoek.late_melding, bezoek.status) == (gebied.wijk, False, "open")
    gezin = Gezin.objects.get(pk=bezoek.gezin_id)
    assert (gezin.postcode, gezin.huisnummer, gezin.wijk) == ("6400AA", 12, gebied.wijk)
    contact = Contactpersoon.objects.get(gezin=gezin)
    assert (str(contact.telefoonnummer), contact.tolk_nodig) == ("+31612340001", True)
    kind = Bezoekkind.objects.get(bezoek=bezoek)
    assert (str(kind.pasgeborene_id), kind.wijk_id, kind.peildatum) == (
        data["pasgeborene"],
        gebied.wijk.pk,
        geboren + timedelta(57),
    )


def test_the_stored_notice_of_a_new_child_keeps_no_names(client):
    stuur(client)
    assert Geboortemelding.objects.get().gegevens == {}


def test_the_same_notice_again_changes_nothing(client):
    eerste = stuur(client)
    assert stuur(client, status=200) == eerste
    assert stuur(client, status=200, kind__achternaam=" DE VRIES VOORBEELD", adres__postcode="6400aa") == eerste
    assert Bezoek.objects.count() == Geboortemelding.objects.count() == 1


def test_other_content_under_a_known_kenmerk_waits(client):
    stuur(client)
    anders = stuur(client, kind__voornaam="Nora")
    assert (anders["status"], anders["redenen"]) == ("teBeoordelen", ["andereInhoud"])
    assert anders["pasgeborene"] is None
    assert anders["bezoek"] is None
    assert stuur(client, status=200, kind__voornaam="Nora") == anders
    assert Pasgeborene.objects.get().voornaam == "Noor"


def test_twins_share_a_visit_and_an_earlier_birth_moves_its_window(client):
    sem = stuur(client, "K-1", kind__voornaam="Sem", dagen=10)
    mila = stuur(client, "K-2", kind__voornaam="Mila", dagen=12)
    assert mila["status"] == "verwerkt"
    assert mila["bezoek"] == sem["bezoek"]
    assert Geboortemelding.objects.get(pk=mila["id"]).uitkomst == "meerling"
    bezoek = Bezoek.objects.get()
    geboren = clock.vandaag() - timedelta(days=12)
    assert (bezoek.geboortedatum, bezoek.venster_begin) == (geboren, geboren + timedelta(42))
    assert set(bezoek.kinderen.values_list("venster_eind", flat=True)) == {geboren + timedelta(56)}
    assert bezoek.kinderen.count() == 2


def test_a_window_that_a_person_moved_stays(client):
    data = stuur(client, dagen=10)
    eind = clock.vandaag() + timedelta(days=90)
    Bezoek.objects.filter(pk=data["bezoek"]).update(venster_eind=eind, venster_reden="opVerzoek")
    stuur(client, "K-2", kind__voornaam="Mila", dagen=11)
    assert Bezoek.objects.get().venster_eind == eind


def test_another_source_with_the_same_first_name_is_the_same_child(client):
    eerste = stuur(client)
    tweede = stuur(client, "J-1", bron="jgz", kind__voornaam="noor", contactpersoon__telefoonnummer="0612340002")
    assert tweede["pasgeborene"] == eerste["pasgeborene"]
    assert tweede["bezoek"] == eerste["bezoek"]
    assert str(Contactpersoon.objects.get().telefoonnummer) == "+31612340002"
    assert Geboortemelding.objects.filter(pasgeborene_id=eerste["pasgeborene"]).count() == 2


def test_another_source_with_another_first_name_is_a_multiple(client):
    eerste = stuur(client)
    tweede = stuur(client, "J-1", bron="jgz", kind__voornaam="Mohammed")
    assert tweede["bezoek"] == eerste["bezoek"]
    assert tweede["pasgeborene"] != eerste["pasgeborene"]


@pytest.mark.parametrize(
    "anders",
    [
        {"kind__voornaam": None},
        {"kind__achternaam": "de Vriës-Voorbeeld"},
        {"adres__toevoeging": "A"},
        {"kind__voornaam": "Noôr"},
        {"kind__achternaam": "de Vriess-Voorbeeld"},
    ],
)
def test_nearly_alike_from_another_source_is_for_a_person(client, anders):
    eerste = stuur(client, adres__huisletter="a")
    tweede = stuur(
        client, "J-1", bron="jgz", **{"adres__huisletter": None if "adres__toevoeging" in anders else "a", **anders}
    )
    assert (tweede["status"], tweede["redenen"]) == ("teBeoordelen", ["mogelijkDubbel"])
    assert str(Geboortemelding.objects.get(pk=tweede["id"]).lijkt_op_id) == eerste["pasgeborene"]
    assert Bezoek.objects.count() == 1


@pytest.mark.parametrize(
    ("anders", "dagen"),
    [
        ({"adres__huisnummer": 13}, 10),
        ({"kind__achternaam": "Jansen"}, 10),
        ({"adres__toevoeging": "bis", "kind__achternaam": "Bakker"}, 10),
    ],
)
def test_another_household_is_another_family(client, anders, dagen):
    stuur(client)
    tweede = stuur(client, "K-2", dagen=dagen, **anders)
    assert tweede["status"] == "verwerkt"
    assert Gezin.objects.count() == Bezoek.objects.count() == 2


def test_births_three_days_apart_are_no_twins_but_perhaps_a_known_family(client):
    stuur(client)
    assert stuur(client, "K-2", dagen=13, kind__voornaam="Mila")["redenen"] == ["mogelijkBekendGezin"]


def test_a_known_phone_number_elsewhere_is_proposed_as_a_known_family(client):
    stuur(client, contactpersoon__telefoonnummer="0612340003")
    tweede = stuur(
        client, "K-2", adres__huisnummer=30, kind__achternaam="Bakker", contactpersoon__telefoonnummer="+31 6 1234 0003"
    )
    assert (tweede["status"], tweede["redenen"]) == ("teBeoordelen", ["mogelijkBekendGezin"])


@pytest.mark.parametrize("stop", ["contactstop", "stil", "vervallen", "gesloten"])
@pytest.mark.parametrize("anders", [{"kind__voornaam": "Mila"}, {"bron": "jgz"}])
def test_a_closed_or_stopped_case_is_never_reopened(client, stop, anders):
    data = stuur(client)
    nu = clock.nu()
    gezin = Gezin.objects.all()
    if stop == "contactstop":
        gezin.update(contactstop_reden="geweigerd", contactstop_op=nu)
    elif stop == "stil":
        gezin.update(stil_sinds=nu)
    elif stop == "vervallen":
        Pasgeborene.objects.update(status="vervallen", overleden_gemeld_op=nu)
    else:
        Bezoek.objects.update(status="afgesloten", afsluitreden="nietBereikt", afgesloten_op=nu)
    tweede = stuur(client, "K-2", **anders, contactpersoon__telefoonnummer="0612340004")
    assert (tweede["status"], tweede["redenen"]) == ("teBeoordelen", ["zaakGesloten"])
    assert Bezoek.objects.count() == 1
    assert Pasgeborene.objects.count() == 1
    assert Contactpersoon.objects.get().telefoonnummer == ""
    assert str(Geboortemelding.objects.get(pk=tweede["id"]).lijkt_op_id) == data["pasgeborene"]


@pytest.mark.parametrize(("dagen", "laat"), [(35, False), (36, True), (84, True)])
def test_a_late_notice_is_flagged(client, dagen, laat):
    data = stuur(client, dagen=dagen)
    assert Bezoek.objects.get(pk=data["bezoek"]).late_melding is laat


def test_after_twelve_weeks_a_person_decides(client):
    data = stuur(client, dagen=85)
    assert (data["status"], data["redenen"], data["bezoek"]) == ("teBeoordelen", ["teOud"], None)


def test_a_child_born_before_the_wijk_started_waits(client, gebied):
    WijkFactory(gebied=gebied, code="WK091724", start_op=clock.vandaag() - timedelta(days=3))
    assert stuur(client, adres__wijk="WK091724")["redenen"] == ["wijkNogNietGestart"]
    assert stuur(client, "K-2", dagen=3, adres__wijk="WK091724", adres__huisnummer=13)["status"] == "verwerkt"


@pytest.mark.parametrize(
    ("anders", "status", "reden"),
    [
        ({"adres__postcode": "9999 ZZ"}, "teBeoordelen", "onbekendAdres"),
        ({"adres__huisnummer": 61}, "teBeoordelen", "onbekendAdres"),
        ({"adres__wijk": "WK091736"}, "afgewezen", "buitenGebied"),
        ({"adres__postcode": "6400BB", "adres__huisnummer": 1}, "afgewezen", "buitenGebied"),
        ({"geheim": True}, "afgewezen", "geheimAdres"),
    ],
)
def test_where_the_family_lives(client, anders, status, reden):
    data = stuur(client, **anders)
    assert (data["status"], data["redenen"], data["teksten"] != [""]) == (status, [reden], True)
    assert stuur(client, status=200, **anders) == data
    rij = Geboortemelding.objects.get()
    assert not Gezin.objects.exists()
    if status == "afgewezen":
        assert (rij.gegevens, rij.geboortedatum, rij.wijk) == ({}, None, None)


def test_a_wijk_that_the_source_knows_wins(client, gebied):
    wijk = WijkFactory(gebied=gebied, code="WK091711")
    data = stuur(client, adres__wijk="WK091711")
    assert Bezoek.objects.get(pk=data["bezoek"]).wijk == wijk


def test_a_later_secret_address_masks_what_is_known(client):
    stuur(client)
    assert stuur(client, geheim=True)["redenen"] == ["geheimAdres"]
    assert Gezin.objects.get().geheim is True
    assert Geboortemelding.objects.filter(status="afgewezen").get().gegevens == {}


def test_all_faults_at_once_with_dotted_names(client):
    body = melding(
        kind__geboortedatum="2026-02-29",
        kind__achternaam="",
        bron="facebook",
        kenmerk="x" * 65,
        adres__huisnummer="12",
        adres__postcode="64",
        contactpersoon__telefoonnummer="12345",
        contactpersoon__rol="oma",
        contactpersoon__emailadres="geen adres",
    )
    body["kind"]["naam"] = "x"
    antwoord = client.post(PAD, body, format="json")
    assert antwoord.status_code == 400
    assert {(f["name"], f["code"]) for f in antwoord.json()["invalidParams"]} == {
        ("kind.geboortedatum", "ongeldig"),
        ("kind.achternaam", "verplicht"),
        ("kind.naam", "onbekendVeld"),
        ("bron", "onbekendeKeuze"),
        ("kenmerk", "teLang"),
        ("adres.huisnummer", "ongeldig"),
        ("adres.postcode", "ongeldig"),
        ("contactpersoon.telefoonnummer", "ongeldig"),
        ("contactpersoon.rol", "onbekendeKeuze"),
        ("contactpersoon.emailadres", "ongeldig"),
    }
    assert not Geboortemelding.objects.exists()


@pytest.mark.parametrize(
    "waarde", ["05-11-2026", "20261105", "2026-W40-3", "2026-1-5", "2999-01-01", 20261105, None, ""]
)
def test_only_iso_dates_up_to_today(client, waarde):
    antwoord = client.post(PAD, melding(kind__geboortedatum=waarde), format="json")
    assert antwoord.status_code == 400
    assert [f["name"] for f in antwoord.json()["invalidParams"]] == ["kind.geboortedatum"]


def test_born_today_and_on_a_leap_day_is_fine(client, time_machine):
    time_machine.move_to("2028-02-29T22:30:00Z")  # 23:30 in Amsterdam
    assert stuur(client, dagen=0)["status"] == "verwerkt"
    assert Pasgeborene.objects.get().geboortedatum == date(2028, 2, 29)


def test_names_are_data(client):
    stuur(client, kind__voornaam="Zoë 🐣", kind__achternaam="=CMD|' /C calc'!A0\nÇelik")
    kind = Pasgeborene.objects.get()
    assert (kind.voornaam, kind.achternaam) == ("Zoë 🐣", "=CMD|' /C calc'!A0 Çelik")


@pytest.mark.parametrize("rol", ["ooievaarsmoeder", "jens", "sjop", "beheerder", "gastvrouw"])
def test_other_roles_may_not(als, gebied, rol):
    client = als(rol, gebied=gebied)
    assert client.post(PAD, {}, format="json").status_code == 403
    assert client.get(PAD).status_code == 403


def test_a_source_reads_its_own_notices_without_personal_data(als, client, gebied):
    data = stuur(client, adres__postcode="9999ZZ")
    detail = client.get(f"{PAD}/{data['id']}")
    assert detail.status_code == 200
    assert detail["ETag"]
    assert detail.json()["gegevens"] is None
    for geheim in ("Noor", "Voorbeeld", "Boxpad", "9999ZZ"):
        assert geheim not in detail.content.decode() + client.get(PAD).content.decode()
    ander = als("bron", gebied=gebied)
    assert ander.get(f"{PAD}/{data['id']}").status_code == 404
    assert ander.get(PAD).json()["count"] == 0


def test_a_coordinator_sees_her_wijken(als, client, gebied):
    data = stuur(client)
    onbekend = stuur(client, "K-2", adres__postcode="9999ZZ")
    elders = WijkFactory(gebied=gebied)
    assert als("coordinator", gebied=gebied).get(PAD).json()["count"] == 2
    eigen = als("coordinator", gebied=gebied, wijken=[gebied.wijk])
    assert [r["id"] for r in eigen.get(PAD).json()["results"]] == [data["id"]]
    assert eigen.get(f"{PAD}/{onbekend['id']}").status_code == 404
    assert als("coordinator", gebied=gebied, wijken=[elders]).get(PAD).json()["count"] == 0
    assert als("coordinator").get(f"{PAD}/{data['id']}").status_code == 404
    gegevens = als("coordinator", gebied=gebied).get(f"{PAD}/{onbekend['id']}").json()["gegevens"]
    assert gegevens["adres"]["postcode"] == "9999ZZ"
    assert gegevens["kind"]["voornaam"] == "Noor"


def test_the_list_filters(client):
    stuur(client)
    stuur(client, "J-1", bron="jgz", adres__postcode="9999ZZ", dagen=5)
    dag = (clock.vandaag() - timedelta(days=5)).isoformat()
    for vraag, aantal in [
        ("status=verwerkt", 1),
        ("bron=jgz", 1),
        ("reden=onbekendAdres", 1),
        ("reden=teOud", 0),
        (f"geboortedatum={dag}", 1),
    ]:
        assert client.get(f"{PAD}?{vraag}").json()["count"] == aantal, vraag
    assert client.get(f"{PAD}?status=onzin").status_code == 400
    assert client.get(f"{PAD}?kenmerk=x").json()["code"] == "onbekendeParameter"


def test_the_list_costs_the_same_for_2_and_for_50_rows(als, gebied, django_assert_num_queries):
    client = als("coordinator", gebied=gebied)
    for aantal in (2, 48):
        al = Geboortemelding.objects.count()
        Geboortemelding.objects.bulk_create(
            Geboortemelding(
                gebied=gebied,
                wijk=gebied.wijk,
                bron="jgz",
                kenmerk=f"B-{al + n}",
                inhoud_hash="h",
                gegevens={},
                geboortedatum=clock.vandaag(),
                status="teBeoordelen",
                gemeld_op=clock.nu(),
            )
            for n in range(aantal)
        )
        with django_assert_num_queries(3):
            assert len(client.get(f"{PAD}?pageSize=100").json()["results"]) == al + aantal


def test_visits_made_by_others_count_as_known(client, gebied):
    bezoek = bezoek_met_kinderen(
        gezin__wijk=gebied.wijk, gezin__huisnummer=12, geboortedatum=clock.vandaag() - timedelta(10)
    )
    kind = Pasgeborene.objects.get()
    kind.achternaam, kind.naamsleutel = "de Vries-Voorbeeld", "devriesvoorbeeld"
    kind.save()
    assert stuur(client)["bezoek"] == str(bezoek.pk)
