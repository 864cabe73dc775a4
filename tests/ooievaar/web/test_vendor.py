"""htmx on the site's own pages: the published file, whole, with its licence; and settings that fit our CSP."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories import gebruiker_met_rol

VENDOR = json.loads(Path(finders.find("ooievaar/vendor/vendor.json")).read_text(encoding="utf-8"))


@pytest.mark.parametrize("rij", VENDOR, ids=lambda rij: rij["package"])
def test_the_file_is_the_published_one(rij):
    pad = finders.find(f"ooievaar/vendor/{rij['file']}")
    with open(pad, "rb") as bestand:
        assert hashlib.sha256(bestand.read()).hexdigest() == rij["sha256"]
    assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", rij["integrity"])
    assert rij["licence"] == "0BSD"
    with open(finders.find(f"ooievaar/vendor/LICENSE-{rij['package']}.txt"), encoding="utf-8") as licentie:
        assert "Zero-Clause BSD" in licentie.read()


@pytest.mark.django_db
def test_nothing_is_evaluated_and_nothing_of_a_page_is_kept():
    client = Client()
    client.force_login(gebruiker_met_rol("coordinator"))
    tekst = client.get("/vandaag").content.decode()
    instellingen = json.loads(re.search(r"""name="htmx-config" content='([^']+)'""", tekst)[1])
    assert instellingen["includeIndicatorStyles"] is False
    assert instellingen["allowEval"] is False
    assert instellingen["historyCacheSize"] == 0
    assert instellingen["selfRequestsOnly"] is True
