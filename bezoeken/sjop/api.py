"""POST /gezinnen/{id}/sjop-aanvragen: what a family needs, written down by who visits it."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.sjop.services import sjop_aanvragen, wensen_van
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from voorraad.api.sjop.stukken import SEIZOENEN


class WensIn(Invoer):
    categorie = serializers.SlugField(max_length=60, help_text="Code van een soort spullen, zoals `rompers`.")
    maat = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    seizoen = serializers.ChoiceField(SEIZOENEN, required=False, allow_blank=True, default="")
    aantal = serializers.IntegerField(min_value=1, max_value=20, required=False, default=1)


class SjopaanvraagIn(Invoer):
    wensen = serializers.ListField(child=WensIn(), min_length=1, max_length=20)


class WensUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField(source="categorie.artikel.naam")
    maat = serializers.CharField()
    aantal = serializers.IntegerField()
    status = serializers.CharField()


class SjopaanvragenUit(Uitvoer):
    aanvragen = WensUit(many=True)


class Sjopaanvragen(ApiView):
    rollen = {"POST": frozenset({"coordinator", "ooievaarsmoeder"})}
    kent_if_match = False

    @extend_schema(
        request=SjopaanvraagIn,
        responses={201: SjopaanvragenUit},
        description="Vraag de Sjop om spullen voor dit gezin. De Sjop ziet alleen een voornaam en de maten. Weigert: "
        "`afgesloten`, `opBlokkeerlijst`.",
    )
    def post(self, request: Request, gezin_id: UUID) -> Response:
        if not gezinnen_zichtbaar_voor(request.user).filter(pk=gezin_id).exists():
            raise NietGevonden
        gedaan = sjop_aanvragen(
            gezin_id=gezin_id, wensen=wensen_van(self.lees(SjopaanvraagIn)), bron="bezoek", nu=clock.nu()
        )
        return Response(SjopaanvragenUit({"aanvragen": gedaan}).data, status=201)
