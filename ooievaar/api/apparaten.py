"""Pairing a phone with a code (api.md, "The phone"). Revoking one is in `bezoeken.telefoon`: more hangs on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.fouten import CodeOnbekend
from ooievaar.platform import apparaatcookie, clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.guessing import limited_guesses
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.ooievaarsmoeders import (
    apparaten_van,
    ooievaarsmoeder_voor,
    ooievaarsmoeders_van_coordinator,
)
from ooievaar.services.apparaten import apparaat_koppelen, koppelcode_maken

_GOKKEN = 5
_GOKKEN_PER = timedelta(minutes=15)


class KoppelcodeUit(Uitvoer):
    koppelcode = serializers.CharField(help_text="Toon of scan deze code; hij werkt één keer.")
    verloopt_op = serializers.DateTimeField()


class ApparaatIn(Invoer):
    koppelcode = serializers.CharField(max_length=40)
    naam = serializers.CharField(max_length=100, help_text="Hoe de eigenaar deze telefoon noemt.")


class NieuwApparaatUit(Uitvoer):
    id = serializers.UUIDField(source="apparaat.id")
    token = serializers.CharField(allow_null=True, help_text="Alleen nu te lezen; null als het in het cookie staat.")


class ApparaatUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    gekoppeld_op = serializers.DateTimeField()
    ingetrokken_op = serializers.DateTimeField(allow_null=True)


class LeegIn(Invoer):
    """An empty object, or nothing at all."""


class Koppelcodes(ApiView):
    rollen = {"POST": frozenset({"coordinator"})}
    bewaart_antwoord = False

    @extend_schema(
        request=LeegIn,
        responses={201: KoppelcodeUit},
        description="Een code waarmee zij binnen 15 minuten één telefoon koppelt. Het antwoord wordt niet bewaard.",
    )
    def post(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeders_van_coordinator(request.user).filter(pk=moeder_id).first()
        if moeder is None:
            raise NietGevonden
        self.if_match(moeder)
        self.lees(LeegIn)
        code = koppelcode_maken(moeder=moeder, door=request.user, nu=clock.nu())
        return Response(KoppelcodeUit(code).data, status=201)


class ApparatenVan(ApiView):
    rollen = {"GET": frozenset({"coordinator", "ooievaarsmoeder"})}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(responses=ApparaatUit(many=True), description="De telefoons die aan haar zijn gekoppeld.")
    def get(self, request: Request, moeder_id: UUID) -> Response:
        moeder = ooievaarsmoeder_voor(request.user, moeder_id)
        return self.bladzijde(apparaten_van(moeder), in_een_keer(ApparaatUit))


class Apparaten(ApiView):
    openbaar = True
    authentication_classes: list[Any] = []
    bewaart_antwoord = False

    @extend_schema(
        request=ApparaatIn,
        responses={201: NieuwApparaatUit},
        parameters=[
            OpenApiParameter(
                apparaatcookie.HEADER,
                {"type": "string", "enum": [apparaatcookie.TELEFOON]},
                OpenApiParameter.HEADER,
                description="Alleen de eigen telefoonapp stuurt dit mee; het token komt dan in een HttpOnly-cookie.",
            )
        ],
        description="Koppel een telefoon. Na 5 verkeerde codes van één adres is het 429, met Retry-After.",
    )
    def post(self, request: Request) -> Response:
        voor_de_app = apparaatcookie.is_van_de_app(request)
        if voor_de_app:
            apparaatcookie.controleer_herkomst(request)
        gegevens = self.lees(ApparaatIn)
        with limited_guesses(
            purpose="koppelcode",
            address=request.META.get("REMOTE_ADDR", ""),
            limit=_GOKKEN,
            per=_GOKKEN_PER,
            wrong=CodeOnbekend,
        ):
            nieuw = apparaat_koppelen(koppelcode=gegevens["koppelcode"], naam=gegevens["naam"], nu=clock.nu())
        uit = NieuwApparaatUit({"apparaat": nieuw.apparaat, "token": None if voor_de_app else nieuw.token})
        antwoord = Response(uit.data, status=201)
        if voor_de_app:
            apparaatcookie.zet(antwoord, nieuw.token)
        return antwoord
