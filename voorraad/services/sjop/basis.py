"""What the acts of the Sjop share: its lock, its two places, codes for labels and passes.

A Sjop has one counter or two, so its acts simply run one after the other: one lock per Gebied, taken before any other
of the stock (it has the rank of an occasion, docs/adr/0012 and 0015). Within it: rows of the Sjop by id, then balances.
A stop takes only rows and balances: it may come from a transaction that holds locks of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from uuid import UUID

from voorraad.models import Inbreng, Locatie, Locatiesoort, Sjopcategorie, Sjopinstelling
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import aanleidingen_vergrendelen
from voorraad.sjopregels import CODETEKENS

QUARANTAINE = "sjop-quarantaine"


def sjop_vergrendelen(gebied_id: UUID) -> None:
    """Until the transaction ends no other act of this Gebied's Sjop runs."""
    aanleidingen_vergrendelen([f"sjop:{gebied_id}"])


def schap(gebied_id: UUID) -> Locatie:
    """Where lies what may be handed out."""
    return standaardplek(gebied_id, Locatiesoort.SJOP)


def quarantaine(gebied_id: UUID) -> Locatie:
    """Where lies what waits for a check, or may not go."""
    plek, _nieuw = Locatie.objects.get_or_create(
        gebied_id=gebied_id,
        code=QUARANTAINE,
        defaults={"naam": "Sjop: wacht op controle", "soort": Locatiesoort.SJOP},
    )
    return plek


def instelling_van(gebied_id: UUID) -> Sjopinstelling:
    """The settings of this Gebied's Sjop; those of the programme where nobody changed any."""
    return Sjopinstelling.objects.filter(gebied_id=gebied_id).first() or Sjopinstelling(gebied_id=gebied_id)


def nieuwe_code(voorvoegsel: str, bestaat: Callable[[str], bool]) -> str:
    """A short code that nobody has yet: an id to read aloud or scan, which says nothing by itself."""
    while True:
        code = f"{voorvoegsel}-" + "".join(secrets.choice(CODETEKENS) for _teken in range(6))
        if not bestaat(code):
            return code


def vergrendel_stukken(ids: Iterable[UUID]) -> list[Inbreng]:
    """These pieces, locked by id, with their kind, article and lot."""
    rijen = Inbreng.objects.filter(pk__in=list(ids)).select_related("categorie__artikel", "partij")
    return list(rijen.select_for_update(of=("self",), no_key=True).order_by("pk"))


def gebied_van(categorie: Sjopcategorie) -> UUID:
    return categorie.artikel.gebied_id


def sleutel_van(soort: str, sleutel: str | None) -> str | None:
    """The key under which an act is booked at most once."""
    return f"sjop:{soort}:{sleutel}" if sleutel else None
