"""The Sjop: a Gebied that has one, and goods, families and loans that came about through its services."""

from __future__ import annotations

from typing import Any

from ooievaar.platform import clock
from tests.factories.ooievaar import GebiedFactory
from voorraad import models
from voorraad.services import sjop

LEEG: dict[str, Any] = {}


def sjopgebied(**velden: Any):
    """A Gebied with the Sjop that the product begins with."""
    gebied = GebiedFactory(**velden)
    sjop.sjop_inrichten(gebied=gebied, nu=clock.nu())
    return gebied


def categorie(gebied, code: str = "rompers") -> models.Sjopcategorie:
    return models.Sjopcategorie.objects.select_related("artikel").get(artikel__gebied=gebied, artikel__code=code)


# What each kind of goods needs to be taken in.
_NODIG: dict[str, dict[str, Any]] = {
    "rompers": {"maat": "62"},
    "kleding": {"maat": "62", "seizoen": "winter"},
    "jassen": {"maat": "62", "seizoen": "winter"},
    "slaapzakken": {"maat": "62", "seizoen": "winter"},
    "schoenen": {"maat": "18"},
    "luiers": {"maat": "3"},
    "bed": {"merk": "Voorbeeldmerk", "model": "Droom 1"},
    "kinderwagen": {"merk": "Voorbeeldmerk", "model": "Rol 2"},
    "kinderstoel": {"merk": "Voorbeeldmerk", "model": "Zit 3"},
    "matras": {"nieuw": True},
}


def ingebracht(gebied, code: str = "rompers", *, vrij: bool = True, nu=None, **goed: Any) -> models.Inbreng:
    """Taken in and, unless told otherwise, checked: it lies on the shelf."""
    nu = nu or clock.nu()
    inbreng = sjop.inbreng_boeken(
        categorie=categorie(gebied, code),
        goed=sjop.Goed(**{"staat": "B", **_NODIG.get(code, {}), **goed}),
        door=None,
        nu=nu,
    )
    if vrij and inbreng.status == "quarantaine":
        punten = inbreng.categorie.checklist
        sjop.inbreng_goedkeuren(inbreng_id=inbreng.pk, afgevinkt=punten, door=None, nu=nu)
    return models.Inbreng.objects.select_related("categorie__artikel", "partij").get(pk=inbreng.pk)


def pas(gebied, *, aanleiding: str = "", voornaam: str = "Noor", nu=None, **velden: Any) -> models.Sjoppas:
    return sjop.pas_openen(
        gebied_id=gebied.pk,
        aanleiding=aanleiding,
        voornaam=voornaam,
        nu=nu or clock.nu(),
        **{"bron": "balie", **velden},
    )


def aangevraagd(een_pas, code: str = "rompers", *, nu=None, **velden: Any) -> models.Sjopaanvraag:
    """Asked for, and promised when it lies there."""
    nu = nu or clock.nu()
    aanvraag = sjop.aanvraag_doen(pas_id=een_pas.pk, categorie=categorie(een_pas.gebied, code), nu=nu, **velden)
    sjop.wachtlijst_bijwerken(gebied_id=een_pas.gebied_id, nu=nu)
    aanvraag.refresh_from_db()
    return aanvraag


def gegeven(een_pas, stuk, *, aantal: int = 1, nu=None) -> models.Sjopuitgifte:
    """Handed out; what is lent out has its loan in `.bruikleen`."""
    (uitgifte,) = sjop.uitgeven(pas_id=een_pas.pk, keuzes=[sjop.Keuze(stuk.pk, aantal)], door=None, nu=nu or clock.nu())
    return uitgifte
