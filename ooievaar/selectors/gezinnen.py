"""Reading families, for the rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ooievaar.models import Contactpersoon, Gezin, Pasgeborene, Toestemming
from ooievaar.platform.errors import NietGevonden
from ooievaar.sleutels import naamsleutel

ROLLEN = Contactpersoon.Rol.choices
VOORKEURSKANALEN = Contactpersoon.Kanaal.choices


def taal_van_gezin(gezin_id: Any) -> QuerySet[Contactpersoon, Any]:
    """The language of a family, as a subquery: of the contact who needs an interpreter, else of the first."""
    return Contactpersoon.objects.filter(gezin_id=gezin_id).order_by("-tolk_nodig", "id").values("taal")[:1]


def achternaam_van_kind(gezin_id: Any, geboortedatum: Any) -> QuerySet[Pasgeborene, Any]:
    """The surname by which people know the family of a birth, as a subquery: that of the child born then."""
    kinderen = Pasgeborene.objects.filter(gezin_id=gezin_id, geboortedatum__gte=geboortedatum)
    return kinderen.order_by("geboortedatum", "id").values("achternaam")[:1]


def achternaam_van_gezin(gezin_id: Any) -> QuerySet[Pasgeborene, Any]:
    """The surname by which people know the family now, as a subquery: that of its youngest child."""
    kinderen = Pasgeborene.objects.filter(gezin_id=gezin_id)
    return kinderen.order_by("-geboortedatum", "id").values("achternaam")[:1]


def gezin_met_naam(bereik: Q, gezin_id: UUID) -> Gezin | None:
    """One family in this reach with its `achternaam`, or None."""
    achternaam = Subquery(achternaam_van_gezin(OuterRef("pk")))
    return Gezin.objects.filter(bereik, pk=gezin_id).annotate(achternaam=achternaam).first()


def gezin_van_kind(kind_id: UUID) -> UUID:
    """The family of a child. Raises NietGevonden."""
    gezin_id = Pasgeborene.objects.filter(pk=kind_id).values_list("gezin_id", flat=True).first()
    if gezin_id is None:
        raise NietGevonden
    return gezin_id


def gezin_van_contactpersoon(contact_id: UUID) -> UUID:
    """The family of a contact. Raises NietGevonden."""
    gezin_id = Contactpersoon.objects.filter(pk=contact_id).values_list("gezin_id", flat=True).first()
    if gezin_id is None:
        raise NietGevonden
    return gezin_id


def namen_van_gezinnen(gebied_id: UUID) -> set[str]:
    """The names of the families of this Gebied and their children, to see whether a text has one in it; two queries."""
    kinderen = Pasgeborene.objects.filter(gezin__gebied_id=gebied_id).order_by().values_list("voornaam", "achternaam")
    contacten = Contactpersoon.objects.filter(gezin__gebied_id=gebied_id).order_by().values_list("naam", flat=True)
    return {naam for paar in kinderen for naam in paar} | set(contacten)


def contactpersoon_met_id(contact_id: UUID) -> dict[str, Any] | None:
    """What is known of one contact, by the names of its columns, or None. Who may see it is the caller's work."""
    velden = ("naam", "rol", "telefoonnummer", "emailadres", "taal", "tolk_nodig", "voorkeurskanaal")
    gevonden: dict[str, Any] | None = Contactpersoon.objects.filter(pk=contact_id).values(*velden).first()
    return gevonden


def kind_met_gezin(bereik: Q, kind_id: UUID) -> Any:
    """One child in this reach with its family, and as `contact` the first person who can be reached (or {})."""
    kind = Pasgeborene.objects.filter(bereik, pk=kind_id).select_related("gezin").first()
    if kind is not None:
        velden = ("naam", "telefoonnummer", "emailadres", "taal")
        personen = Contactpersoon.objects.filter(gezin_id=kind.gezin_id).order_by("id")
        eerste = personen.values(*velden).first() or {}
        kind.contact = {veld: str(waarde) for veld, waarde in eerste.items()}  # type: ignore[attr-defined]
    return kind


def pasgeborenen_van(gezin_ids: Iterable[UUID]) -> dict[UUID, list[Pasgeborene]]:
    """The children of each of these families, the oldest first; one query. Who may see them is the caller's work."""
    per_gezin: dict[UUID, list[Pasgeborene]] = {}
    for kind in Pasgeborene.objects.filter(gezin_id__in=list(gezin_ids)).order_by("geboortedatum", "id"):
        per_gezin.setdefault(kind.gezin_id, []).append(kind)
    return per_gezin


def gezinnen_waarvoor(bereik: Q) -> QuerySet[Gezin]:
    """The families in this reach; the room above decides what the reach of a user is."""
    return Gezin.objects.filter(bereik)


def met_kinderen(gezinnen: QuerySet[Gezin]) -> QuerySet[Gezin]:
    """With the surname by which people know the family, and the ids of its children; no extra query."""
    kinderen = Pasgeborene.objects.filter(gezin_id=OuterRef("pk")).order_by("geboortedatum", "id")
    return gezinnen.annotate(
        achternaam=Subquery(achternaam_van_gezin(OuterRef("pk"))), kind_ids=ArraySubquery(kinderen.values("id"))
    )


def met_kindrijen(gezinnen: QuerySet[Gezin]) -> QuerySet[Gezin]:
    """With `achternaam`, and the children as a list of JSON objects; no extra query."""
    kinderen = Pasgeborene.objects.filter(gezin_id=OuterRef("pk")).order_by("geboortedatum", "id")
    rijen = kinderen.values(rij=JSONObject(voornaam="voornaam", achternaam="achternaam", geboren="geboortedatum"))
    return gezinnen.annotate(achternaam=Subquery(achternaam_van_gezin(OuterRef("pk"))), kind_rijen=ArraySubquery(rijen))


def gezinnen_met_kindnaam(naam: str) -> QuerySet[Pasgeborene, Any]:
    """The ids of families with a child of whom this is (a part of) the surname, however it was written."""
    sleutel = naamsleutel(naam)  # of hyphens and spaces only nothing is left, and nothing is part of every name
    kinderen = Pasgeborene.objects.filter(naamsleutel__contains=sleutel) if sleutel else Pasgeborene.objects.none()
    return kinderen.values("gezin_id")


def gezinnen_met_contact(*, naam: str = "", nummer: str = "") -> QuerySet[Contactpersoon, Any]:
    """The ids of families in which somebody has (a part of) this name, or this phone number (E.164)."""
    wie = Q(telefoonnummer=nummer) if nummer else Q(naam__icontains=naam)
    return Contactpersoon.objects.filter(wie).values("gezin_id")


def kinderen_met_ids(ids: Iterable[UUID]) -> list[Pasgeborene]:
    """Children of whom nothing is read but which they are, for what only asks for their history; no query."""
    return [Pasgeborene(pk=pk) for pk in ids]


def pasgeborenen_waarvoor(bereik: Q) -> QuerySet[Pasgeborene]:
    """The newborns in this reach; the room above decides what the reach of a user is."""
    return Pasgeborene.objects.filter(bereik)


def met_gegevens(gezinnen: QuerySet[Gezin]) -> QuerySet[Gezin]:
    """With the code of the wijk, the contacts and the consents as lists of JSON objects; no extra query."""
    van_gezin = {"gezin_id": OuterRef("pk")}
    contactpersonen = Contactpersoon.objects.filter(**van_gezin).order_by("id")
    toestemmingen = Toestemming.objects.filter(**van_gezin).order_by("sinds", "id")
    return gezinnen.annotate(
        wijk_code=F("wijk__code"),
        geheim_voor_naam=F("geheim_voor__username"),
        contact_rijen=ArraySubquery(
            contactpersonen.values(
                rij=JSONObject(
                    id="id",
                    naam="naam",
                    rol="rol",
                    telefoonnummer="telefoonnummer",
                    emailadres="emailadres",
                    taal="taal",
                    tolkNodig="tolk_nodig",
                    voorkeurskanaal="voorkeurskanaal",
                )
            )
        ),
        toestemming_rijen=ArraySubquery(toestemmingen.values(rij=JSONObject(doel="doel", sinds="sinds", tot="tot"))),
    )


def heeft_telefoonnummer(gezin_id: Any) -> bool:
    """Whether anybody in the family can be called or texted."""
    return Contactpersoon.objects.filter(gezin_id=gezin_id).exclude(telefoonnummer="").exists()
