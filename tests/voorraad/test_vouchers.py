"""Vouchers: made or brought in, given once, void, replaced; what does not fit becomes work and stops no visit."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ooievaar.platform import clock
from tests.factories import GebiedFactory
from voorraad import fouten, models, selectors, services, vouchercode

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture
def gebied():
    return GebiedFactory()


@pytest.fixture
def coordinator(als, gebied):
    return als("coordinator", gebied=gebied)


def maak(gebied, aantal=1, **velden):
    velden = {"geldig_tot": None, "serie": "", **velden}
    return services.vouchers_maken(gebied_id=gebied.pk, aantal=aantal, nu=clock.nu(), **velden)


def geef(gebied, code, onderdeel="kind", aanleiding="bezoek:x"):
    gebruik = services.Vouchergebruik(gebied.pk, aanleiding, onderdeel, services.sporen(code), clock.nu())
    return services.vouchers_uitgeven(gebruik=[gebruik], nu=clock.nu()).get(gebruik.deel)


def voucher(code):
    return models.Voucher.objects.get(hash=services.sporen(code)[0])


def lees_in(client, tekst, **velden):
    inhoud = tekst if isinstance(tekst, bytes) else tekst.encode()
    bestand = SimpleUploadedFile("vouchers.csv", inhoud, content_type="text/csv")
    return client.post(f"{V1}/voucherimporten", {"bestand": bestand, **velden}, format="multipart")


def test_made_codes_are_shown_once_and_kept_as_a_hash(coordinator, gebied):
    antwoord = coordinator.post(f"{V1}/vouchers", {"aantal": 3, "serie": "najaar"}, format="json")
    assert antwoord.status_code == 201
    codes = antwoord.json()["codes"]
    assert len(set(codes)) == 3
    assert all(vouchercode.klopt(code) for code in codes)
    lijst = coordinator.get(f"{V1}/vouchers", {"serie": "najaar"})
    assert sorted(v["einde"] for v in lijst.json()["results"]) == sorted(c.replace("-", "")[-4:] for c in codes)
    kaal = [code.replace("-", "") for code in codes]
    bewaard = str([list(tabel.objects.values()) for tabel in (models.Voucher, apps.get_model("voorraad.VoucherEvent"))])
    assert not any(code in bewaard for code in (*codes, *kaal))


@pytest.mark.parametrize(
    ("body", "naam", "code"),
    [
        ({"aantal": 0}, "aantal", "teLaag"),
        ({"aantal": -3}, "aantal", "teLaag"),
        ({"aantal": 501}, "aantal", "teHoog"),
        ({"aantal": 1.5}, "aantal", "ongeldig"),
        ({"aantal": 1, "geldigTot": "2020-01-01"}, "geldigTot", "voorbij"),
    ],
)
def test_bad_input_is_named(coordinator, body, naam, code):
    fout = coordinator.post(f"{V1}/vouchers", body, format="json").json()
    assert [(p["name"], p["code"]) for p in fout["invalidParams"]] == [(naam, code)]


def test_a_file_with_doubles_reports_them_by_row_and_brings_in_the_rest(coordinator, gebied):
    (bekend,) = maak(gebied)
    een, twee = vouchercode.maak(), vouchercode.maak()
    fout = een[:-1] + ("X" if een[-1] != "X" else "Y")
    regels = ["\ufeffCode;Geldig_tot", f"{een};31-12-2099", f"{twee.lower()};", f" {een} ;", f"{bekend};", f"{fout};"]
    regels += ["ab;", "", f"{vouchercode.maak()};32-1-2027", f"{vouchercode.maak()};1-1-2020"]
    tekst = "\r\n".join(regels)
    antwoord = lees_in(coordinator, tekst, serie="zwembad")
    assert antwoord.status_code == 201
    uit = antwoord.json()
    assert (uit["regels"], uit["ingelezen"], uit["dubbel"]) == (8, 2, 2)
    assert [(f["regel"], f["veld"], f["reden"]) for f in uit["fouten"]] == [
        (4, "code", "dubbelInBestand"),
        (5, "code", "dubbelBekend"),
        (6, "code", "controleteken"),
        (7, "code", "ongeldig"),
        (9, "geldigTot", "ongeldig"),
        (10, "geldigTot", "voorbij"),
    ]
    assert "regel 2" in uit["fouten"][0]["tekst"]
    # No code comes back, not even a wrong one.
    assert not any(code.replace("-", "") in antwoord.content.decode().replace("-", "") for code in (een, twee, bekend))
    assert geef(gebied, twee) == "uitgegeven"
    opnieuw = lees_in(coordinator, tekst, serie="zwembad").json()
    assert (opnieuw["ingelezen"], opnieuw["dubbel"]) == (0, 4)


def test_codes_of_others_without_a_check_character_come_in_when_asked(coordinator, gebied):
    tekst = "code,geldigTot\nZWEM-0001,2099-01-01\nZWEM-0002,\n".encode("cp1252")
    assert lees_in(coordinator, tekst).json()["ingelezen"] <= 1
    assert models.Voucher.objects.count() <= 1
    assert lees_in(coordinator, tekst, controle="false").json()["ingelezen"] >= 1
    assert models.Voucher.objects.count() == 2


@pytest.mark.parametrize(
    ("inhoud", "code"),
    [
        (b"", "empty"),
        (b"nummer;datum\n1;2\n", "kolomOntbreekt"),
        (b"PK\x03\x04\x00\x00", "onleesbaar"),
        (b"code\n" + b"x\n" * 20_001, "teVeelRegels"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(coordinator, inhoud, code):
    antwoord = lees_in(coordinator, inhoud)
    assert antwoord.status_code == 400
    fout = antwoord.json()["invalidParams"][0]
    assert fout["name"] == "bestand"
    assert code == "empty" or fout["code"] == code


def test_an_unknown_field_of_the_form_and_a_large_file_are_refused(coordinator):
    assert lees_in(coordinator, "code\n", anders="x").status_code == 400
    assert lees_in(coordinator, b"code\n" + b"x" * 2_000_001).status_code == 413


def test_a_voucher_is_given_once_to_one_child(gebied):
    een, twee = maak(gebied, 2)
    assert geef(gebied, een) == "uitgegeven"
    assert geef(gebied, een.lower().replace("-", " ")) == "uitgegeven"  # the same again
    assert geef(gebied, een, "tweeling") == "alUitgegeven"
    assert geef(gebied, twee) == "heeftAl"
    assert geef(gebied, twee, "tweeling") == "uitgegeven"
    gegeven = voucher(een)
    assert (gegeven.aanleiding, gegeven.onderdeel, gegeven.status) == ("bezoek:x", "kind", "uitgegeven")
    assert models.Vouchermelding.objects.count() == 2


def test_what_does_not_fit_becomes_work_once(coordinator, gebied):
    (verlopen,) = maak(gebied, geldig_tot=clock.vandaag() + timedelta(days=1))
    models.Voucher.objects.update(geldig_tot=clock.vandaag() - timedelta(days=1))
    (weg,) = maak(gebied)
    services.voucher_intrekken(voucher_id=voucher(weg).pk, reden="verloren", nu=clock.nu())
    elders = GebiedFactory()
    (vreemd,) = maak(elders)
    gevallen = {"a": ("ONBEKEND-1", "onbekend"), "b": (verlopen, "verlopen"), "c": (weg, "ingetrokken")}
    gevallen["d"] = (vreemd, "onbekend")  # known elsewhere is unknown here
    for _keer in range(2):
        for kind, (code, oordeel) in gevallen.items():
            assert geef(gebied, code, kind) == oordeel
    werk = coordinator.get(f"{V1}/vouchermeldingen", {"open": "true"}).json()
    assert {m["onderdeel"]: m["oordeel"] for m in werk["results"]} == {k: o for k, (_c, o) in gevallen.items()}
    assert werk["count"] == 4
    assert "ONBEKEND" not in str(werk)
    url = f"{V1}/vouchermeldingen/{werk['results'][0]['id']}/afhandeling"
    assert coordinator.post(url, {"opmerking": "gebeld"}, format="json").json()["opmerking"] == "gebeld"
    assert coordinator.post(url, {"opmerking": "anders"}, format="json").json()["opmerking"] == "gebeld"
    assert coordinator.get(f"{V1}/vouchermeldingen", {"open": "true"}).json()["count"] == 3
    assert coordinator.get(f"{V1}/vouchermeldingen", {"open": "false"}).json()["count"] == 1


def test_a_code_that_comes_in_later_goes_to_the_child_it_was_given_to(coordinator, gebied):
    code, ander = vouchercode.maak(), vouchercode.maak()
    assert geef(gebied, code, "kind") == "onbekend"
    assert geef(gebied, ander, "kind") == "onbekend"
    assert lees_in(coordinator, f"code\n{code}\n{ander}\n").json()["ingelezen"] == 2
    assert (voucher(code).status, voucher(code).onderdeel) == ("uitgegeven", "kind")
    # One child, one voucher: the second stays for a person.
    assert voucher(ander).status == "vrij"
    assert models.Vouchermelding.objects.filter(afgehandeld_op=None).count() == 1


def test_lost_then_void_then_another_and_never_the_other_way_round(coordinator, gebied):
    kwijt, nieuw, derde = maak(gebied, 3)
    geef(gebied, kwijt)
    url = f"{V1}/vouchers/{voucher(kwijt).pk}"
    vervang = {"code": nieuw}
    fout = coordinator.post(f"{url}/vervanging", vervang, format="json")
    assert (fout.status_code, fout.json()["code"]) == (409, "voucherNietIngetrokken")
    weg = coordinator.post(f"{url}/intrekking", {"reden": "verloren"}, format="json").json()
    assert (weg["status"], weg["intrekreden"]) == ("ingetrokken", "verloren")
    assert coordinator.post(f"{url}/intrekking", {"reden": "anders"}, format="json").json()["intrekreden"] == "verloren"
    antwoord = coordinator.post(f"{url}/vervanging", vervang, format="json")
    assert antwoord.status_code == 201
    assert (antwoord.json()["vervangt"], antwoord.json()["onderdeel"]) == (str(voucher(kwijt).pk), "kind")
    assert coordinator.post(f"{url}/vervanging", vervang, format="json").json()["id"] == antwoord.json()["id"]
    # Replaced before: a second one for the same child is refused, and so is the void one itself.
    fout = coordinator.post(f"{url}/vervanging", {"code": derde}, format="json").json()
    assert (fout["code"], fout["oordeel"]) == ("voucherNietVrij", "heeftAl")
    fout = coordinator.post(f"{url}/vervanging", {"code": "NIETS-1"}, format="json").json()
    assert fout["oordeel"] == "onbekend"
    assert geef(gebied, kwijt, "ander kind") == "ingetrokken"


def test_a_voucher_that_nobody_had_is_not_replaced(coordinator, gebied):
    een, twee = maak(gebied, 2)
    services.voucher_intrekken(voucher_id=voucher(een).pk, reden="beschadigd", nu=clock.nu())
    fout = coordinator.post(f"{V1}/vouchers/{voucher(een).pk}/vervanging", {"code": twee}, format="json").json()
    assert fout["invalidParams"][0]["code"] == "nooitUitgegeven"


def test_the_database_gives_a_child_one_voucher(gebied):
    een, twee = (voucher(code) for code in maak(gebied, 2))
    velden = {"status": "uitgegeven", "aanleiding": "b", "onderdeel": "k", "uitgegeven_op": clock.nu()}
    models.Voucher.objects.filter(pk=een.pk).update(**velden)
    with pytest.raises(IntegrityError, match="voucher_een_per_kind"), transaction.atomic():
        models.Voucher.objects.filter(pk=twee.pk).update(**velden)
    with pytest.raises(IntegrityError, match="voucher_status_heeft_gegevens"), transaction.atomic():
        models.Voucher.objects.filter(pk=twee.pk).update(status="uitgegeven")


def test_a_voucher_in_the_hand_is_looked_up_without_its_code_in_an_address(coordinator, als, gebied):
    (code,) = maak(gebied, geldig_tot=clock.vandaag())
    url = f"{V1}/vouchercontroles"
    gevonden = coordinator.post(url, {"code": code.lower()}, format="json").json()
    assert (gevonden["klopt"], gevonden["voucher"]["status"]) == (True, "vrij")
    models.Voucher.objects.update(geldig_tot=clock.vandaag() - timedelta(days=1))
    assert coordinator.post(url, {"code": code}, format="json").json()["voucher"]["status"] == "verlopen"
    assert coordinator.get(f"{V1}/vouchers", {"status": "verlopen"}).json()["count"] == 1
    assert coordinator.get(f"{V1}/vouchers", {"status": "vrij"}).json()["count"] == 0
    assert coordinator.post(url, {"code": "xx"}, format="json").json() == {"klopt": False, "voucher": None}
    assert als("coordinator").post(url, {"code": code}, format="json").json()["voucher"] is None


def test_another_area_sees_no_voucher(als, gebied):
    maak(gebied)
    geef(gebied, "iets onbekends")
    client = als("coordinator")
    melding = models.Vouchermelding.objects.get()
    rij = models.Voucher.objects.get()
    assert client.get(f"{V1}/vouchers").json()["count"] == 0
    assert client.get(f"{V1}/vouchers/{rij.pk}").status_code == 404
    assert client.post(f"{V1}/vouchers/{rij.pk}/intrekking", {"reden": "fout"}, format="json").status_code == 404
    assert client.post(f"{V1}/vouchers/{rij.pk}/vervanging", {"code": "x"}, format="json").status_code == 404
    url = f"{V1}/vouchermeldingen/{melding.pk}/afhandeling"
    assert client.post(url, {"opmerking": "x"}, format="json").status_code == 404


@pytest.mark.parametrize("pad", ["vouchers", "vouchermeldingen"])
def test_a_list_costs_the_same_for_2_and_for_50(coordinator, gebied, pad, django_assert_num_queries):
    for keer in (2, 48):
        maak(gebied, keer)
        for nummer in range(keer):
            geef(gebied, f"onbekend{keer}{nummer}", f"kind {keer}-{nummer}")
        with django_assert_num_queries(3):
            assert coordinator.get(f"{V1}/{pad}", {"pageSize": 50}).json()["count"] >= keer


def test_a_batch_costs_the_same_for_2_and_for_50(gebied, django_assert_max_num_queries):
    for keer in (2, 50):
        codes = maak(gebied, keer)
        gebruik = [
            services.Vouchergebruik(gebied.pk, f"bezoek:{keer}-{n}", "k", services.sporen(code), clock.nu())
            for n, code in enumerate(codes)
        ]
        with django_assert_max_num_queries(3):
            uit = services.vouchers_uitgeven(gebruik=gebruik, nu=clock.nu())
        assert set(uit.values()) == {"uitgegeven"}
    with django_assert_max_num_queries(0):
        assert services.vouchers_uitgeven(gebruik=[], nu=clock.nu()) == {}
    assert selectors.met_status(models.Voucher.objects.all(), "uitgegeven", vandaag=clock.vandaag()).count() == 52


def test_refusals_of_the_service_are_types():
    assert fouten.VoucherNietVrij(models.Oordeel.VERLOPEN).extra == {"oordeel": "verlopen"}
