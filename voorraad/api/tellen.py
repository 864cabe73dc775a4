"""/tellingen: counting a place, and booking what differs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.errors import Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services
from voorraad.api.catalogus import BEHEREN, een, gegeven
from voorraad.api.velden import Rij, zoek
from voorraad.models import Telling, Verschilreden

_MAXIMUM_ARTIKELEN = 500


class TellingUit(Uitvoer):
    id = serializers.UUIDField()
    locatie = serializers.UUIDField(source="locatie_id")
    volledig = serializers.BooleanField(help_text="Waar: alles wat hier ligt. Anders alleen sommige artikelen.")
    blind = serializers.BooleanField(help_text="Waar: tijdens het tellen ziet niemand wat de boeken zeggen.")
    status = serializers.ChoiceField(Telling.Status.choices)
    begonnen_op = Momentveld()
    afgesloten_op = Momentveld(allow_null=True)


class GeteldUit(Uitvoer):
    teller = serializers.UUIDField(source="teller_id")
    geteld = serializers.IntegerField()
    geteld_op = Momentveld()
    verschil = serializers.IntegerField(allow_null=True, help_text="Leeg bij een blinde telling die nog loopt.")
    reden = serializers.CharField()


class TelregelUit(Uitvoer):
    artikel = serializers.UUIDField(source="artikel_id")
    partij = serializers.UUIDField(source="partij_id", allow_null=True)
    verwacht = serializers.IntegerField(allow_null=True, help_text="Leeg bij een blinde telling die nog loopt.")
    tellers = GeteldUit(many=True, help_text="Leeg: niet geteld. Dat is niet hetzelfde als nul.")


class TellingDetailUit(TellingUit):
    regels = TelregelUit(many=True)
    zonder_doos = serializers.ListField(
        child=serializers.CharField(),
        help_text="Alleen bij het vaststellen: wat zijn beloofde doos mist.",
    )


class TellingIn(Invoer):
    locatie = serializers.UUIDField()
    artikelen = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_null=True, max_length=_MAXIMUM_ARTIKELEN,
        help_text="Weggelaten: alles.",
    )  # fmt: skip
    blind = serializers.BooleanField(default=False)


class TelregelIn(Invoer):
    artikel = serializers.UUIDField()
    partij = serializers.UUIDField(required=False, allow_null=True)
    geteld = serializers.IntegerField(min_value=0, max_value=services.MAXIMUM)
    reden = serializers.ChoiceField(Verschilreden.choices, required=False, allow_blank=True, default="")


class LegeTellingIn(Invoer):
    """No fields."""


class Tellingvraag(Lijstvraag):
    locatie = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(Telling.Status.choices, required=False)


class Tellingen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Tellingvraag, "begonnen_op")
    is_lijst = True

    @extend_schema(responses=TellingUit(many=True), description="De tellingen, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        tellingen = selectors.tellingen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(tellingen.order_by("-begonnen_op", "id"), in_een_keer(TellingUit))

    @extend_schema(
        request=TellingIn,
        responses={201: TellingDetailUit},
        description="Begin een telling van een plek: van alles of van enkele artikelen, blind als u wilt.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(TellingIn)
        rijen: dict[str, Rij] = {"locatie": (selectors.locaties_te_boeken_door(request.user), data["locatie"])}
        artikelen = data.get("artikelen")
        if artikelen is not None:
            bekend = selectors.artikelen_te_boeken_door(request.user).in_bulk(artikelen)
            onbekend = [n for n, id in enumerate(artikelen) if id not in bekend]
            if onbekend:
                reden = _("We kennen dit niet. Kies er een uit de lijst.")
                raise Ongeldig([(f"artikelen.{n}", "onbekend", reden) for n in onbekend])
            artikelen = list(bekend.values())
        telling = services.telling_beginnen(
            **zoek(rijen), artikelen=artikelen, blind=data["blind"], door=request.user, nu=clock.nu()
        )
        return self.enkel(detail(telling, request), telling, status=201)


class TellingDetail(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=TellingDetailUit, description="Eén telling, met wat er te tellen is en wat is geteld.")
    def get(self, request: Request, id: UUID) -> Response:
        telling = een(selectors.tellingen_zichtbaar_voor(request.user), id)
        return self.enkel(detail(telling, request), telling)


class Telregels(ApiView):
    rollen = {"PUT": BEHEREN}

    @extend_schema(
        request=TelregelIn,
        responses=TellingDetailUit,
        description=(
            "Schrijf op wat u telde. Uw eigen eerdere regel vervalt; die van een ander blijft staan. Weigert: "
            "`tellingAfgesloten`."
        ),
    )
    def put(self, request: Request, id: UUID) -> Response:
        telling = een(selectors.tellingen_zichtbaar_voor(request.user), id)
        self.if_match(telling)
        data = self.lees(TelregelIn)
        wie = request.user
        rijen: dict[str, Rij] = {
            "artikel": (selectors.artikelen_te_boeken_door(wie), data["artikel"]),
            "partij": (selectors.partijen_zichtbaar_voor(wie), data.get("partij")),
        }
        services.tellen(
            telling_id=telling.pk, **zoek(rijen), geteld=data["geteld"], reden=data["reden"], door=wie, nu=clock.nu()
        )
        return self.enkel(detail(telling, request), telling)


class TellingVaststelling(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=LegeTellingIn,
        responses=TellingDetailUit,
        description=(
            "Boek de verschillen, elk met zijn reden. Wat niemand telde, blijft zoals het was. Weigert: "
            "`tellersVerschillen`, `redenNodig`, `tellingAfgesloten`, `onvoldoendeVoorraad`."
        ),
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.tellingen_zichtbaar_voor(request.user), id))
        self.lees(LegeTellingIn)
        vaststelling = services.telling_vaststellen(telling_id=id, door=request.user, nu=clock.nu())
        zonder = [aanleiding for aanleiding, _onderdeel in vaststelling.zonder_doos]
        return self.enkel(detail(vaststelling.telling, request, zonder), vaststelling.telling)


class TellingAnnulering(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=LegeTellingIn, responses=TellingDetailUit, description="Stop een telling; er wordt niets geboekt."
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.tellingen_zichtbaar_voor(request.user), id))
        self.lees(LegeTellingIn)
        telling = services.telling_annuleren(telling_id=id, door=request.user, nu=clock.nu())
        return self.enkel(detail(telling, request), telling)


def detail(telling: Telling, request: Request, zonder_doos: list[str] | None = None) -> Any:
    """A count with its lines; a blind one that is open keeps what the books say to itself."""
    toon = not (telling.blind and telling.status == Telling.Status.OPEN)
    regels = [
        {
            "artikel_id": regel.artikel_id,
            "partij_id": regel.partij_id,
            "verwacht": regel.verwacht,
            "tellers": [
                {
                    "teller_id": t.teller_id,
                    "geteld": t.geteld,
                    "geteld_op": t.geteld_op,
                    "verschil": t.aantal if toon else None,
                    "reden": t.reden,
                }
                for t in regel.tellers
            ],
        }
        for regel in selectors.tellijst(telling, request.user)
    ]
    velden = ("id", "locatie_id", "volledig", "blind", "status", "begonnen_op", "afgesloten_op")
    kop = {veld: getattr(telling, veld) for veld in velden}
    return TellingDetailUit({**kop, "regels": regels, "zonder_doos": zonder_doos or []}).data
