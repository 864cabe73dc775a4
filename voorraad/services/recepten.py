"""Recipes: what goes into a box, in versions that are never changed (docs/adr/0012)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig
from voorraad.models import Artikel, Artikelsoort, Samenstelling, Samenstellingregel

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

MAXIMUM_PER_DOOS = 100


@transaction.atomic
def samenstelling_vaststellen(
    *, artikel: Artikel, regels: Sequence[tuple[Artikel, int]], door: Gebruiker | None, nu: datetime
) -> Samenstelling:
    """A new version of the recipe; what was packed by an older one keeps that one.

    Raises Ongeldig (dotted names) for an empty recipe, a part twice, a box or a foreign article as a part, an amount
    outside 1..100, or an article that is no box.
    """
    _controleer_recept(artikel, regels)
    Artikel.objects.select_for_update(no_key=True).get(pk=artikel.pk)  # two versions at once get two numbers
    laatste = Samenstelling.objects.filter(artikel=artikel).aggregate(n=Max("nummer"))["n"] or 0
    samenstelling = Samenstelling.objects.create(
        artikel=artikel, nummer=laatste + 1, vastgesteld_op=nu, door=door.pk if door else None
    )
    Samenstellingregel.objects.bulk_create(
        Samenstellingregel(samenstelling=samenstelling, artikel=deel, aantal=aantal) for deel, aantal in regels
    )
    return samenstelling


def _controleer_recept(artikel: Artikel, regels: Sequence[tuple[Artikel, int]]) -> None:
    gevonden: list[tuple[str, str, Any]] = []
    if artikel.soort != Artikelsoort.DOOS:
        gevonden.append(("artikel", "ongeldig", _("Alleen een doos heeft een samenstelling.")))
    if not regels:
        gevonden.append(("regels", "verplicht", _("Noem wat er in de doos gaat.")))
    gezien: set[UUID] = set()
    for nummer, (deel, aantal) in enumerate(regels):
        if deel.gebied_id != artikel.gebied_id or deel.soort == Artikelsoort.DOOS:
            reden = _("Artikel %(artikel)s kan niet in deze doos.") % {"artikel": deel.code}
            gevonden.append((f"regels.{nummer}.artikel", "ongeldig", reden))
        elif deel.pk in gezien:
            reden = _("Artikel %(artikel)s staat er twee keer.") % {"artikel": deel.code}
            gevonden.append((f"regels.{nummer}.artikel", "dubbel", reden))
        gezien.add(deel.pk)
        if not 1 <= aantal <= MAXIMUM_PER_DOOS:
            reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM_PER_DOOS}
            gevonden.append((f"regels.{nummer}.aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if gevonden:
        raise Ongeldig(gevonden)
