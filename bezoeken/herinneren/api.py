"""/herinneringsregels: when reminders go; /vooruitblik: to whom on which day; and what another rule would change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.response import Response

from bezoeken.herinneren.selectors import omgevingen, regels_van, standen_van
from bezoeken.herinneren.services import regel_bewaren, regel_keuren
from bezoeken.herinneren.vooruitblik import LANGSTE, Vooruitzicht, met_regel, verschil, vooruitblik
from bezoeken.herinneringen import SOORTEN, SOORTNAMEN, Ontvanger, Regel
from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Kloktijd, Lijstvraag, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.gebieden import gebied_van_coordinator, gebieden_met_id

COORDINATOR = frozenset({"coordinator"})
_WIE = [o.value for o in Ontvanger]


def _bekende_ontvanger(wie: str) -> None:
    if wie not in _WIE:
        raise serializers.ValidationError(_("Kies gezin, ooievaarsmoeder of coordinator."), "onbekendeKeuze")


class HerinneringsregelUit(Uitvoer):
    soort = serializers.ChoiceField(SOORTNAMEN)
    ontvanger = serializers.CharField(help_text="gezin, ooievaarsmoeder of coordinator.")
    dag = serializers.IntegerField(help_text="Dagen na de geboorte; bij bezoekherinnering voor de afspraak (negatief).")
    tijd = Kloktijd(allow_null=True, help_text="Leeg: zodra er berichten weg mogen.")
    actief = serializers.BooleanField()


class HerinneringsregelIn(Invoer):
    dag = serializers.IntegerField(min_value=-30, max_value=400)
    tijd = Kloktijd(allow_null=True, default=None)
    actief = serializers.BooleanField(default=True)
    gebied = serializers.SlugField(required=False)


class GebiedVraag(Lijstvraag):
    gebied = serializers.SlugField(required=False, help_text="Code; nodig voor wie er in meer dan één coördineert.")


class VooruitblikVraag(GebiedVraag):
    van = Dagveld(required=False, help_text="Eerste dag; zonder: vandaag.")
    tot = Dagveld(required=False, help_text="Laatste dag; zonder: een week later. Hooguit 120 dagen.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return _periode(attrs)


class VoorbeeldregelIn(HerinneringsregelIn):
    soort = serializers.ChoiceField(SOORTNAMEN)
    ontvanger = serializers.CharField(max_length=20, validators=[_bekende_ontvanger])
    van = Dagveld(required=False)
    tot = Dagveld(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return _periode(attrs)


def _periode(attrs: dict[str, Any]) -> dict[str, Any]:
    """From and to with their defaults; the other way round or too long is a fault."""
    van: date = attrs.setdefault("van", clock.vandaag())
    tot: date = attrs.setdefault("tot", van + timedelta(days=6))
    if tot < van:
        raise serializers.ValidationError({"tot": ErrorDetail(str(_("Dit is voor het begin.")), "ongeldig")})
    if tot - van > LANGSTE:
        raise serializers.ValidationError({"tot": ErrorDetail(str(_("Hooguit 120 dagen in één keer.")), "teHoog")})
    return attrs


class VooruitzichtUit(Uitvoer):
    dag = serializers.DateField()
    soort = serializers.CharField()
    ontvanger = serializers.CharField()
    bezoek = serializers.UUIDField(source="bezoek_id")
    kanaal = serializers.CharField()


class VerschilUit(Uitvoer):
    erbij = VooruitzichtUit(many=True)
    weg = VooruitzichtUit(many=True)


class Herinneringsregels(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = GebiedVraag
    is_lijst = True

    @extend_schema(responses=HerinneringsregelUit(many=True), description="Wat er wanneer naar wie gaat.")
    def get(self, request: Request) -> Response:
        gebied_id = gebied_van_coordinator(request.user, self.gevraagd.get("gebied"))
        return self.bladzijde(regels_van(gebied_id), in_een_keer(HerinneringsregelUit))


def _regel(soort: str, ontvanger: str, gegevens: dict[str, Any]) -> Regel:
    if soort not in SOORTEN or ontvanger not in _WIE:
        raise NietGevonden
    return Regel(soort, Ontvanger(ontvanger), gegevens["dag"], gegevens["tijd"])


class EenHerinneringsregel(ApiView):
    rollen = {"PUT": COORDINATOR}

    @extend_schema(
        request=HerinneringsregelIn,
        responses=HerinneringsregelUit,
        description="Verander wanneer dit gaat. Wat 's nachts of te vroeg zou gaan, wordt geweigerd.",
    )
    def put(self, request: Request, soort: str, ontvanger: str) -> Response:
        gegevens = self.lees(HerinneringsregelIn)
        (gebied,) = gebieden_met_id([gebied_van_coordinator(request.user, gegevens.get("gebied"), heel=True)])
        regel = _regel(soort, ontvanger, gegevens)
        rij = regel_bewaren(gebied=gebied, regel=regel, actief=gegevens["actief"])
        return self.enkel(HerinneringsregelUit(rij).data, rij)


def _uit(rijen: Iterable[Vooruitzicht]) -> list[Any]:
    return list(VooruitzichtUit(rijen, many=True).data)


class Vooruitblik(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = VooruitblikVraag
    is_lijst = True

    @extend_schema(
        responses=VooruitzichtUit(many=True),
        description="Wie wat krijgt op deze dagen, als er niets verandert. Er wordt niets gepland.",
    )
    def get(self, request: Request) -> Response:
        vraag = self.gevraagd
        gebied_id = gebied_van_coordinator(request.user, vraag.get("gebied"), heel=True)
        omgeving = omgevingen([gebied_id])[gebied_id]
        standen = standen_van(gebied_id, omgeving, vandaag=clock.vandaag())
        return self.bladzijde(vooruitblik(standen, omgeving, vraag["van"], vraag["tot"]), partial(_uit))


class Herinneringsregelvoorbeelden(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=VoorbeeldregelIn,
        responses=VerschilUit,
        description="Wat deze regel zou toevoegen of weghalen op deze dagen. Er wordt niets bewaard.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(VoorbeeldregelIn)
        (gebied,) = gebieden_met_id([gebied_van_coordinator(request.user, gegevens.get("gebied"), heel=True)])
        regel = _regel(gegevens["soort"], gegevens["ontvanger"], gegevens)
        regel_keuren(gebied=gebied, regel=regel)
        omgeving = omgevingen([gebied.pk])[gebied.pk]
        anders = met_regel(omgeving, regel, actief=gegevens["actief"])
        standen = standen_van(gebied.pk, omgeving, vandaag=clock.vandaag())
        uitkomst = verschil(standen, omgeving, anders, gegevens["van"], gegevens["tot"])
        return Response({"erbij": _uit(uitkomst.erbij), "weg": _uit(uitkomst.weg)})
