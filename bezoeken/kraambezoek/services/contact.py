"""Nobody is asked to go to a family that may not be contacted, or about which a person must first decide."""

from __future__ import annotations

from uuid import UUID

from bezoeken.kraambezoek.fouten import GeenContact, KoppelingOnbeslist
from ooievaar.selectors.benaderbaar import Contact, contactstanden


def controleer_contact(gezin_id: UUID) -> None:
    """Raises GeenContact or KoppelingOnbeslist (domain.md, rules 2 to 4)."""
    match contactstanden([gezin_id]).get(gezin_id):
        case Contact.GESTOPT:
            raise GeenContact
        case Contact.WACHT:
            raise KoppelingOnbeslist
