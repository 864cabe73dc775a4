"""What every call of the API has in common: problem documents, limits, versions, sessions, keys, quiet logs."""

from __future__ import annotations

import json
import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from rest_framework.test import APIClient

from ooievaar.models import Apparaat, BeantwoordVerzoek
from ooievaar.platform import clock
from ooievaar.platform.masking import MaskFilter
from tests.factories import gebruiker_met_rol, token_voor

pytestmark = pytest.mark.django_db

MELDINGEN = "/api/v1/geboortemeldingen"
PROBLEEM = "application/problem+json"


def probleem(antwoord) -> tuple[int, str]:
    """Status and code of an answer that must be a complete problem document."""
    assert antwoord["Content-Type"] == PROBLEEM
    lichaam = antwoord.json()
    assert lichaam["status"] == antwoord.status_code
    assert lichaam["title"]
    assert lichaam["detail"]
    return antwoord.status_code, lichaam["code"]


def genest(lagen: int) -> str:
    return '{"kind": ' + "[" * (lagen - 1) + "]" * (lagen - 1) + "}"


@pytest.fixture
def bron(als) -> APIClient:
    return als("bron")


def test_a_path_that_does_not_exist(bron):
    assert probleem(bron.get("/api/v1/nergens")) == (404, "nietGevonden")


def test_a_method_that_does_not_exist(bron):
    antwoord = bron.delete(MELDINGEN)
    assert probleem(antwoord) == (405, "methodeNietToegestaan")
    assert set(antwoord["Allow"].split(", ")) >= {"GET", "POST"}


def test_options_is_a_method_that_does_not_exist(bron):
    """The document says what a path can do; no path answers OPTIONS with a description of itself."""
    assert probleem(bron.options(MELDINGEN)) == (405, "methodeNietToegestaan")


def test_another_media_type(bron):
    antwoord = bron.post(MELDINGEN, "<a/>", content_type="application/xml")
    assert probleem(antwoord) == (415, "mediatypeOnbekend")


def test_an_answer_nobody_can_give(bron):
    assert probleem(bron.get("/api/v1/mij", HTTP_ACCEPT="image/png")) == (406, "nietAanvaardbaar")


@pytest.mark.parametrize(
    ("lichaam", "verwacht"),
    [
        pytest.param('{"kind": "' + "a" * 1_000_000 + '"}', (413, "teGroot"), id="more than 1 MB"),
        pytest.param(genest(33), (400, "ongeldig"), id="33 levels"),
        pytest.param('{"kind": NaN}', (400, "ongeldig"), id="NaN"),
        pytest.param('{"kind": ', (400, "ongeldig"), id="cut short"),
        pytest.param(b'{"bron": "\xff"}', (400, "ongeldig"), id="not UTF-8"),
        pytest.param('{"bron": "\\ud800"}', (400, "ongeldig"), id="a lone surrogate"),
        pytest.param("[]", (400, "ongeldig"), id="a list"),
        pytest.param("null", (400, "ongeldig"), id="null"),
        pytest.param("", (400, "ongeldig"), id="nothing"),
        pytest.param('{"bron": "gem\\u0000eente"}', (400, "ongeldig"), id="a null character"),
    ],
)
def test_a_body_that_is_refused_as_a_whole(bron, lichaam, verwacht):
    assert probleem(bron.post(MELDINGEN, lichaam, content_type="application/json")) == verwacht


def test_32_levels_are_read_and_then_judged_by_field(bron):
    antwoord = bron.post(MELDINGEN, genest(32), content_type="application/json")
    assert probleem(antwoord) == (400, "ongeldig")
    assert "kind" in [fout["name"].split(".")[0] for fout in antwoord.json()["invalidParams"]]


def test_all_faults_come_at_once_with_dotted_names(bron):
    lichaam = {"bron": 3, "kind": {"geboortedatum": "gisteren", "sterrenbeeld": "leeuw"}, "haast": True}
    antwoord = bron.post(MELDINGEN, lichaam, format="json")
    fouten = {fout["name"]: fout["code"] for fout in antwoord.json()["invalidParams"]}
    assert fouten["kind.sterrenbeeld"] == fouten["haast"] == "onbekendVeld"
    assert fouten["kind.geboortedatum"] == "ongeldig"
    assert fouten["kenmerk"] == "verplicht"


@pytest.mark.parametrize(
    ("vraag", "verwacht"),
    [
        ("kleur=rood", (400, "onbekendeParameter")),
        ("pageSize=0", (400, "ongeldig")),
        ("pageSize=101", (400, "ongeldig")),
        ("page=0", (400, "ongeldig")),
        ("page=een", (400, "ongeldig")),
        ("page=1&page=2", (400, "ongeldig")),
        ("page=2", (404, "nietGevonden")),
        ("page=99999999999999999999", (404, "nietGevonden")),
        ("page=1.0", (400, "ongeldig")),
        ("page=1_0", (400, "ongeldig")),
        ("pageSize=%D9%A5", (400, "ongeldig")),
    ],
)
def test_a_query_that_is_refused(bron, vraag, verwacht):
    assert probleem(bron.get(f"{MELDINGEN}?{vraag}")) == verwacht


def test_an_empty_first_page_is_no_fault(bron):
    antwoord = bron.get(f"{MELDINGEN}?pageSize=100").json()
    assert antwoord == {"count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("pad", ["/api/v1/mij", "/api/v1/nergens", "/api/v1/openapi.json", "/api/v1/mij/"])
def test_every_answer_says_its_version_and_is_sent_safely(pad):
    antwoord = APIClient().get(pad)
    assert antwoord["API-Version"] == "1.0.0"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    assert antwoord["Referrer-Policy"] == "same-origin"


def test_personal_data_is_not_kept_by_anybody_on_the_way(bron):
    assert bron.get(MELDINGEN)["Cache-Control"] == "no-store"


def test_a_session_needs_the_csrf_token_to_write():
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(gebruiker_met_rol("bron"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/mij").status_code == 200
    assert probleem(client.post(MELDINGEN, {}, format="json")) == (403, "csrf")
    client.cookies["csrftoken"] = "a" * 32
    assert probleem(client.post(MELDINGEN, {}, format="json", HTTP_X_CSRFTOKEN="a" * 32)) == (400, "ongeldig")


def test_a_wrong_token_is_401():
    client = APIClient()
    for kop in ("Bearer nobody", "Bearer ", "Bearer \xff", "Basic YTpi"):
        antwoord = client.get("/api/v1/mij", HTTP_AUTHORIZATION=kop)
        assert probleem(antwoord) == (401, "nietAangemeld")
        assert antwoord["WWW-Authenticate"] == "Bearer"


def test_a_revoked_phone_hears_so_at_its_next_call():
    gebruiker = gebruiker_met_rol("ooievaarsmoeder")
    telefoon = Apparaat.objects.create(gebruiker=gebruiker, naam="telefoon", gekoppeld_op=clock.nu())
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token_voor(gebruiker, telefoon)}")
    assert client.get("/api/v1/mij").status_code == 200
    Apparaat.objects.update(ingetrokken_op=clock.nu())
    assert probleem(client.get("/api/v1/mij")) == (401, "apparaatIngetrokken")


def test_a_user_who_may_no_longer_sign_in_is_401(als):
    client = als("bron")
    type(client.gebruiker).objects.filter(pk=client.gebruiker.pk).update(is_active=False)
    assert probleem(client.get("/api/v1/mij")) == (401, "nietAangemeld")


# Idempotency-Key -----------------------------------------------------------------------------


def test_an_answer_given_again_is_the_same_to_the_letter(bron):
    """Also the order of its names, which `jsonb` does not keep."""
    lichaam = {"bron": "gemeente", "kenmerk": "letter-1", "kind": {"geboortedatum": "2026-09-30"}, "adres": {}}
    eerste, weer = (bron.post(MELDINGEN, lichaam, format="json", HTTP_IDEMPOTENCY_KEY="k-1") for _ in range(2))
    assert weer["Idempotency-Replayed"] == "true"
    assert (weer.status_code, weer.content) == (eerste.status_code, eerste.content)


def test_a_refusal_is_repeated_too_and_is_kept_for_seven_days(bron):
    eerste = bron.post(MELDINGEN, {"haast": 1}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert eerste.status_code == 400
    weer = bron.post(MELDINGEN, {"haast": 1}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert weer.json() == eerste.json()
    assert weer["Content-Type"] == PROBLEEM
    assert (weer["Idempotency-Replayed"], eerste.get("Idempotency-Replayed")) == ("true", None)
    BeantwoordVerzoek.objects.update(op=clock.nu() - timedelta(days=7, seconds=1))
    vers = bron.post(MELDINGEN, {"haast": 2}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert (vers.status_code, vers.get("Idempotency-Replayed")) == (400, None)


def test_a_null_character_in_the_name_of_a_field_is_kept_without_it(bron):
    antwoord = bron.post(MELDINGEN, {"haa\x00st": 1}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert probleem(antwoord) == (400, "ongeldig")
    assert "haast" in [fout["name"] for fout in antwoord.json()["invalidParams"]]


def test_the_same_key_with_other_content_is_refused_whatever_the_order_of_its_fields(bron):
    bron.post(MELDINGEN, '{"a": 1, "b": 2}', content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1")
    weer = bron.post(MELDINGEN, '{"b": 2, "a": 1}', content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert weer["Idempotency-Replayed"] == "true"
    ander = bron.post(MELDINGEN, '{"a": 1, "b": 3}', content_type="application/json", HTTP_IDEMPOTENCY_KEY="k-1")
    assert probleem(ander) == (409, "andereInhoud")


def test_a_key_belongs_to_one_user_and_one_path(als):
    een, twee = als("coordinator"), als("coordinator")
    assert een.post(MELDINGEN, {}, format="json", HTTP_IDEMPOTENCY_KEY="k-1").status_code == 400
    for client, pad in ((twee, MELDINGEN), (een, "/api/v1/bezoeken")):
        antwoord = client.post(pad, {"anders": 1}, format="json", HTTP_IDEMPOTENCY_KEY="k-1")
        assert antwoord.status_code == 400
        assert "Idempotency-Replayed" not in antwoord


@pytest.mark.parametrize("sleutel", ["", "a" * 81, "met spatie", "é"])
def test_a_key_is_1_to_80_visible_characters(bron, sleutel):
    antwoord = bron.post(MELDINGEN, {}, format="json", HTTP_IDEMPOTENCY_KEY=sleutel)
    assert probleem(antwoord) == (400, "ongeldig")
    assert antwoord.json()["invalidParams"][0]["name"] == "Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_while_the_first_runs_the_second_is_told_so(monkeypatch):
    """The first is held inside its work until the second has its answer."""
    from bezoeken.intake import api

    kop = {"HTTP_AUTHORIZATION": f"Bearer {token_voor(gebruiker_met_rol('bron'))}", "HTTP_IDEMPOTENCY_KEY": "k-1"}
    binnen, verder = threading.Event(), threading.Event()
    lees = api.Geboortemeldingen.lees

    def wacht(self, invoer):
        binnen.set()
        assert verder.wait(30)
        return lees(self, invoer)

    monkeypatch.setattr(api.Geboortemeldingen, "lees", wacht)
    antwoorden = []

    def eerste() -> None:
        try:
            antwoorden.append(APIClient().post(MELDINGEN, {}, format="json", **kop))
        finally:
            connection.close()

    draad = threading.Thread(target=eerste)
    draad.start()
    assert binnen.wait(30)
    tweede = APIClient().post(MELDINGEN, {}, format="json", **kop)
    verder.set()
    draad.join()
    assert probleem(tweede) == (409, "nogBezig")
    assert [a.status_code for a in antwoorden] == [400]
    weer = APIClient().post(MELDINGEN, {}, format="json", **kop)
    assert weer["Idempotency-Replayed"] == "true"


# Quiet logs ----------------------------------------------------------------------------------


def test_a_failure_of_ours_tells_nobody_anything(bron, monkeypatch):
    """A canary in the body and in the exception itself appears neither in the answer nor in a log line."""
    from bezoeken.intake import api

    geheimen = ["Kanarievogel", "kanarie@example.org", "+31612345678", "6412 AB"]

    def stuk(self, invoer):
        raise RuntimeError(f"unexpected: {json.dumps(self.request.data)}")

    monkeypatch.setattr(api.Geboortemeldingen, "lees", stuk)
    bron.raise_request_exception = False
    regels: list[str] = []

    class Bewaar(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            regels.append(logging.Formatter("{levelname} {name} {message}", style="{").format(record))

    bewaar = Bewaar()
    bewaar.addFilter(MaskFilter())
    logging.getLogger().addHandler(bewaar)
    try:
        antwoord = bron.post(MELDINGEN, {"kind": geheimen}, format="json")
    finally:
        logging.getLogger().removeHandler(bewaar)
    assert probleem(antwoord) == (500, "interneFout")
    assert [regel for regel in regels if "RuntimeError" in regel], "the failure itself is logged, with its place"
    gezegd = antwoord.content.decode() + "\n".join(regels)
    assert not [geheim for geheim in geheimen if geheim in gezegd]


@pytest.mark.parametrize(
    "pad",
    [
        "/stop/ bSr9Bn4zTBu6CJRDzV7",
        "/stop/bSr9Bn4zTBu6CJRDzV7.",
        "/wachtwoord/nieuw/bSr9-V7",
        "/cafe/bSr9Bn4zTBu6CJRDzV7 ",
        "/cafes/agenda/bSr9Bn4zTBu6CJRDzV7.ics",
    ],
)
def test_a_link_that_gives_a_right_is_not_in_a_log_line(pad):
    regel = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (pad,), None)
    MaskFilter().filter(regel)
    assert "bSr9" not in regel.getMessage()
    assert pad.split("/")[1] in regel.getMessage()


@pytest.mark.parametrize("pad", ["/inloggen?next=a%00b", "/?%00=1", "/sjop?code=%00"])
def test_a_null_character_is_nothing_that_anybody_typed(client, pad):
    client.force_login(gebruiker_met_rol("sjop"))
    antwoord = client.get(pad)
    assert (antwoord.status_code, "Dit kunnen we niet lezen" in antwoord.content.decode()) == (400, True)
    assert client.post("/sjop/gezinnen", {"voornaam": "No\0or"}).status_code == 400
    assert client.get("/sjop", {"code": "abc"}).status_code == 200
