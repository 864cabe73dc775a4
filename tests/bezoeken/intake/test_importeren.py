"""Files of notices: the command, POST /geboorteimporten, resuming, and everything a file can be."""

import csv
import io
import random
from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from bezoeken.intake import lezen
from bezoeken.intake.services import importeren
from bezoeken.intake.tasks import importeer, imports_oppakken
from bezoeken.models import Bestandsdeel, Bezoek, Bezoekkind, Geboorteimport, Geboortemelding
from ooievaar.models import Postcode
from ooievaar.platform import clock
from tests.bezoeken.intake.hulp import gebied_met_adressen, shared_data
from tests.factories import GebiedFactory, WijkFactory

pytestmark = pytest.mark.django_db
PAD = "/api/v1/geboorteimporten"
KOP = lezen.KOLOMMEN


@pytest.fixture
def gebied():
    return gebied_met_adressen()


@pytest.fixture
def heerlen():
    """The programme's own wijken, with the sample postcode table."""
    gebied = GebiedFactory()
    for nummer in (10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 30, 31, 32, 34):
        WijkFactory(gebied=gebied, code=f"WK0917{nummer}")
    call_command("importeer_postcodes", str(shared_data("pc6hnr_voorbeeld.csv")))
    return gebied


def rij(nummer: int, **anders) -> dict:
    basis = dict.fromkeys(KOP, "") | {
        "bron": "gemeente",
        "kenmerk": f"R-{nummer}",
        "achternaam": f"Voorbeeld{nummer}x",
        "straat": "Boxpad",
        "geboortedatum": (clock.vandaag() - timedelta(days=9)).strftime("%d-%m-%Y"),
        "voornaam": "Sem",
        "huisnummer": str(nummer),
        "postcode": "6400 AA",
        "woonplaats": "Heerlen",
        "geheim": "nee",
    }
    return basis | anders


def als_csv(rijen, *, scheiding=";", codering="utf-8", kop=KOP) -> bytes:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, kop, delimiter=scheiding, extrasaction="ignore")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue().encode(codering)


def als_xlsx(rijen, kop=KOP) -> bytes:
    boek = openpyxl.Workbook()
    boek.active.append(list(kop))
    for r in rijen:
        boek.active.append([r[k] if r[k] != "" else None for k in kop])
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def lees_in(gebied, inhoud: bytes, proef=False) -> Geboorteimport:
    import_ = importeren.import_beginnen(gebied=gebied, door=None, bestandsnaam="x", proef=proef, nu=clock.nu())
    return importeren.bestand_inlezen(rij=import_, bestand=io.BytesIO(inhoud), nu=clock.nu())


def totalen(i: Geboorteimport) -> tuple[int, ...]:
    assert i.regels == i.verwerkt + i.bekend + i.te_beoordelen + i.afgewezen + i.regels_met_fout
    return (i.verwerkt, i.bekend, i.te_beoordelen, i.afgewezen, i.regels_met_fout)


def test_the_hard_rows_get_their_expected_verdicts(heerlen, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+01:00")
    with open(shared_data("geboorten_lastig_verwacht.csv")) as f:
        verwacht = list(csv.DictReader(f, delimiter=";"))
    with open(shared_data("geboorten_lastig.csv"), "rb") as f:
        records = list(lezen.records(f))
    assert [r.nummer for r in records] == [int(v["rij"]) for v in verwacht]
    for record, v in zip(records, verwacht, strict=True):
        voor = Geboortemelding.objects.count()
        losse = lees_in(
            heerlen, als_csv([record.waarden]) if not record.fout else als_csv([]) + b"gemeente;L-20;05-11-2026\n"
        )
        nieuw = Geboortemelding.objects.order_by("-gemeld_op", "-pk").filter(geboorteimport=losse).first()
        if v["verdict"] == "fout":
            assert [f["veld"] for f in losse.fouten] == [v["veld"]], v
        elif v["verdict"] == "bekend":
            assert losse.bekend == 1
            assert Geboortemelding.objects.count() == voor
        elif v["verdict"] in ("teBeoordelen", "afgewezen"):
            assert (nieuw.status, nieuw.redenen) == (v["verdict"], [v["reden"]]), v
        else:
            uitkomst = {"verwerkt": "nieuw"}.get(v["verdict"], v["verdict"])
            assert (nieuw.status, nieuw.uitkomst) == ("verwerkt", uitkomst), v


def test_the_hard_file_as_a_whole_and_a_second_time(heerlen, time_machine, capsys):
    time_machine.move_to("2026-11-24T09:00:00+01:00")
    pad = str(shared_data("geboorten_lastig.csv"))
    call_command("importeer_geboorten", pad, "--proef")
    assert not Geboortemelding.objects.exists()
    for verwacht in ((10, 1, 6, 2, 7), (0, 19, 0, 0, 7)):
        call_command("importeer_geboorten", pad)
        assert totalen(Geboorteimport.objects.order_by("begonnen_op", "gewijzigd_op").last()) == verwacht
    proef = Geboorteimport.objects.get(proef=True)
    assert totalen(proef) == (10, 1, 6, 2, 7)
    assert [(f["regel"], f["veld"]) for f in proef.fouten] == [
        (13, "geboortedatum"),
        (14, "geboortedatum"),
        (15, "geboortedatum"),
        (22, "kenmerk"),
        (23, "bron"),
        (25, "achternaam"),
        (27, "regel"),
    ]
    assert "calc" not in str(proef.fouten)
    assert "L-07" not in str(proef.fouten)
    assert "regels 26, verwerkt 10, bekend 1, teBeoordelen 6, afgewezen 2, met fouten 7" in capsys.readouterr().out


def test_the_autumn_file_twins_joined_and_a_second_time_nothing(heerlen, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+01:00")
    inhoud = shared_data("geboorten_najaar_2026_voorbeeld.csv").read_bytes()
    assert totalen(lees_in(heerlen, inhoud)) == (101, 0, 0, 0, 0)
    assert Bezoek.objects.count() == 98
    assert Bezoekkind.objects.count() == 101
    assert totalen(lees_in(heerlen, inhoud)) == (0, 101, 0, 0, 0)
    assert Bezoek.objects.count() == 98


def test_the_year_replayed_week_by_week(heerlen, time_machine):
    with open(shared_data("geboorten_2026_voorbeeld.csv"), encoding="utf-8-sig") as f:
        rijen = list(csv.DictReader(f, delimiter=";"))
    per_week: dict[date, list] = {}
    for r in rijen:
        dag = r["geboortedatum"]
        geboren = date.fromisoformat(dag) if dag[4] == "-" else date(int(dag[6:]), int(dag[3:5]), int(dag[:2]))
        per_week.setdefault(geboren - timedelta(days=geboren.weekday()) + timedelta(days=9), []).append(r)
    tellingen: Counter = Counter()
    for dag, deel in sorted(per_week.items()):
        time_machine.move_to(f"{dag}T09:00:00+00:00")
        tellingen.update(dict(enumerate(totalen(lees_in(heerlen, als_csv(deel))))))
    assert sum(tellingen.values()) == len(rijen) == 448
    assert dict(tellingen) == {0: 448, 1: 0, 2: 0, 3: 0, 4: 0}
    assert (Bezoekkind.objects.count(), Bezoek.objects.count()) == (448, 439)  # 9 pairs of twins
    assert Bezoek.objects.filter(late_melding=True).count() == 0


def test_all_at_once_the_year_leaves_what_is_past_to_a_person(heerlen, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+01:00")
    lees_in(heerlen, shared_data("geboorten_2026_voorbeeld.csv").read_bytes())
    oud = Geboortemelding.objects.filter(geboortedatum__lt=date(2026, 11, 24) - timedelta(days=84))
    assert oud.exists()
    assert all("teOud" in m.redenen for m in oud)


@pytest.mark.parametrize("scheiding", [";", ",", "\t"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_way_to_write_csv(gebied, scheiding, codering):
    inhoud = als_csv([rij(1, voornaam="Zoë", achternaam="Çelik")], scheiding=scheiding, codering=codering)
    assert totalen(lees_in(gebied, inhoud)) == (1, 0, 0, 0, 0)
    assert totalen(lees_in(gebied, als_csv([rij(1, voornaam="Zoë", achternaam="Çelik")]))) == (0, 1, 0, 0, 0)


def test_columns_in_any_order_with_others_between(gebied):
    kop = ["afdeling", *reversed(KOP)]
    inhoud = als_csv([{**rij(1), "afdeling": "x"}], kop=kop).replace(b"kenmerk", b" KENMERK ", 1)
    assert totalen(lees_in(gebied, inhoud + b"\r\n;;;;;;;;;;;;;;;;;;\r\n")) == (1, 0, 0, 0, 0)


def test_xlsx_is_the_same_as_csv(gebied):
    echt = rij(
        2, geboortedatum=clock.vandaag() - timedelta(days=9), huisnummer=2.0, geheim=False, telefoonnummer=612340008
    )
    assert totalen(lees_in(gebied, als_xlsx([rij(1), echt]))) == (2, 0, 0, 0, 0)
    assert totalen(lees_in(gebied, als_csv([rij(1), rij(2, telefoonnummer="06 12340008")]))) == (0, 2, 0, 0, 0)


def test_json_and_csv_are_compared_alike(als, gebied):
    from tests.bezoeken.intake.hulp import melding

    als("bron", gebied=gebied).post(
        "/api/v1/geboortemeldingen", melding("X-1", contactpersoon__rol="andereOuder"), format="json"
    )
    in_csv = rij(
        12,
        kenmerk="X-1",
        voornaam="noor",
        achternaam="DE VRIES VOORBEELD",
        contactpersoon="a. de vries voorbeeld",
        rol="Andere ouder",
        geboortedatum=(clock.vandaag() - timedelta(days=10)).isoformat(),
    )
    assert totalen(lees_in(gebied, als_csv([in_csv]))) == (0, 1, 0, 0, 0)
    assert totalen(lees_in(gebied, als_csv([in_csv | {"voornaam": "Nora"}]))) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (b"", "leeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "geenTabel"),
        (b"Beste mensen, hierbij de lijst.\n", "geenTabel"),
        (b"PK\x03\x04kapot", "geenTabel"),
        (b"bron;kenmerk;\x81\x8d\n", "onbekendeTekens"),
        (als_csv([], kop=[k for k in KOP if k not in ("postcode", "bron")]), "kolomOntbreekt"),
        (als_csv([], kop=[*KOP, "bron"]), "dubbeleKolom"),
    ],
)
def test_a_file_refused_whole(gebied, als, inhoud, reden, tmp_path):
    import_ = lees_in(gebied, inhoud)
    assert (import_.status, import_.reden, import_.regels) == ("mislukt", reden, 0)
    if reden == "kolomOntbreekt":
        assert [f["veld"] for f in import_.fouten] == ["bron", "postcode"]
    pad = tmp_path / "x.csv"
    pad.write_bytes(inhoud)
    with pytest.raises(CommandError, match=reden):
        call_command("importeer_geboorten", str(pad))
    if not inhoud.startswith(b"PK"):
        antwoord = als("bron", gebied=gebied).post(
            PAD, {"bestand": SimpleUploadedFile("x.csv", inhoud)}, format="multipart"
        )
        assert antwoord.status_code == 400
        assert [(f["name"], f["code"]) for f in antwoord.json()["invalidParams"]] == [("bestand", reden)]


def test_a_zip_bomb_is_refused_unopened(gebied, monkeypatch):
    monkeypatch.setattr(lezen, "MAX_UITGEPAKT", 100)
    assert lees_in(gebied, als_xlsx([rij(1)])).reden == "teGroot"


def test_a_bad_row_stops_no_other(gebied):
    rijen = [rij(1), rij(2, geboortedatum="31-04-2026", bron="x", kenmerk=""), rij(3, telefoonnummer="12345"), rij(4)]
    import_ = lees_in(gebied, als_csv(rijen) + b'gemeente;"open\n')
    assert totalen(import_) == (2, 0, 1, 0, 2)
    assert [(f["regel"], f["veld"], f["reden"]) for f in import_.fouten] == [
        (3, "bron", "onbekendeKeuze"),
        (3, "kenmerk", "verplicht"),
        (3, "geboortedatum", "ongeldig"),
        (6, "regel", "onleesbaar"),
    ]
    assert all(set(f) == {"regel", "veld", "reden", "tekst"} for f in import_.fouten)


def test_the_api_reads_in_the_background(als, gebied, django_capture_on_commit_callbacks, monkeypatch):
    client = als("coordinator", gebied=gebied)
    gebeld = []
    monkeypatch.setattr(importeer, "delay", gebeld.append)
    bestand = SimpleUploadedFile("lijst.csv", als_csv([rij(1), rij(2)]))
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = client.post(PAD, {"bestand": bestand, "proef": "false"}, format="multipart")
    assert antwoord.status_code == 202
    id_ = antwoord.json()["id"]
    assert antwoord["Location"] == f"{PAD}/{id_}"
    assert gebeld == [id_]
    assert client.get(antwoord["Location"]).json()["status"] == "bezig"
    for _keer in range(2):  # a doubled doorbell doubles nothing
        importeer(id_)
    data = client.get(antwoord["Location"]).json()
    assert {k: data[k] for k in ("status", "regels", "verwerkt", "bekend", "teBeoordelen", "afgewezen", "fouten")} == {
        "status": "klaar",
        "regels": 2,
        "verwerkt": 2,
        "bekend": 0,
        "teBeoordelen": 0,
        "afgewezen": 0,
        "fouten": [],
    }
    assert not Bestandsdeel.objects.exists()
    assert als("coordinator").get(antwoord["Location"]).status_code == 404
    assert als("bron", gebied=gebied).get(antwoord["Location"]).status_code == 404
    assert client.get(PAD).json()["count"] == 1


def test_without_a_broker_the_file_is_accepted_and_the_sweep_reads_it(
    als, gebied, django_capture_on_commit_callbacks, monkeypatch
):
    def stuk(_id):
        raise ConnectionError

    monkeypatch.setattr(importeer, "delay", stuk)
    with django_capture_on_commit_callbacks() as callbacks:
        antwoord = als("bron", gebied=gebied).post(
            PAD, {"bestand": SimpleUploadedFile("x.csv", als_csv([rij(1)]))}, format="multipart"
        )
    assert antwoord.status_code == 202
    assert len(callbacks) == 1
    imports_oppakken()
    assert Geboorteimport.objects.get().status == "bezig"  # too early: somebody may be at it
    monkeypatch.setattr(importeren, "STIL", timedelta(seconds=-60))
    imports_oppakken()
    assert totalen(Geboorteimport.objects.get()) == (1, 0, 0, 0, 0)


def test_a_killed_worker_resumes_without_doubling(gebied, monkeypatch):
    monkeypatch.setattr(importeren, "PARTIJ", 4)
    inhoud = als_csv([rij(n) for n in range(1, 11)])
    import_ = importeren.import_beginnen(
        gebied=gebied, door=None, bestandsnaam="", proef=False, nu=clock.nu(), bestand=io.BytesIO(inhoud)
    )

    class Gedood(BaseException):
        pass

    def dood(_aantal):
        raise Gedood

    with pytest.raises(Gedood):
        importeren.bestand_inlezen(rij=import_, bestand=io.BytesIO(inhoud), nu=clock.nu(), voortgang=dood)
    assert Geboorteimport.objects.get().regels == 4
    importeren.import_uitvoeren(import_id=import_.pk, nu=clock.nu())
    assert totalen(Geboorteimport.objects.get()) == (10, 0, 0, 0, 0)
    assert Bezoek.objects.count() == 10


def test_a_worker_that_was_overtaken_stops(gebied, monkeypatch):
    monkeypatch.setattr(importeren, "PARTIJ", 4)
    inhoud = als_csv([rij(n) for n in range(1, 11)])
    import_ = importeren.import_beginnen(
        gebied=gebied, door=None, bestandsnaam="", proef=False, nu=clock.nu(), bestand=io.BytesIO(inhoud)
    )
    ingehaald = []

    def inhalen(_aantal):
        if not ingehaald:
            ingehaald.append(True)
            importeren.import_uitvoeren(import_id=import_.pk, nu=clock.nu())

    importeren.bestand_inlezen(rij=import_, bestand=io.BytesIO(inhoud), nu=clock.nu(), voortgang=inhalen)
    assert totalen(Geboorteimport.objects.get()) == (10, 0, 0, 0, 0)


def test_a_command_that_was_killed_is_marked_as_such(gebied):
    import_ = importeren.import_beginnen(gebied=gebied, door=None, bestandsnaam="", proef=False, nu=clock.nu())
    importeren.import_uitvoeren(import_id=import_.pk, nu=clock.nu())
    assert Geboorteimport.objects.get().reden == "afgebroken"


def test_limits_and_forms(als, gebied, settings):
    client = als("bron", gebied=gebied)
    assert client.post(PAD, {}, format="json").status_code == 415
    assert [f["name"] for f in client.post(PAD, {"x": "1"}, format="multipart").json()["invalidParams"]] == ["x"]
    assert [f["name"] for f in client.post(PAD, {}, format="multipart").json()["invalidParams"]] == ["bestand"]
    settings.IMPORT_MAX_BYTES = 1000
    for grootte in (1001, 100_000):
        groot = SimpleUploadedFile("x.csv", als_csv([rij(1)]) + b"\n" * grootte)
        assert client.post(PAD, {"bestand": groot}, format="multipart").status_code == 413
    assert als("jens", gebied=gebied).post(PAD, {}, format="multipart").status_code == 403


def test_a_trial_sees_twins_across_batches_and_writes_nothing(gebied, monkeypatch):
    monkeypatch.setattr(importeren, "PARTIJ", 1)
    tweeling = [rij(1), rij(2, huisnummer="1", achternaam="voorbeeld1X", voornaam="Mila"), rij(1)]
    assert totalen(lees_in(gebied, als_csv(tweeling), proef=True)) == (2, 1, 0, 0, 0)
    assert not Geboortemelding.objects.exists()
    assert not Bezoek.objects.exists()


def test_the_size_of_the_batches_changes_nothing(gebied, monkeypatch):
    rijen = [rij(n % 15 + 1, kenmerk=f"S-{n}", bron=random.Random(n).choice(["gemeente", "jgz"])) for n in range(40)]
    uitslagen = []
    for partij in (1, 7, 500):
        Geboortemelding.objects.all().delete()
        Bezoek.objects.all().delete()
        from ooievaar.models import Gezin

        Gezin.objects.all().delete()
        monkeypatch.setattr(importeren, "PARTIJ", partij)
        uitslagen.append((totalen(lees_in(gebied, als_csv(rijen))), Bezoek.objects.count(), Bezoekkind.objects.count()))
    assert uitslagen[0] == uitslagen[1] == uitslagen[2]


def test_the_command_asks_for_the_gebied_when_there_are_two(gebied, tmp_path):
    GebiedFactory(code="ander")
    pad = tmp_path / "x.csv"
    pad.write_bytes(als_csv([rij(1)]))
    with pytest.raises(CommandError, match="--gebied"):
        call_command("importeer_geboorten", str(pad))
    call_command("importeer_geboorten", str(pad), gebied=gebied.code)
    with pytest.raises(CommandError, match="openen"):
        call_command("importeer_geboorten", str(tmp_path / "weg.csv"), gebied=gebied.code)


def test_the_postcode_table_updates_and_skips_what_is_no_line(tmp_path, capsys):
    pad = tmp_path / "pc.csv"
    pad.write_text(
        "PC6;Huisnummer;Buurt2023;Wijk2023;Gemeente2023\n6400AA;1;09171001;091710;0917\nonzin\n6400 ab;2;x;091799;917\n"
    )
    call_command("importeer_postcodes", str(pad))
    pad.write_text("PC6,Huisnummer,Buurt2024,Wijk2024,Gemeente2024\n6400AA,1,x,091711,0917\n")
    call_command("importeer_postcodes", str(pad))
    assert set(Postcode.objects.values_list("pc6", "huisnummer", "wijk_code", "gemeente_code")) == {
        ("6400AA", 1, "WK091711", "GM0917"),
        ("6400AB", 2, "WK091799", "GM0917"),
    }
    pad.write_text("a;b\n1;2\n")
    with pytest.raises(CommandError, match="CBS"):
        call_command("importeer_postcodes", str(pad))
    assert "3 regels gelezen, 1 overgeslagen." in capsys.readouterr().out
