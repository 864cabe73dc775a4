"""What hangs on a visit and must let go of it when it stops: one place, so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bezoeken.kraambezoek.services.vergrendelen import aanleiding
from bezoeken.models import Afspraak, Bezoek, Toewijzing
from notifications.services import berichten_annuleren
from voorraad.services import reserveringen_vrijgeven


def afspraak_laten_vervallen(*, bezoek: Bezoek, nu: datetime) -> None:
    """The appointment lapses; it stays in the history."""
    Afspraak.objects.filter(bezoek=bezoek, vervallen_op__isnull=True).update(vervallen_op=nu)


def toewijzing_beeindigen(*, bezoek: Bezoek, eindreden: str, nu: datetime) -> None:
    """Write down that this assignment is over, and why."""
    Toewijzing.objects.filter(bezoek=bezoek, beeindigd_op__isnull=True).update(beeindigd_op=nu, eindreden=eindreden)


def losmaken_van_haar(*, bezoek: Bezoek, eindreden: str, nu: datetime) -> None:
    """Her part in it ends and the visit goes on: assignment, appointment, her boxes, her messages, questions about her.

    What the family was told, or is about to be told, stays: its announcement is still true, and a cancelled one would
    never go. Only the reminder of the appointment lapses with that.
    """
    toewijzing_beeindigen(bezoek=bezoek, eindreden=eindreden, nu=nu)
    afspraak_laten_vervallen(bezoek=bezoek, nu=nu)
    reserveringen_vrijgeven(aanleiding=aanleiding(bezoek.pk), nu=nu)
    if bezoek.ooievaarsmoeder_id is not None:
        berichten_annuleren(aanleiding=aanleiding(bezoek.pk), ooievaarsmoeder_id=bezoek.ooievaarsmoeder_id, nu=nu)
    berichten_achterhaald(bezoek=bezoek, soorten=("bezoekherinnering", "geenAntwoord"), nu=nu)


def berichten_achterhaald(*, bezoek: Bezoek, soorten: Collection[str], nu: datetime) -> None:
    """What waits to be sent about this visit and is no longer true: a night, a queue or a retry may lie in between."""
    berichten_annuleren(aanleiding=aanleiding(bezoek.pk), soorten=soorten, nu=nu)


def losmaken(*, bezoek: Bezoek, eindreden: str, nu: datetime) -> None:
    """End assignment and appointment, release the boxes, cancel what has not been sent."""
    toewijzing_beeindigen(bezoek=bezoek, eindreden=eindreden, nu=nu)
    afspraak_laten_vervallen(bezoek=bezoek, nu=nu)
    reserveringen_vrijgeven(aanleiding=aanleiding(bezoek.pk), nu=nu)
    berichten_annuleren(aanleiding=aanleiding(bezoek.pk), nu=nu)


def losmaken_na_bezoek(*, bezoeken: Sequence[Bezoek], nu: datetime) -> None:
    """The same for visits that took place, together; their boxes were handed out before."""
    van_hen = {"bezoek__in": bezoeken}
    Toewijzing.objects.filter(**van_hen, beeindigd_op__isnull=True).update(beeindigd_op=nu, eindreden="bezocht")
    Afspraak.objects.filter(**van_hen, vervallen_op__isnull=True).update(vervallen_op=nu)
    berichten_annuleren(aanleidingen=[aanleiding(bezoek.pk) for bezoek in bezoeken], nu=nu)
