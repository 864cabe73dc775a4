"""What was logged on phones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bezoeken import models
from tests.architecture.breuken import Breuken
from tests.architecture.breuken.hulp import NU, tweemaal
from tests.factories import GebiedFactory, GebruikerFactory


def _handeling(**velden: Any) -> None:
    waarden = {"handeling": UUID(int=1), "soort": "poging", "moment": NU, "ontvangen_op": NU, "inhoud_hash": "h"}
    waarden |= {"status": "toegepast"} | velden
    models.Handeling.objects.create(
        gebied=waarden.pop("gebied", None) or GebiedFactory(),
        gebruiker=waarden.pop("gebruiker", None) or GebruikerFactory(),
        **waarden,
    )


_WACHT = {"status": "geparkeerd", "reden": "klokWijktAf", "gegevens": {}}

BREUKEN: Breuken = {
    "handeling_een_keer": [lambda: tweemaal(_handeling, gebruiker=GebruikerFactory())],
    "handeling_geparkeerd_heeft_reden_en_inhoud": [
        lambda: _handeling(**_WACHT | {"reden": ""}),
        lambda: _handeling(**_WACHT | {"gegevens": None}),
        lambda: _handeling(**_WACHT | {"besluit": "toepassen", "besloten_op": NU}),
    ],
    "handeling_besluit_heeft_moment": [
        lambda: _handeling(besluit="toepassen"),
        lambda: _handeling(besloten_op=NU),
    ],
    "handeling_verworpen_door_iemand": [lambda: _handeling(status="verworpen")],
}
