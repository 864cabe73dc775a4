"""Families, children and contacts come in, are completed and corrected. Called inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ooievaar.models import Contactpersoon, Gezin, Pasgeborene
from ooievaar.sleutels import dubbelsleutel, naamsleutel


@dataclass(frozen=True)
class Adres:
    """An address, normalised: postcode without space and in capitals."""

    straat: str
    huisnummer: int | None
    huisletter: str
    toevoeging: str
    postcode: str
    woonplaats: str


@dataclass(frozen=True)
class Contactgegevens:
    """An adult of a family; phone number as E.164 or empty."""

    naam: str
    rol: str
    telefoonnummer: str
    emailadres: str
    taal: str
    tolk_nodig: bool


@dataclass(frozen=True)
class NieuwGezin:
    id: UUID
    gebied_id: UUID
    wijk_id: UUID | None
    adres: Adres
    contact: Contactgegevens | None


@dataclass(frozen=True)
class NieuwKind:
    id: UUID
    gezin_id: UUID
    voornaam: str
    achternaam: str
    geboortedatum: date


def inschrijven(*, gezinnen: Iterable[NieuwGezin], kinderen: Iterable[NieuwKind]) -> None:
    """Write new families with their contact, and new children: three inserts, whatever the number."""
    gezinnen = list(gezinnen)
    Gezin.objects.bulk_create(
        Gezin(id=g.id, gebied_id=g.gebied_id, wijk_id=g.wijk_id, **adresvelden(g.adres)) for g in gezinnen
    )
    Contactpersoon.objects.bulk_create(_contact(g.id, g.contact) for g in gezinnen if g.contact)
    Pasgeborene.objects.bulk_create(
        Pasgeborene(
            id=k.id,
            gezin_id=k.gezin_id,
            voornaam=k.voornaam,
            achternaam=k.achternaam,
            naamsleutel=naamsleutel(k.achternaam),
            geboortedatum=k.geboortedatum,
        )
        for k in kinderen
    )


def gezinnen_vergrendelen(ids: Sequence[UUID]) -> None:
    """Lock these families until the transaction ends, in the order of their ids (lock order: gezin first)."""
    list(Gezin.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def contact_aanvullen(*, gezin_id: UUID, contact: Contactgegevens) -> dict[str, str]:
    """Fill in what the family's contact lacked, or add a contact; never overwrite what is there.

    Returns what was filled in, so that `aanvulling_terugnemen` can take it back.
    """
    bekend = list(Contactpersoon.objects.select_for_update(of=("self",)).filter(gezin_id=gezin_id).order_by("id"))
    zelfde = [c for c in bekend if naamsleutel(c.naam) == naamsleutel(contact.naam)] or (
        bekend if not contact.naam else []
    )
    if zelfde:
        persoon = zelfde[0]
        gevuld = {}
        for veld in ("telefoonnummer", "emailadres"):
            if getattr(contact, veld) and not getattr(persoon, veld):
                setattr(persoon, veld, getattr(contact, veld))
                gevuld[veld] = getattr(contact, veld)
        if gevuld:
            persoon.save(update_fields=list(gevuld))
        return {"contactpersoon": str(persoon.pk), **gevuld} if gevuld else {}
    nieuw = _contact(gezin_id, contact)
    nieuw.save(force_insert=True)
    return {"contactpersoon": str(nieuw.pk), "nieuw": "ja"}


def aanvulling_terugnemen(*, gezin_id: UUID, aanvulling: dict[str, str]) -> None:
    """Take back what `contact_aanvullen` did, as far as nobody changed it since."""
    persoon = Contactpersoon.objects.filter(gezin_id=gezin_id, pk=aanvulling["contactpersoon"]).first()
    if persoon is None:
        return
    if "nieuw" in aanvulling:
        if persoon.versie == 1:
            persoon.delete()
        return
    terug = [
        v for v in ("telefoonnummer", "emailadres") if v in aanvulling and str(getattr(persoon, v)) == aanvulling[v]
    ]
    for veld in terug:
        setattr(persoon, veld, "")
    if terug:
        persoon.save(update_fields=terug)


def gezin_corrigeren(*, gezin_id: UUID, wijk_id: UUID | None, adres: Adres, contact: Contactgegevens | None) -> None:
    """A source corrected itself: address and contact become what it says now; an empty value erases nothing."""
    velden = {naam: waarde for naam, waarde in adresvelden(adres).items() if waarde not in ("", None)}
    if velden.get("dubbelsleutel"):
        # A complete address replaces the whole: a letter or addition that is gone is part of the correction.
        velden |= {"huisletter": adres.huisletter, "toevoeging": adres.toevoeging}
    if wijk_id:
        velden["wijk_id"] = wijk_id
    Gezin.objects.filter(pk=gezin_id).update(**velden)
    if contact is None:
        return
    persoon = Contactpersoon.objects.filter(gezin_id=gezin_id).order_by("id").first()
    if persoon is None:
        _contact(gezin_id, contact).save(force_insert=True)
        return
    for veld in ("naam", "rol", "telefoonnummer", "emailadres", "taal"):
        if getattr(contact, veld):
            setattr(persoon, veld, getattr(contact, veld))
    persoon.tolk_nodig = persoon.tolk_nodig or contact.tolk_nodig
    persoon.save()


def kind_corrigeren(*, kind_id: UUID, voornaam: str, achternaam: str, geboortedatum: date) -> None:
    """A source corrected a child's names or birth date; an empty first name erases nothing."""
    velden = {"achternaam": achternaam, "naamsleutel": naamsleutel(achternaam), "geboortedatum": geboortedatum}
    if voornaam:
        velden["voornaam"] = voornaam
    Pasgeborene.objects.filter(pk=kind_id).update(**velden)


def adres_geheim_maken(*, gezin_ids: Iterable[UUID]) -> None:
    """From now on this address is masked, until a person names the one coordinator who may see it (rule 5)."""
    Gezin.objects.filter(pk__in=list(gezin_ids), geheim=False).update(geheim=True)


def adresvelden(adres: Adres) -> dict[str, object]:
    """The columns of a Gezin that an address fills, its key among them."""
    return {
        "straat": adres.straat,
        "huisnummer": adres.huisnummer,
        "huisletter": adres.huisletter,
        "toevoeging": adres.toevoeging,
        "postcode": adres.postcode,
        "woonplaats": adres.woonplaats,
        "dubbelsleutel": dubbelsleutel(adres.postcode, adres.huisnummer, adres.huisletter, adres.toevoeging),
    }


def _contact(gezin_id: UUID, contact: Contactgegevens) -> Contactpersoon:
    return Contactpersoon(
        gezin_id=gezin_id,
        naam=contact.naam,
        rol=contact.rol,
        telefoonnummer=contact.telefoonnummer,
        emailadres=contact.emailadres,
        taal=contact.taal,
        tolk_nodig=contact.tolk_nodig,
    )


def gezinnen_uitschrijven(*, gezin_ids: Iterable[UUID]) -> None:
    """Remove families that should never have come in, with all that hangs on them; the history keeps that they were.

    Only for families nobody has worked with: that is for the caller to know.
    """
    Gezin.objects.filter(pk__in=list(gezin_ids)).delete()
