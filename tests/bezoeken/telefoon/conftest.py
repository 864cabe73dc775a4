"""A volunteer with a phone, a colleague, a coordinator, and visits in one Gebied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from bezoeken.models import Bezoek
from bezoeken.toewijzing.services import toewijzen
from ooievaar.platform import clock
from tests.factories import (
    GebiedFactory,
    GezinFactory,
    WijkFactory,
    dozen_bij_moeder,
    gebruiker_met_rol,
    toegewezen_bezoek,
)

PAD = "/api/v1/synchronisatie"


class Telefoon:
    """What the app does: it makes ids, keeps Handelingen and sends them."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def handeling(
        self, soort: str, bezoek: Any = None, gegevens: dict | None = None, *, moment: datetime | None = None
    ) -> dict:
        """A Handeling with an id of its own."""
        return {
            "id": str(uuid4()),
            "soort": soort,
            "bezoek": str(bezoek.pk) if isinstance(bezoek, Bezoek) else bezoek,
            "moment": (moment or clock.nu()).isoformat(),
            "gegevens": gegevens or {},
        }

    def afronding(self, bezoek: Bezoek, *, moment: datetime | None = None, **anders: Any) -> dict:
        """A completed visit with a box for each child."""
        gegevens = {
            "bezochtOp": (clock.nu() - timedelta(hours=1)).replace(microsecond=0).isoformat(),
            "vorm": "huisbezoek",
            "dozen": [{"pasgeborene": str(kind)} for kind in kinderen_van(bezoek)],
            "onderwerpen": ["zwemles"],
            "uitnodigen": True,
            "zorgGedeeld": False,
            **anders,
        }
        return self.handeling("afronding", bezoek, gegevens, moment=moment)

    def poging(self, bezoek: Bezoek, *, moment: datetime | None = None, **anders: Any) -> dict:
        moment = moment or clock.nu() - timedelta(hours=2)
        gegevens = {"moment": moment.isoformat(), "soort": "telefoon", "uitkomst": "geenGehoor", **anders}
        return self.handeling("poging", bezoek, gegevens)

    def stuur(self, *handelingen: dict, **koppen: str):
        """The whole answer of POST /synchronisatie."""
        return self.client.post(PAD, {"handelingen": list(handelingen)}, format="json", **koppen)

    def oordelen(self, *handelingen: dict) -> list[tuple[str, str | None]]:
        """(status, code) of each, in order."""
        antwoord = self.stuur(*handelingen)
        assert antwoord.status_code == 200, antwoord.json()
        resultaten = antwoord.json()["resultaten"]
        assert [r["id"] for r in resultaten] == [h["id"] for h in handelingen]
        return [(r["status"], r.get("code")) for r in resultaten]

    def haal(self, sinds: str | None = None) -> dict:
        """What GET /synchronisatie gives."""
        antwoord = self.client.get(PAD, {"sinds": sinds} if sinds is not None else {})
        assert antwoord.status_code == 200, antwoord.json()
        return antwoord.json()


def kinderen_van(bezoek: Bezoek) -> list[UUID]:
    return list(bezoek.kinderen.order_by("pasgeborene_id").values_list("pasgeborene_id", flat=True))


@pytest.fixture
def veld(als) -> Callable[..., SimpleNamespace]:
    """`veld(dozen=2)`: two volunteers with boxes at home and a phone each, and their coordinator."""

    def _veld(*, dozen: int = 2) -> SimpleNamespace:
        gebied = GebiedFactory()
        wijk = WijkFactory(gebied=gebied)
        zij, ander = (gebruiker_met_rol("ooievaarsmoeder", gebied=gebied) for _nummer in range(2))
        coordinator = gebruiker_met_rol("coordinator", gebied=gebied)
        for gebruiker in (zij, ander):
            gebruiker.ooievaarsmoeder.wijken.set([wijk])
            if dozen:
                dozen_bij_moeder(gebruiker.ooievaarsmoeder, dozen)

        def bezoek(**velden: Any) -> Bezoek:
            gezin = velden.pop("gezin", None) or GezinFactory(wijk=wijk)
            return toegewezen_bezoek(velden.pop("moeder", zij.ooievaarsmoeder), gezin=gezin, **velden)

        def geef_aan_ander(visit: Bezoek) -> None:
            toewijzen(bezoek_id=visit.pk, ooievaarsmoeder_id=ander.ooievaarsmoeder.pk, door=coordinator, nu=clock.nu())

        return SimpleNamespace(
            gebied=gebied,
            wijk=wijk,
            zij=zij,
            ander=ander,
            moeder=zij.ooievaarsmoeder,
            andere_moeder=ander.ooievaarsmoeder,
            telefoon=Telefoon(als(gebruiker=zij)),
            andere_telefoon=Telefoon(als(gebruiker=ander)),
            coordinator=als(gebruiker=coordinator),
            bezoek=bezoek,
            geef_aan_ander=geef_aan_ander,
        )

    return _veld
