"""Who is on duty when: the roster of the achterwacht."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bezoeken.models import Achterwachtdienst
from bezoeken.veiligheid.fouten import DienstOverlapt, DienstVoorbij
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.gebruikers import diensttelefoons, gebruiker_in_gebied
from ooievaar.services.gebruikers import diensttelefoon_zetten

# A part of a day: longer than a night on call is a mistake in the dates.
LANGSTE = timedelta(hours=24)
_ROLLEN = ("coordinator", "ooievaarsmoeder")


@transaction.atomic
def dienst_plannen(*, gebied_id: UUID, gegevens: Mapping[str, Any], nu: datetime) -> Achterwachtdienst:
    """Put somebody on duty from `begin` up to `eind`. Raises Ongeldig, DienstOverlapt, DienstVoorbij."""
    return _bewaar(Achterwachtdienst(gebied_id=gebied_id), gegevens, nu)


@transaction.atomic
def dienst_wijzigen(*, dienst: Achterwachtdienst, gegevens: Mapping[str, Any], nu: datetime) -> Achterwachtdienst:
    """Change what is named of a duty (its row locked). Raises Ongeldig, DienstOverlapt, DienstVoorbij."""
    return _bewaar(dienst, gegevens, nu)


def dienst_schrappen(*, dienst: Achterwachtdienst, nu: datetime) -> None:
    """Take a duty (its row locked) off the roster. Raises DienstVoorbij for one that has been."""
    if dienst.eind <= nu:
        raise DienstVoorbij
    dienst.delete()


def _bewaar(dienst: Achterwachtdienst, gegevens: Mapping[str, Any], nu: datetime) -> Achterwachtdienst:
    if dienst.eind is not None and dienst.eind <= nu:
        raise DienstVoorbij
    for veld in ("begin", "eind"):
        if veld in gegevens:
            setattr(dienst, veld, gegevens[veld])
    fouten = _wie(dienst, gegevens)
    if dienst.eind <= dienst.begin:
        fouten.append(("eind", "ongeldig", _("Dit is voor het begin.")))
    elif dienst.eind - dienst.begin > LANGSTE:
        fouten.append(("eind", "teHoog", _("Een dienst duurt hooguit 24 uur.")))
    if dienst.eind <= nu:
        fouten.append(("eind", "inVerleden", _("Deze tijd is al voorbij.")))
    if dienst.tweede_id is not None and dienst.tweede_id == dienst.eerste_id:
        fouten.append(("tweede", "ongeldig", _("Kies twee verschillende mensen.")))
    if fouten:
        raise Ongeldig(fouten)
    try:
        with transaction.atomic():
            dienst.save()
    except IntegrityError as fout:
        if "achterwachtdienst_een_tegelijk" in str(fout):
            raise DienstOverlapt from None
        raise
    return dienst


def _wie(dienst: Achterwachtdienst, gegevens: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    """Set the two people by their user names, with a number to call; a fault for each that cannot be on duty."""
    fouten: list[tuple[str, str, Any]] = []
    for veld in ("eerste", "tweede"):
        if veld not in gegevens:
            continue
        naam = gegevens[veld]
        gebruiker = gebruiker_in_gebied(naam, gebied_id=dienst.gebied_id, rollen=_ROLLEN) if naam else None
        if naam and gebruiker is None:
            reden = _("Dit is geen coördinator of Ooievaarsmoeder van dit gebied die kan inloggen.")
            fouten.append((veld, "onbekend", reden))
            continue
        setattr(dienst, veld, gebruiker)
        nummer = gegevens.get(f"{veld}_telefoon")
        if gebruiker is None:
            continue
        if nummer:
            diensttelefoon_zetten(gebruiker=gebruiker, nummer=nummer)
        elif gebruiker.pk not in diensttelefoons([gebruiker.pk]):
            fouten.append((f"{veld}Telefoon", "verplicht", _("Vul een nummer in waarop deze persoon bereikbaar is.")))
    return fouten
