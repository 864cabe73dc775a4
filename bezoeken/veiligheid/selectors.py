"""Reading safety: measures in words, who is on duty, who is with a family now, and which alarms are open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.models import Achterwachtdienst, Alarm, Bezoek, Incheck, Veiligheidsvlag
from bezoeken.veiligheid.tijden import Veiligheidsregels
from ooievaar.kalender import dag_van
from ooievaar.platform.errors import NietGevonden

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker

MAATREGELEN = {
    "geenBezoek": _("Ga hier niet naartoe. Bel de coördinator."),
    "anderePlek": _("Spreek op een andere plek af, niet thuis."),
    "duoBezoek": _("Ga hier met zijn tweeën naartoe."),
    "belEerst": _("Bel eerst, voordat u aanbelt."),
}
# How long a person on duty may still look at an alarm that was hers and is closed.
_NAZIEN = timedelta(hours=24)


@dataclass(frozen=True)
class Maatregel:
    """What a volunteer must do for her safety: a code and its words. Never the cause."""

    code: str
    tekst: str


def veiligheidsregels(gebied: Gebied) -> Veiligheidsregels:
    """The minutes of this Gebied."""
    return Veiligheidsregels(gebied.waarschuwing_minuten, gebied.alarm_minuten, gebied.tweede_minuten)


def _geldig(dag: date) -> Q:
    return Q(ingetrokken_op__isnull=True, sinds__lte=dag, tot__gte=dag)


def maatregelen_bij(bezoek_ids: Iterable[UUID], *, nu: datetime) -> dict[UUID, list[Maatregel]]:
    """The measures that hold now for each of these visits, the gravest first; visits without one are left out.

    A flag on the family holds for all its visits. Two queries, whatever the number. Who may see the visits is the
    caller's work.
    """
    return maatregelen_voor(dict(Bezoek.objects.filter(pk__in=set(bezoek_ids)).values_list("pk", "gezin_id")), nu=nu)


def maatregelen_voor(gezin_van: Mapping[UUID, UUID], *, nu: datetime) -> dict[UUID, list[Maatregel]]:
    """As `maatregelen_bij`, for who has the family of each visit at hand; one query."""
    if not gezin_van:
        return {}
    codes_van_gezin: dict[UUID, set[str]] = {}
    codes_van_bezoek: dict[UUID, set[str]] = {}
    vlaggen = Veiligheidsvlag.objects.filter(_geldig(dag_van(nu)), gezin_id__in=set(gezin_van.values()))
    for gezin_id, bezoek_id, code in vlaggen.values_list("gezin_id", "bezoek_id", "maatregel"):
        if bezoek_id:
            codes_van_bezoek.setdefault(bezoek_id, set()).add(code)
        else:
            codes_van_gezin.setdefault(gezin_id, set()).add(code)
    gevonden = {}
    for bezoek_id, gezin_id in gezin_van.items():
        codes = codes_van_gezin.get(gezin_id, set()) | codes_van_bezoek.get(bezoek_id, set())
        if codes:
            gevonden[bezoek_id] = [Maatregel(code, str(tekst)) for code, tekst in MAATREGELEN.items() if code in codes]
    return gevonden


def vlaggen_van(gebruiker: Gebruiker, gezin_id: UUID, *, nu: datetime) -> QuerySet[Veiligheidsvlag]:
    """The flags of a family that still hold, with their causes: for its coordinator only. Raises NietGevonden."""
    if not gezinnen_zichtbaar_voor(gebruiker).filter(gebruiker.bevoegdheid.filter("coordinator"), pk=gezin_id).exists():
        raise NietGevonden
    vlaggen = Veiligheidsvlag.objects.filter(_geldig(dag_van(nu)), gezin_id=gezin_id)
    return vlaggen.select_related("gemeld_door").order_by("tot", "id")


def dienst_op(gebied_id: UUID, moment: datetime) -> Achterwachtdienst | None:
    """Who is on duty for this Gebied at this moment, or None."""
    diensten = Achterwachtdienst.objects.filter(gebied_id=gebied_id, begin__lte=moment, eind__gt=moment)
    return diensten.select_related("eerste", "tweede").first()


def diensten_zichtbaar_voor(gebruiker: Gebruiker) -> QuerySet[Achterwachtdienst]:
    """The roster of the areas in which this user coordinates, or is a volunteer."""
    gebieden = gebruiker.bevoegdheid.gebied_ids("coordinator", "ooievaarsmoeder")
    return Achterwachtdienst.objects.filter(gebied_id__in=gebieden).select_related("eerste", "tweede")


def _van_coordinator(gebruiker: Gebruiker, pad: str) -> Q:
    return gebruiker.bevoegdheid.filter("coordinator", gebied=f"{pad}gebied", wijk=f"{pad}wijk")


def open_inchecks(gebruiker: Gebruiker) -> QuerySet[Incheck]:
    """Who is with a family now and has not checked out, the first expected end first: for coordinators."""
    inchecks = Incheck.objects.filter(_van_coordinator(gebruiker, "bezoek__"), uitgecheckt_op__isnull=True)
    return inchecks.select_related("ooievaarsmoeder", "bezoek__wijk", "bezoek__gebied").order_by("verwacht_eind", "id")


def incheck_bij(bezoek_id: UUID, ooievaarsmoeder_id: UUID) -> Incheck | None:
    """Her latest check-in at this visit, or None."""
    inchecks = Incheck.objects.filter(bezoek_id=bezoek_id, ooievaarsmoeder_id=ooievaarsmoeder_id)
    return inchecks.select_related("bezoek__gebied").order_by("-ingecheckt_op", "id").first()


def open_incheck_van(ooievaarsmoeder_id: UUID) -> Incheck | None:
    """The check-in of this volunteer that is open, or None."""
    return Incheck.objects.filter(ooievaarsmoeder_id=ooievaarsmoeder_id, uitgecheckt_op__isnull=True).first()


def alarmen_zichtbaar_voor(gebruiker: Gebruiker, *, nu: datetime) -> QuerySet[Alarm]:
    """The alarms of the visits in her reach, and those that came to her on duty, until a day after they were closed."""
    van_dienst = Q(eerste=gebruiker) | Q(tweede=gebruiker) | Q(geclaimd_door=gebruiker)
    recent = Q(gesloten_op__isnull=True) | Q(gesloten_op__gt=nu - _NAZIEN)
    return (
        Alarm.objects.filter(_van_coordinator(gebruiker, "incheck__bezoek__") | van_dienst & recent)
        .select_related("incheck__ooievaarsmoeder", "incheck__bezoek__gezin", "eerste", "tweede", "geclaimd_door")
        .order_by("-gestart_op", "id")
    )


def adres_bij_alarm(alarm: Alarm, gebruiker: Gebruiker) -> str | None:
    """Where she is, to send help to: while the alarm is open. A secret address only to who may see it (rule 5)."""
    gezin = alarm.incheck.bezoek.gezin
    geheim = gezin.geheim and gezin.geheim_voor_id != gebruiker.pk
    if alarm.gesloten_op is not None or geheim or not gezin.straat:
        return None
    nummer = f"{gezin.huisnummer or ''}{gezin.huisletter}{'-' + gezin.toevoeging if gezin.toevoeging else ''}"
    return f"{gezin.straat} {nummer}, {gezin.woonplaats}"
