"""Files as people really send them: every record is accounted for, and one bad row swallows no other."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date, datetime, time
from time import monotonic

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.intake.fouten import BestandGeweigerd
from bezoeken.intake.lezen import VERPLICHT, records
from bezoeken.intake.normaliseren import Melding, datum, normaliseer
from bezoeken.models import Geboorteimport
from tests.bezoeken.intake.hulp import gebied_met_adressen

KOP = [*VERPLICHT, "achternaam", "telefoonnummer"]
GOED = ["gemeente", "K-1", "2026-09-30", "Boxpad", "12", "6400 AA", "Heerlen", "de Vries-Voorbeeld", ""]


def lees(inhoud: bytes) -> list[tuple[int, str, str]]:
    """(number, kenmerk, fault) of each record."""
    return [(r.nummer, r.waarden.get("kenmerk", ""), r.fout) for r in records(io.BytesIO(inhoud))]


def regel(kenmerk: str, **anders: str) -> str:
    return ";".join(dict(zip(KOP, GOED, strict=True), kenmerk=kenmerk, **anders).values())


def bestand(*regels: str, kop: str = ";".join(KOP)) -> bytes:
    return "\n".join([kop, *regels, ""]).encode()


@pytest.mark.parametrize(
    "kapot",
    [
        regel("X", achternaam='"de Vries'),
        regel("X", straat='"Boxpad'),
        '"' + regel("X"),
        regel("X", achternaam='de Vries "junior'),
        regel("X", telefoonnummer='"'),
    ],
)
def test_a_quote_that_is_never_closed_swallows_no_other_row(kapot):
    na = [regel(f"K-{n}", straat='"Boxpad; achter"') for n in range(100)]
    gelezen = lees(bestand(regel("VOOR"), kapot, *na))
    assert [r[0] for r in gelezen] == list(range(2, 104)), "every row has its number"
    assert [r[1] for r in gelezen if not r[2]][-100:] == [f"K-{n}" for n in range(100)]
    assert gelezen[0][1:] == ("VOOR", "")


def test_a_cell_with_line_ends_delimiters_and_quotes_is_one_record():
    gelezen = lees(bestand(regel("A", straat='"Boxpad;\r\n2 hoog ""links"""'), regel("B")))
    assert gelezen == [(2, "A", ""), (3, "B", "")]


@given(
    rijen=st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=9, max_size=9),
        max_size=6,
    )
)
def test_what_a_spreadsheet_writes_is_read_as_it_was(rijen):
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(KOP)
    schrijver.writerows(rijen)
    gelezen = list(records(io.BytesIO(uit.getvalue().encode())))
    verwacht = [rij for rij in rijen if any(cel.strip() for cel in rij)]
    assert [list(r.waarden.values()) for r in gelezen if not r.fout] == verwacht
    assert not [r for r in gelezen if r.fout]


@given(st.binary(max_size=300))
def test_any_bytes_after_a_header_are_records_faults_or_a_refusal_and_never_a_crash(staart):
    try:
        for record in records(io.BytesIO(bestand() + staart)):
            normaliseer(record.waarden, vandaag=date(2026, 11, 24))
    except BestandGeweigerd:
        pass


@pytest.mark.parametrize("voor", ["sep=;\n", "\n\n", "\ufeffsep=;\r\n", '"sep=;"\n \n'])
def test_what_excel_and_people_put_before_the_header(voor):
    assert lees(voor.encode() + bestand(regel("A"))) == [(2, "A", "")]


def test_rows_with_another_delimiter_are_faults_and_the_others_are_read():
    gelezen = lees(bestand(regel("A"), regel("B").replace(";", ","), regel("C")))
    assert gelezen == [(2, "A", ""), (3, "", "aantalVelden"), (4, "C", "")]


@pytest.mark.parametrize("codering", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_a_reason_that_helps(codering):
    bom = b"" if codering == "utf-16" else {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[codering]
    with pytest.raises(BestandGeweigerd) as geweigerd:
        lees(bom + bestand(regel("A")).decode().encode(codering))
    assert geweigerd.value.code == "onbekendeTekens"


@pytest.mark.parametrize(
    ("inhoud", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "geenTabel"),  # an old .xls, or a workbook with a password
        (b"%PDF-1.7\n1 0 obj\n<<>>\n", "geenTabel"),
        (b'{"bron": "gemeente"}', "geenTabel"),
        (b"<html><table><tr><td>bron;kenmerk</td></tr></table>", "geenTabel"),
        (b";;;;\n", "geenTabel"),
        (b"\n \n\n", "geenTabel"),
        (b"\xef\xbb\xbf", "geenTabel"),
    ],
)
def test_what_is_no_table(inhoud, code):
    with pytest.raises(BestandGeweigerd) as geweigerd:
        lees(inhoud)
    assert geweigerd.value.code == code


class TestWerkblad:
    def boek(self, *rijen, epoch=None) -> bytes:
        boek = openpyxl.Workbook()
        if epoch:
            boek.epoch = epoch
        blad = boek.active
        blad.append(KOP)
        for rij in rijen:
            blad.append(rij)
        uit = io.BytesIO()
        boek.save(uit)
        return uit.getvalue()

    def melding(self, inhoud: bytes) -> Melding:
        (record,) = records(io.BytesIO(inhoud))
        melding = normaliseer(record.waarden, vandaag=date(2026, 11, 24))
        assert isinstance(melding, Melding), melding
        return melding

    @pytest.mark.parametrize(
        "dag",
        [
            date(2026, 9, 30),
            datetime(2026, 9, 30),
            datetime(2026, 9, 30, 13, 5),
            46295,
            46295.0,
            "30-09-2026",
            "2026-09-30 00:00:00",
            "30-9-2026 0:00",
        ],
    )
    def test_a_date_in_every_way_excel_keeps_one(self, dag):
        melding = self.melding(self.boek(["gemeente", 123456, dag, "Boxpad", 12, "6400 AA", "Heerlen", "Vries", None]))
        assert (melding.geboortedatum, melding.kenmerk, melding.huisnummer) == (date(2026, 9, 30), "123456", 12)

    @pytest.mark.parametrize("nummer", [612345678, 612345678.0, 31612345678, "06-12345678", "+31 6 12345678"])
    def test_a_phone_number_that_excel_made_a_number(self, nummer):
        rij = ["gemeente", "K", date(2026, 9, 30), "Boxpad", 12, "6400 AA", "Heerlen", "Vries", nummer]
        assert self.melding(self.boek(rij)).telefoonnummer == "+31612345678"

    @pytest.mark.parametrize("dag", [1, 12, 99_999_999, 36_525, True, time(9, 0), "#N/A", -1])
    def test_a_number_that_is_no_day_is_a_fault(self, dag):
        rij = ["gemeente", "K", dag, "Boxpad", 12, "6400 AA", "Heerlen", "Vries", None]
        (record,) = records(io.BytesIO(self.boek(rij)))
        fouten = normaliseer(record.waarden, vandaag=date(2026, 11, 24))
        assert [f.veld for f in fouten] == ["geboortedatum"]

    def test_short_rows_and_empty_ones_between(self):
        rij = ["gemeente", "K", date(2026, 9, 30), "Boxpad", 12, "6400 AA", "Heerlen"]
        gelezen = list(records(io.BytesIO(self.boek(rij, [], [None, " "], [*rij, *[None] * 40]))))
        assert [(r.nummer, r.fout) for r in gelezen] == [(2, ""), (5, "")]


def _herschreven(lid: str, inhoud: bytes | None = None, *, rijen: str = "") -> bytes:
    """A workbook with one good row, of which one part is another, or the sheet has these rows too."""
    boek, uit = openpyxl.Workbook(), io.BytesIO()
    boek.active.append(KOP)
    boek.active.append(GOED)
    boek.save(eerst := io.BytesIO())
    with zipfile.ZipFile(eerst) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            deel = oud.read(naam).replace(b"</sheetData>", f"{rijen}</sheetData>".encode())
            nieuw.writestr(naam, inhoud if naam == lid and inhoud is not None else deel)
    return uit.getvalue()


class TestBom:
    """Small files that claim to be large: read or refused in a moment, whatever they say of themselves."""

    @pytest.fixture(autouse=True)
    def _in_een_ogenblik(self):
        begin = monotonic()
        yield
        assert monotonic() - begin < 20

    def test_a_cell_in_row_two_milliard(self):
        with pytest.raises(BestandGeweigerd) as fout:
            lees(_herschreven("", rijen='<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'))
        assert fout.value.code == "teGroot"

    def test_the_last_row_that_excel_has_is_read(self):
        gelezen = lees(_herschreven("", rijen='<row r="1048576"><c r="B1048576"><v>7</v></c></row>'))
        assert [r[:2] for r in gelezen] == [(2, "K-1"), (1_048_576, "7")]

    def test_cells_in_the_last_column_of_many_rows(self):
        rijen = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, 20_003))
        assert lees(_herschreven("", rijen=rijen)) == [(2, "K-1", "")]

    def test_parts_that_fill_the_memory(self, monkeypatch):
        monkeypatch.setattr("bezoeken.intake.lezen.MAX_IN_GEHEUGEN", 100_000)
        assert lees(_herschreven("")) == [(2, "K-1", "")]
        with pytest.raises(BestandGeweigerd) as fout:
            lees(_herschreven("xl/styles.xml", b"<styleSheet>" + b"<a/>" * 25_000 + b"</styleSheet>"))
        assert fout.value.code == "teGroot"


@pytest.mark.parametrize("waarde", ["2026-09-30 13:00", "30-09-26", "2026-9-30", "30/09/2026", "20260930"])
def test_a_date_that_could_mean_something_else_is_refused(waarde):
    assert datum(waarde) is None


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_whole_on_the_command_line_too(tmp_path, settings):
    gebied_met_adressen()
    pad = tmp_path / "groot.csv"
    pad.write_bytes(bestand(regel("A")))
    settings.IMPORT_MAX_BYTES = 1_000
    call_command("importeer_geboorten", str(pad))
    os.truncate(pad, 200_000_000)  # 200 MB that take no room
    with pytest.raises(CommandError, match=r"teGroot.*100 MB"):
        call_command("importeer_geboorten", str(pad))
    laatste = Geboorteimport.objects.latest("begonnen_op")
    assert (laatste.status, laatste.reden, laatste.regels) == ("mislukt", "teGroot", 0)
