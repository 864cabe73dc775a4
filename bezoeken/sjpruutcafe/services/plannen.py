"""Planning cafés and series, moving one, calling one off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.gastenlijst import Aanmeldstatus
from bezoeken.models import Cafeplaats, Cafereeks, Sjpruutcafe
from bezoeken.sjpruutcafe.fouten import CafeAfgelast, CafeVoorbij, CapaciteitTeKlein
from bezoeken.sjpruutcafe.reeksen import LANGSTE, dagen
from bezoeken.sjpruutcafe.services.aanmelden import bied_aan, na_vrijkomen
from bezoeken.sjpruutcafe.services.berichten import vertel, zwijg
from bezoeken.sjpruutcafe.services.lijst import lijst_met_gezinnen
from bezoeken.sjpruutcafe.services.uitnodigingen import uitnodigingen_vergeten
from ooievaar.kalender import AMSTERDAM, dag_van, moment_op
from ooievaar.platform.errors import Ongeldig
from ooievaar.selectors.gebruikers import gebruiker_in_gebied

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

GASTVROUW = ("gastvrouw", "coordinator")


@dataclass(frozen=True)
class Cafegegevens:
    """What is decided about a café; days and times are those of the clock in Amsterdam."""

    plaats: Cafeplaats
    thema: str
    tijd: time
    duur_minuten: int
    capaciteit_volwassenen: int
    capaciteit_kinderen: int
    gastvrouwen: tuple[str, ...] = ()


@transaction.atomic
def cafe_plannen(*, gebied_id: UUID, gegevens: Cafegegevens, dag: date, nu: datetime) -> Sjpruutcafe:
    """One café on a day that is still to come. Raises Ongeldig."""
    [cafe] = _maak(gebied_id, gegevens, [dag], None, nu)
    return cafe


@transaction.atomic
def reeks_plannen(
    *, gebied_id: UUID, gegevens: Cafegegevens, eerste: date, laatste: date, weken: int, nu: datetime
) -> Cafereeks:
    """A café every so many weeks at the same time on the clock; all its sessions are made now. Raises Ongeldig."""
    if laatste < eerste:
        raise Ongeldig([("laatsteDag", "ongeldig", _("Dit is voor de eerste dag."))])
    if laatste - eerste > LANGSTE:
        raise Ongeldig([("laatsteDag", "teHoog", _("Een reeks duurt hooguit een jaar."))])
    reeks = Cafereeks.objects.create(
        gebied_id=gebied_id, eerste_dag=eerste, laatste_dag=laatste, weken=weken, tijd=gegevens.tijd
    )
    _maak(gebied_id, gegevens, dagen(eerste, laatste, weken), reeks, nu)
    return reeks


def _maak(
    gebied_id: UUID, gegevens: Cafegegevens, op: list[date], reeks: Cafereeks | None, nu: datetime
) -> list[Sjpruutcafe]:
    if moment_op(op[0], gegevens.tijd) <= nu:
        raise Ongeldig([("begin", "inVerleden", _("Deze tijd is al voorbij."))])
    wie = gastvrouwen_met_naam(gegevens.gastvrouwen, gebied_id=gebied_id)
    cafes = [
        Sjpruutcafe(
            gebied_id=gebied_id,
            plaats=gegevens.plaats,
            reeks=reeks,
            reeks_dag=dag if reeks else None,
            thema=gegevens.thema,
            dag=dag,
            tijd=gegevens.tijd,
            begin=moment_op(dag, gegevens.tijd),
            duur_minuten=gegevens.duur_minuten,
            capaciteit_volwassenen=gegevens.capaciteit_volwassenen,
            capaciteit_kinderen=gegevens.capaciteit_kinderen,
        )
        for dag in op
    ]
    Sjpruutcafe.objects.bulk_create(cafes)
    koppel = Sjpruutcafe.gastvrouwen.through
    koppel.objects.bulk_create([koppel(sjpruutcafe=c, gebruiker=g) for c in cafes for g in wie])
    return cafes


def gastvrouwen_met_naam(namen: Iterable[str], *, gebied_id: UUID) -> list[Gebruiker]:
    """The hosts with these user names. Raises Ongeldig for one who is no gastvrouw (or coördinator) here."""
    gevonden = {n: gebruiker_in_gebied(n, gebied_id=gebied_id, rollen=GASTVROUW) for n in dict.fromkeys(namen)}
    if any(g is None for g in gevonden.values()):
        raise Ongeldig([("gastvrouwen", "onbekend", _("Dit is geen gastvrouw van dit gebied."))])
    return [g for g in gevonden.values() if g is not None]


@transaction.atomic
def cafe_wijzigen(
    *, cafe_id: UUID, gegevens: Mapping[str, Any], nu: datetime, keur: Callable[[Sjpruutcafe], None] | None = None
) -> Sjpruutcafe:
    """Change what is named of a café: `dag`, `tijd`, `plaats`, `duur_minuten`, `thema`, capacities, `gastvrouwen`.

    Another day, time or place is a move: everybody on the list stays on it and is told once, and what had not left
    with the old time does not leave. More room is offered to who waits. `keur` looks at the locked café first. Raises
    NietGevonden, Ongeldig, CafeAfgelast, CafeVoorbij, CapaciteitTeKlein.
    """
    lijst = lijst_met_gezinnen(cafe_id=cafe_id, nu=nu)
    cafe = lijst.cafe
    if keur is not None:
        keur(cafe)
    if cafe.status == Sjpruutcafe.Status.AFGELAST:
        raise CafeAfgelast
    if cafe.begin <= nu:
        raise CafeVoorbij
    waar_en_wanneer = (cafe.dag, cafe.tijd, cafe.plaats_id)
    for veld in ("dag", "tijd", "plaats", "duur_minuten", "thema", "capaciteit_volwassenen", "capaciteit_kinderen"):
        if veld in gegevens:
            setattr(cafe, veld, gegevens[veld])
    cafe.begin = moment_op(cafe.dag, cafe.tijd)
    if cafe.begin <= nu:
        raise Ongeldig([("begin", "inVerleden", _("Deze tijd is al voorbij."))])
    if lijst.vrij.volwassenen < 0 or lijst.vrij.kinderen < 0:
        raise CapaciteitTeKlein
    verplaatst = waar_en_wanneer != (cafe.dag, cafe.tijd, cafe.plaats_id)
    cafe.keer_verplaatst += verplaatst
    cafe.save()
    if "gastvrouwen" in gegevens:
        cafe.gastvrouwen.set(gastvrouwen_met_naam(gegevens["gastvrouwen"], gebied_id=cafe.gebied_id))
    if verplaatst:
        uitnodigingen_vergeten(cafe_id=cafe.pk, nu=nu)
        zwijg(cafe_id=cafe.pk, nu=nu)
        aan = [rij for rij in lijst.met() if rij.gezin_id in lijst.benaderbaar]
        vertel(cafe=cafe, soort="plekVerplaatst", aan=aan, nu=nu, onderwerp=f"cafe:{cafe.pk}:{cafe.keer_verplaatst}")
        aangeboden = [rij for rij in aan if rij.status == Aanmeldstatus.AANGEBODEN]
        for rij in aangeboden:
            if rij.aangeboden_tot is not None and rij.aangeboden_tot > cafe.begin:
                rij.aangeboden_tot = cafe.begin
                rij.save(update_fields=["aangeboden_tot"])
        bied_aan(lijst, aangeboden, nu=nu)
    na_vrijkomen(cafe.pk, nu)
    return cafe


@transaction.atomic
def cafe_afgelasten(*, cafe_id: UUID, nu: datetime) -> Sjpruutcafe:
    """The café does not take place: everybody on its list is told once, and nothing else about it leaves.

    Calling it off again changes nothing. Raises NietGevonden, CafeVoorbij.
    """
    lijst = lijst_met_gezinnen(cafe_id=cafe_id, nu=nu)
    cafe = lijst.cafe
    if cafe.status == Sjpruutcafe.Status.AFGELAST:
        return cafe
    if cafe.begin <= nu:
        raise CafeVoorbij
    cafe.status, cafe.afgelast_op = Sjpruutcafe.Status.AFGELAST, nu
    cafe.save(update_fields=["status", "afgelast_op"])
    uitnodigingen_vergeten(cafe_id=cafe.pk, nu=nu)
    zwijg(cafe_id=cafe.pk, nu=nu)
    aan = [rij for rij in lijst.met() if rij.gezin_id in lijst.benaderbaar]
    vertel(cafe=cafe, soort="plekAfgelast", aan=aan, nu=nu, onderwerp=f"cafe:{cafe.pk}")
    return cafe


def lokaal(moment: datetime) -> tuple[date, time]:
    """A moment as a day and a time on the clock in Amsterdam."""
    return dag_van(moment), moment.astimezone(AMSTERDAM).time().replace(tzinfo=None)
