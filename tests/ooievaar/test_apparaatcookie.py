"""The phone app's cookie: POST /apparaten with `Ooievaar-App: telefoon`, and every call after it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from ooievaar.models import Toegangstoken
from ooievaar.platform import clock
from ooievaar.services.apparaten import koppelcode_maken
from tests.factories import GebiedFactory, gebruiker_met_rol

pytestmark = pytest.mark.django_db
PAD = "/api/v1/apparaten"
MIJ = "/api/v1/mij"
APP = {"HTTP_OOIEVAAR_APP": "telefoon"}
EIGEN = "http://testserver"
VREEMD = "https://elders.example"


@pytest.fixture(autouse=True)
def _geen_eerdere_gokken():
    cache.clear()


@pytest.fixture
def moeder():
    return gebruiker_met_rol("ooievaarsmoeder", gebied=GebiedFactory()).ooievaarsmoeder


def koppel(moeder, client=None, **koppen):
    code = koppelcode_maken(moeder=moeder, door=None, nu=clock.nu()).koppelcode
    return (client or APIClient()).post(PAD, {"koppelcode": code, "naam": "T"}, format="json", **koppen)


@pytest.fixture
def telefoon(moeder):
    """The app on a paired phone: it holds the cookie, and sends its header with each call."""
    client = APIClient()
    client.defaults.update(APP)
    client.apparaat = koppel(moeder, client).json()["id"]
    return client


def test_the_app_gets_a_cookie_and_no_token(moeder):
    antwoord = koppel(moeder, **APP)
    assert (antwoord.status_code, antwoord.json()["token"]) == (201, None)
    cookie = antwoord.cookies["apparaat"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert cookie["max-age"] == 180 * 24 * 3600
    assert cookie.value not in str([*Toegangstoken.objects.values()])
    assert cookie.value not in antwoord.content.decode()


def test_in_production_the_cookie_is_bound_to_the_host(moeder, settings):
    settings.APPARAAT_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-apparaat", True
    cookie = koppel(moeder, **APP).cookies["__Host-apparaat"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize("kop", [{}, {"HTTP_OOIEVAAR_APP": "iets anders"}])
def test_anybody_else_gets_the_token_and_no_cookie(moeder, kop):
    antwoord = koppel(moeder, **kop)
    assert antwoord.json()["token"]
    assert not antwoord.cookies


def test_the_cookie_signs_her_in_together_with_the_header(telefoon, moeder):
    assert telefoon.get(MIJ).json()["ooievaarsmoeder"] == str(moeder.pk)
    del telefoon.defaults["HTTP_OOIEVAAR_APP"]
    zonder = telefoon.get(MIJ)
    assert (zonder.status_code, zonder.json()["code"], zonder["WWW-Authenticate"]) == (401, "nietAangemeld", "Bearer")


@pytest.mark.parametrize(
    ("kop", "status"),
    [
        ({"HTTP_ORIGIN": EIGEN}, 200),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_ORIGIN": VREEMD}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": EIGEN, "HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    ],
)
def test_only_our_own_pages_may_use_it(telefoon, kop, status):
    antwoord = telefoon.get(MIJ, **kop)
    assert antwoord.status_code == status
    if status == 403:
        assert antwoord.json()["code"] == "csrf"


def test_another_site_cannot_pair_a_phone(moeder):
    antwoord = koppel(moeder, HTTP_ORIGIN=VREEMD, **APP)
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "csrf")
    assert antwoord.json()["detail"] == "Open de app opnieuw en probeer het nog eens."
    assert not antwoord.cookies


def test_a_revoked_phone_hears_so_and_loses_the_cookie(telefoon):
    assert telefoon.delete(f"{PAD}/{telefoon.apparaat}").status_code == 204
    antwoord = telefoon.get(MIJ)
    assert (antwoord.status_code, antwoord.json()["code"]) == (401, "apparaatIngetrokken")
    assert antwoord.cookies["apparaat"].value == ""
    assert antwoord.cookies["apparaat"]["max-age"] == 0


def test_a_plain_401_leaves_the_cookie(telefoon):
    Toegangstoken.objects.update(ingetrokken_op=clock.nu())
    antwoord = telefoon.get(MIJ)
    assert (antwoord.status_code, antwoord.json()["code"]) == (401, "nietAangemeld")
    assert not antwoord.cookies


def test_a_bearer_token_comes_before_the_cookie(telefoon, als):
    ander = als("jens")
    telefoon.credentials(HTTP_AUTHORIZATION=ander._credentials["HTTP_AUTHORIZATION"])
    assert telefoon.get(MIJ).json()["rollen"] == ["jens"]


def test_the_document_tells_of_it():
    document = APIClient().get("/api/v1/openapi.json").json()
    assert document["components"]["securitySchemes"]["telefoon"]["in"] == "cookie"
    koppelen = document["paths"]["/apparaten"]["post"]
    assert "Ooievaar-App" in [parameter["name"] for parameter in koppelen["parameters"]]
