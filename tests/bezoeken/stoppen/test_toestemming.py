"""Consent per purpose: nothing without it, nothing after it ended (domain.md, rule 17; quality.md, R7)."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from bezoeken.kraambezoek.services.toestemming import toestemming_beeindigen, toestemming_vastleggen
from notifications.models import Bericht, Briefregel
from notifications.selectors import brieven_van
from notifications.services import berichten_annuleren, verzend
from ooievaar.models import Gezin, Gezinskoppeling
from ooievaar.selectors.toestemmingen import met_toestemming
from tests.factories import GezinFactory, bezoek_met_kinderen
from tests.factories.notifications import BerichtFactory
from tests.notifications.stub import StubKanaal

NU = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
EERDER = NU - timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def uitnodiging(monkeypatch):
    """A text for an invitation: the cafés' own texts are the business of another room."""
    from notifications import sjablonen

    teksten = {**sjablonen.standaardteksten(), ("cafeProef", "email", "nl"): sjablonen.Sjabloon("Kom", "{stop}")}
    teksten |= {("cafeProef", "brief", "nl"): sjablonen.Sjabloon("Kom", "{stop}")}
    monkeypatch.setattr(sjablonen, "standaardteksten", lambda: teksten)


def bericht(gezin, **velden):
    velden = {"soort": "cafeProef", "gepland_op": EERDER, "aangemaakt_op": EERDER, **velden}
    return BerichtFactory(gezin=gezin, **velden)


def stand(rij):
    rij.refresh_from_db()
    return rij.status, rij.fout


def test_an_invitation_needs_a_yes_and_contact_does_not():
    wel, niet = GezinFactory(), GezinFactory()
    toestemming_vastleggen(gezin_id=wel.pk, doel="cafe", nu=EERDER)
    toestemming_vastleggen(gezin_id=niet.pk, doel="onderzoek", nu=EERDER)
    met, zonder, gewoon = bericht(wel), bericht(niet, terugval=["brief"]), bericht(niet, soort="aankondiging")
    stub = StubKanaal()
    verzend(nu=NU, kanalen=[stub])
    assert set(stub.sleutels) == {met.pk, gewoon.pk}
    assert stand(zonder) == ("geannuleerd", "geenToestemming"), "and by no other channel either"


def test_withdrawn_consent_cancels_what_was_planned_for_it_and_nothing_else():
    gezin, ander = GezinFactory(), GezinFactory()
    for wie in (gezin, ander):
        toestemming_vastleggen(gezin_id=wie.pk, doel="cafe", nu=EERDER)
    weg, blijft, van_ander = bericht(gezin), bericht(gezin, soort="aankondiging"), bericht(ander)
    toestemming_beeindigen(gezin_id=gezin.pk, doel="cafe", nu=NU)
    assert [stand(rij)[0] for rij in (weg, blijft, van_ander)] == ["geannuleerd", "gepland", "gepland"]
    assert met_toestemming([gezin.pk, ander.pk], "cafe") == {ander.pk}
    toestemming_vastleggen(gezin_id=gezin.pk, doel="cafe", nu=NU)
    assert stand(weg)[0] == "geannuleerd", "agreeing again sends nothing that was stopped"
    assert met_toestemming([gezin.pk], "cafe") == {gezin.pk}


def test_it_follows_a_confirmed_link_because_they_are_the_same_people():
    gezin, ander = sorted((GezinFactory(), GezinFactory()), key=lambda g: g.pk)
    Gezinskoppeling.objects.create(
        een=gezin, ander=ander, gronden=["telefoon"], voorgesteld_op=EERDER, status="bevestigd", beoordeeld_op=EERDER
    )
    toestemming_vastleggen(gezin_id=ander.pk, doel="cafe", nu=EERDER)
    rij = bericht(ander)
    toestemming_beeindigen(gezin_id=gezin.pk, doel="cafe", nu=NU)
    assert stand(rij)[0] == "geannuleerd"
    assert not met_toestemming([ander.pk], "cafe")


def test_without_consent_for_contact_there_is_no_contact():
    gezin = GezinFactory()
    rij = bericht(gezin, soort="aankondiging")
    toestemming_beeindigen(gezin_id=gezin.pk, doel="contact", nu=NU)
    assert Gezin.objects.get(pk=gezin.pk).contactstop_reden == "ingetrokken"
    assert stand(rij)[0] == "geannuleerd"


def test_a_withdrawal_that_commits_between_claim_and_send_is_obeyed():
    eerste, tweede = GezinFactory(), GezinFactory()
    for gezin in (eerste, tweede):
        toestemming_vastleggen(gezin_id=gezin.pk, doel="cafe", nu=EERDER)
    gaat, niet = bericht(eerste, gepland_op=EERDER - timedelta(hours=1)), bericht(tweede)

    def intrekken():
        toestemming_beeindigen(gezin_id=tweede.pk, doel="cafe", nu=NU)
        connection.close()

    class Stub(StubKanaal):
        def verzend(self, zendingen):
            if not self.aangeboden:
                draad = threading.Thread(target=intrekken)
                draad.start()
                draad.join(10)
                assert not draad.is_alive(), "another family's withdrawal waits for nothing"
            return super().verzend(zendingen)

    stub = Stub(partij=1)
    verzend(nu=NU, kanalen=[stub])
    assert stub.sleutels == [gaat.pk]
    assert stand(niet)[0] == "geannuleerd"


def test_a_letter_on_the_list_is_not_printed_after_the_family_changed_its_mind():
    bezoek = bezoek_met_kinderen()
    toestemming_vastleggen(gezin_id=bezoek.gezin_id, doel="cafe", nu=EERDER)
    rij = bericht(bezoek.gezin, kanaal="brief")
    verzend(nu=NU)
    assert stand(rij)[0] == "verzonden"
    regels = Briefregel.objects.select_related("bericht")
    assert len(brieven_van(regels).brieven) == 1
    toestemming_beeindigen(gezin_id=bezoek.gezin_id, doel="cafe", nu=NU)
    lijst = brieven_van(regels)
    assert (len(lijst.brieven), lijst.gestopt) == (0, 1)


def test_only_purposes_that_need_consent_can_be_cancelled_by_purpose():
    with pytest.raises(ValueError):
        berichten_annuleren(nu=NU, doel="contact")
    assert not Bericht.objects.exists()


def test_the_api_gives_and_takes_it(als):
    bezoek = bezoek_met_kinderen()
    client = als("coordinator", gebied=bezoek.gebied)
    pad = f"/api/v1/gezinnen/{bezoek.gezin_id}/toestemmingen"
    assert client.put(f"{pad}/cafe", {}, format="json").status_code == 204
    assert [t["doel"] for t in client.get(f"/api/v1/gezinnen/{bezoek.gezin_id}").json()["toestemmingen"]] == ["cafe"]
    assert client.put(f"{pad}/reclame", {}, format="json").status_code == 404
    assert als("coordinator").delete(f"{pad}/cafe").status_code == 404
    assert client.delete(f"{pad}/cafe").status_code == 204
    [rij] = client.get(f"/api/v1/gezinnen/{bezoek.gezin_id}").json()["toestemmingen"]
    assert rij["tot"] is not None
