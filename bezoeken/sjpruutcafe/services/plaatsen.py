"""The places where cafés are held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bezoeken.models import Cafeplaats
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.wijken import wijken_met_codes

_VELDEN = ("naam", "adres", "lengtegraad", "breedtegraad", "actief")


def plaats_van_naam_of_id(*, gebied_id: UUID, plaats: str) -> Cafeplaats:
    """The place with this id or name; a name that we do not know becomes a new place, without a position.

    Raises Ongeldig for an id that is none of this Gebied.
    """
    try:
        plaats_id = UUID(plaats)
    except ValueError:
        naam = " ".join(plaats.split())
        return Cafeplaats.objects.get_or_create(gebied_id=gebied_id, naam=naam)[0]
    gevonden = Cafeplaats.objects.filter(gebied_id=gebied_id, pk=plaats_id).first()
    if gevonden is None:
        raise Ongeldig([("plaats", "onbekend", _("Deze plek kennen we niet."))])
    return gevonden


def plaats_bewaren(*, plaats: Cafeplaats, gegevens: Mapping[str, Any]) -> Cafeplaats:
    """Change what is named of a place; `wijk` is a CBS code of this Gebied. Raises Ongeldig."""
    fouten: list[tuple[str, str, Any]] = []
    for veld in _VELDEN:
        if veld in gegevens:
            setattr(plaats, veld, gegevens[veld])
    plaats.naam = " ".join(plaats.naam.split())
    if "wijk" in gegevens:
        code = gegevens["wijk"]
        plaats.wijk = wijken_met_codes([code], gebied_ids=[plaats.gebied_id]).get(code) if code else None
        if code and plaats.wijk is None:
            fouten.append(("wijk", "onbekend", _("Deze wijk kennen we niet.")))
    if (plaats.lengtegraad is None) != (plaats.breedtegraad is None):
        leeg = "lengtegraad" if plaats.lengtegraad is None else "breedtegraad"
        fouten.append((leeg, "verplicht", _("Geef beide getallen van de ligging, of geen van beide.")))
    if fouten:
        raise Ongeldig(fouten)
    try:
        with transaction.atomic():
            plaats.save()
    except IntegrityError as fout:
        if "cafeplaats_naam_uniek" in str(fout):
            raise Ongeldig([("naam", "bestaatAl", _("Er is al een plek met deze naam."))]) from None
        raise
    return plaats
