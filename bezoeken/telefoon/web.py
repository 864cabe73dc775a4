"""The phone app as files: its page, its service worker, its manifest and the help to install it.

Open to anybody: they hold the same words for everyone, and nothing about a family. What a phone may hold comes through
/api/v1/synchronisatie, after pairing.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

SCHIL = "/app"
_KAMER = Path(__file__).resolve().parent
# What the app needs to start without signal; types, licences and large icons stay on the server.
_NODIG = (".js", ".css")
# Types for who reads the code; no module asks for it.
_ALLEEN_TYPES = "kern/vormen.js"
_BUITEN = ("ooievaar/tokens.css", "ooievaar/ooievaar.svg")
# As the modules write it, at the end of a line; one that is missed is fetched a little later.
_IMPORT = re.compile(r'from "(\.[^"]+)";$', re.MULTILINE)


@cache
def schilbestanden() -> tuple[str, ...]:
    """The addresses of the app's files, with the hash in their names where the storage gives one."""
    map_ = _KAMER / "app"
    eigen = sorted(p.relative_to(map_).as_posix() for p in map_.rglob("*") if p.suffix in _NODIG)
    eigen.remove(_ALLEEN_TYPES)
    return tuple(static(naam) for naam in (*(f"telefoon/{naam}" for naam in eigen), *_BUITEN))


@cache
def werker() -> str:
    """sw.js with the list of files. The version follows from the files and from the page that names them."""
    bron = (_KAMER / "sw.js").read_text()
    schil = _schil()
    inhoud = [*schilbestanden(), schil, bron, *(_vingerafdruk(naam) for naam in _ongehasht())]
    versie = hashlib.sha256("\n".join(inhoud).encode()).hexdigest()[:12]
    kop = {"VERSIE": versie, "SCHIL": SCHIL, "BESTANDEN": schilbestanden()}
    return "".join(f"const {naam} = {json.dumps(waarde)};\n" for naam, waarde in kop.items()) + bron


def _schil() -> str:
    """The page. It names the modules of the first list, so that a browser fetches them side by side."""
    return get_template("telefoon/app.html").render(
        {"modules": [static(f"telefoon/{naam}") for naam in eerste_modules()]}
    )


@cache
def eerste_modules() -> tuple[str, ...]:
    """What start.js needs before it can draw: the modules it imports, and those that they import."""
    gevonden: set[str] = set()
    te_lezen = ["start.js"]
    while te_lezen:
        naam = te_lezen.pop()
        if naam not in gevonden:
            gevonden.add(naam)
            bron = (_KAMER / "app" / naam).read_text()
            te_lezen += [normpath(f"{dirname(naam)}/{ander}").lstrip("/") for ander in _IMPORT.findall(bron)]
    return tuple(sorted(gevonden))


def _ongehasht() -> list[str]:
    """Files whose name does not change with their content: all of them under a storage without hashes, in tests."""
    if hasattr(staticfiles_storage, "hashed_files"):
        return []
    return [f"telefoon/{p.relative_to(_KAMER / 'app').as_posix()}" for p in sorted((_KAMER / "app").rglob("*.js"))]


def _vingerafdruk(naam: str) -> str:
    gevonden = finders.find(naam)
    assert isinstance(gevonden, str), naam
    return hashlib.sha256(Path(gevonden).read_bytes()).hexdigest()


def _steeds_navragen(antwoord: HttpResponse) -> HttpResponse:
    """Kept, but asked for each time: a new version may not hide behind a cache."""
    antwoord["Cache-Control"] = "no-cache"
    return antwoord


@require_safe
@gzip_page
def app(request: HttpRequest) -> HttpResponse:
    """The one page of the app; everything behind the # stays on the phone."""
    return _steeds_navragen(HttpResponse(_schil()))


@require_safe
@gzip_page
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because only from there it may look after /app."""
    return _steeds_navragen(HttpResponse(werker(), content_type="text/javascript; charset=utf-8"))


@require_safe
@gzip_page
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page installable."""
    iconen = [
        {"src": static(f"telefoon/beeld/icoon-{maat}.png"), "sizes": f"{maat}x{maat}", "type": "image/png"}
        for maat in (192, 512)
    ]
    rond = {"src": static("telefoon/beeld/icoon-rond-512.png"), "sizes": "512x512", "type": "image/png"}
    inhoud = {
        "id": SCHIL,
        "name": "Ooievaar",
        "short_name": "Ooievaar",
        "description": _("Kraambezoeken van In de Box, ook zonder internet."),
        "lang": "nl",
        "dir": "ltr",
        "start_url": SCHIL,
        "scope": SCHIL,
        "display": "standalone",
        "background_color": "#f5f3ee",
        "theme_color": "#0b5d73",
        "icons": [*iconen, {**rond, "purpose": "maskable"}],
    }
    return _steeds_navragen(JsonResponse(inhoud, content_type="application/manifest+json"))


@require_safe
def installeren(request: HttpRequest) -> HttpResponse:
    """How to put the app on a phone; works without JavaScript."""
    return _steeds_navragen(render(request, "telefoon/installeren.html"))
