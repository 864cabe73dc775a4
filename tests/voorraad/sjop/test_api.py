"""The API of the Sjop: what it answers, who sees what, and the keys of every answer about a family."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ooievaar.platform import clock
from tests.factories.sjop import aangevraagd, categorie, gegeven, ingebracht, pas, sjopgebied
from voorraad.models import Inbreng, Mutatie

pytestmark = pytest.mark.django_db
API = "/api/v1"


def test_an_afternoon_at_the_counter(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    soorten = {c["code"]: c for c in client.get(f"{API}/sjop-categorieen?pageSize=100").json()["results"]}
    assert (soorten["autostoel"]["geblokkeerd"], soorten["rompers"]["geblokkeerd"]) == (True, False)
    # Somebody asks before it is there.
    vraag = {"voornaam": "Noor", "via": "verwijzing", "categorie": soorten["rompers"]["id"], "maat": "62"}
    aanvraag = client.post(f"{API}/sjop-aanvragen", vraag, format="json")
    assert (aanvraag.status_code, aanvraag.json()["status"]) == (201, "wacht")
    # A bag comes in: three fields for a common item.
    stuk = client.post(
        f"{API}/sjop-inbrengen", {"categorie": soorten["rompers"]["id"], "maat": "62", "staat": "B"}, format="json"
    )
    assert (stuk.status_code, stuk.json()["ligt"], stuk.json()["vrij"], stuk["ETag"]) == (201, 1, 0, '"1"')
    assert client.get(f"{API}/sjop-aanvragen/{aanvraag.json()['id']}").json()["inbreng"] == stuk.json()["id"]
    # She comes for it.
    body = {"pas": aanvraag.json()["pas"], "stukken": [{"inbreng": stuk.json()["id"]}]}
    antwoord = client.post(f"{API}/sjop-uitgiften", body, format="json", HTTP_IDEMPOTENCY_KEY="een")
    assert antwoord.status_code == 201, antwoord.json()
    weer = client.post(f"{API}/sjop-uitgiften", body, format="json", HTTP_IDEMPOTENCY_KEY="een")
    assert (weer["Idempotency-Replayed"], weer.json()) == ("true", antwoord.json())
    assert client.post(f"{API}/sjop-uitgiften", body, format="json").json()["code"] == "onvoldoendeVoorraad"
    (uitgifte,) = antwoord.json()["uitgiften"]
    regel = client.get(f"{API}/voorraadmutaties/{uitgifte['mutatie']}").json()
    assert (regel["soort"], regel["aantal"]) == ("uitgifte", 1)
    pas_uit = client.get(f"{API}/sjop-passen/{body['pas']}").json()
    assert (pas_uit["maten"], pas_uit["recht"]["gehad"], pas_uit["recht"]["over"]) == (["62"], 1, 9)
    dag = clock.vandaag().isoformat()
    verslag = client.get(f"{API}/sjop-verslag?van={dag}&tot={dag}").json()
    assert verslag["regels"] == [
        {"naam": "Rompers en hemdjes", "ingebracht": 1, "gegeven": 1, "uitgeleend": 0, "weg": []}
    ]


# What somebody in the Sjop sees of a family: a first name, sizes, what it may get. Never more (domain.md, rule 14).
SLEUTELS = {
    "sjop-passen": {"id", "code", "voornaam", "geldig", "geldigTot"},
    "sjop-passen/{pas}": {
        "id", "code", "voornaam", "geldig", "geldigTot", "maten", "recht", "afspraak",
        "recht.over", "recht.limiet", "recht.gehad", "recht.sinds", "recht.leningenOver",
    },
    "sjop-aanvragen": {
        "id", "pas", "voornaam", "categorie", "naam", "maat", "seizoen", "aantal", "status", "inbreng",
        "aangevraagdOp", "toegezegdOp", "beeindigdOp",
    },
    "sjop-uitgiften": {
        "id", "pas", "inbreng", "code", "naam", "aantal", "op", "mutatie", "bruikleen", "teruggedraaid",
    },
    "sjop-bruiklenen": {
        "id", "pas", "voornaam", "inbreng", "code", "naam", "status", "uitgeleendOp", "terugOp", "verlengingen",
        "afgeslotenOp",
    },
}  # fmt: skip


def _sleutels(rij: dict, voor: str = "") -> set[str]:
    gevonden = set()
    for naam, waarde in rij.items():
        gevonden.add(voor + naam)
        if isinstance(waarde, dict):
            gevonden |= _sleutels(waarde, f"{voor}{naam}.")
    return gevonden


@pytest.mark.parametrize("rol", ["sjop", "coordinator"])
def test_the_keys_about_a_family_are_these_and_the_ledger_does_not_name_it(als, rol):
    gebied = sjopgebied()
    familie = "gezin:0b6f0000-0000-4000-8000-000000000001"
    haar = pas(gebied, aanleiding=familie, voornaam="Noor", wijk="WK091720")
    aangevraagd(haar, "jassen", maat="62")
    gegeven(haar, ingebracht(gebied, "kinderstoel"))
    client = als(rol, gebied=gebied)
    gezien = ""
    for pad, sleutels in SLEUTELS.items():
        antwoord = client.get(f"{API}/{pad.format(pas=haar.pk)}")
        assert antwoord.status_code == 200
        gezien += antwoord.content.decode()
        rijen = antwoord.json().get("results", [antwoord.json()])
        assert len(rijen) == 1
        assert _sleutels(rijen[0]) == sleutels, pad
    gezien += client.get(f"{API}/voorraadmutaties").content.decode()
    assert "0b6f0000" not in gezien
    assert "WK091720" not in gezien


def test_another_gebied_is_another_sjop(als):
    hier, daar = sjopgebied(), sjopgebied()
    ingebracht(daar)
    aangevraagd(pas(daar), "jassen")
    client = als("sjop", gebied=hier)
    for pad in ("sjop-inbrengen", "sjop-passen", "sjop-aanvragen", "sjop-uitgiften", "sjop-bruiklenen"):
        assert client.get(f"{API}/{pad}").json()["count"] == 0
    elders = str(categorie(daar).pk)
    antwoord = client.post(f"{API}/sjop-inbrengen", {"categorie": elders, "staat": "A", "maat": "62"}, format="json")
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "categorie")


def test_a_check_a_rejection_and_a_slip(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    stuk = ingebracht(gebied, "speeltjes", vrij=False)
    antwoord = client.post(f"{API}/sjop-inbrengen/{stuk.pk}/controle", {"afgevinkt": []}, format="json")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "controleNietAf")
    oud = client.get(f"{API}/sjop-inbrengen/{stuk.pk}")["ETag"]
    punten = {"afgevinkt": stuk.categorie.checklist}
    antwoord = client.post(f"{API}/sjop-inbrengen/{stuk.pk}/controle", punten, format="json")
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "vrij")
    antwoord = client.post(
        f"{API}/sjop-inbrengen/{stuk.pk}/afkeuring", {"reden": "kapot"}, format="json", HTTP_IF_MATCH=oud
    )
    assert antwoord.status_code == 412
    antwoord = client.post(f"{API}/sjop-inbrengen/{stuk.pk}/afkeuring", {"reden": "kapot"}, format="json")
    assert (antwoord.json()["status"], antwoord.json()["ligt"]) == ("afgekeurd", 0)
    slip = ingebracht(gebied)
    assert client.post(f"{API}/sjop-inbrengen/{slip.pk}/terugdraaiing").json()["ligt"] == 0
    assert client.get(f"{API}/sjop-inbrengen?aanwezig=true").json()["count"] == 0
    assert client.get(f"{API}/sjop-inbrengen?code={stuk.partij.code.lower()}").json()["count"] == 1


def test_loans_and_appointments(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    haar, stoel = pas(gebied), ingebracht(gebied, "kinderstoel")
    body = {"pas": str(haar.pk), "stukken": [{"inbreng": str(stoel.pk)}]}
    lening = client.post(f"{API}/sjop-uitgiften", body, format="json").json()["uitgiften"][0]["bruikleen"]
    for _keer in range(2):
        assert client.post(f"{API}/sjop-bruiklenen/{lening}/verlenging").status_code == 200
    assert client.post(f"{API}/sjop-bruiklenen/{lening}/verlenging").json()["code"] == "nietMeerVerlengen"
    assert client.get(f"{API}/sjop-bruiklenen?teLaat=true").json()["count"] == 0
    assert client.post(f"{API}/sjop-bruiklenen/{lening}/verlies").json()["status"] == "verloren"
    assert client.post(f"{API}/sjop-bruiklenen/{lening}/retour", {}, format="json").json()["status"] == "terug"
    sloten = client.get(f"{API}/sjop-tijdsloten").json()["tijdsloten"]
    assert sloten[0]["vrij"] == 2
    antwoord = client.put(f"{API}/sjop-passen/{haar.pk}/afspraak", {"begin": sloten[0]["begin"]}, format="json")
    assert antwoord.json()["begin"] == sloten[0]["begin"]
    assert client.get(f"{API}/sjop-passen/{haar.pk}").json()["afspraak"] == sloten[0]["begin"]
    assert client.delete(f"{API}/sjop-passen/{haar.pk}/afspraak").status_code == 204


def test_settings_hours_and_a_recall_are_edited(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    antwoord = client.patch(f"{API}/sjop-instelling", {"stuksPerPeriode": 5}, format="json")
    assert (antwoord.status_code, antwoord.json()["stuksPerPeriode"]) == (200, 5)
    antwoord = client.post(f"{API}/sjop-openingstijden", {"weekdag": 4, "van": "16:00", "tot": "09:00"}, format="json")
    assert antwoord.status_code == 400
    tijd = client.post(
        f"{API}/sjop-openingstijden", {"weekdag": 4, "van": "09:00", "tot": "12:00"}, format="json"
    ).json()
    assert client.delete(f"{API}/sjop-openingstijden/{tijd['id']}").status_code == 204
    soort = categorie(gebied, "rompers")
    antwoord = client.patch(f"{API}/sjop-categorieen/{soort.pk}", {"checklist": ["Schoon"], "limiet": 4}, format="json")
    assert (antwoord.json()["checklist"], antwoord.json()["limiet"]) == (["Schoon"], 4)
    assert ingebracht(gebied, vrij=False).status == "quarantaine"
    antwoord = client.post(
        f"{API}/sjop-categorieen", {"code": "dragers", "naam": "Draagzak", "checklist": ["Heel"]}, format="json"
    )
    assert (antwoord.status_code, antwoord.json()["geblokkeerd"]) == (201, False)
    actie = client.post(f"{API}/sjop-terugroepingen", {"merk": "Wiebel", "uitleg": "Proef."}, format="json").json()
    assert client.post(f"{API}/sjop-terugroepingen/{actie['id']}/intrekking").json()["ingetrokkenOp"]
    assert client.post(f"{API}/sjop-terugroepingen", {"merk": "--", "uitleg": "x"}, format="json").status_code == 400


def test_a_report_of_more_than_a_year_is_refused(als):
    gebied = sjopgebied()
    dag = clock.vandaag()
    adres = f"{API}/sjop-verslag?van={dag - timedelta(days=400)}&tot={dag}"
    assert als("sjop", gebied=gebied).get(adres).status_code == 400


def test_nothing_of_a_request_that_fails_stays_behind(als):
    gebied = sjopgebied()
    client = als("sjop", gebied=gebied)
    body = {"categorie": str(categorie(gebied, "overig").pk), "staat": "B", "omschrijving": "Autostoel"}
    assert client.post(f"{API}/sjop-inbrengen", body, format="json").status_code == 409
    assert not Inbreng.objects.exists()
    assert not Mutatie.objects.exists()
