"""A notice beside the child it looks like, field by field, for a person to compare (domain.md, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bezoeken.intake.selectors import personalia
from bezoeken.models import Geboortemelding
from bezoeken.toewijzing.woorden import taal_in_woorden
from ooievaar.selectors.gezinnen import kind_met_gezin
from ooievaar.sleutels import naamsleutel

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker


@dataclass(frozen=True)
class Naast:
    """One fact as the notice has it and as we know it; `anders` when both say something and they differ."""

    naam: str
    melding: str
    bekend: str

    @property
    def anders(self) -> bool:
        return bool(self.melding and self.bekend) and naamsleutel(self.melding) != naamsleutel(self.bekend)


def bekend_kind(gebruiker: Gebruiker, melding: Geboortemelding) -> Any:
    """The child that the notice looks like, when it is in this coordinator's reach; else None."""
    if melding.lijkt_op_id is None:
        return None
    bereik: Q = gebruiker.bevoegdheid.filter("coordinator", gebied="gezin__gebied", wijk="gezin__wijk")
    return kind_met_gezin(bereik, melding.lijkt_op_id)


def naast_elkaar(gebruiker: Gebruiker, melding: Geboortemelding, kind: Any) -> list[Naast]:
    """What the notice says beside what we know; empty when nothing personal of the notice is kept any more."""
    gezegd = personalia(melding, gebruiker)
    if gezegd is None:
        return []
    contact = kind.contact if kind else {}
    return [
        Naast(_("Voornaam"), gezegd["kind"]["voornaam"], kind.voornaam if kind else ""),
        Naast(_("Achternaam"), gezegd["kind"]["achternaam"], kind.achternaam if kind else ""),
        Naast(
            _("Geboren"),
            _dag(date.fromisoformat(gezegd["kind"]["geboortedatum"])),
            _dag(kind.geboortedatum) if kind else "",
        ),
        Naast(_("Adres"), _adres(gezegd["adres"]), _adres_van(kind, gebruiker) if kind else ""),
        Naast(_("Contactpersoon"), gezegd["contactpersoon"]["naam"], contact.get("naam", "")),
        Naast(_("Telefoon"), gezegd["contactpersoon"]["telefoonnummer"] or "", contact.get("telefoonnummer", "")),
        Naast(_("E-mail"), gezegd["contactpersoon"]["emailadres"] or "", contact.get("emailadres", "")),
        Naast(
            _("Taal"),
            taal_in_woorden(gezegd["contactpersoon"]["taal"]),
            taal_in_woorden(contact["taal"]) if contact else "",
        ),
    ]


def _dag(dag: date) -> str:
    return date_format(dag, "j F Y")


def _adres(delen: dict[str, Any] | None) -> str:
    if delen is None:  # secret, and not for this coordinator
        return str(_("geheim"))
    nummer = f"{delen['huisnummer'] or ''}{delen['huisletter'] or ''}"
    if delen["toevoeging"]:
        nummer += f"-{delen['toevoeging']}"
    postcode = delen["postcode"] or ""
    if len(postcode) == 6:
        postcode = f"{postcode[:4]} {postcode[4:]}"
    return ", ".join(deel for deel in (f"{delen['straat']} {nummer}".strip(), postcode, delen["woonplaats"]) if deel)


def _adres_van(kind: Any, gebruiker: Gebruiker) -> str:
    """The address we know; a secret one is for the one named coordinator only (rule 5)."""
    gezin = kind.gezin
    if gezin.geheim and gezin.geheim_voor_id != gebruiker.pk:
        return str(_("geheim"))
    velden = ("straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats")
    return _adres({veld: getattr(gezin, veld) for veld in velden})
