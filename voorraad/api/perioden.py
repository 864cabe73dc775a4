"""/voorraadafsluitingen: up to which day the books are closed."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services
from voorraad.api.catalogus import BEHEREN, COORDINATOR, gebied_van


class AfsluitingUit(Uitvoer):
    id = serializers.UUIDField()
    gebied = serializers.UUIDField(source="gebied_id")
    tot_en_met = serializers.DateField(help_text="Deze dag hoort er nog bij.")
    gesloten_op = Momentveld()
    door = serializers.UUIDField(source="door_id", allow_null=True)


class AfsluitingIn(Invoer):
    tot_en_met = Dagveld()
    gebied = serializers.CharField(
        max_length=50, required=False, help_text="Code van het gebied; alleen nodig als u er meer dan één hebt."
    )


class Voorraadafsluitingen(ApiView):
    rollen = {"GET": BEHEREN, "POST": COORDINATOR}
    vraag = op_volgorde(Lijstvraag, "tot_en_met")
    is_lijst = True

    @extend_schema(
        responses=AfsluitingUit(many=True), description="Tot welke dag de boeken zijn gesloten, nieuwste eerst."
    )
    def get(self, request: Request) -> Response:
        sluitingen = selectors.sluitingen_zichtbaar_voor(request.user).order_by("-tot_en_met", "id")
        return self.bladzijde(sluitingen, in_een_keer(AfsluitingUit))

    @extend_schema(
        request=AfsluitingIn,
        responses={201: AfsluitingUit},
        description=(
            "Sluit de boeken tot en met een dag die voorbij is. Dat gaat niet meer terug: wat daarna nog fout blijkt, "
            "draait u terug."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(AfsluitingIn)
        gebied_id = gebied_van(request, data.get("gebied"), COORDINATOR)
        assert gebied_id is not None
        sluiting = services.periode_sluiten(
            gebied_id=gebied_id, tot_en_met=data["tot_en_met"], door=request.user, nu=clock.nu()
        )
        return self.enkel(AfsluitingUit(sluiting).data, sluiting, status=201)
