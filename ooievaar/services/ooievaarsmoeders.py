"""Writing about volunteers: who she is, when she is away, whom she knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.models import Afwezigheid, Gebied, Gebruiker, Ooievaarsmoeder, Relatie, Rol, RolToekenning, Wijk
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.ooievaarsmoeders import ooievaarsmoeders_van_coordinator
from ooievaar.selectors.wijken import gebieden_van, wijken_met_codes
from ooievaar.services.versies import raak_aan

_VELDEN = (
    "naam",
    "telefoonnummer",
    "emailadres",
    "talen",
    "maximum_per_week",
    "actief",
    "vog_datum",
    "verklaring_getekend",
    "training_afgerond",
)


def ooievaarsmoeder_vergrendelen(*, moeder_id: UUID, gebied_id: UUID) -> Ooievaarsmoeder | None:
    """Her row, locked until the transaction ends; None when there is nobody with this id in this Gebied.

    Who counts her visits, or changes what the rules look at, does so alone. Lock order: gezin, bezoek,
    ooievaarsmoeder, stock, messages. NO KEY: rows that only refer to her need not wait.
    """
    moeders = Ooievaarsmoeder.objects.select_for_update(of=("self",), no_key=True)
    return moeders.filter(pk=moeder_id, gebied_id=gebied_id).first()


@transaction.atomic
def ooievaarsmoeder_aanmaken(*, door: Gebruiker, gegevens: dict[str, Any]) -> Ooievaarsmoeder:
    """A new volunteer in the Gebied of her wijken, or else in the only Gebied of the coordinator.

    Raises Ongeldig for unknown wijken, wijken of two areas, or wijken that are all outside the coordinator's own.
    """
    wijken = _wijken(gegevens.get("wijken", []), door=door)
    moeder = Ooievaarsmoeder(gebied=_gebied(wijken, door=door))
    _vul_in(moeder, gegevens, door=door)
    moeder.save()
    moeder.wijken.set(wijken)
    _blijft_in_bereik(moeder, door=door)
    return moeder


@transaction.atomic
def ooievaarsmoeder_wijzigen(
    *, moeder: Ooievaarsmoeder, door: Gebruiker, gegevens: dict[str, Any], nu: datetime
) -> Ooievaarsmoeder:
    """Change what is given and leave the rest; `moeder` is locked. Raises Ongeldig as `ooievaarsmoeder_aanmaken`."""
    _vul_in(moeder, gegevens, door=door)
    moeder.save()
    if "wijken" in gegevens:
        wijken = _wijken(gegevens["wijken"], door=door, gebied=moeder.gebied)
        if {wijk.pk for wijk in wijken} != set(moeder.wijken.values_list("pk", flat=True)):
            moeder.wijken.set(wijken)
            raak_aan(moeder, door=door, nu=nu)
        _blijft_in_bereik(moeder, door=door)
    moeder.refresh_from_db()
    return moeder


def account_maken(moeder: Ooievaarsmoeder) -> Gebruiker:
    """Her account for the phone, made when she has none: without a password, so only a paired phone can use it."""
    gebruiker = Gebruiker.objects.create(username=f"ooievaarsmoeder-{moeder.pk.hex[:12]}", password=make_password(None))
    _koppel(moeder, gebruiker)
    moeder.save(update_fields=["gebruiker"])
    return gebruiker


def mag_namens(door: Gebruiker | None, gebruiker: Gebruiker) -> bool:
    """Whether this coordinator may link an account and pair phones with it.

    A paired phone acts as its account, be it as a volunteer only (`authentication._houder_van`); what it logs is
    signed with that name. So an account with other roles than Ooievaarsmoeder is only for its owner.
    """
    if door == gebruiker:
        return True
    anders = RolToekenning.objects.filter(gebruiker=gebruiker).exclude(rol=Rol.OOIEVAARSMOEDER)
    return not (gebruiker.is_staff or gebruiker.is_superuser or anders.exists())


def afwezigheid_melden(
    *, moeder: Ooievaarsmoeder, begin: date, eind: date | None = None, reden: str = "anders"
) -> Afwezigheid:
    """She does not visit on these days, both included; without an end until further notice. Raises Ongeldig."""
    if eind is not None and eind < begin:
        raise Ongeldig([("eind", "ongeldig", _("De laatste dag ligt voor de eerste dag."))])
    return Afwezigheid.objects.create(ooievaarsmoeder=moeder, begin=begin, eind=eind, reden=reden)


def relatie_melden(*, moeder: Ooievaarsmoeder, gezin_id: UUID, gemeld_door: str) -> tuple[Relatie, bool]:
    """She and this family know each other, so she does not visit them. Told before: the first one stays (False)."""
    return Relatie.objects.get_or_create(
        ooievaarsmoeder=moeder, gezin_id=gezin_id, defaults={"gemeld_door": gemeld_door}
    )


def _vul_in(moeder: Ooievaarsmoeder, gegevens: dict[str, Any], *, door: Gebruiker) -> None:
    for veld in _VELDEN:
        if veld in gegevens:
            setattr(moeder, veld, gegevens[veld])
    if "gebruiker" in gegevens:
        _koppel_naam(moeder, gegevens["gebruiker"], door=door)


def _koppel_naam(moeder: Ooievaarsmoeder, gebruikersnaam: str | None, *, door: Gebruiker) -> None:
    if not gebruikersnaam:
        moeder.gebruiker = None
        return
    # Locked, so that two coordinators can not give one account to two volunteers.
    gebruiker = Gebruiker.objects.select_for_update(no_key=True).filter(username=gebruikersnaam, is_active=True).first()
    if gebruiker is None or _van_elders(gebruiker, moeder.gebied_id):
        raise Ongeldig([("gebruiker", "onbekend", _("Deze gebruiker kennen we niet. Kijk de gebruikersnaam na."))])
    if gebruiker == moeder.gebruiker:
        return
    if not mag_namens(door, gebruiker):
        reden = _("Deze gebruiker heeft ook een andere rol. Vraag de beheerder om haar te koppelen.")
        raise Ongeldig([("gebruiker", "nietToegestaan", reden)])
    if Ooievaarsmoeder.objects.filter(gebruiker=gebruiker).exclude(pk=moeder.pk).exists():
        raise Ongeldig([("gebruiker", "bezet", _("Deze gebruiker hoort al bij een andere Ooievaarsmoeder."))])
    _koppel(moeder, gebruiker)


def _koppel(moeder: Ooievaarsmoeder, gebruiker: Gebruiker) -> None:
    """Her account gets the role with it: a link without the role would be a door that does not open."""
    moeder.gebruiker = gebruiker
    RolToekenning.objects.get_or_create(gebruiker=gebruiker, rol=Rol.OOIEVAARSMOEDER, gebied_id=moeder.gebied_id)


def _van_elders(gebruiker: Gebruiker, gebied_id: UUID) -> bool:
    """An account that works in other areas only is not this coordinator's to use, or to know of."""
    gebieden = set(RolToekenning.objects.filter(gebruiker=gebruiker).values_list("gebied_id", flat=True))
    return bool(gebieden) and gebied_id not in gebieden


def _wijken(codes: Iterable[str], *, door: Gebruiker, gebied: Gebied | None = None) -> list[Wijk]:
    gebied_ids = [gebied.pk] if gebied else door.bevoegdheid.gebied_ids("coordinator")
    bekend = wijken_met_codes(codes, gebied_ids=gebied_ids)
    onbekend = [
        (f"wijken.{nummer}", "onbekend", _("Deze wijk kennen we niet."))
        for nummer, code in enumerate(codes)
        if code not in bekend
    ]
    if onbekend:
        raise Ongeldig(onbekend)
    return list(bekend.values())


def _gebied(wijken: list[Wijk], *, door: Gebruiker) -> Gebied:
    gebieden = list({w.gebied_id: w.gebied for w in wijken}.values()) or gebieden_van(door, "coordinator")
    if len(gebieden) != 1:
        raise Ongeldig([("wijken", "verplicht", _("Kies een of meer wijken van één gebied."))])
    return gebieden[0]


def _blijft_in_bereik(moeder: Ooievaarsmoeder, *, door: Gebruiker) -> None:
    """Nobody gives a volunteer only wijken that are not hers to coordinate."""
    if not ooievaarsmoeders_van_coordinator(door).filter(pk=moeder.pk).exists():
        raise Ongeldig([("wijken", "nietToegestaan", _("Kies ten minste één wijk die u zelf coördineert."))])
