"""The app as files: what is served, how, and that its libraries are what they say."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.test import Client

from tests.bezoeken.telefoon.node import APP

VENDOR = json.loads((APP / "vendor" / "vendor.json").read_text())
LICENTIES = {"MIT", "Apache-2.0", "ISC"}


@pytest.mark.parametrize("rij", VENDOR, ids=lambda rij: rij["package"])
def test_libraries_are_unchanged(rij):
    """The checksum is that of the published file; only a reference to a source map was taken off its end."""
    inhoud = (APP / "vendor" / rij["file"]).read_text() + rij["removed"]
    assert hashlib.sha256(inhoud.encode()).hexdigest() == rij["sha256"]
    assert rij["removed"] == "" or re.fullmatch(r"\n//# sourceMappingURL=\S+\n", rij["removed"])
    assert rij["licence"] in LICENTIES
    assert (APP / "vendor" / f"LICENSE-{rij['package']}.txt").stat().st_size > 500


def test_libraries_are_pinned_where_their_types_are_checked():
    slot = json.loads((APP.parent / "package-lock.json").read_text())["packages"]
    for rij in VENDOR:
        pakket = slot[f"node_modules/{rij['package']}"]
        assert (pakket["version"], pakket["integrity"]) == (rij["version"], rij["integrity"])
    assert {p.name for p in (APP / "vendor").glob("*.js")} == {rij["file"] for rij in VENDOR}


def test_every_module_import_can_be_hashed():
    """The storage sees an import only at the start of a line, relative, and closed by a semicolon."""
    for bestand in APP.rglob("*.js"):
        if bestand.parent.name == "vendor":
            continue
        tekst = bestand.read_text()
        zichtbaar = re.findall(r'(?m)^(?:import|export)[\s{*](?:[^;]*?)from\s*"(\.[^"]+\.js)";$', tekst)
        alle = re.findall(r'(?<!\()"(\.{1,2}/[^"]+\.js)"', re.sub(r"/\*.*?\*/", "", tekst, flags=re.S))
        assert sorted(zichtbaar) == sorted(alle), bestand.name
        assert all((bestand.parent / naam).resolve().exists() for naam in alle)


def test_no_module_is_too_long_to_read():
    lang = {
        p.name: n for p in APP.rglob("*.js") if p.parent.name != "vendor" and (n := p.read_text().count("\n")) > 320
    }
    assert lang == {}


@pytest.mark.parametrize(
    ("pad", "soort"),
    [
        ("/app", "text/html"),
        ("/app/installeren", "text/html"),
        ("/app/manifest.webmanifest", "application/manifest+json"),
        ("/sw.js", "text/javascript"),
    ],
)
def test_files_are_asked_for_each_time(pad, soort):
    antwoord = Client().get(pad)
    assert antwoord.status_code == 200
    assert antwoord["Content-Type"].startswith(soort)
    assert antwoord["Cache-Control"] == "no-cache"
    assert "'unsafe" not in antwoord["Content-Security-Policy"]
    assert Client().post(pad).status_code == 405
    assert not antwoord.cookies


def test_service_worker_lists_the_whole_app():
    tekst = Client().get("/sw.js").content.decode()
    bestanden = set(json.loads(re.search(r"const BESTANDEN = (\[.*?\]);", tekst)[1]))
    in_map = {
        f"/static/telefoon/{p.relative_to(APP).as_posix()}" for p in APP.rglob("*") if p.suffix in (".js", ".css")
    }
    in_map.remove("/static/telefoon/kern/vormen.js")  # types only; nothing asks for it
    assert in_map <= bestanden
    assert bestanden - in_map == {"/static/ooievaar/tokens.css", "/static/ooievaar/ooievaar.svg"}
    pagina = Client().get("/app").content.decode()
    assert set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', pagina)) <= bestanden


def test_page_names_what_the_first_list_needs_and_no_more():
    """Read off the modules themselves: each import of each, from start.js on."""
    nodig, te_lezen = set(), [APP / "start.js"]
    while te_lezen:
        bestand = te_lezen.pop()
        if bestand not in nodig:
            nodig.add(bestand)
            gewoon = re.findall(r'^(?:import|export)\b[^;"]*"(\.[^"]+)";', bestand.read_text(), re.MULTILINE)
            te_lezen += [(bestand.parent / naam).resolve() for naam in gewoon]
    pagina = Client().get("/app").content.decode()
    genoemd = re.findall(r'rel="modulepreload" href="/static/telefoon/([^"]+)"', pagina)
    assert sorted(genoemd) == sorted(p.relative_to(APP).as_posix() for p in nodig)
    assert "scherm/bezoek.js" not in genoemd


def test_manifest_is_complete():
    manifest = Client().get("/app/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == "/app"
    assert {i["sizes"] for i in manifest["icons"]} == {"192x192", "512x512"}
    assert any(i.get("purpose") == "maskable" for i in manifest["icons"])


def test_page_has_no_script_or_style_of_its_own():
    pagina = Client().get("/app").content.decode()
    assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", pagina) == []
