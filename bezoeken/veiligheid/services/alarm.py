"""An alarm: to whom it goes, who takes it, and that it is over. Its messages ignore quiet hours (rule 11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bezoeken.models import Alarm, Incheck
from bezoeken.veiligheid.fouten import AlarmGesloten, AlOpgepakt
from bezoeken.veiligheid.selectors import dienst_op
from notifications.selectors import spoedkanalen
from notifications.services import NieuwBericht, berichten_annuleren, berichten_plannen
from ooievaar.kalender import dag_van
from ooievaar.platform.errors import NietGevonden
from ooievaar.selectors.bereik import coordinatoren

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# A message about an hour that is long past helps nobody; the alarm itself stays open until a person closes it.
_NUTTIG = timedelta(hours=12)


def aanleiding(incheck_id: UUID) -> str:
    """What the messages about a check-in say they are about; by it they are cancelled."""
    return f"incheck:{incheck_id}"


def waarschuw_haar(*, incheck: Incheck, nu: datetime) -> None:
    """+15 minutes: ask her, on everything she can be reached with."""
    _stuur(incheck, "veiligheidVraag", [{"ooievaarsmoeder_id": incheck.ooievaarsmoeder_id}], str(incheck.pk), nu)
    incheck.gewaarschuwd_op = nu
    incheck.save(update_fields=["gewaarschuwd_op"])


def alarm_starten(*, incheck: Incheck, nu: datetime) -> Alarm:
    """+30 minutes: the achterwacht of this moment or, when there is none now, of the moment she checked in.

    When there is nobody at all any more, it goes to every coordinator of the Gebied.
    """
    dienst = dienst_op(incheck.bezoek.gebied_id, nu) or incheck.dienst
    alarm = Alarm.objects.create(
        incheck=incheck,
        gestart_op=nu,
        eerste_id=dienst.eerste_id if dienst else None,
        tweede_id=dienst.tweede_id if dienst else None,
    )
    if dienst is None:
        _stuur(incheck, "veiligheidAlarm", _coordinatoren(incheck), str(alarm.pk), nu)
    else:
        _stuur(incheck, "veiligheidAlarm", [{"gebruiker_id": dienst.eerste_id}], str(alarm.pk), nu)
    return alarm


def tweede_roepen(*, alarm: Alarm, nu: datetime) -> None:
    """Nobody took it within 10 minutes: the second person or, when there is none, the coordinators of the Gebied."""
    incheck = alarm.incheck
    if alarm.tweede_id is not None:
        wie = [{"gebruiker_id": alarm.tweede_id}]
    else:
        wie = [w for w in _coordinatoren(incheck) if w["gebruiker_id"] != alarm.eerste_id]
    _stuur(incheck, "veiligheidAlarm", wie, str(alarm.pk), nu)
    alarm.tweede_op = nu
    alarm.save(update_fields=["tweede_op"])


@transaction.atomic
def alarm_oppakken(*, alarm_id: UUID, door: Gebruiker, nu: datetime) -> Alarm:
    """ "Ik bel nu": one person takes it; the same person again changes nothing. Raises AlOpgepakt, AlarmGesloten."""
    alarm = _vergrendeld(alarm_id)
    if alarm.geclaimd_door_id == door.pk:
        return alarm
    if alarm.gesloten_op is not None:
        raise AlarmGesloten
    if alarm.geclaimd_op is not None:
        wie = alarm.geclaimd_door
        naam = (wie.get_full_name() or wie.username) if wie else ""
        raise AlOpgepakt(_("%(naam)s belt al.") % {"naam": naam} if naam else None)
    alarm.geclaimd_door, alarm.geclaimd_op = door, nu
    alarm.save(update_fields=["geclaimd_door", "geclaimd_op"])
    # Whose message has not left yet need not hear of it any more.
    berichten_annuleren(aanleiding=aanleiding(alarm.incheck_id), soort="veiligheidAlarm", nu=nu)
    return alarm


@transaction.atomic
def alarm_afsluiten(*, alarm_id: UUID, uitkomst: str, door: Gebruiker, nu: datetime) -> Alarm:
    """The achterwacht knows how she is. She is checked out with it: nobody waits for her any more.

    Closing it again changes nothing when the outcome is the same. Raises AlarmGesloten.
    """
    gevonden = Alarm.objects.filter(pk=alarm_id).values_list("incheck_id", flat=True).first()
    if gevonden is None:
        raise NietGevonden
    incheck = Incheck.objects.select_for_update(of=("self",)).get(pk=gevonden)
    alarm = _vergrendeld(alarm_id)
    if alarm.gesloten_op is not None:
        if alarm.uitkomst == uitkomst:
            return alarm
        raise AlarmGesloten
    if incheck.uitgecheckt_op is None:
        incheck.uitgecheckt_op = nu
        incheck.save(update_fields=["uitgecheckt_op"])
    if alarm.geclaimd_op is None:
        alarm.geclaimd_door, alarm.geclaimd_op = door, nu
    berichten_intrekken(incheck=incheck, nu=nu)
    alarm_sluiten(alarm=alarm, uitkomst=Alarm.Uitkomst(uitkomst), nu=nu)
    return alarm


def alarm_sluiten(*, alarm: Alarm, uitkomst: Alarm.Uitkomst, nu: datetime) -> None:
    """Close a locked alarm and tell everybody who heard of it."""
    alarm.gesloten_op, alarm.uitkomst = nu, uitkomst.value
    alarm.save(update_fields=["gesloten_op", "uitkomst", "geclaimd_door", "geclaimd_op"])
    gehoord = [alarm.eerste_id, alarm.tweede_id if alarm.tweede_op else None]
    wie = [{"gebruiker_id": pk} for pk in dict.fromkeys(gehoord) if pk is not None and pk != alarm.geclaimd_door_id]
    _stuur(alarm.incheck, "veiligheidVoorbij", wie, str(alarm.pk), nu)


def berichten_intrekken(*, incheck: Incheck, nu: datetime) -> None:
    """What has not left about this check-in need not leave."""
    berichten_annuleren(aanleiding=aanleiding(incheck.pk), nu=nu)


def _vergrendeld(alarm_id: UUID) -> Alarm:
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("geclaimd_door").filter(pk=alarm_id).first()
    if alarm is None:
        raise NietGevonden
    return alarm


def _coordinatoren(incheck: Incheck) -> list[dict[str, Any]]:
    gebied_id = incheck.bezoek.gebied_id
    return [{"gebruiker_id": c.gebruiker_id} for c in coordinatoren() if c.gebied_id == gebied_id]


def _stuur(incheck: Incheck, soort: str, wie: Iterable[dict[str, Any]], onderwerp: str, nu: datetime) -> None:
    """One message per person and channel: with safety no channel is a fallback, all are used at once."""
    ontvangers = list(wie)
    kanalen = spoedkanalen(
        ooievaarsmoeder_ids=[w["ooievaarsmoeder_id"] for w in ontvangers if "ooievaarsmoeder_id" in w],
        gebruiker_ids=[w["gebruiker_id"] for w in ontvangers if "gebruiker_id" in w],
    )
    berichten_plannen(
        nieuw=[
            NieuwBericht(
                soort=soort,
                kanaal=kanaal,
                gebied_id=incheck.bezoek.gebied_id,
                dag=dag_van(nu),
                gepland_op=nu,
                verloopt_op=nu + _NUTTIG,
                aanleiding=aanleiding(incheck.pk),
                onderwerp=f"{onderwerp}:{incheck.verwacht_eind.isoformat()}:{kanaal}",
                spoed=True,
                ooievaarsmoeder_id=w.get("ooievaarsmoeder_id"),
                gebruiker_id=w.get("gebruiker_id"),
            )
            for w in ontvangers
            for kanaal in kanalen.get(w.get("ooievaarsmoeder_id") or w["gebruiker_id"], ("app",))
        ],
        nu=nu,
    )
