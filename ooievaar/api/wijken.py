"""/wijken: the wijken of a Gebied."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.models import Wijk
from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.wijken import LEZERS, met_buren, wijken_zichtbaar_voor
from ooievaar.services.wijken import wijk_aanmaken, wijk_wijzigen

_LEZEN = frozenset(LEZERS)
_BEHEREN = frozenset({"beheerder"})


class CentroidUit(Uitvoer):
    lengtegraad = serializers.FloatField()
    breedtegraad = serializers.FloatField()


class WijkUit(Uitvoer):
    code = serializers.CharField(help_text="CBS-code; ook de sleutel in het pad.")
    naam = serializers.CharField()
    gebied = serializers.CharField(source="gebied_code")
    start_op = serializers.DateField(help_text="Vanaf deze dag loopt het programma in de wijk.")
    centroid = CentroidUit(source="*")
    buren = serializers.ListField(child=serializers.CharField(), source="buur_codes", help_text="CBS-codes.")


class WijkWijzigen(Invoer):
    naam = serializers.CharField(max_length=100, required=False)
    start_op = Dagveld(required=False)
    lengtegraad = serializers.FloatField(min_value=-180, max_value=180, required=False)
    breedtegraad = serializers.FloatField(min_value=-90, max_value=90, required=False)
    buren = serializers.ListField(child=serializers.CharField(max_length=8), max_length=50, required=False)


class WijkNieuw(WijkWijzigen):
    code = serializers.RegexField(r"^WK\d{6}$", help_text="CBS-code, zoals WK091720.")
    naam = serializers.CharField(max_length=100)
    gebied = serializers.CharField(max_length=50, required=False, help_text="Nodig als u meer gebieden beheert.")
    start_op = Dagveld()
    lengtegraad = serializers.FloatField(min_value=-180, max_value=180)
    breedtegraad = serializers.FloatField(min_value=-90, max_value=90)


def _uit(wijk: Wijk) -> Any:
    return WijkUit(met_buren(Wijk.objects.filter(pk=wijk.pk)).get()).data


class Wijken(ApiView):
    rollen = {"GET": _LEZEN, "POST": _BEHEREN}
    vraag = op_volgorde(Lijstvraag, "code", "naam")
    is_lijst = True

    @extend_schema(responses=WijkUit(many=True), description="De wijken van uw gebied.")
    def get(self, request: Request) -> Response:
        wijken = wijken_zichtbaar_voor(request.user)
        return self.bladzijde(met_buren(wijken).order_by("code"), in_een_keer(WijkUit), telling=wijken)

    @extend_schema(request=WijkNieuw, responses={201: WijkUit}, description="Een nieuwe wijk in uw gebied.")
    def post(self, request: Request) -> Response:
        wijk = wijk_aanmaken(door=request.user, gegevens=self.lees(WijkNieuw), nu=clock.nu())
        return self.enkel(_uit(wijk), wijk, status=201, Location=f"/api/v1/wijken/{wijk.code}")


class EenWijk(ApiView):
    rollen = {"GET": _LEZEN, "PATCH": _BEHEREN}

    @extend_schema(responses=WijkUit, description="Een wijk.")
    def get(self, request: Request, code: str) -> Response:
        wijk = met_buren(wijken_zichtbaar_voor(request.user)).filter(code=code).first()
        if wijk is None:
            raise NietGevonden
        return self.enkel(WijkUit(wijk).data, wijk)

    @extend_schema(request=WijkWijzigen, responses=WijkUit, description="Verander een wijk; wat u weglaat blijft.")
    def patch(self, request: Request, code: str) -> Response:
        wijk = (
            Wijk.objects.filter(gebied_id__in=request.user.bevoegdheid.gebied_ids("beheerder"), code=code)
            .select_for_update(of=("self",))
            .first()
        )
        if wijk is None:
            raise NietGevonden
        self.if_match(wijk)
        wijk = wijk_wijzigen(wijk=wijk, door=request.user, gegevens=self.lees(WijkWijzigen), nu=clock.nu())
        return self.enkel(_uit(wijk), wijk)
