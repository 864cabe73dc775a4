"""The outbox."""

from __future__ import annotations

from typing import Any

from notifications import models as notifications
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import (
    GebiedFactory,
    GebruikerFactory,
    GezinFactory,
    OoievaarsmoederFactory,
)
from tests.factories.notifications import BerichtFactory


def _brief() -> None:
    bericht = BerichtFactory(kanaal="brief")
    tweemaal(notifications.Briefregel.objects.create, bericht=bericht, gebied=bericht.gebied, dag=DAG)


def _brief_op_plek(**velden: Any) -> None:
    bericht = BerichtFactory(kanaal="brief")
    partij = notifications.Briefpartij.objects.create(gebied=bericht.gebied, gemaakt_op=NU)
    waarden = {"gebied": bericht.gebied, "dag": DAG, "partij": partij, "volgnummer": 1}
    for brief in (bericht, BerichtFactory(kanaal="brief")):
        notifications.Briefregel.objects.create(bericht=brief, **waarden | velden)


def _tekst() -> None:
    velden = {"soort": "s", "kanaal": "email", "taal": "nl", "nummer": 1, "tekst": "t", "gemaakt_op": NU}
    tweemaal(notifications.Tekstversie.objects.create, gebied=GebiedFactory(), **velden)


def _push() -> None:
    velden = {"endpoint": "https://push.example/1", "p256dh": "x", "auth": "x", "aangemaakt_op": NU}
    tweemaal(notifications.Pushabonnement.objects.create, gebruiker=GebruikerFactory(), **velden)


BREUKEN: Breuken = {
    "briefregel_een_plek": [_brief_op_plek],
    "briefregel_partij_met_plek": [
        lambda: _brief_op_plek(volgnummer=None),
        lambda: _brief_op_plek(partij=None),
    ],
    "tekstversie_nummer": [_tekst],
    "kanaalstop_een_keer": [
        lambda: tweemaal(notifications.Kanaalstop.objects.create, gezin=GezinFactory(), kanaal="sms", sinds=NU)
    ],
    "onbereikbaar_een_open": [
        lambda: tweemaal(
            notifications.Onbereikbaar.objects.create, gezin=GezinFactory(), kanaal="sms", fout="x", sinds=NU
        )
    ],
    "notifications_pushabonnement.endpoint": [_push],
    "bericht_een_ontvanger": [
        lambda: anders(BerichtFactory(), gezin=None),
        lambda: anders(BerichtFactory(), ooievaarsmoeder=OoievaarsmoederFactory()),
        lambda: anders(BerichtFactory(), gebruiker=GebruikerFactory()),
    ],
    "bericht_over_gezin_aan_een_ander": [
        lambda: anders(BerichtFactory(), over_gezin=GezinFactory()),
    ],
    "bericht_verzonden_heeft_moment": [
        lambda: anders(BerichtFactory(), status="verzonden"),
        lambda: anders(BerichtFactory(), verzonden_op=NU),
    ],
    "bericht_bezig_heeft_lease": [lambda: anders(BerichtFactory(), status="bezig")],
    "bericht_sleutel_een_keer": [lambda: tweemaal(BerichtFactory, sleutel="dubbel")],
    "notifications_briefregel.bericht_id": [_brief],
}
