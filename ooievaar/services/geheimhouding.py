"""A secret address: masked for all but one named coordinator (domain.md, rule 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ooievaar.platform.errors import Geweigerd, Ongeldig
from ooievaar.selectors.gebruikers import gebruiker_met_naam
from ooievaar.selectors.gezinnen import gezinnen_waarvoor

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker, Gezin


class GeheimVoorAnder(Geweigerd):
    code = "geheimVoorAnder"
    uitleg = gettext_lazy(
        "Dit adres is geheim voor een andere coördinator. Alleen zij kan dat veranderen of overdragen."
    )


def geheimhouding_zetten(*, gezin: Gezin, geheim: bool, voor: str | None, door: Gebruiker) -> None:
    """Make the address of a (locked) family secret, hand it to another coordinator, or end the secrecy.

    `voor`: the user name of the one coordinator who sees the address; without it the one who asks. Nobody but the
    named coordinator may change it, as long as she is one here: otherwise everybody could name herself. A source that
    reported the secrecy names nobody, so then the first coordinator may. Raises GeheimVoorAnder, Ongeldig.
    """
    if gezin.geheim and gezin.geheim_voor not in (None, door) and _coordineert(gezin.geheim_voor, gezin):
        raise GeheimVoorAnder
    if not geheim and voor:
        raise Ongeldig([("geheimVoor", "ongeldig", _("Dit kan alleen bij een geheim adres."))])
    wie = gebruiker_met_naam(voor) if voor else door
    if wie is None or not _coordineert(wie, gezin):
        raise Ongeldig([("geheimVoor", "onbekend", _("Deze coördinator kennen we niet."))])
    gezin.geheim = geheim
    gezin.geheim_voor = wie if geheim else None
    gezin.save(update_fields=["geheim", "geheim_voor"])


def _coordineert(gebruiker: Gebruiker | None, gezin: Gezin) -> bool:
    if gebruiker is None or not gebruiker.is_active:
        return False
    return gezinnen_waarvoor(gebruiker.bevoegdheid.filter("coordinator")).filter(pk=gezin.pk).exists()
