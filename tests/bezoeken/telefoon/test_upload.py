"""POST /synchronisatie: a verdict on each Handeling."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from bezoeken.kraambezoek.services import afronden
from bezoeken.kraambezoek.services.sluiten import bezoek_sluiten, gezin_stoppen
from bezoeken.models import Achterwachtdienst, Bezoek, Bezoekkind, Handeling, Incheck, Poging
from bezoeken.toestand import Afsluitreden
from bezoeken.toewijzing.services import toewijzing_intrekken
from notifications.models import Bericht
from ooievaar.models import Gezin, Pasgeborene
from ooievaar.platform import clock
from tests.bezoeken.telefoon.conftest import PAD, kinderen_van
from tests.factories import PasgeboreneFactory
from tests.factories.notifications import BerichtFactory
from voorraad.models import Mutatie, Reservering, Stand
from voorraad.selectors import standen_kloppen

pytestmark = pytest.mark.django_db
GEDAAN = ("toegepast", None)
SJOP = {"wensen": [{"categorie": "rompers", "maat": "62"}]}
AL_GEDAAN = ("alToegepast", None)


def test_a_day_on_the_road_in_one_batch(veld):
    v = veld()
    nieuw, gepland, thuis, weigert = v.bezoek(aanvaard=False), v.bezoek(), v.bezoek(), v.bezoek()
    t = v.telefoon
    morgen = (clock.nu() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    oordelen = t.oordelen(
        t.handeling("aanvaarding", nieuw),
        t.poging(gepland),
        t.handeling("afspraak", gepland, {"begin": morgen.isoformat(), "duurMinuten": 45, "toch": True}),
        t.poging(thuis, soort="aanDeDeur", uitkomst="gesproken"),
        t.afronding(thuis),
        t.handeling("weigering", weigert, {"alles": True}),
    )
    assert oordelen == [GEDAAN] * 6
    status = dict(Bezoek.objects.values_list("pk", "status"))
    assert [status[b.pk] for b in (nieuw, gepland, thuis, weigert)] == [
        "toegewezen",
        "gepland",
        "bezocht",
        "afgesloten",
    ]
    assert Bezoek.objects.get(pk=nieuw.pk).aanvaard_op is not None
    assert Gezin.objects.get(pk=weigert.gezin_id).contactstop_reden == "geweigerd"
    assert Poging.objects.filter(door=v.zij).count() == 2
    assert Stand.objects.get(locatie__houder=v.moeder).aantal == 1
    assert standen_kloppen() == []


def test_decline_by_phone(veld):
    v = veld()
    bezoek = v.bezoek(aanvaard=False)
    t = v.telefoon
    assert t.oordelen(t.handeling("afwijzing", bezoek, {"reden": "vakantie"})) == [GEDAAN]
    assert Bezoek.objects.get().status == "open"


def test_both_moments_are_kept(veld):
    v = veld()
    bezoek = v.bezoek()
    nu = clock.nu().replace(microsecond=0)
    with time_machine.travel(nu, tick=False):
        h = v.telefoon.afronding(
            bezoek, moment=nu - timedelta(days=3), bezochtOp=(nu - timedelta(days=3, minutes=5)).isoformat()
        )
        assert v.telefoon.oordelen(h) == [GEDAAN]
    bezoek.refresh_from_db()
    assert (bezoek.bezocht_op, bezoek.afgerond_op) == (nu - timedelta(days=3, minutes=5), nu)
    rij = Handeling.objects.get()
    assert (rij.moment, rij.ontvangen_op) == (nu - timedelta(days=3), nu)


class TestHerhaling:
    def test_the_same_again_is_already_done_also_after_sixty_days(self, veld):
        v = veld()
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        assert v.telefoon.oordelen(h) == [GEDAAN]
        assert v.telefoon.oordelen(h, h) == [AL_GEDAAN] * 2
        with time_machine.travel(clock.nu() + timedelta(days=60), tick=False):
            assert v.telefoon.oordelen(h) == [AL_GEDAAN]
        assert Mutatie.objects.filter(soort="uitgifte").count() == 1

    def test_twice_in_one_batch_is_done_once(self, veld):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        assert v.telefoon.oordelen(h, h) == [GEDAAN, AL_GEDAAN]
        assert Poging.objects.count() == 1

    @pytest.mark.parametrize(
        "anders", [{"moment": "2026-01-01T10:00:00Z"}, {"gegevens": {}}, {"soort": "weigering"}, {"iets": 1}]
    )
    def test_the_same_id_with_other_content_is_refused(self, veld, anders):
        v = veld()
        h = v.telefoon.afronding(v.bezoek())
        v.telefoon.oordelen(h)
        assert v.telefoon.oordelen({**h, **anders}) == [("geweigerd", "andereInhoud")]

    def test_another_voucher_is_other_content(self, veld):
        v = veld()
        bezoek = v.bezoek()
        [kind] = kinderen_van(bezoek)
        h = v.telefoon.afronding(bezoek, dozen=[{"pasgeborene": str(kind), "vouchercode": "ZWEM-1234-5678"}])
        ander = {
            **h,
            "gegevens": {**h["gegevens"], "dozen": [{"pasgeborene": str(kind), "vouchercode": "ZWEM-9999-5678"}]},
        }
        assert v.telefoon.oordelen(h, ander, h) == [GEDAAN, ("geweigerd", "andereInhoud"), AL_GEDAAN]

    def test_a_replay_is_known_after_the_key_of_the_site_was_changed(self, veld, settings):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        v.telefoon.oordelen(h)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "een nieuwe sleutel, lang genoeg om te tellen"
        assert v.telefoon.oordelen(h) == [AL_GEDAAN]

    def test_the_identical_completion_under_a_new_id_is_already_done(self, veld):
        v = veld()
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        assert v.telefoon.oordelen(h, {**h, "id": str(uuid4())}) == [GEDAAN, AL_GEDAAN]

    def test_the_same_attempt_and_acceptance_under_a_new_id_are_already_done(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        t = v.telefoon
        poging = t.poging(bezoek)
        weer = {**poging, "id": str(uuid4())}
        ja, nog_eens = t.handeling("aanvaarding", bezoek), t.handeling("aanvaarding", bezoek)
        assert t.oordelen(poging, weer, ja, nog_eens) == [GEDAAN, AL_GEDAAN, GEDAAN, AL_GEDAAN]
        assert Poging.objects.count() == 1

    def test_an_id_of_somebody_else_is_hers_too(self, veld):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        v.telefoon.oordelen(h)
        eigen = v.andere_telefoon.poging(v.bezoek(moeder=v.andere_moeder))
        assert v.andere_telefoon.oordelen({**eigen, "id": h["id"]}) == [GEDAAN]


class TestEnvelop:
    @pytest.mark.parametrize(
        "body",
        [
            {},
            [],
            "x",
            {"handelingen": None},
            {"handelingen": {}},
            {"handelingen": [1]},
            {"handelingen": [], "extra": 1},
        ],
    )
    def test_a_broken_envelope_is_400(self, veld, body):
        antwoord = veld().telefoon.client.post(PAD, body, format="json")
        assert (antwoord.status_code, antwoord.json()["code"]) == (400, "ongeldig")

    @pytest.mark.parametrize("id_", [None, "", "geen-uuid", 5, "{11111111-1111-1111-1111-111111111111}"])
    def test_a_missing_or_invalid_id_is_400_with_every_fault(self, veld, id_):
        v = veld()
        goed = v.telefoon.poging(v.bezoek())
        zonder = {naam: w for naam, w in goed.items() if naam != "id"}
        antwoord = v.telefoon.stuur(goed, {**goed, "id": id_}, zonder)
        assert antwoord.status_code == 400
        assert [f["name"] for f in antwoord.json()["invalidParams"]] == ["handelingen.1.id", "handelingen.2.id"]
        assert not Poging.objects.exists()

    def test_two_hundred_is_the_most(self, veld):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        assert v.telefoon.stuur(*[h] * 200).status_code == 200
        te_veel = v.telefoon.stuur(*[h] * 201)
        assert (te_veel.status_code, te_veel.json()["code"]) == (413, "teGroot")

    def test_nothing_to_send_is_fine(self, veld):
        antwoord = veld().telefoon.stuur()
        assert (antwoord.status_code, antwoord.json()["resultaten"]) == (200, [])
        assert antwoord.json()["cursor"]

    @pytest.mark.parametrize(
        "anders",
        [
            {"soort": "toveren"},
            {"soort": None},
            {"moment": "gisteren"},
            {"moment": "2026-11-24T10:00:00"},
            {"bezoek": None},
            {"bezoek": 7},
            {"gegevens": []},
            {"gegevens": {"soort": "telefoon"}},
            {"gegevens": None},
            {"extra": "\x00"},
            {"soort": "doorverwijzing", "gegevens": {"tekst": "x" * 5000}},
            {"soort": "doorverwijzing", "gegevens": {"tekst": "\x00"}},
            {"soort": "overlijden", "gegevens": {}},
        ],
    )
    def test_what_does_not_fit_is_refused_and_blocks_nobody(self, veld, anders):
        v = veld()
        bezoek = v.bezoek()
        eerst, slecht, daarna = (
            v.telefoon.poging(bezoek),
            {**v.telefoon.poging(bezoek), **anders},
            v.telefoon.afronding(bezoek),
        )
        antwoord = v.telefoon.stuur(eerst, slecht, daarna).json()["resultaten"]
        assert [r["status"] for r in antwoord] == ["toegepast", "geweigerd", "toegepast"]
        assert antwoord[1]["code"] == "ongeldig"
        assert antwoord[1]["detail"]
        assert Handeling.objects.count() == 2

    def test_a_refused_one_may_be_mended_and_sent_again(self, veld):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        assert v.telefoon.oordelen({**h, "gegevens": {}}) == [("geweigerd", "ongeldig")]
        assert v.telefoon.oordelen(h) == [GEDAAN]

    def test_an_idempotency_key_gives_the_first_answer_again(self, veld):
        v = veld()
        h = v.telefoon.poging(v.bezoek())
        eerste, tweede = (v.telefoon.stuur(h, HTTP_IDEMPOTENCY_KEY="k") for _keer in range(2))
        assert eerste.json() == tweede.json()
        assert tweede["Idempotency-Replayed"] == "true"


class TestRechten:
    def test_a_visit_she_never_had_is_not_there(self, veld):
        v = veld()
        vreemd = v.bezoek(moeder=v.andere_moeder)
        t = v.telefoon
        [kind] = kinderen_van(vreemd)
        oordelen = t.oordelen(
            t.afronding(vreemd),
            t.poging(vreemd),
            t.handeling("weigering", vreemd, {"alles": True}),
            t.handeling("overlijden", vreemd, {"pasgeborene": str(kind)}),
            t.handeling("overlijden", None, {"pasgeborene": str(PasgeboreneFactory().pk)}),
            t.handeling("sjopaanvraag", vreemd, SJOP),
            t.handeling("poging", str(uuid4()), t.poging(vreemd)["gegevens"]),
        )
        assert oordelen == [("geweigerd", "nietGevonden")] * 7
        assert Bezoek.objects.get().status == "toegewezen"
        assert not Handeling.objects.exists()

    def test_a_child_that_is_not_of_this_visit_is_refused(self, veld):
        v = veld()
        bezoek, ander = v.bezoek(), v.bezoek(moeder=v.andere_moeder)
        h = v.telefoon.afronding(bezoek, dozen=[{"pasgeborene": str(k)} for k in kinderen_van(ander)])
        assert v.telefoon.oordelen(h) == [("geweigerd", "ongeldig")]

    def test_a_coordinator_logs_for_the_visits_of_her_wijken(self, veld, als):
        v = veld()
        bezoek = v.bezoek()
        t = v.telefoon
        h = t.afronding(bezoek)
        elders = als("coordinator").post(PAD, {"handelingen": [h]}, format="json").json()["resultaten"]
        assert elders[0]["code"] == "nietGevonden"
        hier = v.coordinator.post(PAD, {"handelingen": [h]}, format="json").json()["resultaten"]
        assert hier[0]["status"] == "toegepast"

    def test_other_roles_have_no_phone(self, als):
        for rol in ("jens", "sjop", "bron", "beheerder"):
            assert als(rol).post(PAD, {"handelingen": []}, format="json").status_code == 403


class TestRegels:
    def test_a_rule_about_later_is_hers_to_solve(self, veld):
        v = veld()
        een, twee = v.bezoek(), v.bezoek()
        t = v.telefoon
        nacht = (clock.nu() + timedelta(days=1)).replace(hour=2)
        middag = {"begin": nacht.replace(hour=12).isoformat(), "toch": True}
        oordelen = t.oordelen(
            t.handeling("afspraak", een, {"begin": nacht.isoformat()}),
            t.handeling("afspraak", een, middag),
            t.handeling("afspraak", twee, middag),
        )
        assert oordelen == [("geweigerd", "buitenBezoekuren"), GEDAAN, ("geweigerd", "dubbeleAfspraak")]

    def test_another_completion_waits_for_a_person(self, veld):
        v = veld()
        bezoek = v.bezoek()
        t = v.telefoon
        eerste, andere = t.afronding(bezoek), t.afronding(bezoek, vorm="aanDeDeur")
        assert t.oordelen(eerste, andere, andere) == [GEDAAN, *[("geparkeerd", "alAfgerond")] * 2]
        assert Bezoek.objects.get().vorm == "huisbezoek"

    def test_a_completion_of_a_closed_visit_waits_for_a_person(self, veld):
        v = veld()
        bezoek = v.bezoek()
        bezoek_sluiten(bezoek_id=bezoek.pk, reden=Afsluitreden.NIET_BEREIKT, nu=clock.nu())
        assert v.telefoon.oordelen(v.telefoon.afronding(bezoek)) == [("geparkeerd", "afgesloten")]

    def test_an_attempt_from_before_the_completion_counts_in_any_order(self, veld):
        v = veld()
        bezoek = v.bezoek()
        assert v.telefoon.oordelen(v.telefoon.afronding(bezoek), v.telefoon.poging(bezoek)) == [GEDAAN] * 2
        bezoek.refresh_from_db()
        assert (bezoek.status, bezoek.aantal_pogingen) == ("bezocht", 1)
        assert Bezoekkind.objects.get().pogingen == 1

    def test_a_fourth_attempt_is_stored_with_a_warning(self, veld):
        v = veld()
        bezoek = v.bezoek()
        pogingen = [v.telefoon.poging(bezoek, moment=clock.nu() - timedelta(days=n)) for n in (4, 3, 2, 1)]
        assert v.telefoon.oordelen(*pogingen) == [GEDAAN] * 4
        assert "vierdePoging" in Poging.objects.latest("moment").waarschuwingen

    @pytest.mark.parametrize("soort", ["poging", "afronding", "sjopaanvraag", "aanvaarding"])
    def test_a_moment_in_the_future_waits_for_a_person(self, veld, soort):
        v = veld()
        bezoek = v.bezoek()
        t = v.telefoon
        straks = clock.nu() + timedelta(minutes=5)
        maak = {
            "poging": t.poging(bezoek),
            "afronding": t.afronding(bezoek),
            "sjopaanvraag": t.handeling("sjopaanvraag", bezoek, SJOP),
        }
        h = {**maak.get(soort, t.handeling(soort, bezoek)), "moment": straks.isoformat()}
        assert t.oordelen(h) == [("geparkeerd", "klokWijktAf")]
        assert Bezoek.objects.get().status == "toegewezen"

    def test_a_visit_in_the_future_is_a_wrong_clock_too(self, veld):
        v = veld()
        bezoek = v.bezoek()
        straks = (clock.nu() + timedelta(hours=1)).isoformat()
        assert v.telefoon.oordelen(v.telefoon.afronding(bezoek, bezochtOp=straks)) == [("geparkeerd", "klokWijktAf")]

    def test_a_clock_that_is_seconds_ahead_is_no_news(self, veld):
        v = veld()
        bezoek = v.bezoek()
        with time_machine.travel(clock.nu(), tick=False):
            straks = clock.nu() + timedelta(seconds=20)
            h = v.telefoon.afronding(bezoek, moment=straks, bezochtOp=straks.isoformat())
            assert v.telefoon.oordelen(h) == [GEDAAN]

    def test_a_stop_never_waits_for_a_clock(self, veld):
        v = veld()
        dood, weigert = v.bezoek(), v.bezoek()
        t = v.telefoon
        straks = clock.nu() + timedelta(days=2)
        [kind] = kinderen_van(dood)
        oordelen = t.oordelen(
            t.handeling("overlijden", dood, {"pasgeborene": str(kind)}, moment=straks),
            t.handeling("weigering", weigert, {"alles": True}, moment=straks),
        )
        assert oordelen == [GEDAAN] * 2
        assert set(Bezoek.objects.values_list("status", flat=True)) == {"afgesloten"}

    def test_no_contact_at_all_is_obeyed_whatever_became_of_the_visit(self, veld):
        v = veld()
        gesloten, geweest = v.bezoek(), v.bezoek()
        t = v.telefoon
        bezoek_sluiten(bezoek_id=gesloten.pk, reden=Afsluitreden.NIET_BEREIKT, nu=clock.nu())
        oordelen = t.oordelen(
            t.afronding(geweest),
            t.handeling("weigering", geweest, {"alles": True}),
            t.handeling("weigering", gesloten, {"alles": True}),
        )
        assert oordelen == [GEDAAN] * 3
        assert set(Gezin.objects.values_list("contactstop_reden", flat=True)) == {"geweigerd"}


class TestVeilig:
    @pytest.fixture
    def v(self, veld):
        """With somebody on duty."""
        v = veld()
        nu = clock.nu()
        v.dienst = Achterwachtdienst.objects.create(
            gebied=v.gebied, begin=nu - timedelta(hours=1), eind=nu + timedelta(hours=1), eerste=v.coordinator.gebruiker
        )
        return v

    def test_in_and_out(self, v):
        bezoek = v.bezoek()
        t = v.telefoon
        naar_binnen = t.handeling("incheck", bezoek, {"verwachteMinuten": 45})
        nog_eens = t.handeling("incheck", bezoek, {"verwachteMinuten": 45})
        assert t.oordelen(naar_binnen, naar_binnen, nog_eens) == [GEDAAN, AL_GEDAAN, AL_GEDAAN]
        assert t.haal()["bezoeken"][0]["incheck"]["verwachtEind"]
        assert t.oordelen(t.handeling("uitcheck", bezoek)) == [GEDAAN]
        assert t.haal()["bezoeken"][0]["incheck"] is None
        assert Incheck.objects.get().uitgecheckt_op is not None

    def test_with_nobody_on_duty_it_is_refused(self, v):
        v.dienst.delete()
        t = v.telefoon
        assert t.oordelen(t.handeling("incheck", v.bezoek())) == [("geweigerd", "geenAchterwacht")]

    def test_one_that_arrives_when_its_time_is_over_starts_no_timer(self, v):
        t = v.telefoon
        laat = t.handeling("incheck", v.bezoek(), {"verwachteMinuten": 45}, moment=clock.nu() - timedelta(minutes=45))
        assert t.oordelen(laat) == [("geweigerd", "incheckTeLaat")]
        assert not Incheck.objects.exists()

    def test_she_checks_out_of_a_visit_that_is_not_hers_any_more(self, v):
        bezoek = v.bezoek()
        t = v.telefoon
        t.oordelen(t.handeling("incheck", bezoek))
        v.geef_aan_ander(bezoek)
        opnieuw = t.handeling("incheck", bezoek)
        assert t.oordelen(t.handeling("uitcheck", bezoek), opnieuw) == [GEDAAN, ("geweigerd", "nietToegewezen")]


class TestOverlijden:
    @pytest.mark.parametrize("met_bezoek", [True, False])
    def test_everything_stops(self, veld, met_bezoek):
        v = veld()
        bezoek = v.bezoek(kinderen=2)
        bericht = BerichtFactory(gezin=bezoek.gezin)
        t = v.telefoon
        kind = kinderen_van(bezoek)[0]
        h = t.handeling("overlijden", bezoek if met_bezoek else None, {"pasgeborene": str(kind)})
        assert t.oordelen(h, h) == [GEDAAN, AL_GEDAAN]
        assert Bezoek.objects.get().afsluitreden == "vervallen"
        assert Pasgeborene.objects.get(pk=kind).status == "vervallen"
        assert Bericht.objects.get(pk=bericht.pk).status == "geannuleerd"

    def test_who_had_the_visit_may_still_report_it(self, veld):
        v = veld()
        bezoek = v.bezoek()
        v.geef_aan_ander(bezoek)
        [kind] = kinderen_van(bezoek)
        assert v.telefoon.oordelen(v.telefoon.handeling("overlijden", None, {"pasgeborene": str(kind)})) == [GEDAAN]
        assert Bezoek.objects.get().status == "afgesloten"

    def test_a_completion_after_it_waits_and_says_no_cause(self, veld):
        v = veld()
        bezoek = v.bezoek()
        [kind] = kinderen_van(bezoek)
        t = v.telefoon
        [_dood, resultaat] = t.stuur(
            t.handeling("overlijden", None, {"pasgeborene": str(kind)}), t.afronding(bezoek)
        ).json()["resultaten"]
        assert (resultaat["status"], resultaat["code"]) == ("geparkeerd", "afgesloten")
        assert Mutatie.objects.filter(soort="uitgifte").count() == 0


class TestVroegere:
    """What a former assignee logged before she lost the visit."""

    @pytest.mark.parametrize("weg", ["ander", "ingetrokken", "gestopt met het programma"])
    def test_her_completion_is_applied_when_the_visit_lacks_it(self, veld, weg):
        v = veld()
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        if weg == "ander":
            v.geef_aan_ander(bezoek)
        elif weg == "ingetrokken":
            toewijzing_intrekken(bezoek_id=bezoek.pk, nu=clock.nu())
        else:
            v.moeder.actief = False
            v.moeder.save()
        assert v.telefoon.oordelen(h) == [GEDAAN]
        assert Bezoek.objects.get().status == "bezocht"

    def test_the_box_comes_from_her_home_and_the_other_gets_no_address(self, veld):
        v = veld(dozen=2)
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        v.geef_aan_ander(bezoek)
        v.telefoon.oordelen(h)
        standen = dict(Stand.objects.values_list("locatie__houder", "aantal"))
        assert (standen[v.moeder.pk], standen[v.andere_moeder.pk]) == (1, 2)
        assert standen_kloppen() == []
        bezoek.refresh_from_db()
        assert (bezoek.ooievaarsmoeder_id, bezoek.aanvaard_op) == (v.andere_moeder.pk, None)
        assert v.andere_telefoon.haal()["gezinnen"] == []

    def test_a_box_that_was_promised_to_the_other_is_free_again(self, veld):
        v = veld(dozen=1)
        bezoek = v.bezoek()
        h = v.telefoon.afronding(bezoek)
        v.geef_aan_ander(bezoek)
        t = v.andere_telefoon
        assert t.oordelen(t.handeling("aanvaarding", bezoek)) == [GEDAAN]
        assert Stand.objects.get(locatie__houder=v.andere_moeder).gereserveerd == 1
        assert v.telefoon.oordelen(h) == [GEDAAN]
        ander = Stand.objects.get(locatie__houder=v.andere_moeder)
        assert (ander.aantal, ander.gereserveerd) == (1, 0)
        assert standen_kloppen() == []

    def test_what_the_other_logged_first_stands_and_hers_waits(self, veld):
        v = veld()
        bezoek = v.bezoek()
        v.geef_aan_ander(bezoek)
        assert v.andere_telefoon.oordelen(v.andere_telefoon.afronding(bezoek, vorm="elders")) == [GEDAAN]
        assert v.telefoon.oordelen(v.telefoon.afronding(bezoek)) == [("geparkeerd", "alAfgerond")]
        assert Bezoek.objects.get().vorm == "elders"

    def test_her_attempts_and_refusals_count(self, veld):
        v = veld()
        een, twee = v.bezoek(), v.bezoek()
        v.geef_aan_ander(een)
        v.geef_aan_ander(twee)
        t = v.telefoon
        assert t.oordelen(t.poging(een), t.handeling("weigering", twee, {"alles": False})) == [GEDAAN] * 2
        assert Bezoek.objects.get(pk=twee.pk).afsluitreden == "geweigerd"

    @pytest.mark.parametrize(
        ("soort", "gegevens"),
        [
            ("aanvaarding", {}),
            ("afwijzing", {"reden": "ziek"}),
            ("afspraak", {"begin": "2030-01-02T12:00:00Z"}),
            ("sjopaanvraag", {"wensen": [{"categorie": "rompers"}]}),
        ],
    )
    def test_what_only_the_holder_can_do_waits_for_a_person(self, veld, soort, gegevens):
        v = veld()
        bezoek = v.bezoek()
        v.geef_aan_ander(bezoek)
        assert v.telefoon.oordelen(v.telefoon.handeling(soort, bezoek, gegevens)) == [("geparkeerd", "overgedragen")]
        bezoek.refresh_from_db()
        assert (bezoek.status, bezoek.aanvaard_op) == ("toegewezen", None)

    def test_her_moment_does_not_matter(self, veld):
        v = veld()
        bezoek = v.bezoek()
        v.geef_aan_ander(bezoek)
        for dagen in (0, 400):
            h = v.telefoon.poging(bezoek)
            assert v.telefoon.oordelen({**h, "moment": (clock.nu() - timedelta(days=dagen)).isoformat()})[0][0] in (
                "toegepast",
                "alToegepast",
            )


class TestZonderKamer:
    """What has no room yet is kept for the coordinator."""

    def test_it_is_parked_with_its_content(self, veld):
        v = veld()
        bezoek = v.bezoek()
        t = v.telefoon
        gevraagd = {"organisatie": "BoekStart", "toestemming": True}
        oordelen = t.oordelen(
            t.handeling("doorverwijzing", bezoek, {"organisatie": "JGZ"}),
            t.handeling("doorverwijzing", None, gevraagd),
        )
        assert oordelen == [("geparkeerd", "metDeHand")] * 2
        assert Handeling.objects.get(bezoek=None).gegevens == gevraagd
        assert {rij.gebied_id for rij in Handeling.objects.all()} == {v.gebied.pk}

    def test_a_sign_up_for_a_family_that_is_not_hers_is_not_there(self, veld):
        v = veld()
        vreemd = v.bezoek(moeder=v.andere_moeder)
        cafe = {"sjpruutcafe": str(uuid4()), "gezin": str(vreemd.gezin_id), "volwassenen": 1, "kinderen": 1}
        assert v.telefoon.oordelen(v.telefoon.handeling("cafeAanmelding", None, cafe)) == [
            ("geweigerd", "nietGevonden")
        ]


def test_a_fault_of_ours_parks_one_and_undoes_no_other(veld, monkeypatch):
    v = veld()
    een, stuk, drie = v.bezoek(), v.bezoek(), v.bezoek()
    echt = afronden._schrijf

    def schrijf(logs, *rest):
        echt(logs, *rest)
        if stuk in [log.bezoek for log in logs]:
            raise ZeroDivisionError

    monkeypatch.setattr(afronden, "_schrijf", schrijf)
    t = v.telefoon
    visits = [t.afronding(bezoek) for bezoek in (een, stuk, drie)]
    assert t.oordelen(t.poging(een), *visits, t.poging(stuk, uitkomst="nietThuis")) == [
        GEDAAN,
        GEDAAN,
        ("geparkeerd", "interneFout"),
        GEDAAN,
        GEDAAN,
    ]
    stuk.refresh_from_db()
    assert stuk.status == "toegewezen"


def test_visits_logged_together_cost_the_same_for_2_and_for_30(veld, django_assert_max_num_queries):
    v = veld()
    t = v.telefoon
    for aantal in (2, 30):
        reeks = [t.afronding(v.bezoek()) for _nummer in range(aantal)]
        with django_assert_max_num_queries(30):
            assert t.oordelen(*reeks) == [GEDAAN] * aantal


def test_of_visits_logged_together_each_gets_its_own_verdict(veld):
    v = veld()
    een, twee, dicht, vreemd = v.bezoek(), v.bezoek(), v.bezoek(), v.bezoek(moeder=v.andere_moeder)
    gezin_stoppen(gezin_id=dicht.gezin_id, reden="anders", nu=clock.nu())
    t = v.telefoon
    log = t.afronding(een)
    nog_eens, anders = {**log, "id": str(uuid4())}, t.afronding(een, vorm="elders")
    assert t.oordelen(log, t.afronding(vreemd), t.afronding(dicht), nog_eens, anders, t.afronding(twee)) == [
        GEDAAN,
        ("geweigerd", "nietGevonden"),
        ("geparkeerd", "afgesloten"),
        ("alToegepast", None),
        ("geparkeerd", "alAfgerond"),
        GEDAAN,
    ]


def test_no_voucher_code_is_kept(veld):
    v = veld()
    een, twee = v.bezoek(), v.bezoek()
    gezin_stoppen(gezin_id=twee.gezin_id, reden="anders", nu=clock.nu())
    t = v.telefoon
    met_code = [
        t.afronding(b, dozen=[{"pasgeborene": str(kinderen_van(b)[0]), "vouchercode": "ZWEM-1234-5678"}])
        for b in (een, twee)
    ]
    assert t.oordelen(*met_code) == [GEDAAN, ("geparkeerd", "afgesloten")]
    bewaard = str([*Handeling.objects.values(), *Bezoekkind.objects.values()]).replace("-", "")
    assert "ZWEM1234" not in bewaard
    assert "5678" in bewaard


class TestBeforeAcceptance:
    """Rule 8: until she accepts she sees wijk and language only; what she did is kept all the same."""

    afspraak = {"begin": "2027-01-12T10:00:00Z"}

    def test_her_appointment_is_her_acceptance(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        assert v.telefoon.oordelen(v.telefoon.handeling("afspraak", bezoek, self.afspraak)) == [("toegepast", None)]
        [rij] = v.telefoon.haal()["bezoeken"]
        assert (rij["status"], rij["gezin"]) == ("gepland", str(bezoek.gezin_id))
        assert Reservering.objects.filter(aanleiding=f"bezoek:{bezoek.pk}").count() == 1

    def test_what_a_coordinator_agrees_is_not(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        pad = f"/api/v1/bezoeken/{bezoek.pk}/afspraak"
        uit = v.coordinator.put(pad, self.afspraak, format="json").json()
        assert (uit["status"], uit["aanvaardOp"]) == ("gepland", None)

    def test_who_accepted_without_signal_sends_that_first(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        h = v.telefoon.handeling
        oordelen = v.telefoon.oordelen(h("aanvaarding", bezoek), h("afspraak", bezoek, self.afspraak))
        assert oordelen == [("toegepast", None)] * 2

    def test_an_attempt_is_kept_and_opens_nothing(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        assert v.telefoon.oordelen(v.telefoon.poging(bezoek)) == [("toegepast", None)]
        [rij] = v.telefoon.haal()["bezoeken"]
        via_rest = v.telefoon.client.get(f"/api/v1/bezoeken/{bezoek.pk}").json()
        for uit in (rij, via_rest):
            assert (uit["gezin"], uit["pasgeborenen"], uit["geboortedatum"]) == (None, None, None)
            assert len(uit["pogingen"]) == 1
        assert v.telefoon.haal()["gezinnen"] == []

    def test_a_completion_is_kept_and_is_the_acceptance(self, veld):
        v = veld()
        bezoek = v.bezoek(aanvaard=False)
        assert v.telefoon.oordelen(v.telefoon.afronding(bezoek)) == [("toegepast", None)]
        [rij] = v.telefoon.haal()["bezoeken"]
        assert (rij["status"], rij["aanvaardOp"] is not None) == ("bezocht", True)
