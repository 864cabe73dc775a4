"""Canaries: invented names, numbers and addresses through every route, in good, bad and failing calls.

Nothing of them may be in a log line, a task's arguments, a URL that we give, or the answer to a call that failed. No
mask recognises a name, so this finds every place that writes one down.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from celery import Celery
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, transaction
from drf_spectacular.generators import SchemaGenerator

from bezoeken.models import Geboorteimport
from config.celery import app as celery
from notifications.models import Bericht
from ooievaar.models import Gezin
from ooievaar.platform import clock
from ooievaar.platform.masking import MaskFilter
from ooievaar.platform.views import ApiView
from tests.architecture.test_rechten import OPENBAAR, RECHTEN
from tests.architecture.wereld import Wereld
from tests.factories import ContactpersoonFactory, PasgeboreneFactory
from tests.factories.notifications import BerichtFactory

pytestmark = pytest.mark.django_db

NAAM = "Kanarievogel"
KANARIES = (NAAM, "Kanariestraat", "kanarie@nest.example", "+31698765432", "0698765432", "6499 QX", "6499QX")
# For the few paths that name a kind of message and no row.
ZONDER_RIJ = {"soort": "aankondiging", "ontvanger": "gezin", "kanaal": "email", "taal": "nl", "partij_id": UUID(int=1)}
PER_NAAM = {
    "telefoonnummer": "+31698765432",
    "diensttelefoon": "+31698765432",
    "emailadres": "kanarie@nest.example",
    "postcode": "6499 QX",
    "straat": "Kanariestraat",
}


def gezien(tekst: str) -> list[str]:
    return [kanarie for kanarie in KANARIES if kanarie.lower() in tekst.lower()]


class Logboek(logging.Handler):
    """Every line as the console would get it (LOGGING in the settings)."""

    def __init__(self) -> None:
        super().__init__()
        self.regels: list[str] = []
        self.addFilter(MaskFilter())
        self.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"], style="{"))

    def emit(self, record: logging.LogRecord) -> None:
        self.regels.append(self.format(record))


@pytest.fixture
def logboek() -> Iterator[list[str]]:
    handler = Logboek()
    wortel = logging.getLogger()
    niveau = wortel.level
    wortel.addHandler(handler)
    wortel.setLevel(settings.LOGGING["root"]["level"])
    yield handler.regels
    wortel.removeHandler(handler)
    wortel.setLevel(niveau)


def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def vul(schema: dict[str, Any], delen: dict[str, Any], *, goed: bool, naam: str = "") -> Any:
    """A body for a schema with canaries wherever text goes; not `goed`: also where a code, a day or a number goes."""
    if "$ref" in schema:
        return vul(delen[schema["$ref"].rpartition("/")[2]], delen, goed=goed, naam=naam)
    for samen in ("allOf", "oneOf", "anyOf"):
        if samen in schema:
            return vul(schema[samen][0], delen, goed=goed, naam=naam)
    if "enum" in schema:
        return next(w for w in schema["enum"] if w) if goed else NAAM
    soort = schema.get("type")
    match soort[0] if isinstance(soort, list) else soort:
        case "object":
            return {n: vul(s, delen, goed=goed, naam=n) for n, s in schema.get("properties", {}).items()}
        case "array":
            return [vul(schema["items"], delen, goed=goed, naam=naam)]
        case "boolean":
            return False
        case "integer" | "number":
            return schema.get("minimum", 1) if goed else NAAM
    match schema.get("format"):
        case "uuid":
            return str(uuid4())
        case "date":
            return "2026-10-10" if goed else NAAM
        case "date-time":
            return clock.nu().isoformat() if goed else NAAM
    return PER_NAAM.get(naam, NAAM)


@pytest.fixture
def wereld() -> Wereld:
    wereld = Wereld()
    Gezin.objects.update(straat="Kanariestraat", postcode="6499QX")
    for zaak in wereld.zaken.values():
        ContactpersoonFactory(
            gezin=zaak.gezin, naam=NAAM, telefoonnummer="+31698765432", emailadres="kanarie@nest.example"
        )
        PasgeboreneFactory(gezin=zaak.gezin, achternaam=NAAM)
    return wereld


def aanroepen(wereld: Wereld, als: Any) -> Iterator[tuple[Any, str, str, dict[str, Any]]]:
    """Every route of the document as the roles that may call it, with ids of their own rows."""
    rijen = wereld.rijen()
    clients = {rol: als(gebruiker=wie) for rol, wie in wereld.mensen.items()}
    for pad, methoden in document()["paths"].items():
        for methode, operatie in methoden.items():
            for rol in sorted(RECHTEN[pad][methode] - OPENBAAR) or ["coordinator"]:
                if rol in clients:
                    ids = rijen[pad][rol].eigen if rol in rijen.get(pad, {}) else ZONDER_RIJ
                    yield clients[rol], methode, "/api/v1" + pad.format(**ids), operatie


def roep(client: Any, methode: str, adres: str, lichaam: Any) -> Any:
    with transaction.atomic():
        antwoord = client.get(adres) if methode == "get" else getattr(client, methode)(adres, lichaam, format="json")
        transaction.set_rollback(True)
    return antwoord


def lichamen(operatie: dict[str, Any], delen: dict[str, Any]) -> list[Any]:
    inhoud = operatie.get("requestBody", {}).get("content", {}).get("application/json")
    return [vul(inhoud["schema"], delen, goed=goed) for goed in (True, False)] if inhoud else [{}]


def test_no_route_writes_a_person_down(wereld, als, logboek, monkeypatch):
    taken: list[str] = []
    monkeypatch.setattr(Celery, "send_task", lambda self, *a, **k: taken.append(repr((a, k))))
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, *a, **k: taken.append(repr((self.name, a, k))))
    delen = document()["components"]["schemas"]
    fout = []
    gelukt = geweigerd = 0
    for client, methode, adres, operatie in aanroepen(wereld, als):
        for lichaam in lichamen(operatie, delen):
            antwoord = roep(client, methode, adres, lichaam)
            adressen = antwoord.get("Location", "")
            if antwoord.status_code < 400:
                gelukt += 1
                inhoud = antwoord.content.decode("utf-8", "replace")
                adressen += " ".join(re.findall(r'"(?:next|previous)":"([^"]*)"', inhoud))
            else:
                geweigerd += 1
                adressen += antwoord.content.decode()
            if gezien(adressen):
                fout.append((methode, adres, antwoord.status_code, gezien(adressen)))
            assert antwoord.status_code < 500, (methode, adres)
    assert gelukt > 60
    assert geweigerd > 60
    assert fout == []
    assert gezien("\n".join(logboek)) == []
    assert gezien("\n".join(taken)) == []


def test_a_failure_in_any_route_tells_nobody_anything(wereld, als, logboek, monkeypatch):
    """The exception itself carries the canaries, as one from a library would."""

    def stuk(self: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"unexpected: {' '.join(KANARIES)}")

    monkeypatch.setattr(ApiView, "initial", stuk)
    fout = []
    gedaan = 0
    for client, methode, adres, _operatie in aanroepen(wereld, als):
        client.raise_request_exception = False
        antwoord = roep(client, methode, adres, {"naam": NAAM})
        gedaan += 1
        if antwoord.status_code != 500 or gezien(antwoord.content.decode()):
            fout.append((methode, adres, antwoord.status_code))
    assert gedaan > 100
    assert fout == []
    assert [regel for regel in logboek if "RuntimeError" in regel], "the failure itself is logged, with its place"
    assert gezien("\n".join(logboek)) == []


class StukkeMail(BaseEmailBackend):
    """A mail server whose errors quote the letter, as real ones do."""

    def send_messages(self, berichten: Any) -> int:
        raise OSError(f"550 rejected: {berichten[0].to} {berichten[0].body}")


def test_no_task_writes_a_person_down(wereld, logboek, settings, tmp_path):
    """Every task of ours, with people in the database, a mail server that quotes them, and a file full of faults."""
    settings.EMAIL_BACKEND = f"{__name__}.{StukkeMail.__name__}"
    bericht = BerichtFactory(gezin=wereld.zaken["eigen"].gezin)
    beginnen = Geboorteimport.objects.create(gebied=wereld.hier, begonnen_op=clock.nu(), bestandsnaam=f"{NAAM}.csv")
    regel = f"gemeente;k1;geen datum;{NAAM};{NAAM};Kanariestraat;elf;6499 QX;Heerlen\n"
    kop = "bron;kenmerk;geboortedatum;voornaam;achternaam;straat;huisnummer;postcode;woonplaats\n"
    beginnen.delen.create(nummer=0, inhoud=(kop + 2 * regel).encode())
    celery.loader.import_default_modules()
    namen = sorted(naam for naam in celery.tasks if not naam.startswith("celery."))
    assert len(namen) >= 6
    for naam in namen:
        argumenten = [str(beginnen.pk)] if naam == "bezoeken.importeer" else []
        celery.tasks[naam].apply(args=argumenten)
    beginnen.refresh_from_db()
    assert (beginnen.status, beginnen.regels_met_fout) == ("klaar", 2)
    assert gezien(repr(beginnen.fouten)) == []
    assert mail.outbox == []
    bericht.refresh_from_db()
    assert bericht.status != "verzonden"
    assert gezien("\n".join(Bericht.objects.values_list("fout", flat=True))) == []
    assert gezien("\n".join(logboek)) == []


@pytest.mark.skipif("TEST_DATABASE_TEMPLATE" not in os.environ, reason="the log of somebody else's PostgreSQL")
def test_postgresql_writes_no_person_down(wereld):
    """An error in a statement is in its log without the statement and without the row."""
    kenmerk = f"bewijs_{uuid4().hex}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {kenmerk} (naam text CONSTRAINT c_{kenmerk} CHECK (naam <> %s))", [NAAM])
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f"INSERT INTO {kenmerk} VALUES (%s)", [NAAM])
    log = (Path(os.environ["DATA_DIR"]) / "logs" / "postgresql.log").read_text(encoding="utf-8", errors="replace")
    assert f"c_{kenmerk}" in log
    assert gezien(log) == []
