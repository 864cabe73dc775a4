"""What waits to be sent and is no longer true does not go; what still is true does (karrot-frontend 2480)."""

from datetime import datetime, timedelta

import pytest

from bezoeken.herinneren.services import herinneringen_plannen
from bezoeken.kraambezoek.services.aanvaarden import bezoek_aanvaarden, bezoek_afwijzen
from bezoeken.kraambezoek.services.afspraak import afspraak_maken
from bezoeken.toewijzing.services import toewijzen, toewijzing_intrekken
from notifications.models import Bericht
from tests.factories import OoievaarsmoederFactory, bezoek_met_kinderen, gebruiker_met_rol, toegewezen_bezoek

pytestmark = pytest.mark.django_db
# A Tuesday evening: what is due today waits for tomorrow's first hour.
NU = datetime.fromisoformat("2026-11-24T21:30:00+01:00")


def standen():
    return dict(Bericht.objects.values_list("soort", "status"))


def geboren(dagen):
    return NU.date() - timedelta(days=dagen)


def aan_haar(dagen, *, aanvaard=True):
    bezoek = toegewezen_bezoek(OoievaarsmoederFactory(), aanvaard=aanvaard, geboortedatum=geboren(dagen))
    bezoek.toewijzingen.update(toegewezen_op=NU - timedelta(days=4))
    gebruiker_met_rol("coordinator", gebied=bezoek.gebied)
    return bezoek


@pytest.mark.parametrize("hoe", ["aanvaarden", "afwijzen", "intrekken"])
def test_she_answered_in_the_night(hoe):
    bezoek = aan_haar(36, aanvaard=False)
    herinneringen_plannen(nu=NU)
    assert standen() == {"aankondiging": "gepland", "geenAntwoord": "gepland", "hercontrole": "gepland"}
    doe = {
        "aanvaarden": lambda: bezoek_aanvaarden(bezoek_id=bezoek.pk, nu=NU),
        "afwijzen": lambda: bezoek_afwijzen(bezoek_id=bezoek.pk, reden="geenTijd", nu=NU),
        "intrekken": lambda: toewijzing_intrekken(bezoek_id=bezoek.pk, nu=NU),
    }
    doe[hoe]()
    # The family is still to be told: a cancelled announcement would never go.
    assert standen() == {"aankondiging": "gepland", "geenAntwoord": "geannuleerd", "hercontrole": "gepland"}


def test_an_appointment_takes_the_reason_of_every_urging():
    bezoek = aan_haar(50)
    herinneringen_plannen(nu=NU)
    assert standen()["geenAfspraak"] == "gepland"
    afspraak_maken(
        bezoek_id=bezoek.pk,
        begin=NU.replace(hour=11) + timedelta(days=2),
        duur_minuten=60,
        toch=False,
        door=None,
        nu=NU,
    )
    assert set(Bericht.objects.filter(soort="geenAfspraak").values_list("status", flat=True)) == {"geannuleerd"}
    assert standen()["aankondiging"] == "gepland"


def test_a_moved_appointment_is_reminded_of_at_its_new_time_only():
    bezoek = aan_haar(45)
    bezoek.gezin.contactpersonen.update(telefoonnummer="+31612345678", emailadres="gezin@example.org")
    for dag in (1, 2):
        begin = NU.replace(hour=11) + timedelta(days=dag)
        afspraak_maken(bezoek_id=bezoek.pk, begin=begin, duur_minuten=60, toch=False, door=None, nu=NU)
        herinneringen_plannen(nu=NU)
    herinneringen_plannen(nu=NU + timedelta(days=1, hours=-6))
    rijen = Bericht.objects.filter(soort="bezoekherinnering").order_by("status")
    per_dag = {(r.context["dag"], r.status) for r in rijen}
    assert per_dag == {("2026-11-25", "geannuleerd"), ("2026-11-26", "gepland")}


def test_assigned_before_the_morning():
    bezoek = bezoek_met_kinderen(geboortedatum=geboren(31))
    gebruiker_met_rol("coordinator", gebied=bezoek.gebied)
    herinneringen_plannen(nu=NU)
    assert standen() == {"nietToegewezen": "gepland"}
    moeder = OoievaarsmoederFactory(gebied=bezoek.gebied)
    toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=moeder.pk, door=None, nu=NU)
    assert standen() == {"nietToegewezen": "geannuleerd"}
