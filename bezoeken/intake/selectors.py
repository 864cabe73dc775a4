"""Reading notices and imports: who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bezoeken.models import Geboorteimport, Geboortemelding
from ooievaar.platform.errors import NietGevonden

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Gezin


def meldingen_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Geboortemelding]:
    """A coordinator: those of her wijken (without a known wijk: who holds the whole Gebied). A bron: its own."""
    bevoegd = gebruiker.bevoegdheid
    bereik = bevoegd.filter("coordinator")
    if bevoegd.heeft("bron", "coordinator"):
        bereik |= Q(gemeld_door=gebruiker, gebied_id__in=bevoegd.gebied_ids("bron", "coordinator"))
    return Geboortemelding.objects.filter(bereik)


def mag_beoordelen(gebruiker: Gebruiker) -> QuerySet[Geboortemelding]:
    """The notices this user may decide on: a coordinator, within her reach."""
    return Geboortemelding.objects.filter(gebruiker.bevoegdheid.filter("coordinator"))


def melding_voor(gebruiker: Gebruiker, melding_id: UUID) -> Geboortemelding:
    """One notice this user may know of. Raises NietGevonden."""
    melding = meldingen_zichtbaar_voor(gebruiker).filter(pk=melding_id).first()
    if melding is None:
        raise NietGevonden
    return melding


def imports_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Geboorteimport]:
    """A bron: its own. A coordinator of a whole Gebied: all of it; of some wijken: her own."""
    bevoegd = gebruiker.bevoegdheid
    hele = [b.gebied_id for b in bevoegd.bereiken if b.rol == "coordinator" and not b.wijk_ids]
    eigen = Q(door=gebruiker, gebied_id__in=bevoegd.gebied_ids("bron", "coordinator"))
    return Geboorteimport.objects.filter(eigen | Q(gebied_id__in=hele))


def gezin_van_melding(melding: Geboortemelding) -> Gezin | None:
    """The family this notice is about, or looks like; None when it waits for nobody we know."""
    kind = melding.pasgeborene or melding.lijkt_op
    return kind.gezin if kind else None


def _adres_is_geheim(melding: Geboortemelding, gebruiker: Gebruiker) -> bool:
    """Whether this notice would give away a secret address to anybody but the one named coordinator (rule 5)."""
    gezin = gezin_van_melding(melding)
    return gezin is not None and gezin.geheim and gezin.geheim_voor_id != gebruiker.pk


def personalia(melding: Geboortemelding, gebruiker: Gebruiker) -> dict[str, Any] | None:
    """What the notice says of people, for a coordinator who must judge it; a bron never reads it back."""
    gegevens = melding.gegevens
    if not gegevens.get("bron") or not gebruiker.bevoegdheid.heeft("coordinator"):
        return None
    ruw = gegevens["ruw"]
    return {
        "kind": {veld: gegevens[veld] for veld in ("geboortedatum", "voornaam", "achternaam")},
        "contactpersoon": {
            "naam": gegevens["contactpersoon"],
            "rol": gegevens["rol"],
            "telefoonnummer": ruw.get("telefoonnummer") or gegevens["telefoonnummer"] or None,
            "emailadres": ruw.get("emailadres") or gegevens["emailadres"] or None,
            "taal": ruw.get("taal") or gegevens["taal"],
            "tolk_nodig": gegevens["tolk_nodig"],
        },
        "adres": None
        if gegevens.get("geheim") or _adres_is_geheim(melding, gebruiker)
        else {
            "straat": gegevens["straat"],
            "huisnummer": ruw.get("huisnummer") or (str(gegevens["huisnummer"]) if gegevens["huisnummer"] else ""),
            "huisletter": gegevens["huisletter"],
            "toevoeging": gegevens["toevoeging"],
            "postcode": ruw.get("postcode") or gegevens["postcode"],
            "woonplaats": gegevens["woonplaats"],
            "wijk": gegevens["wijk"] or None,
        },
    }
