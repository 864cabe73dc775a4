"""The phone says at once, without signal, what the server would say: both get the same cases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rest_framework import serializers

from bezoeken.herinneringen import SOORTEN, Ontvanger
from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.services.afronden import bezoek_afronden
from bezoeken.kraambezoek.services.poging import poging_vastleggen
from bezoeken.models import Handeling
from bezoeken.telefoon.api.vormen import _VORMEN
from bezoeken.telefoon.grenzen import BESTAND, als_module
from bezoeken.toewijzing.api.ooievaarsmoeders import AfwezigheidIn
from bezoeken.venster import Venster, Vensterregels, fase
from ooievaar.platform.errors import Ongeldig
from ooievaar.services.ooievaarsmoeders import afwezigheid_melden
from tests.bezoeken.telefoon.node import APP, roep
from tests.factories import OoievaarsmoederFactory, toegewezen_bezoek

Soort = Handeling.Soort
NU = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
GEBOREN = date(2026, 10, 10)
NET, STRAKS, VROEGER = "2026-11-24T14:29:00Z", "2026-11-25T14:30:00Z", "2026-10-09T12:00:00Z"
# Years that no rule counts from: a slip of the thumb in the year of a date.
TE_VROEG, TE_LAAT = "0206-11-24T14:30:00Z", "9999-11-24T14:30:00Z"
VREEMD = "00000000-0000-4000-8000-000000000099"
ZONES = ["Europe/Amsterdam", "America/Los_Angeles", "Pacific/Kiritimati"]


def test_the_limits_are_those_of_the_server():
    assert BESTAND.read_text(encoding="utf-8") == als_module(), "run: manage.py schrijf_grenzen"


def test_every_kind_of_message_to_her_has_words_on_the_phone():
    naar_haar = {
        soort for soort, s in SOORTEN.items() if any(wie is Ontvanger.OOIEVAARSMOEDER for wie, _dag in s.standaard)
    }
    teksten = (APP / "teksten.js").read_text()
    for soort in [*naar_haar, "veiligheidVraag"]:
        assert f'\n      {soort}: "' in teksten, soort
    assert len(naar_haar) >= 3


POGINGEN = [
    {"moment": NET, "soort": "aanDeDeur", "uitkomst": "nietThuis"},
    {"moment": NET, "soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": STRAKS, "soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": NET, "soort": "duif", "uitkomst": "gesproken"},
    {"moment": NET, "soort": "telefoon", "uitkomst": "misschien"},
    {"moment": NET, "soort": "telefoon"},
    {"soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": "", "soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": "gisteren", "soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": TE_VROEG, "soort": "telefoon", "uitkomst": "gesproken"},
    {"moment": TE_LAAT, "soort": "telefoon", "uitkomst": "gesproken"},
    {},
]
AFRONDINGEN = [
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": ["eigen"]},
    {"bezochtOp": NET, "vorm": "elders", "dozen": []},
    {"bezochtOp": STRAKS, "vorm": "huisbezoek", "dozen": []},
    {"bezochtOp": VROEGER, "vorm": "aanDeDeur", "dozen": []},
    # The birth date itself is fine: it begins at 22:00 UTC the day before.
    {"bezochtOp": "2026-10-09T22:00:00Z", "vorm": "aanDeDeur", "dozen": []},
    {"bezochtOp": "2026-10-09T21:59:59Z", "vorm": "aanDeDeur", "dozen": []},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": ["vreemd"]},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": ["eigen", "eigen"]},
    {"bezochtOp": STRAKS, "vorm": "huisbezoek", "dozen": ["vreemd", "eigen"]},
    {"bezochtOp": NET, "vorm": "binnen", "dozen": []},
    {"bezochtOp": NET, "dozen": []},
    {"vorm": "huisbezoek", "dozen": []},
    {"bezochtOp": NET, "vorm": "huisbezoek"},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": [], "uitnodigen": "misschien"},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": [], "uitnodigen": False, "zorgGedeeld": "een beetje"},
    {"bezochtOp": TE_VROEG, "vorm": "huisbezoek", "dozen": []},
    {"bezochtOp": TE_LAAT, "vorm": "huisbezoek", "dozen": []},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": ["eigen"] * 11},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": [], "onderwerpen": ["zwemles"] * 20},
    {"bezochtOp": NET, "vorm": "huisbezoek", "dozen": [], "onderwerpen": ["zwemles"] * 21},
    {},
]
# What is judged by its form alone: what else may be in the way of it, only the server knows.
IDS = {"sjpruutcafe": VREEMD, "gezin": VREEMD}
WENS = {"categorie": "rompers", "maat": "56"}
VORMGEVALLEN = {
    Soort.AANVAARDING: [{}],
    Soort.UITCHECK: [{}],
    Soort.AFSPRAAK: [
        *({"begin": b, "duurMinuten": 60, "toch": True} for b in (NET, STRAKS, "", "straks", TE_VROEG, TE_LAAT)),
        {"begin": "1899-12-31T23:59:59Z"}, {"begin": "1900-01-01T00:00:00Z"},
        {"begin": "2199-12-31T23:59:59Z"}, {"begin": "2200-01-01T00:00:00Z"},
        {"begin": STRAKS, "toch": "ja"}, {},
    ],
    Soort.AFWIJZING: [*({"reden": reden} for reden in (*vormen.AFWIJSREDENEN, "", "zomaar")), {}],
    Soort.WEIGERING: [{"alles": True}, {"alles": False}, {"alles": "ja"}, {}],
    Soort.OVERLIJDEN: [{"pasgeborene": VREEMD}, {}],
    Soort.INCHECK: [{}],
    Soort.CAFE_AANMELDING: [IDS, {"gezin": VREEMD}, {"sjpruutcafe": VREEMD}, {}],
    Soort.SJOPAANVRAAG: [{"wensen": [WENS] * n} for n in (0, 1, 20, 21)] + [{}],
}  # fmt: skip
# With a service of their own, above; and kept as it came, for a person to read.
ELDERS = {Soort.POGING, Soort.AFRONDING, Soort.DOORVERWIJZING}
VOLLEDIG = {Soort.AFSPRAAK: {"begin": STRAKS}, Soort.CAFE_AANMELDING: IDS}
DAG, MORGEN = "2026-11-24", "2026-11-25"
AFWEZIGHEDEN = [
    {"begin": DAG}, {"begin": DAG, "eind": MORGEN, "reden": "ziek"}, {"begin": DAG, "eind": DAG}, {},
    {"begin": MORGEN, "eind": DAG}, {"begin": DAG, "reden": "zomaar"}, {"begin": "0206-11-24"}, {"begin": "9999-11-24"},
    {"begin": "20260-11-24"}, {"begin": DAG, "eind": "20260-11-24"}, {"begin": "1899-12-31"}, {"begin": "1900-01-01"},
    {"begin": "2199-12-31"}, {"begin": "2200-01-01"}, {"begin": "2026-13-01"}, {"eind": DAG},
]  # fmt: skip


def _grensgevallen(soort):
    """Around both ends of every number that its form takes, and what is no number."""
    for naam, veld in _VORMEN[soort]().fields.items():
        if isinstance(veld, serializers.IntegerField):
            laagst, hoogst = veld.min_value, veld.max_value
            for waarde in (laagst - 1, laagst, hoogst, hoogst + 1, laagst + 0.5, "veel", True):
                yield {**VOLLEDIG.get(soort, {}), naam: waarde}


@pytest.fixture
def bezoek(db):
    return toegewezen_bezoek(geboortedatum=GEBOREN)


def _van_serializer(fouten, voor=""):
    """(dotted name, code) of each fault."""
    for naam, inhoud in fouten.items():
        if isinstance(inhoud, dict):
            yield from _van_serializer(inhoud, f"{voor}{naam}.")
        else:
            yield from ((f"{voor}{naam}", fout.code) for fout in inhoud)


def _server(vorm, gegevens, doe):
    """The faults the server finds: first the form, then the service, as in every call."""
    serializer = vorm(data=gegevens)
    if not serializer.is_valid():
        return sorted(_van_serializer(serializer.errors))
    try:
        doe(serializer.validated_data)
    except Ongeldig as fout:
        return sorted((naam, code) for naam, code, _reden in fout.fouten)
    return []


def _telefoon(soort, gevallen, bij):
    uit = roep("kern/regels.js", "controleer", [[soort, geval, bij] for geval in gevallen])
    return [sorted((f["naam"], f["code"]) for f in fouten) for fouten in uit]


@pytest.mark.parametrize("nummer", range(len(POGINGEN)))
def test_attempts(bezoek, nummer):
    geval = POGINGEN[nummer]
    server = _server(vormen.PogingIn, geval, lambda g: poging_vastleggen(bezoek_id=bezoek.pk, door=None, nu=NU, **g))
    assert _telefoon("poging", [geval], {"nu": NU.timestamp() * 1000}) == [server]


@pytest.mark.parametrize("nummer", range(len(AFRONDINGEN)))
def test_visits(bezoek, nummer):
    kind = str(bezoek.kinderen.get().pasgeborene_id)
    geval = dict(AFRONDINGEN[nummer])
    if "dozen" in geval:
        geval["dozen"] = [{"pasgeborene": kind if d == "eigen" else VREEMD} for d in geval["dozen"]]
    server = _server(
        vormen.AfrondingIn,
        geval,
        lambda g: bezoek_afronden(bezoek_id=bezoek.pk, afronding=vormen.afronding_van(g), door=None, nu=NU),
    )
    bij = {"nu": NU.timestamp() * 1000, "geboortedatum": GEBOREN.isoformat(), "kinderen": [kind]}
    assert _telefoon("afronding", [geval], bij) == [server]


@pytest.mark.parametrize("soort", VORMGEVALLEN, ids=str)
def test_every_other_kind(soort):
    gevallen = [*VORMGEVALLEN[soort], *_grensgevallen(soort)]
    server = [_server(_VORMEN[soort], geval, lambda _waarden: None) for geval in gevallen]
    telefoon = _telefoon(str(soort), gevallen, {"nu": NU.timestamp() * 1000})
    for geval, zij, wij in zip(gevallen, telefoon, server, strict=True):
        assert zij == wij, geval


def test_no_kind_is_forgotten():
    assert set(VORMGEVALLEN) | ELDERS == set(Soort)


def test_being_away(db):
    moeder = OoievaarsmoederFactory()
    server = [
        _server(AfwezigheidIn, geval, lambda g: afwezigheid_melden(moeder=moeder, **({"eind": None} | g)))
        for geval in AFWEZIGHEDEN
    ]
    for geval, zij, wij in zip(AFWEZIGHEDEN, _telefoon("afwezigheid", AFWEZIGHEDEN, {"nu": 0}), server, strict=True):
        assert zij == wij, geval


@pytest.mark.parametrize("zone", ZONES)
def test_phases_are_the_same_in_every_time_zone(zone):
    regels = Vensterregels()
    vensters = [Venster(begin, begin + timedelta(days=14)) for begin in (date(2026, 3, 20), date(2028, 2, 20))]
    dagen = [(v, v.begin + timedelta(days=n)) for v in vensters for n in range(-20, 60)]
    grenzen = {"aanloop": regels.aanloop.days, "uitloop": regels.uitloop.days}
    vragen = [[{naam: d.isoformat() for naam, d in asdict(v).items()}, dag.isoformat(), grenzen] for v, dag in dagen]
    assert roep("kern/venster.js", "fase", vragen, tijdzone=zone) == [fase(v, d, regels).value for v, d in dagen]


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_is_that_of_amsterdam(zone):
    amsterdam = ZoneInfo("Europe/Amsterdam")
    # Around both DST nights of 2026, a leap day and the turn of the year, each half hour.
    begin = [datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC),
             datetime(2028, 2, 28, 20, tzinfo=UTC), datetime(2026, 12, 31, 20, tzinfo=UTC)]  # fmt: skip
    momenten = [b + timedelta(minutes=30 * n) for b in begin for n in range(20)]
    lokaal = [m.astimezone(amsterdam) for m in momenten]
    assert roep("kern/tijd.js", "dagVan", [[m.isoformat()] for m in momenten], tijdzone=zone) == [
        d.date().isoformat() for d in lokaal
    ]
    assert roep("kern/tijd.js", "uur", [[m.isoformat()] for m in momenten], tijdzone=zone) == [
        f"{d:%H:%M}" for d in lokaal
    ]
    # And back, but for the hour that comes twice: there the second one is meant.
    vragen = [[d.date().isoformat(), f"{d:%H:%M}"] for d in lokaal]
    terug = [datetime.fromisoformat(t) for t in roep("kern/tijd.js", "momentVan", vragen, tijdzone=zone)]
    assert terug == [d.replace(fold=1).astimezone(UTC) for d in lokaal]


@pytest.mark.parametrize(
    ("wacht", "status", "stap"),
    [(True, "toegewezen", "coordinator"), (False, "toegewezen", "langs"), (True, "bezocht", "klaar")],
)
def test_while_contact_waits_there_is_no_door_to_go_to(wacht, status, stap):
    bezoek = {
        "id": "b", "gezin": "g", "pasgeborenen": [], "status": status, "aanvaardOp": NET, "pogingen": [],
        "venster": {"begin": "2026-11-20", "eind": "2026-12-04"},
    }  # fmt: skip
    gezin = {"id": "g", "adres": None, "contactWacht": wacht, "contactpersonen": []}
    inhoud = {"bezoeken": [bezoek], "gezinnen": [gezin], "pasgeborenen": [], "wachtrij": []}
    regels = {"aanloop": 14, "uitloop": 28, "pogingen": 3}
    [[blik]] = roep("kern/overzicht.js", "overzicht", [[inhoud, NU.timestamp() * 1000, regels]])
    assert blik["stap"] == stap


def _blik(**velden):
    """What the phone makes of one visit in the weeks before its window; `nummer` and `wachtrij` as asked."""
    bezoek = {
        "id": "b", "gezin": "g", "pasgeborenen": [], "status": "toegewezen", "aanvaardOp": NET, "pogingen": [],
        "venster": {"begin": "2026-12-01", "eind": "2026-12-15"}, "incheck": velden.get("incheck"),
    }  # fmt: skip
    gezin = {"id": "g", "adres": None, "contactpersonen": [{"telefoonnummer": velden.get("nummer")}]}
    inhoud = {"bezoeken": [bezoek], "gezinnen": [gezin], "pasgeborenen": [], "wachtrij": []}
    regels = {"aanloop": 14, "uitloop": 28, "pogingen": 3}
    [[blik]] = roep("kern/overzicht.js", "overzicht", [[inhoud, NU.timestamp() * 1000, regels]])
    return blik


@pytest.mark.parametrize(("nummer", "stap"), [("+31612345678", "aankondigen"), (None, "wachten")])
def test_nobody_is_asked_to_announce_without_a_number(nummer, stap):
    assert _blik(nummer=nummer)["stap"] == stap


@pytest.mark.parametrize(
    ("incheck", "wachtrij", "binnen"),
    [
        (None, [], False),
        ({"verwachtEind": NET}, [], True),
        (None, [("incheck", "wacht")], True),
        (None, [("incheck", "geweigerd")], False),
        ({"verwachtEind": NET}, [("uitcheck", "wacht")], False),
        ({"verwachtEind": NET}, [("uitcheck", "geweigerd")], True),
        (None, [("incheck", "wacht"), ("uitcheck", "wacht")], False),
    ],
)
def test_whether_she_is_inside(incheck, wachtrij, binnen):
    rij = [{"bezoek": "b", "soort": soort, "status": status} for soort, status in wachtrij]
    rij.append({"bezoek": "ander", "soort": "incheck", "status": "wacht"})
    assert roep("kern/overzicht.js", "isBinnen", [[{"id": "b", "incheck": incheck}, rij]]) == [binnen]


def test_a_closed_door_counts_for_the_day_in_amsterdam():
    pogingen = [
        {"moment": "2026-11-23T22:59:00Z", "uitkomst": "nietThuis"},
        {"moment": "2026-11-24T09:00:00Z", "uitkomst": "gesproken"},
    ]
    vandaag = {"moment": "2026-11-23T23:00:00Z", "uitkomst": "nietThuis"}
    vragen = [[{"pogingen": p}, "2026-11-24"] for p in (pogingen, [*pogingen, vandaag])]
    assert roep("kern/overzicht.js", "vandaagNietThuis", vragen) == [None, vandaag["moment"]]
