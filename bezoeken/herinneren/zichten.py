"""Reminders that would go, in words and with the family they are about, for the coordinator's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery

from bezoeken.berichten.woorden import kanaal_in_woorden, soort_in_woorden
from bezoeken.herinneren.vooruitblik import Vooruitzicht
from bezoeken.herinneren.woorden import ONTVANGERS
from bezoeken.herinneringen import Ontvanger
from bezoeken.models import Bezoek
from ooievaar.selectors.gezinnen import achternaam_van_kind


def zichten_in_woorden(zichten: Sequence[Vooruitzicht]) -> list[dict[str, Any]]:
    """A line for each, in the same order; one query."""
    bezoeken = Bezoek.objects.filter(pk__in={zicht.bezoek_id for zicht in zichten}).annotate(
        naam=Subquery(achternaam_van_kind(OuterRef("gezin_id"), OuterRef("geboortedatum")))
    )
    gezinnen = {rij["pk"]: rij for rij in bezoeken.values("pk", "gezin_id", "naam", moeder=F("ooievaarsmoeder__naam"))}
    return [_regel(zicht, gezinnen.get(zicht.bezoek_id, {})) for zicht in zichten]


def _regel(zicht: Vooruitzicht, gezin: dict[str, Any]) -> dict[str, Any]:
    is_moeder = zicht.ontvanger is Ontvanger.OOIEVAARSMOEDER
    return {
        "dag": zicht.dag,
        "wat": soort_in_woorden(zicht.soort),
        "wie": (is_moeder and gezin.get("moeder")) or ONTVANGERS[zicht.ontvanger.value],
        "hoe": kanaal_in_woorden(zicht.kanaal.value),
        "gezin_id": gezin.get("gezin_id"),
        "naam": gezin.get("naam") or "",
    }
