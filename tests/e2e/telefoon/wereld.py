"""People and visits for the tests of the phone, made in the database of the running site."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.e2e.binnen import Binnen


class Wereld:
    """The world of the tests: `maak`, `stand` and `doe` as below, done inside the site."""

    def __init__(self, binnen: Binnen) -> None:
        self.binnen = binnen

    def maak(self, **invoer: Any) -> dict[str, Any]:
        return self.binnen(maak, invoer)

    def stand(self, bezoeken: list[str]) -> dict[str, dict[str, Any]]:
        return self.binnen(stand, {"bezoeken": bezoeken})

    def doe(self, wat: str, **invoer: Any) -> Any:
        return self.binnen(doe, {"wat": wat, **invoer})


def maak(invoer: dict[str, Any]) -> dict[str, Any]:
    """A volunteer with these visits, and `berichten` (kind, hours ago) that were sent to her.

    With `dienst` somebody is on duty; `cafes`: each in so many days, for so many adults. Each visit: dagen (old),
    kinderen, taal, nummer, aanvaard, straat, huisnummer.
    """
    from ooievaar.platform import clock
    from tests import factories as f
    from voorraad.services.sjop import sjop_inrichten

    eigen = uuid4().hex[:6]
    gebied = f.GebiedFactory(code=f"proef-{eigen}", telefoonnummer="+31455601234", naam="Proefgebied")
    if invoer.get("sjop"):
        sjop_inrichten(gebied=gebied, nu=clock.nu())
    wijk = f.WijkFactory(gebied=gebied, code=f"WP{eigen.upper()}", naam="Voorbeeldwijk")
    coordinator = f.gebruiker_met_rol(
        "coordinator", gebied=gebied, username=f"coordinator-{eigen}", diensttelefoon="+31612345601"
    )
    gebruiker = f.gebruiker_met_rol("ooievaarsmoeder", gebied=gebied, username=f"moeder-{eigen}")
    moeder = gebruiker.ooievaarsmoeder
    moeder.maximum_per_week = 50
    moeder.save()
    if invoer.get("dozen"):
        f.dozen_bij_moeder(moeder, invoer["dozen"])
    if invoer.get("dienst"):
        tweede = f.gebruiker_met_rol(
            "coordinator", gebied=gebied, username=f"tweede-{eigen}", diensttelefoon="+31612345602"
        )
        f.AchterwachtdienstFactory(gebied=gebied, eerste=coordinator, tweede=tweede)
    for over, volwassenen in invoer.get("cafes", []):
        dag = clock.vandaag() + timedelta(days=over)
        f.SjpruutcafeFactory(gebied=gebied, dag=dag, capaciteit_volwassenen=volwassenen)
    rijen = []
    for nummer, b in enumerate(invoer.get("bezoeken", [])):
        gezin = f.GezinFactory(
            wijk=wijk,
            straat=b.get("straat", "Sjpruutstraat"),
            huisnummer=b.get("huisnummer", nummer + 1),
            postcode="6412AB",
        )
        geboren = clock.vandaag() - timedelta(days=b.get("dagen", 45))
        bezoek = f.toegewezen_bezoek(
            moeder, aanvaard=b.get("aanvaard", True), kinderen=0, gezin=gezin, geboortedatum=geboren
        )
        persoon = gezin.contactpersonen.first()
        persoon.taal, persoon.telefoonnummer = b.get("taal", "nl"), b.get("nummer", "+31612345678")
        persoon.tolk_nodig = b.get("tolk", False)
        persoon.save()
        kinderen = []
        for naam in b.get("kinderen", ["Noor"]):
            kind = f.PasgeboreneFactory(
                gezin=gezin, geboortedatum=geboren, voornaam=naam, achternaam=b.get("naam", f"Voorbeeld-{nummer}")
            )
            f.BezoekkindFactory(bezoek=bezoek, pasgeborene=kind)
            kinderen.append(str(kind.pk))
        rijen.append({"id": str(bezoek.pk), "gezin": str(gezin.pk), "kinderen": kinderen})
    for soort, uren in invoer.get("berichten", []):
        _verstuurd(moeder, soort, uren)
    return {
        "bezoeken": rijen, "moeder": str(moeder.pk), "coordinator": str(coordinator.pk),
        "koppelcode": _koppelcode(str(moeder.pk), str(coordinator.pk)),
    }  # fmt: skip


def _verstuurd(moeder: Any, soort: str, uren: int) -> None:
    """A message that went to her so many hours ago."""
    from ooievaar.platform import clock
    from tests.factories.notifications import BerichtFactory

    op = clock.nu() - timedelta(hours=uren)
    BerichtFactory(
        soort=soort, gezin=None, ooievaarsmoeder=moeder, gebied=moeder.gebied, context={}, gepland_op=op,
        verzonden_op=op, status="verzonden", sleutel=f"{soort}:{moeder.pk}:{uren}",
    )  # fmt: skip


def _koppelcode(moeder_id: str, coordinator_id: str) -> str:
    from ooievaar.models import Gebruiker, Ooievaarsmoeder
    from ooievaar.platform import clock
    from ooievaar.services.apparaten import koppelcode_maken

    moeder = Ooievaarsmoeder.objects.get(pk=moeder_id)
    return koppelcode_maken(moeder=moeder, door=Gebruiker.objects.get(pk=coordinator_id), nu=clock.nu()).koppelcode


def stand(invoer: dict[str, Any]) -> dict[str, Any]:
    """Per visit: status, attempts (moments), visited at, boxes that left the stock for it, and its Handelingen."""
    from bezoeken.models import Bezoek, Handeling
    from voorraad.models import Mutatie

    uit = {}
    for bezoek in Bezoek.objects.filter(pk__in=invoer["bezoeken"]).prefetch_related("pogingen"):
        handelingen = Handeling.objects.filter(bezoek=bezoek)
        uit[str(bezoek.pk)] = {
            "status": bezoek.status,
            "afsluitreden": bezoek.afsluitreden,
            "bezochtOp": bezoek.bezocht_op and bezoek.bezocht_op.isoformat(),
            "pogingen": sorted(p.moment.isoformat() for p in bezoek.pogingen.all()),
            "dozen": Mutatie.objects.filter(aanleiding=f"bezoek:{bezoek.pk}", soort="uitgifte").count(),
            "handelingen": {str(h.handeling): h.status for h in handelingen},
        }
    return uit


def doe(invoer: dict[str, Any]) -> Any:
    """What a coordinator does: intrekken (a phone), overdragen (a visit), koppelcode; or counts afwezigheden."""
    from bezoeken.models import Bezoek
    from bezoeken.toewijzing.services import toewijzen
    from ooievaar.models import Apparaat, Gebruiker, Ooievaarsmoeder
    from ooievaar.platform import clock
    from ooievaar.services.apparaten import apparaat_intrekken
    from tests import factories as f

    nu = clock.nu()
    if invoer["wat"] == "intrekken":
        moeder = Ooievaarsmoeder.objects.get(pk=invoer["moeder"])
        for apparaat in Apparaat.objects.filter(gebruiker=moeder.gebruiker):
            apparaat_intrekken(apparaat=apparaat, nu=nu)
        return None
    if invoer["wat"] == "overdragen":
        bezoek = Bezoek.objects.get(pk=invoer["bezoek"])
        ander = f.OoievaarsmoederFactory(gebied=bezoek.gebied)
        coordinator = Gebruiker.objects.get(pk=invoer["coordinator"])
        toewijzen(bezoek_id=bezoek.pk, ooievaarsmoeder_id=ander.pk, door=coordinator, nu=nu)
        return None
    if invoer["wat"] == "afwezigheden":
        return Ooievaarsmoeder.objects.get(pk=invoer["moeder"]).afwezigheden.count()
    return _koppelcode(invoer["moeder"], invoer["coordinator"])
