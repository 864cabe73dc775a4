"""Texts as data: what is in the product, what may be saved, what it costs."""

import re

import pytest

from notifications.models import Tekstversie
from notifications.richting import FSI, PDI
from notifications.services import verzend
from notifications.services.teksten import tekst_voorbeeld
from notifications.sjablonen import TALEN, TOEGESTAAN, Sjabloon, sjabloon_voor, standaardteksten, tekst_voor
from notifications.smsmaat import smsmaat
from notifications.tekstkeuring import keur, keur_sms
from tests.factories import GezinFactory, PasgeboreneFactory, gebruiker_met_rol
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal
from tests.notifications.test_verzenden import NU

VAN_GEZIN = ("aankondiging", "bezoekherinnering")


def voorbeeld(soort, kanaal, taal, **rest):
    waarden = {"van": "2026-09-30", "tot": "2026-10-14", "dag": "2026-09-30", "tijd": "10.30"}
    waarden |= {"aantal": 3, "regels": "-", "vanaf": "2026-09-30", "artikel": "fles"}
    waarden |= {
        "plaats": "Buurthuis Voorbeeld, Wiegpad 1",
        "thema": "opvoeding",
        "aanmelden": "https://x.nl/cafe/" + 36 * "a",
    }
    waarden |= {"totDag": "2026-09-29", "totTijd": "10.30"}
    vast = {"gebied": "Heerlen-Noord", "telefoonnummer": "045 123 45 67", "link": "https://x.nl/s"}
    return tekst_voor(soort, kanaal, waarden, taal=taal, **vast, **rest)


@pytest.mark.parametrize("sleutel", sorted(standaardteksten()), ids="/".join)
def test_every_text_of_the_product_may_be_saved_and_filled_in(sleutel):
    soort, kanaal, taal = sleutel
    sjabloon = standaardteksten()[sleutel]
    assert keur(soort, kanaal, sjabloon.onderwerp, sjabloon.tekst) == []
    onderwerp, tekst = voorbeeld(soort, kanaal, taal)
    assert not re.search(r"[{}]", onderwerp + tekst)
    if kanaal == "sms":
        assert keur_sms(tekst) == []


def test_families_are_written_to_in_all_eight_languages():
    for taal in TALEN:
        for soort, kanaal in (("aankondiging", "brief"), ("aankondiging", "sms"), ("bezoekherinnering", "sms")):
            assert [t for t, _s in sjabloon_voor(soort, kanaal, taal)] == [taal]


def test_only_what_a_speaker_read_is_called_checked():
    for (_soort, _kanaal, taal), sjabloon in standaardteksten().items():
        assert sjabloon.nagekeken == (taal == "nl")


def test_a_language_we_do_not_have_gets_dutch_and_english():
    onderwerp, tekst = voorbeeld("aankondiging", "brief", "so")
    assert onderwerp == "Een bericht voor u / A message for you"
    assert "woensdag 30 september" in tekst
    assert "Wednesday 30 September" in tekst


def test_dates_and_numbers_as_the_reader_writes_them():
    assert "środa 30 września" in voorbeeld("aankondiging", "sms", "pl")[1]


class TestRightToLeft:
    """Values keep their own order in a text that is read from right to left, whatever stands beside them."""

    waarden = ("045 123 45 67", "Heerlen-Noord", "10.30", "Buurthuis Voorbeeld, Wiegpad 1", "https://x.nl/s")

    def test_every_value_that_runs_the_other_way_is_isolated_in_every_text(self):
        for soort, kanaal, taal in standaardteksten():
            tekst = " ".join(voorbeeld(soort, kanaal, taal))
            assert tekst.count(FSI) == tekst.count(PDI)
            for waarde in self.waarden:
                assert tekst.count(waarde) == tekst.count(f"{FSI}{waarde}{PDI}") or taal != "ar", (soort, kanaal)
            assert FSI not in tekst or taal == "ar"

    def test_dates_run_along_and_so_do_whole_sentences(self):
        tekst = voorbeeld("aankondiging", "sms", "ar")[1]
        assert "\u0628\u064a\u0646 \u0627\u0644\u0623\u0631\u0628\u0639\u0627\u0621 30" in tekst
        assert f"{FSI}045 123 45 67{PDI}." in tekst, "the full stop belongs to the sentence"

    def test_the_length_of_an_sms_counts_the_marks(self):
        kaal = voorbeeld("bezoekherinnering", "sms", "ar")[1]
        zonder = kaal.replace(FSI, "").replace(PDI, "")
        assert smsmaat(kaal).alfabet == "UCS-2"
        assert smsmaat(kaal).tekens == smsmaat(zonder).tekens + 6

    def test_a_text_without_such_letters_has_no_marks_and_stays_in_gsm_7(self):
        eigen = {("bezoekherinnering", "sms", "ar"): Sjabloon("", "Afspraak: {dag} {tijd}. {gebied}")}
        tekst = voorbeeld("bezoekherinnering", "sms", "ar", eigen=eigen)[1]
        assert FSI not in tekst
        eigen = {("bezoekherinnering", "sms", "ar"): Sjabloon("", "Afspraak {tijd}. {gebied}")}
        assert smsmaat(voorbeeld("bezoekherinnering", "sms", "ar", eigen=eigen)[1]).alfabet == "GSM-7"


class TestSms:
    @pytest.mark.parametrize(
        ("tekst", "maat"),
        [
            ("a" * 160, ("GSM-7", 160, 1)),
            ("a" * 161, ("GSM-7", 161, 2)),
            ("€" * 80, ("GSM-7", 160, 1)),
            ("é" * 306, ("GSM-7", 306, 2)),
            ("ł" * 70, ("UCS-2", 70, 1)),
            ("ł" * 71, ("UCS-2", 71, 2)),
            ("😀" * 35, ("UCS-2", 70, 1)),
            ("^{}[]~|\\\\" + "a" * 144, ("GSM-7", 162, 2)),
            # What takes two places is not cut in two: 306 places, and one place of the first part stays empty.
            ("a" * 152 + "€" + "a" * 152, ("GSM-7", 306, 3)),
            ("a" * 151 + "€" + "a" * 153, ("GSM-7", 306, 2)),
            ("ł" * 66 + "😀" + "ł" * 66, ("UCS-2", 134, 3)),
            ("ł" * 65 + "😀" + "ł" * 67, ("UCS-2", 134, 2)),
            # One letter of a name, and the rest of the text is longer too.
            ("a" * 160 + "ğ", ("UCS-2", 161, 3)),
            ("\ud83d", ("UCS-2", 1, 1)),
        ],
    )
    def test_parts_and_alphabet(self, tekst, maat):
        gemeten = smsmaat(tekst)
        assert (gemeten.alfabet, gemeten.tekens, gemeten.delen) == maat

    def test_too_many_parts_is_a_fault(self):
        assert keur_sms("a" * 919)[0][1] == "teLang"
        assert keur_sms("a" * 918) == []
        assert "bijzondere letter" in str(keur_sms("a" * 900, met_vreemde_letter="a" * 900 + "ğ")[0][2])


class TestFaults:
    goed = "Tussen {van} en {tot}. {bel} {stop}"

    def codes(self, tekst, kanaal="email", onderwerp="Bericht", **rest):
        return {code for _veld, code, _reden in keur("aankondiging", kanaal, onderwerp, tekst, **rest)}

    def test_good(self):
        assert self.codes(self.goed) == set()

    @pytest.mark.parametrize(
        ("tekst", "code"),
        [
            (goed + " {naam}", "onbekendeVariabele"),
            (goed.replace("{tot}", "dan"), "variabeleOntbreekt"),
            (goed.replace("{stop}", ""), "variabeleOntbreekt"),
            (goed + " {", "losseAccolade"),
            (goed + " {}", "onbekendeVariabele"),
            (goed + " {Van}", "onbekendeVariabele"),
            (goed + " {{van}}", "losseAccolade"),
            (goed + " { van }", "losseAccolade"),
            (goed + " {% now %}", "losseAccolade"),
            (goed + " <b>gratis</b>", "opmaak"),
            (goed + " <script>alert(1)</script>", "opmaak"),
            (goed + " <a href='https://example.org'>hier</a>", "opmaak"),
            (goed + " koffie &amp; thee", "opmaak"),
            (goed + " **gratis**", "opmaak"),
            (goed + " [hier](https://example.org)", "opmaak"),
            (goed + " \u202ekcab", "onzichtbaarTeken"),
            (goed + " \u2066x", "onzichtbaarTeken"),
            (goed + "\u200b", "onzichtbaarTeken"),
            (goed + "\x1b[1m", "onzichtbaarTeken"),
            (goed + "\u2028", "onzichtbaarTeken"),
            (goed + "\ud83d", "onzichtbaarTeken"),
            ("", "verplicht"),
        ],
    )
    def test_each_fault_is_found(self, tekst, code):
        assert code in self.codes(tekst)

    def test_a_subject_is_one_line_and_not_empty(self):
        assert "ongeldig" in self.codes(self.goed, onderwerp="Een\nTwee")
        assert "onzichtbaarTeken" in self.codes(self.goed, onderwerp="Een\x0bBcc: x@example.org")
        assert self.codes(self.goed, onderwerp=" ") == {"verplicht"}

    def test_a_push_holds_no_values_and_no_names(self):
        assert self.codes("Kom op {van}", "push") == {"onbekendeVariabele"}
        namen = ["Fatima el-Voorbeeld"]
        assert self.codes("Bel Fatima", "push", namen=namen) == {"naamInPush"}
        assert self.codes("bel fatima", "push", namen=namen) == {"naamInPush"}
        assert self.codes("Er staat iets klaar", "push", namen=namen) == set()
        assert self.codes("Er staat iets klaar", "push", onderwerp="Voor Fatima", namen=namen) == {"naamInPush"}

    @pytest.mark.parametrize(
        "tekst", ["Bel de familie Voorbeeld", "Bel mevrouw Ünal", "Denk aan Noor", "Bij van Klein"]
    )
    def test_a_push_names_no_family(self, tekst):
        assert self.codes(tekst, "push", gezinsnamen=["Noor", "van Klein", "A. Voorbeeld"]) == {"naamInPush"}

    def test_a_surname_that_is_a_word_is_still_a_word(self):
        assert self.codes("Van harte, een klein bericht", "push", gezinsnamen=["van Klein"]) == set()

    @pytest.mark.parametrize(
        "tekst",
        [
            "Bel 045 123 45 67",
            "Bel 0612345678",
            "Mail a@example.org",
            "Kom naar 6411 AB",
            "Bezoek op 3-10",
            "Op 3 Oktober",
            "Kijk op https://example.org",
        ],
    )
    def test_a_push_holds_no_personal_data(self, tekst):
        assert self.codes(tekst, "push") == {"persoonsgegevenInPush"}

    def test_a_push_that_says_nothing_of_anybody_is_good(self):
        assert self.codes("Kies +15 minuten, of bel nu. Er zijn 12 dingen.", "push") == set()

    @pytest.mark.parametrize("letter", ["é", "ł", "ض", "ግ", "‌", "ї"])
    def test_letters_of_every_language_are_no_marks(self, letter):
        assert self.codes(f"{self.goed} {letter} 3 < 4 en 5 > 4, A&B.") == set()

    @pytest.mark.parametrize("tekst", [goed + " {naam}", goed.replace("{tot}", "dan"), goed + " {", goed + " <b>"])
    def test_every_fault_says_where_it_is_and_what_to_do(self, tekst):
        for veld, _code, reden in keur("aankondiging", "email", "Bericht", tekst):
            assert veld == "tekst"
            assert any(woord in str(reden) for woord in ("Haal", "Zet", "kiezen uit"))


def test_every_place_that_must_be_there_may_be_there():
    from notifications.sjablonen import VERPLICHT

    for soort, moet in VERPLICHT.items():
        assert moet <= TOEGESTAAN[soort]


@pytest.mark.django_db
class TestApi:
    tekst = "Beste ouders, zij komt tussen {van} en {tot}. {bel} {stop}"

    def bewaar(self, client, tekst, kanaal="email", taal="nl", **velden):
        return client.put(
            f"/api/v1/berichtteksten/aankondiging/{kanaal}/{taal}",
            {"onderwerp": "Bericht", "tekst": tekst, **velden},
            format="json",
        )

    def test_versions_and_only_changes_count(self, als):
        client = als("coordinator")
        assert self.bewaar(client, self.tekst).json()["versie"] == 1
        assert self.bewaar(client, self.tekst).json()["versie"] == 1
        tweede = self.bewaar(client, self.tekst + "!", nagekeken=True).json()
        assert (tweede["versie"], tweede["nagekeken"]) == (2, True)
        assert Tekstversie.objects.count() == 2
        (gelezen,) = client.get("/api/v1/berichtteksten?soort=aankondiging&kanaal=email&taal=nl").json()["results"]
        assert gelezen == tweede

    def test_an_unknown_variable_cannot_be_saved(self, als):
        antwoord = self.bewaar(als("coordinator"), self.tekst + " {voornaam}")
        assert antwoord.status_code == 400
        assert antwoord.json()["invalidParams"][0]["code"] == "onbekendeVariabele"
        assert not Tekstversie.objects.exists()

    def test_a_kind_channel_or_language_that_is_not_there(self, als):
        client = als("coordinator")
        assert self.bewaar(client, self.tekst, kanaal="duif").status_code == 404
        assert self.bewaar(client, self.tekst, taal="xx").status_code == 404

    def test_preview_with_real_values_and_costs(self, als):
        antwoord = als("coordinator").post(
            "/api/v1/berichttekst-voorbeelden",
            {"soort": "aankondiging", "kanaal": "sms", "taal": "pl", "tekst": "Od {van} do {tot}. {bel} {stop} {x}"},
            format="json",
        )
        assert antwoord.status_code == 200
        assert [f["code"] for f in antwoord.json()["fouten"]] == ["onbekendeVariabele"]
        goed = (
            als("coordinator")
            .post(
                "/api/v1/berichttekst-voorbeelden",
                {"soort": "aankondiging", "kanaal": "sms", "taal": "pl", "tekst": "Od {van} do {tot}. {bel} {stop}"},
                format="json",
            )
            .json()
        )
        assert goed["tekst"].startswith("Od środa 30 września")
        assert goed["sms"]["alfabet"] == "UCS-2"
        assert goed["fouten"] == []

    def test_a_name_of_a_volunteer_is_not_for_a_push(self, als):
        client = als("coordinator")
        gebied = client.gebruiker.toekenningen.get().gebied
        moeder = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied).ooievaarsmoeder
        moeder.naam = "Zeliha Voorbeeld"
        moeder.save()
        antwoord = client.put(
            "/api/v1/berichtteksten/teLaat/push/nl", {"onderwerp": "Ooievaar", "tekst": "Bel Zeliha"}, format="json"
        )
        assert [p["code"] for p in antwoord.json()["invalidParams"]] == ["naamInPush"]

    def test_an_sms_that_is_too_long_cannot_be_saved_of_any_kind(self, als):
        client = als("coordinator")
        for soort, velden in (
            ("plekHerinnering", "{dag} {tijd} {plaats} {aanmelden} {stop}"),
            ("plekAanbod", "{dag} {tijd} {totDag} {totTijd} {aanmelden} {stop}"),
            ("aankondiging", "{van} {tot} {bel} {stop}"),
        ):
            adres = f"/api/v1/berichtteksten/{soort}/sms/nl"
            goed = client.put(adres, {"onderwerp": "", "tekst": velden}, format="json")
            assert goed.status_code == 200, goed.json()
            fout = client.put(adres, {"onderwerp": "", "tekst": velden + 900 * "a"}, format="json")
            assert [p["code"] for p in fout.json()["invalidParams"]] == ["teLang"], soort

    def test_every_text_of_the_product_may_be_saved_as_ones_own(self, als):
        client = als("coordinator")
        gebied = client.gebruiker.toekenningen.get().gebied
        for (soort, kanaal, taal), sjabloon in standaardteksten().items():
            gezien = tekst_voorbeeld(
                gebied_id=gebied.pk,
                soort=soort,
                kanaal=kanaal,
                taal=taal,
                onderwerp=sjabloon.onderwerp,
                tekst=sjabloon.tekst,
            )
            assert gezien.fouten == [], (soort, kanaal, taal)
            assert not re.search(r"[{}]", gezien.tekst), "filled in with real values"

    def test_a_name_of_a_family_is_not_for_a_push(self, als):
        client = als("coordinator")
        kind = PasgeboreneFactory(
            gezin=GezinFactory(gebied=client.gebruiker.toekenningen.get().gebied), achternaam="Kanarie"
        )
        antwoord = client.put(
            "/api/v1/berichtteksten/teLaat/push/nl",
            {"onderwerp": "Ooievaar", "tekst": f"Denk aan {kind.achternaam}"},
            format="json",
        )
        assert [p["code"] for p in antwoord.json()["invalidParams"]] == ["naamInPush"]

    @pytest.mark.django_db(transaction=True)
    def test_the_own_text_is_what_is_sent(self, als):
        rij = BerichtFactory(gepland_op=NU, aangemaakt_op=NU)
        client = als("coordinator", gebied=rij.gebied)
        self.bewaar(client, self.tekst)
        stub = StubKanaal()
        verzend(nu=NU, kanalen=[stub])
        assert stub.aangeboden[0].tekst.startswith("Beste ouders, zij komt tussen woensdag 11 november")
