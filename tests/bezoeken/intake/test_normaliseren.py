"""What people write, and what becomes of it: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bezoeken.intake import normaliseren
from bezoeken.intake.normaliseren import Melding, Veldfout, normaliseer
from ooievaar.sleutels import adressleutel, losse_sleutel, naamsleutel

VANDAAG = date(2026, 11, 24)
BASIS = {
    "bron": "gemeente",
    "kenmerk": "K-1",
    "geboortedatum": "2026-11-05",
    "achternaam": "de Vries",
    "huisnummer": "12",
    "postcode": "6400 AA",
}
tekst = st.text(max_size=40)


@given(tekst)
def test_keys_and_cleaning_are_idempotent(waarde):
    for functie in (naamsleutel, losse_sleutel, normaliseren.schoon, normaliseren.postcode, normaliseren.taalcode):
        assert functie(functie(waarde)) == functie(waarde), functie


@given(
    st.fixed_dictionaries(
        dict.fromkeys(
            (
                "voornaam",
                "achternaam",
                "straat",
                "telefoonnummer",
                "huisnummer",
                "huisletter",
                "toevoeging",
                "postcode",
                "taal",
                "emailadres",
                "rol",
                "wijk",
            ),
            tekst,
        )
    )
)
def test_whatever_is_written_becomes_a_notice_or_faults_and_never_a_crash(waarden):
    uitslag = normaliseer({**BASIS, **waarden}, vandaag=VANDAAG)
    if isinstance(uitslag, list):
        assert uitslag
        assert {fout.code for fout in uitslag} == {"teLang"}
        return
    assert Melding.uit_gegevens(uitslag.als_gegevens()) == uitslag
    opnieuw = Melding.uit_gegevens(uitslag.als_gegevens())
    assert opnieuw.inhoud_hash == uitslag.inhoud_hash


@pytest.mark.parametrize(
    ("geschreven", "e164"),
    [
        ("06-12340001", "+31612340001"),
        ("0031 6 1234 0002", "+31612340002"),
        ("+31 (0)6 1234 0003", "+31612340003"),
        ("06 12 34 00 04", "+31612340004"),
        ("612340005", "+31612340005"),
        ("045 570 00 00", "+31455700000"),
        ("+48 512 345 678", "+48512345678"),
        ("tel. 06.12340006", "+31612340006"),
        ("06-00000001", "+31600000001"),
        ("+31 6 70000001", "+31670000001"),
        ("12345", ""),
        ("geen", ""),
        ("", ""),
        ("06-1234000", ""),
    ],
)
def test_phone_numbers_in_every_way_people_write_them(geschreven, e164):
    assert normaliseren.telefoon(geschreven) == e164


@pytest.mark.parametrize(
    ("geschreven", "delen"),
    [
        ("12", (12, "", "")),
        ("12a", (12, "a", "")),
        ("12 A", (12, "A", "")),
        ("12-A", (12, "", "A")),
        ("12-bis", (12, "", "bis")),
        ("12 bis", (12, "", "bis")),
        ("12/2", (12, "", "2")),
        ("0", (None, "", "")),
        ("a12", (None, "", "")),
        ("", (None, "", "")),
    ],
)
def test_house_numbers(geschreven, delen):
    assert normaliseren.huisnummerdelen(geschreven) == delen


@pytest.mark.parametrize(
    ("geschreven", "datum"),
    [
        ("2026-11-05", date(2026, 11, 5)),
        ("05-11-2026", date(2026, 11, 5)),
        ("5-1-2026", date(2026, 1, 5)),
        ("29-02-2028", date(2028, 2, 29)),
        ("29-02-2026", None),
        ("31-04-2026", None),
        ("05/11/2026", None),
        ("2026-13-01", None),
    ],
)
def test_dates(geschreven, datum):
    assert normaliseren.datum(geschreven) == datum


def test_all_faults_at_once_and_never_a_value():
    uitslag = normaliseer(
        {
            "bron": "facebook",
            "kenmerk": "",
            "geboortedatum": "2027-01-01",
            "achternaam": "x" * 101,
            "geheim": "misschien",
        },
        vandaag=VANDAAG,
    )
    assert uitslag == [
        Veldfout("bron", "onbekendeKeuze"),
        Veldfout("kenmerk", "verplicht"),
        Veldfout("geboortedatum", "inDeToekomst"),
        Veldfout("geheim", "onbekendeKeuze"),
        Veldfout("achternaam", "teLang"),
    ]


def test_the_same_content_has_the_same_hash_however_it_is_written():
    een = normaliseer({**BASIS, "straat": "Lange Weg", "rol": "Andere Ouder"}, vandaag=VANDAAG)
    ander = normaliseer(
        {
            **BASIS,
            "geboortedatum": "05-11-2026",
            "achternaam": "DE-VRIES",
            "straat": "langeweg",
            "rol": "andereOuder",
            "postcode": "6400aa",
            "bron": "Gemeente",
            "geheim": "nee",
            "taal": "Nederlands",
        },
        vandaag=VANDAAG,
    )
    assert een.inhoud_hash == ander.inhoud_hash
    assert een.inhoud_hash != normaliseer({**BASIS, "straat": "Lange Weg 2"}, vandaag=VANDAAG).inhoud_hash


def test_12a_and_12_a_are_another_key_but_look_alike():
    letter, streepje = adressleutel("6400AA", 12, "a", ""), adressleutel("6400 aa", 12, "", "A")
    assert letter != streepje
    assert letter.los == streepje.los
    assert letter.plek == streepje.plek
