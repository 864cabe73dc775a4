"""Schemathesis asks what nobody would: generated calls per role, held against the published document.

No 500, no status or content type that the document does not name, no answer that differs from its schema.
"""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.factories import GebiedFactory, GezinFactory, WijkFactory, gebruiker_met_rol, toegewezen_bezoek, token_voor

CONTROLES = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
VOORBEELDEN = 8


@pytest.fixture
def document(db):
    """The document, from the app itself, whose requests leave the test's own connection open."""
    for signaal in (request_started, request_finished):
        signaal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signaal in (request_started, request_finished):
        signaal.connect(close_old_connections)


@pytest.fixture
def wereld(db):
    """A Gebied with a visit, and a token per role."""
    gebied = GebiedFactory()
    wijk = WijkFactory(gebied=gebied)
    zij = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
    bezoek = toegewezen_bezoek(zij.ooievaarsmoeder, gezin=GezinFactory(wijk=wijk))
    tokens = {rol: token_voor(gebruiker_met_rol(rol, gebied=gebied)) for rol in ("coordinator", "bron")}
    tokens["ooievaarsmoeder"] = token_voor(zij)
    bekend = {
        "bezoek_id": str(bezoek.pk),
        "gezin_id": str(bezoek.gezin_id),
        "pasgeborene_id": str(bezoek.kinderen.get().pasgeborene_id),
        "moeder_id": str(zij.ooievaarsmoeder.pk),
        "code": wijk.code,
    }
    return tokens, bekend


@pytest.mark.parametrize("rol", ["coordinator", "bron", "ooievaarsmoeder"])
def test_no_call_surprises(document, wereld, rol):
    tokens, bekend = wereld
    kop = {"Authorization": f"Bearer {tokens[rol]}"}
    fouten: dict[str, str] = {}
    for resultaat in document.get_all_operations():
        operatie = resultaat.ok()

        @settings(
            max_examples=VOORBEELDEN,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operatie.as_strategy(), echt=st.booleans())
        def roep(case, echt):
            if echt:  # half of the calls are about rows that exist
                case.path_parameters = {
                    naam: bekend.get(naam, waarde) for naam, waarde in (case.path_parameters or {}).items()
                }
            antwoord = case.call(headers=kop)
            case.validate_response(antwoord, checks=CONTROLES)

        try:
            roep()
        except BaseExceptionGroup as groep:
            fouten[operatie.label] = " | ".join(str(fout)[:600] for fout in groep.exceptions)
        except Exception as fout:
            fouten[operatie.label] = str(fout)[:600]
    assert not fouten, "\n\n".join(f"{wie}: {wat}" for wie, wat in fouten.items())
