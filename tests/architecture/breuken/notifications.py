"""The outbox."""

from __future__ import annotations

from notifications import models as notifications
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import DAG, NU, anders, tweemaal
from tests.factories import (
    GebruikerFactory,
    OoievaarsmoederFactory,
)
from tests.factories.notifications import BerichtFactory


def _brief() -> None:
    bericht = BerichtFactory(kanaal="brief")
    tweemaal(notifications.Briefregel.objects.create, bericht=bericht, gebied=bericht.gebied, dag=DAG)


BREUKEN: Breuken = {
    "bericht_een_ontvanger": [
        lambda: anders(BerichtFactory(), gezin=None),
        lambda: anders(BerichtFactory(), ooievaarsmoeder=OoievaarsmoederFactory()),
        lambda: anders(BerichtFactory(), gebruiker=GebruikerFactory()),
    ],
    "bericht_verzonden_heeft_moment": [
        lambda: anders(BerichtFactory(), status="verzonden"),
        lambda: anders(BerichtFactory(), verzonden_op=NU),
    ],
    "bericht_bezig_heeft_lease": [lambda: anders(BerichtFactory(), status="bezig")],
    "notifications_bericht.sleutel": [lambda: tweemaal(BerichtFactory, sleutel="dubbel")],
    "notifications_briefregel.bericht_id": [_brief],
}
