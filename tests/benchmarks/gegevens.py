"""Volunteers with boxes and visits to log, made in bulk: thousands, because what is logged is used up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4


@dataclass
class Zij:
    """A volunteer with a phone: her token, and the visits she can still log as (visit, child)."""

    token: str
    bezoeken: Iterator[tuple[UUID, UUID]]


def ooievaarsmoeders(aantal: int, *, bezoeken: int) -> list[Zij]:
    """So many volunteers, each with so many accepted visits of one child, and a promised box for every one."""
    from tests.factories import GebiedFactory, WijkFactory, doos, dozen_bij_moeder, gebruiker_met_rol, token_voor

    gebied = GebiedFactory()
    doos(gebied)
    wijk = WijkFactory(gebied=gebied)
    gevonden = []
    for _nummer in range(aantal):
        gebruiker = gebruiker_met_rol("ooievaarsmoeder", gebied=gebied)
        dozen_bij_moeder(gebruiker.ooievaarsmoeder, 2 * bezoeken)
        paren = _bezoeken(gebruiker.ooievaarsmoeder, wijk, bezoeken)
        gevonden.append(Zij(token_voor(gebruiker), iter(paren)))
    return gevonden


def _bezoeken(moeder: Any, wijk: Any, aantal: int) -> list[tuple[UUID, UUID]]:
    from bezoeken.models import Bezoek, Bezoekkind, Toewijzing
    from ooievaar.models import Contactpersoon, Gezin, Pasgeborene
    from ooievaar.platform import clock
    from tests.factories import BezoekFactory
    from voorraad.models import Reservering, Stand

    nu, geboren = clock.nu(), clock.vandaag() - timedelta(days=45)
    gezinnen = Gezin.objects.bulk_create([Gezin(gebied=wijk.gebied, wijk=wijk) for _n in range(aantal)])
    Contactpersoon.objects.bulk_create([Contactpersoon(gezin=gezin, naam="A. Bench") for gezin in gezinnen])
    kinderen = Pasgeborene.objects.bulk_create(
        [Pasgeborene(gezin=g, achternaam="Bench", naamsleutel="bench", geboortedatum=geboren) for g in gezinnen]
    )
    visits = Bezoek.objects.bulk_create(
        [
            BezoekFactory.build(
                gezin=gezin, gebied=wijk.gebied, wijk=wijk, geboortedatum=geboren, status="toegewezen",
                ooievaarsmoeder=moeder, aanvaard_op=nu,
            )
            for gezin in gezinnen
        ]
    )  # fmt: skip
    paren = list(zip(visits, kinderen, strict=True))
    Bezoekkind.objects.bulk_create(
        [
            Bezoekkind(
                bezoek=bezoek, pasgeborene=kind, gebied=wijk.gebied, wijk=wijk, geboortedatum=geboren,
                peildatum=geboren + timedelta(days=57), bezoek_status="toegewezen", venster_eind=bezoek.venster_eind,
            )
            for bezoek, kind in paren
        ]
    )  # fmt: skip
    Toewijzing.objects.bulk_create(
        [Toewijzing(bezoek=b, ooievaarsmoeder=moeder, toegewezen_op=nu, aanvaard_op=nu) for b in visits]
    )
    stand = Stand.objects.get(locatie__houder=moeder)
    Stand.objects.filter(pk=stand.pk).update(gereserveerd=aantal)
    Reservering.objects.bulk_create(
        [
            Reservering(stand=stand, aanleiding=f"bezoek:{bezoek.pk}", onderdeel=str(kind.pk), gereserveerd_op=nu)
            for bezoek, kind in paren
        ]
    )
    return [(bezoek.pk, kind.pk) for bezoek, kind in paren]


def log_van(kind: UUID) -> dict[str, Any]:
    """What she logs: a visit at home with one box."""
    from ooievaar.platform import clock

    return {
        "bezochtOp": clock.nu().isoformat(timespec="seconds"),
        "vorm": "huisbezoek",
        "dozen": [{"pasgeborene": str(kind)}],
        "onderwerpen": ["zwemles"],
        "uitnodigen": True,
        "zorgGedeeld": False,
    }


def handeling_van(bezoek: UUID, kind: UUID) -> dict[str, Any]:
    """The same as a phone sends it."""
    from ooievaar.platform import clock

    moment = clock.nu().isoformat(timespec="seconds")
    return {
        "id": str(uuid4()),
        "soort": "afronding",
        "bezoek": str(bezoek),
        "moment": moment,
        "gegevens": log_van(kind),
    }
