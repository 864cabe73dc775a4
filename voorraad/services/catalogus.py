"""Articles, places and lots: what the stock is about."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig
from voorraad.fouten import BestaatAl
from voorraad.models import Artikel, Locatie, Locatiesoort, Partij
from voorraad.services.plekken import STANDAARD
from voorraad.services.sjop.blokkeren import artikel_moet_mogen

R = TypeVar("R", Artikel, Locatie, Partij)


def artikel_toevoegen(*, gebied_id: UUID, code: str, naam: str, soort: str, eenheid: str = "stuk") -> Artikel:
    """A new article. Raises BestaatAl when the Gebied has this code, OpBlokkeerlijst when the Sjop refuses its name."""
    artikel = Artikel(gebied_id=gebied_id, code=code, naam=naam, soort=soort, eenheid=eenheid)
    artikel_moet_mogen(artikel)
    return _bewaar(artikel)


def artikel_wijzigen(
    *,
    artikel: Artikel,
    naam: str | None = None,
    eenheid: str | None = None,
    geblokkeerd: bool | None = None,
    levertijd_dagen: int | None = None,
) -> Artikel:
    """Change what was given. The code and the soort stay: the ledger was written with them.

    Raises OpBlokkeerlijst for a Sjop article that may not be unblocked, or not have this name.
    """
    nieuw = {"naam": naam, "eenheid": eenheid, "geblokkeerd": geblokkeerd, "levertijd_dagen": levertijd_dagen}
    velden = [veld for veld, waarde in nieuw.items() if waarde is not None]
    for veld in velden:
        setattr(artikel, veld, nieuw[veld])
    if velden:
        artikel_moet_mogen(artikel)
        artikel.save(update_fields=velden)
        artikel.refresh_from_db()  # the version is the database's
    return artikel


def locatie_toevoegen(*, gebied_id: UUID, code: str, naam: str, soort: str) -> Locatie:
    """A new place. Raises BestaatAl, and Ongeldig for a volunteer's home (that comes with her) or a standard code."""
    if soort == Locatiesoort.OOIEVAARSMOEDER:
        reden = _("De plek van een Ooievaarsmoeder maken we zelf, samen met haar gegevens.")
        raise Ongeldig([("soort", "ongeldig", reden)])
    if code in STANDAARD and code != soort:
        raise Ongeldig([("code", "ongeldig", _("Deze code hoort bij een vaste plek. Kies een andere code."))])
    return _bewaar(Locatie(gebied_id=gebied_id, code=code, naam=naam, soort=soort))


def partij_toevoegen(*, artikel: Artikel, code: str, houdbaar_tot: date | None = None) -> Partij:
    """A new lot of an article, good up to and including `houdbaar_tot`. Raises BestaatAl."""
    return _bewaar(Partij(artikel=artikel, code=code, houdbaar_tot=houdbaar_tot))


def _bewaar(rij: R) -> R:
    try:
        with transaction.atomic():
            rij.save(force_insert=True)
    except IntegrityError:
        raise BestaatAl from None
    rij.refresh_from_db()
    return rij
