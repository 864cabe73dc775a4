"""Schemathesis asks what nobody would: generated calls per role, held against the published document.

No 500, no status, content type or header that the document does not name, no answer that differs from its schema. The
calls are the same every time, and few enough for each push; for a longer search, against `make run`:

    .venv/bin/schemathesis run http://127.0.0.1:8000/api/v1/openapi.json -H "Authorization: Bearer $TOKEN"
"""

from __future__ import annotations

from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ooievaar.platform.openapi import met_korte_namen
from tests.architecture import test_rechten
from tests.e2e.binnen import Binnen, commando
from tests.e2e.conftest import Site

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLLEN = {
    "coordinator": "coordinator",
    "simone": "ooievaarsmoeder",
    "bron": "bron",
    "sjop": "sjop",
    "jens": "jens",
    "beheerder": "beheerder",
}
# The table of rights, by the paths of the published document.
RECHTEN = {
    pad: test_rechten.RECHTEN[echt]
    for echt in test_rechten.RECHTEN
    for pad in met_korte_namen({"paths": {echt: {}}})["paths"]
}
# Calls per operation and role that may call it (who may not is held against the table of rights elsewhere).
VOORBEELDEN = 2


def bekend(site: Site, kop: dict[str, str]) -> dict[str, dict[str, str]]:
    """Ids of rows that this role can see, per list: half of the calls are about something that exists."""
    ids = {}
    for pad in RECHTEN:
        lijst, _, naam = pad.rpartition("/")
        if naam.startswith("{") and "{" not in lijst:
            antwoord = requests.get(f"{site.url}/api/v1{lijst}?pageSize=1", headers=kop, timeout=60)
            rijen = antwoord.json()["results"] if antwoord.ok else []
            if rijen:
                ids[lijst] = {naam.strip("{}"): rijen[0].get("id") or rijen[0]["code"]}
    return ids


def roep(operatie: Any, kop: dict[str, str], ids: dict[str, str]) -> str | None:
    """Call one operation some times, rightly and wrongly; returns what surprised, or None."""

    @settings(
        max_examples=VOORBEELDEN, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        case=st.one_of(operatie.as_strategy(), operatie.as_strategy(generation_mode=GenerationMode.NEGATIVE)),
        echt=st.booleans(),
    )
    def probeer(case: Any, echt: bool) -> None:
        if echt and ids:
            case.path_parameters = {**(case.path_parameters or {}), **ids}
        antwoord = case.call(headers=kop)
        case.validate_response(antwoord, checks=CHECKS)

    try:
        probeer()
    except BaseExceptionGroup as groep:
        return " | ".join(str(fout)[:800] for fout in groep.exceptions)
    except Exception as fout:
        return str(fout)[:800]
    return None


@pytest.mark.parametrize("wie", ROLLEN)
def test_no_call_surprises(spare_site: Site, binnen_kopie: Binnen, wie: str) -> None:
    kop = {"Authorization": f"Bearer {binnen_kopie(commando, 'api_token', wie).split()[-1]}"}
    document = schemathesis.openapi.from_url(f"{spare_site.url}/api/v1/openapi.json")
    ids = bekend(spare_site, kop)
    fouten = {}
    gedaan = 0
    for resultaat in document.get_all_operations():
        operatie = resultaat.ok()
        pad, methode = operatie.path, operatie.method.lower()
        if ROLLEN[wie] not in RECHTEN[pad][methode]:
            continue
        eigen = next((rij for lijst, rij in ids.items() if pad.startswith(f"{lijst}/{{")), {})
        fout = roep(operatie, kop, eigen)
        gedaan += 1
        if fout:
            fouten[operatie.label] = fout
    assert gedaan >= 4
    assert not fouten, "\n\n".join(f"{wie} {label}: {wat}" for label, wat in fouten.items())
