"""Families and the Sjop: what a visit asks for, and what a loan reminds of. The Sjop itself knows neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.kraambezoek.fouten import Afgesloten
from notifications.services import NieuwBericht, berichten_plannen
from ooievaar.kalender import volgende_verzendmoment
from ooievaar.platform.clock import dag_van
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.benaderbaar import Contact, benaderbare_gezinnen, contactstanden
from ooievaar.selectors.bereik import gezinsbereik, verzendregels
from ooievaar.selectors.gebieden import alle_gebieden
from ooievaar.services.gezinnen import gezin_vergrendelen
from voorraad.selectors.sjop import TeHerinneren, categorieen_van, te_herinneren
from voorraad.services import sjop

if TYPE_CHECKING:
    from ooievaar.models import Gezin
    from voorraad.models import Sjopaanvraag

SOORT = "sjopBruikleen"
_VOOR_GEZIN = "gezin:"


@dataclass(frozen=True)
class Wens:
    """One thing that a family needs: the code of a kind of goods, and what of it."""

    categorie: str
    maat: str = ""
    seizoen: str = ""
    aantal: int = 1


def wensen_van(gegevens: Mapping[str, Any]) -> list[Wens]:
    """The wishes of a body that was read."""
    return [Wens(**wens) for wens in gegevens["wensen"]]


def aanleiding(gezin_id: UUID) -> str:
    """How the Sjop refers to a family, without knowing what one is."""
    return f"{_VOOR_GEZIN}{gezin_id}"


@transaction.atomic
def sjop_aanvragen(*, gezin_id: UUID, wensen: Sequence[Wens], bron: str, nu: datetime) -> list[Sjopaanvraag]:
    """A family asks for these; it gets a pass when it has none. What lies there is promised by the Sjop's own sweep.

    Raises Afgesloten when all contact with the family has ended: then it waits for a person. Raises Ongeldig naming
    each wish that does not fit, and OpBlokkeerlijst for what the Sjop never gives.
    """
    gezin = gezin_vergrendelen(gezin_id=gezin_id)
    if contactstanden([gezin_id]).get(gezin_id, Contact.GESTOPT) is not Contact.MAG:
        raise Afgesloten
    soorten = {soort.artikel.code: soort for soort in categorieen_van(gezin.gebied_id)}
    onbekend = [
        (f"wensen.{nummer}.categorie", "onbekend", _("Dit kennen we niet. Kies er een uit de lijst."))
        for nummer, wens in enumerate(wensen)
        if wens.categorie not in soorten
    ]
    if onbekend or not wensen:
        raise Ongeldig(onbekend or [("wensen", "verplicht", _("Kies wat er nodig is."))])
    pas = sjop.pas_openen(
        gebied_id=gezin.gebied_id,
        aanleiding=aanleiding(gezin_id),
        voornaam=voornaam_van(gezin),
        bron=bron,
        wijk=gezin.wijk.code if gezin.wijk else "",
        nu=nu,
    )
    return [
        sjop.aanvraag_doen(
            pas_id=pas.pk,
            categorie=soorten[wens.categorie],
            maat=wens.maat,
            seizoen=wens.seizoen,
            aantal=wens.aantal,
            nu=nu,
        )
        for wens in wensen
    ]


def voornaam_van(gezin: Gezin) -> str:
    """What to call the family at the counter: the first name of an adult, else of a child; initials are none."""
    namen = [persoon.naam for persoon in gezin.contactpersonen.order_by("pk")]
    namen += [kind.voornaam for kind in gezin.pasgeborenen.order_by("geboortedatum", "pk")]
    eerste = [naam.split()[0] for naam in namen if naam.split()]
    return next((woord[:40] for woord in eerste if "." not in woord and len(woord) > 1), "")


def sjop_bijhouden(*, nu: datetime) -> int:
    """The sweep: promise what is free, let go of what nobody came for, forget givers, remind of loans.

    As often and as many at once as one likes. Gives the number of new messages.
    """
    for gebied in alle_gebieden():
        sjop.toezegging_verlopen(gebied_id=gebied.pk, nu=nu)
        sjop.wachtlijst_bijwerken(gebied_id=gebied.pk, nu=nu)
        sjop.donors_vergeten(gebied=gebied, nu=nu)
    return bruiklenen_herinneren(nu=nu)


@transaction.atomic
def bruiklenen_herinneren(*, nu: datetime) -> int:
    """Remind families that something they borrowed is due; once for each due date, by e-mail or SMS, never by letter.

    The families are locked: a stop is either seen here, or cancels what is planned here.
    """
    vandaag = dag_van(nu)
    leningen = [rij for rij in te_herinneren(vandaag) if rij.aanleiding.startswith(_VOOR_GEZIN)]
    van_gezin: dict[UUID, list[TeHerinneren]] = {}
    for rij in leningen:
        van_gezin.setdefault(UUID(rij.aanleiding.removeprefix(_VOOR_GEZIN)), []).append(rij)
    mag = benaderbare_gezinnen(van_gezin, vergrendel=True)
    bereik, regels = gezinsbereik(mag), verzendregels()
    nieuw = []
    for gezin_id in sorted(mag):
        hoe = bereik.get(gezin_id)
        kanalen = [k for k, kan in (("email", hoe and hoe.email), ("sms", hoe and hoe.sms)) if kan]
        if not hoe or not kanalen:
            continue  # the list of loans at the counter shows it
        kanalen.sort(key=lambda kanaal: kanaal != hoe.voorkeur)
        for rij in van_gezin[gezin_id]:
            regel = regels[rij.gebied_id]
            nieuw.append(
                NieuwBericht(
                    soort=SOORT,
                    kanaal=kanalen[0],
                    terugval=kanalen[1:],
                    gebied_id=rij.gebied_id,
                    gezin_id=gezin_id,
                    dag=rij.terug_op,
                    gepland_op=volgende_verzendmoment(nu, regel.uren, regel.stil),
                    aanleiding=f"bruikleen:{rij.bruikleen_id}",
                    taal=hoe.taal,
                    context={"dag": rij.terug_op.isoformat()},
                )
            )
    return berichten_plannen(nieuw=nieuw, nu=nu)
