"""/bestellingen: what is under way, for the forecast and for booking it when it comes in."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services
from voorraad.api.catalogus import COORDINATOR, een, gegeven
from voorraad.api.velden import Rij, zoek
from voorraad.models import Bestelling


class BestellingUit(Uitvoer):
    id = serializers.UUIDField()
    artikel = serializers.UUIDField(source="artikel_id")
    aantal = serializers.IntegerField()
    verwacht_op = serializers.DateField()
    kenmerk = serializers.CharField()
    status = serializers.ChoiceField(Bestelling.Status.choices)
    besteld_op = Momentveld()
    ontvangst = serializers.UUIDField(source="ontvangst_id", allow_null=True, help_text="De boeking van de ontvangst.")


class BestellingIn(Invoer):
    artikel = serializers.UUIDField()
    aantal = serializers.IntegerField(min_value=1, max_value=services.MAXIMUM)
    verwacht_op = Dagveld()
    kenmerk = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class OntvangstIn(Invoer):
    partij = serializers.UUIDField(required=False, allow_null=True)
    naar = serializers.UUIDField(required=False, allow_null=True, help_text="Weggelaten: het magazijn.")
    aantal = serializers.IntegerField(
        min_value=1, max_value=services.MAXIMUM, required=False, allow_null=True, help_text="Weggelaten: als besteld."
    )


class LegeBestellingIn(Invoer):
    """No fields."""


class Bestellingvraag(Lijstvraag):
    artikel = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(Bestelling.Status.choices, required=False)


class Bestellingen(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(Bestellingvraag, "verwacht_op")
    is_lijst = True

    @extend_schema(responses=BestellingUit(many=True), description="De bestellingen, eerst verwacht eerst.")
    def get(self, request: Request) -> Response:
        bestellingen = selectors.bestellingen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(bestellingen.order_by("verwacht_op", "id"), in_een_keer(BestellingUit))

    @extend_schema(request=BestellingIn, responses={201: BestellingUit}, description="Schrijf op wat er komt.")
    def post(self, request: Request) -> Response:
        data = self.lees(BestellingIn)
        rijen: dict[str, Rij] = {"artikel": (selectors.artikelen_te_boeken_door(request.user), data.pop("artikel"))}
        bestelling = services.bestellen(**zoek(rijen), **data, nu=clock.nu())
        return self.enkel(BestellingUit(bestelling).data, bestelling, status=201)


class BestellingDetail(ApiView):
    rollen = {"GET": COORDINATOR}

    @extend_schema(responses=BestellingUit, description="Eén bestelling.")
    def get(self, request: Request, id: UUID) -> Response:
        bestelling = een(selectors.bestellingen_zichtbaar_voor(request.user), id)
        return self.enkel(BestellingUit(bestelling).data, bestelling)


class BestellingOntvangst(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=OntvangstIn,
        responses={201: BestellingUit},
        description="Het is binnen: boekt de ontvangst. Weigert: `bestellingGesloten`, en wat een ontvangst weigert.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.bestellingen_zichtbaar_voor(request.user), id))
        data = self.lees(OntvangstIn)
        wie = request.user
        rijen: dict[str, Rij] = {
            "partij": (selectors.partijen_zichtbaar_voor(wie), data.get("partij")),
            "naar": (selectors.locaties_te_boeken_door(wie), data.get("naar")),
        }
        bestelling = services.bestelling_ontvangen(
            bestelling_id=id, **zoek(rijen), aantal=data.get("aantal"), door=wie, nu=clock.nu()
        )
        return self.enkel(BestellingUit(bestelling).data, bestelling, status=201)


class BestellingAnnulering(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(request=LegeBestellingIn, responses=BestellingUit, description="Het komt niet.")
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.bestellingen_zichtbaar_voor(request.user), id))
        self.lees(LegeBestellingIn)
        bestelling = services.bestelling_annuleren(bestelling_id=id)
        return self.enkel(BestellingUit(bestelling).data, bestelling)
