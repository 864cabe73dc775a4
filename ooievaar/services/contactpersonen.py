"""Changing how a family can be reached and what it would like."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.models import Contactpersoon, Gebruiker, Gezin
from ooievaar.platform.errors import Ongeldig
from ooievaar.services.geheimhouding import geheimhouding_zetten
from ooievaar.services.koppelingen import koppelingen_voorstellen
from ooievaar.services.versies import raak_aan


@transaction.atomic
def gezin_wijzigen(*, gezin: Gezin, door: Gebruiker, gegevens: dict[str, Any], nu: datetime) -> Gezin:
    """Change what is given; `gezin` is locked. Contacts are matched by `id`, a contact without one is new.

    Contacts that are not named stay as they are. An address changes by a move (`verhuizing`), because the wijk, the
    match and the doubles follow it. Raises GeheimVoorAnder, and Ongeldig for a contact of another family, or a new one
    without a name.
    """
    if "wil_iemand_van_buiten" in gegevens:
        gezin.wil_iemand_van_buiten = gegevens["wil_iemand_van_buiten"]
        gezin.save(update_fields=["wil_iemand_van_buiten"])
    if "geheim" in gegevens or gegevens.get("geheim_voor"):
        geheimhouding_zetten(
            gezin=gezin, geheim=gegevens.get("geheim", gezin.geheim), voor=gegevens.get("geheim_voor"), door=door
        )
    if contactpersonen := gegevens.get("contactpersonen"):
        _contactpersonen_wijzigen(gezin, contactpersonen)
        raak_aan(gezin, door=door, nu=nu)
        koppelingen_voorstellen(gezin_ids=[gezin.pk], nu=nu)
    gezin.refresh_from_db()
    return gezin


def _contactpersonen_wijzigen(gezin: Gezin, gegeven: list[dict[str, Any]]) -> None:
    bekend = {persoon.pk: persoon for persoon in Contactpersoon.objects.filter(gezin=gezin)}
    fouten = []
    for nummer, gegevens in enumerate(gegeven):
        if "id" in gegevens and gegevens["id"] not in bekend:
            fouten.append((f"contactpersonen.{nummer}.id", "onbekend", _("Deze contactpersoon kennen we niet.")))
        elif "id" not in gegevens and "naam" not in gegevens:
            fouten.append((f"contactpersonen.{nummer}.naam", "verplicht", _("Vul de naam in.")))
    if fouten:
        raise Ongeldig(fouten)
    for gegevens in gegeven:
        persoon = bekend[gegevens["id"]] if "id" in gegevens else Contactpersoon(gezin=gezin)
        for veld, waarde in gegevens.items():
            if veld != "id":
                setattr(persoon, veld, waarde)
        persoon.save()
