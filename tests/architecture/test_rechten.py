"""Who may call what: every route of the OpenAPI document x method x role, held against the table below.

The table is read beside api.md, "Who may do what". A route that is not in it fails, and so does a line in it without a
route. Which rows somebody sees is tested per endpoint; here it is only whether the role gets past the door.
"""

from __future__ import annotations

import re
from functools import cache
from uuid import uuid4

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from ooievaar.models import Rol

pytestmark = pytest.mark.django_db

ALLEN = frozenset(Rol.values)
OPENBAAR = frozenset({"*"})
C = frozenset({"coordinator"})
ZC = C | {"ooievaarsmoeder"}
BC = C | {"bron"}
SC = C | {"sjop"}
SZC = SC | {"ooievaarsmoeder"}
GC = C | {"gastvrouw"}
CAFES = ZC | {"gastvrouw", "jens"}
WIJKEN = frozenset({"coordinator", "jens", "beheerder"})

RECHTEN: dict[str, dict[str, frozenset[str]]] = {
    "/mij": {"get": ALLEN},
    "/wijken": {"get": WIJKEN, "post": frozenset({"beheerder"})},
    "/wijken/{code}": {"get": WIJKEN, "patch": frozenset({"beheerder"})},
    "/apparaten": {"post": OPENBAAR},
    "/apparaten/{apparaat_id}": {"delete": ZC},
    "/synchronisatie": {"get": ZC, "post": ZC},
    "/programma": {"get": ZC},
    "/geparkeerde-handelingen": {"get": C},
    "/geparkeerde-handelingen/{handeling_id}": {"get": C},
    "/geparkeerde-handelingen/{handeling_id}/besluit": {"post": C},
    "/artikelen": {"get": SZC, "post": SC},
    "/artikelen/{id}": {"get": SZC, "patch": SC},
    "/locaties": {"get": SZC, "post": C},
    "/locaties/{id}": {"get": SZC},
    "/partijen": {"get": SC, "post": SC},
    "/partijen/{id}": {"get": SC},
    "/partijen/{id}/terugroeping": {"get": C, "put": C, "delete": C},
    "/samenstellingen": {"get": C, "post": C},
    "/samenstellingen/{id}": {"get": C},
    "/bestellingen": {"get": C, "post": C},
    "/bestellingen/{id}": {"get": C},
    "/bestellingen/{id}/ontvangst": {"post": C},
    "/bestellingen/{id}/annulering": {"post": C},
    "/voorraadprognose": {"get": C},
    "/bezoeken-zonder-doos": {"get": C},
    "/bezoeken-zonder-doos/{id}/boeking": {"post": C},
    "/dozen-zonder-bezoek": {"get": C},
    "/partijen/{id}/gezinnen": {"get": C},
    "/tellingen": {"get": SC, "post": SC},
    "/tellingen/{id}": {"get": SC},
    "/tellingen/{id}/regels": {"put": SC},
    "/tellingen/{id}/vaststelling": {"post": SC},
    "/tellingen/{id}/annulering": {"post": SC},
    "/vouchers": {"get": C, "post": C},
    "/vouchers/{id}": {"get": C},
    "/vouchers/{id}/intrekking": {"post": C},
    "/vouchers/{id}/vervanging": {"post": C},
    "/vouchercontroles": {"post": C},
    "/voucherimporten": {"post": C},
    "/vouchermeldingen": {"get": C},
    "/vouchermeldingen/{id}/afhandeling": {"post": C},
    "/voorraadstanden": {"get": SZC},
    "/voorraadmutaties": {"get": SC, "post": SC},
    "/voorraadmutaties/{id}": {"get": SC},
    "/voorraadmutaties/{id}/terugdraaiing": {"post": SC},
    "/voorraadafsluitingen": {"get": SC, "post": C},
    "/sjop-categorieen": {"get": SC, "post": SC},
    "/sjop-categorieen/{id}": {"get": SC, "patch": SC},
    "/sjop-instelling": {"get": SC, "patch": SC},
    "/sjop-openingstijden": {"get": SC, "post": SC},
    "/sjop-openingstijden/{id}": {"get": SC, "delete": SC},
    "/sjop-blokkades": {"get": SC, "post": SC},
    "/sjop-blokkades/{id}": {"get": SC, "put": SC},
    "/sjop-terugroepingen": {"get": SC, "post": SC},
    "/sjop-terugroepingen/{id}": {"get": SC},
    "/sjop-terugroepingen/{id}/intrekking": {"post": SC},
    "/sjop-inbrengen": {"get": SC, "post": SC},
    "/sjop-inbrengen/{id}": {"get": SC},
    "/sjop-inbrengen/{id}/controle": {"post": SC},
    "/sjop-inbrengen/{id}/afkeuring": {"post": SC},
    "/sjop-inbrengen/{id}/terugdraaiing": {"post": SC},
    "/sjop-verslag": {"get": SC},
    "/sjop-passen": {"get": SC, "post": SC},
    "/sjop-passen/{id}": {"get": SC},
    "/sjop-passen/{id}/afspraak": {"put": SC, "delete": SC},
    "/sjop-tijdsloten": {"get": SC},
    "/sjop-aanvragen": {"get": SC, "post": SC},
    "/sjop-aanvragen/{id}": {"get": SC},
    "/sjop-aanvragen/{id}/annulering": {"post": SC},
    "/sjop-uitgiften": {"get": SC, "post": SC},
    "/sjop-uitgiften/{id}": {"get": SC},
    "/sjop-uitgiften/{id}/terugdraaiing": {"post": SC},
    "/sjop-bruiklenen": {"get": SC},
    "/sjop-bruiklenen/{id}": {"get": SC},
    "/sjop-bruiklenen/{id}/verlenging": {"post": SC},
    "/sjop-bruiklenen/{id}/retour": {"post": SC},
    "/sjop-bruiklenen/{id}/verlies": {"post": SC},
    "/berichten": {"get": ZC},
    "/berichten/{bericht_id}/besluit": {"post": C},
    "/berichtstand": {"get": C},
    "/onbereikbaar": {"get": C},
    "/onbereikbaar/{taak_id}": {"delete": C},
    "/berichtteksten": {"get": C},
    "/berichtteksten/{soort}/{kanaal}/{taal}": {"put": C},
    "/berichttekst-voorbeelden": {"post": C},
    "/briefpartijen": {"get": C, "post": C},
    "/briefpartijen/{partij_id}": {"get": C},
    "/briefpartijen/{partij_id}/pdf": {"get": C},
    "/briefpartijen/{partij_id}/gedrukt": {"post": C},
    "/briefpartijen/{partij_id}/annulering": {"post": C},
    "/pushsleutel": {"get": ZC},
    "/pushabonnementen": {"post": ZC},
    "/pushabonnementen/{abonnement_id}": {"delete": ZC},
    "/herinneringsregels": {"get": C},
    "/herinneringsregels/{soort}/{ontvanger}": {"put": C},
    "/herinneringsregel-voorbeelden": {"post": C},
    "/vooruitblik": {"get": C},
    "/gezinnen/{gezin_id}/kanaalstops/{kanaal}": {"put": ZC, "delete": C},
    "/gezinnen/{gezin_id}/toestemmingen/{doel}": {"put": ZC, "delete": ZC},
    "/gezinnen": {"get": ZC},
    "/gezinnen/{gezin_id}": {"get": ZC, "patch": C},
    "/gezinnen/{gezin_id}/sjop-aanvragen": {"post": ZC},
    "/gezinnen/{gezin_id}/contactstop": {"put": ZC, "delete": C},
    "/gezinnen/{gezin_id}/verhuizing": {"post": C},
    "/gezinnen/{gezin_id}/contactherstel": {"post": C},
    "/gezinnen/{gezin_id}/berichthervatting": {"post": C},
    "/gezinskoppelingen": {"get": C, "post": C},
    "/gezinskoppelingen/{koppeling_id}": {"get": C},
    "/gezinskoppelingen/{koppeling_id}/beoordeling": {"post": C},
    "/pasgeborenen": {"get": ZC},
    "/pasgeborenen/{pasgeborene_id}": {"get": ZC},
    "/pasgeborenen/{pasgeborene_id}/overlijden": {"post": ZC},
    "/pasgeborenen/{pasgeborene_id}/herstel": {"post": C},
    "/overdrachten": {"get": C},
    "/ooievaarsmoeders": {"get": ZC, "post": C},
    "/ooievaarsmoeders/{moeder_id}": {"get": ZC, "patch": C},
    "/ooievaarsmoeders/{moeder_id}/apparaten": {"get": ZC},
    "/ooievaarsmoeders/{moeder_id}/koppelcodes": {"post": C},
    "/ooievaarsmoeders/{moeder_id}/overdracht": {"post": C},
    "/ooievaarsmoeders/{moeder_id}/afwezigheden": {"get": ZC, "post": ZC},
    "/ooievaarsmoeders/{moeder_id}/afwezigheden/{afwezigheid_id}": {"delete": ZC},
    "/ooievaarsmoeders/{moeder_id}/relaties": {"get": ZC, "post": ZC},
    "/ooievaarsmoeders/{moeder_id}/relaties/{relatie_id}": {"delete": ZC},
    "/bezoeken": {"get": ZC, "post": C},
    "/bezoeken/{bezoek_id}": {"get": ZC},
    "/bezoeken/{bezoek_id}/toewijzing": {"put": C, "delete": C},
    "/bezoeken/{bezoek_id}/voorstellen": {"get": C},
    "/bezoeken/{bezoek_id}/aanvaarding": {"post": ZC},
    "/bezoeken/{bezoek_id}/afwijzing": {"post": ZC},
    "/bezoeken/{bezoek_id}/afspraak": {"put": ZC},
    "/bezoeken/{bezoek_id}/pogingen": {"post": ZC},
    "/bezoeken/{bezoek_id}/afronding": {"post": ZC},
    "/bezoeken/{bezoek_id}/weigering": {"post": ZC},
    "/bezoeken/{bezoek_id}/sluiting": {"post": C},
    "/bezoeken/{bezoek_id}/herstel": {"post": C},
    "/bezoeken/{bezoek_id}/venster": {"put": C},
    "/bezoeken/{bezoek_id}/incheck": {"post": ZC},
    "/bezoeken/{bezoek_id}/uitcheck": {"post": ZC},
    "/bezoeken/{bezoek_id}/verlenging": {"post": ZC},
    "/bezoeken/{bezoek_id}/maatregelen": {"get": ZC},
    "/inchecks": {"get": C},
    "/gezinnen/{gezin_id}/veiligheidsvlaggen": {"get": C, "post": ZC},
    "/gezinnen/{gezin_id}/veiligheidsvlaggen/{vlag_id}": {"delete": C},
    "/achterwachtdiensten": {"get": ZC, "post": C},
    "/achterwachtdiensten/{dienst_id}": {"get": ZC, "patch": C, "delete": C},
    "/alarmen": {"get": ZC},
    "/alarmen/{alarm_id}": {"get": ZC},
    "/alarmen/{alarm_id}/claim": {"post": ZC},
    "/alarmen/{alarm_id}/afsluiting": {"post": ZC},
    "/geboortemeldingen": {"get": BC, "post": BC},
    "/geboortemeldingen/{id}": {"get": BC},
    "/geboortemeldingen/{id}/beoordeling": {"post": C},
    "/geboortemeldingen/{id}/beoordeling/herstel": {"post": C},
    "/geboorteimporten": {"get": BC, "post": BC},
    "/geboorteimporten/{id}": {"get": BC},
    "/dekking": {"get": C | {"jens"}},
    "/sjpruutcafes": {"get": CAFES, "post": C},
    "/sjpruutcafes/{cafe_id}": {"get": CAFES, "patch": C},
    "/sjpruutcafes/{cafe_id}/afgelasting": {"post": C},
    "/sjpruutcafes/{cafe_id}/agenda": {"get": CAFES},
    "/sjpruutcafes/{cafe_id}/uitnodigingen": {"post": C},
    "/sjpruutcafes/{cafe_id}/aanmeldingen": {"get": GC, "post": ZC | {"gastvrouw"}},
    "/sjpruutcafes/{cafe_id}/aanmeldingen/{aanmelding_id}": {"delete": ZC | {"gastvrouw"}},
    "/sjpruutcafes/{cafe_id}/aanmeldingen/{aanmelding_id}/aanname": {"post": ZC | {"gastvrouw"}},
    "/sjpruutcafes/{cafe_id}/aanwezigheid": {"get": GC, "put": GC},
    "/sjpruutcafereeksen": {"post": C},
    "/cafeplaatsen": {"get": C, "post": C},
    "/cafeplaatsen/{plaats_id}": {"get": C, "patch": C},
    "/agendafeeds": {"get": C, "post": C},
    "/agendafeeds/{feed_id}": {"delete": C},
}


@cache
def routes() -> list[tuple[str, str]]:
    """Every (path, method) of the document."""
    paden = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [(pad, methode) for pad, methoden in paden.items() for methode in methoden]


def roep(client: APIClient, pad: str, methode: str, staart: str = ""):
    """Call the route with ids that nobody has and an empty body."""
    adres = "/api/v1" + re.sub(r"{\w+}", lambda _: str(uuid4()), pad) + staart
    if methode == "get":
        return client.get(adres)
    return getattr(client, methode)(adres, {}, format="json")


def test_the_table_has_exactly_the_routes_of_the_document():
    assert {(pad, methode) for pad, methoden in RECHTEN.items() for methode in methoden} == set(routes())


@pytest.mark.parametrize("rol", sorted(ALLEN))
def test_a_role_gets_past_the_door_exactly_where_the_table_says(als, rol):
    client = als(rol)
    anders = []
    for pad, methode in routes():
        toegestaan = RECHTEN[pad][methode]
        antwoord = roep(client, pad, methode)
        if toegestaan & {rol, "*"}:
            # Past the door: an unknown id, an empty body or JSON for a file is refused for its own reason.
            goed = antwoord.status_code in (200, 400, 404, 415)
        else:
            goed = (antwoord.status_code, antwoord.json()["code"]) == (403, "nietToegestaan")
        if not goed:
            anders.append((methode, pad, antwoord.status_code))
    assert not anders


def test_somebody_without_a_role_may_only_ask_who_he_is(als):
    client = als()
    open_voor_hem = {
        (pad, methode) for pad, methode in routes() if roep(client, pad, methode).status_code not in (401, 403)
    }
    assert open_voor_hem == {("/mij", "get"), ("/apparaten", "post")}


def test_without_a_token_everything_that_is_not_public_is_401():
    client = APIClient()
    for pad, methode in routes():
        antwoord = roep(client, pad, methode)
        if RECHTEN[pad][methode] is OPENBAAR:
            assert antwoord.status_code == 400
        else:
            gezien = (antwoord.status_code, antwoord["WWW-Authenticate"], antwoord.json()["code"])
            assert gezien == (401, "Bearer", "nietAangemeld"), (methode, pad)


def test_a_path_with_a_slash_does_not_exist(als):
    client = als("coordinator")
    for pad, methode in routes():
        antwoord = roep(client, pad, methode, "/")
        assert (antwoord.status_code, antwoord["Content-Type"]) == (404, "application/problem+json"), (methode, pad)


def test_the_right_is_refused_before_the_body_is_read(als):
    antwoord = als("jens").post("/api/v1/bezoeken", "{broken", content_type="application/json")
    assert antwoord.status_code == 403
