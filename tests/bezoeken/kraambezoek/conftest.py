"""A volunteer with boxes at home, and her visit."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ooievaar.platform import clock
from tests.factories import GebiedFactory, GezinFactory, WijkFactory, gebruiker_met_rol, toegewezen_bezoek
from voorraad.models import Artikel
from voorraad.services import mutatie_boeken, plekken_aanmaken, thuisplek
from voorraad.services.plekken import standaardplek


@pytest.fixture
def wereld(als):
    """`wereld(dozen=2, kinderen=1, aanvaard=False)`: two clients (coordinator, volunteer), a visit, boxes at home."""

    def _wereld(*, dozen: int = 2, kinderen: int = 1, aanvaard: bool = False, **velden) -> SimpleNamespace:
        gebied = GebiedFactory()
        plekken_aanmaken(gebied=gebied)
        zij = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        coordinator = gebruiker_met_rol("coordinator", gebied=gebied)
        moeder = zij.ooievaarsmoeder
        plek = thuisplek(ooievaarsmoeder=moeder)
        doos = Artikel.objects.get(gebied=gebied, code="in-de-box")
        if dozen:
            mutatie_boeken(
                soort="ontvangst", artikel=doos, partij=None, van=standaardplek(gebied.pk, "leverancier"), naar=plek,
                aantal=dozen, reden="", door=coordinator, nu=clock.nu(),
            )  # fmt: skip
        gezin = GezinFactory(wijk=WijkFactory(gebied=gebied))
        bezoek = toegewezen_bezoek(moeder, gezin=gezin, aanvaard=aanvaard, kinderen=kinderen, **velden)
        return SimpleNamespace(
            gebied=gebied,
            gezin=gezin,
            moeder=moeder,
            bezoek=bezoek,
            plek=plek,
            doos=doos,
            kinderen=[str(k.pasgeborene_id) for k in bezoek.kinderen.all()],
            zij=als(gebruiker=zij),
            coordinator=als(gebruiker=coordinator),
            pad=f"/api/v1/bezoeken/{bezoek.pk}",
        )

    return _wereld


def afronding(wereld, **anders) -> dict:
    """The body of a completion with a box for each child."""
    nu = clock.nu().replace(microsecond=0)
    return {
        "bezochtOp": nu.isoformat(),
        "vorm": "huisbezoek",
        "dozen": [{"pasgeborene": kind} for kind in wereld.kinderen],
        "onderwerpen": ["zwemles"],
        "uitnodigen": True,
        "zorgGedeeld": False,
        **anders,
    }


@pytest.fixture(name="afronding")
def _afronding():
    return afronding
