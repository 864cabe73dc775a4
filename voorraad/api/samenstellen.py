"""/samenstellingen (recipes) and /partijen/{id}/terugroeping (recalls). Packing itself is a voorraadmutatie."""

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
from voorraad.api.catalogus import COORDINATOR, PartijUit, een, gegeven
from voorraad.api.velden import zoek


class RegelUit(Uitvoer):
    artikel = serializers.UUIDField(source="artikel_id")
    aantal = serializers.IntegerField(help_text="Zoveel in één doos.")


class SamenstellingUit(Uitvoer):
    id = serializers.UUIDField()
    artikel = serializers.UUIDField(source="artikel_id")
    nummer = serializers.IntegerField(help_text="De hoogste is die van nieuwe dozen.")
    vastgesteld_op = Momentveld()
    door = serializers.UUIDField(allow_null=True)
    regels = RegelUit(many=True)


class RegelIn(Invoer):
    artikel = serializers.UUIDField()
    aantal = serializers.IntegerField(min_value=1, max_value=100)


class SamenstellingIn(Invoer):
    artikel = serializers.UUIDField()
    regels = serializers.ListField(child=RegelIn(), max_length=50)


class Samenstellingvraag(Lijstvraag):
    artikel = serializers.UUIDField(required=False)


class Samenstellingen(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(Samenstellingvraag, "nummer")
    is_lijst = True

    @extend_schema(responses=SamenstellingUit(many=True), description="De recepten van de dozen, nieuwste eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.samenstellingen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        volgorde = rijen.prefetch_related("regels").order_by("artikel__code", "-nummer", "id")
        return self.bladzijde(volgorde, in_een_keer(SamenstellingUit))

    @extend_schema(
        request=SamenstellingIn,
        responses={201: SamenstellingUit},
        description="Een nieuwe versie van een recept. Dozen die al zijn ingepakt houden hun oude versie.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(SamenstellingIn)
        te_boeken = selectors.artikelen_te_boeken_door(request.user)
        doos = zoek({"artikel": (te_boeken, data["artikel"])})["artikel"]
        bekend = te_boeken.in_bulk([regel["artikel"] for regel in data["regels"]])
        onbekend = [n for n, regel in enumerate(data["regels"]) if regel["artikel"] not in bekend]
        if onbekend:
            reden = _("We kennen dit niet. Kies er een uit de lijst.")
            raise Ongeldig([(f"regels.{n}.artikel", "onbekend", reden) for n in onbekend])
        samenstelling = services.samenstelling_vaststellen(
            artikel=doos,
            regels=[(bekend[regel["artikel"]], regel["aantal"]) for regel in data["regels"]],
            door=request.user,
            nu=clock.nu(),
        )
        return self.enkel(SamenstellingUit(samenstelling).data, samenstelling, status=201)


class Samenstelling(ApiView):
    rollen = {"GET": COORDINATOR}

    @extend_schema(responses=SamenstellingUit, description="Eén versie van een recept; die verandert nooit meer.")
    def get(self, request: Request, id: UUID) -> Response:
        samenstelling = een(selectors.samenstellingen_zichtbaar_voor(request.user), id)
        return self.enkel(SamenstellingUit(samenstelling).data, samenstelling)


class VindplaatsUit(Uitvoer):
    partij = serializers.UUIDField()
    artikel = serializers.UUIDField()
    locatie = serializers.UUIDField()
    aantal = serializers.IntegerField()
    gereserveerd = serializers.IntegerField()


class UitgegevenUit(Uitvoer):
    aanleiding = serializers.CharField(help_text="Zoals `bezoek:<id>`.")
    onderdeel = serializers.CharField(help_text="Het kind.")


class TerugroepingUit(Uitvoer):
    teruggeroepen_op = Momentveld(allow_null=True, help_text="Leeg: deze partij is niet teruggeroepen.")
    reden = serializers.CharField()
    partijen = PartijUit(many=True, help_text="De partij zelf en de dozen waar iets ervan in kan zitten.")
    plekken = VindplaatsUit(many=True, help_text="Waar ze nu liggen.")
    uitgegeven = UitgegevenUit(many=True, help_text="Waarvoor ze zijn uitgegeven.")
    zonder_aanleiding = serializers.IntegerField(help_text="Uitgegeven zonder dat is opgeschreven aan wie.")
    zonder_doos = UitgegevenUit(many=True, help_text="Bezoeken die hun beloofde doos nu missen; alleen na terugroepen.")


class TerugroepingIn(Invoer):
    reden = serializers.CharField(max_length=200)


class Terugroeping(ApiView):
    rollen = {"GET": COORDINATOR, "PUT": COORDINATOR, "DELETE": COORDINATOR}

    @extend_schema(responses=TerugroepingUit, description="Waar een partij is, en waarvoor ze uitging.")
    def get(self, request: Request, id: UUID) -> Response:
        return self._antwoord(een(selectors.partijen_zichtbaar_voor(request.user), id))

    @extend_schema(
        request=TerugroepingIn,
        responses=TerugroepingUit,
        description="Roep een partij terug: zij en elke doos waar iets ervan in kan zitten, gaan niet meer uit.",
    )
    def put(self, request: Request, id: UUID) -> Response:
        partij = een(selectors.partijen_zichtbaar_voor(request.user), id)
        self.if_match(partij)
        data = self.lees(TerugroepingIn)
        zonder = services.partij_terugroepen(partij=partij, reden=data["reden"], nu=clock.nu())
        partij.refresh_from_db()
        return self._antwoord(partij, zonder)

    @extend_schema(responses={204: None}, description="Het terugroepen was een vergissing: ze mag weer uit.")
    def delete(self, request: Request, id: UUID) -> Response:
        partij = een(selectors.partijen_zichtbaar_voor(request.user), id)
        self.if_match(partij)
        services.terugroepen_intrekken(partij=partij)
        return Response(status=204)

    def _antwoord(self, partij: Any, zonder: list[tuple[str, str]] | None = None) -> Response:
        gevonden = selectors.terugroeping(partij.pk)
        data = TerugroepingUit(
            {
                "teruggeroepen_op": partij.teruggeroepen_op,
                "reden": partij.terugroepreden,
                "partijen": gevonden.partijen,
                "plekken": gevonden.plekken,
                "uitgegeven": _delen(gevonden.aanleidingen),
                "zonder_aanleiding": gevonden.zonder_aanleiding,
                "zonder_doos": _delen(zonder or []),
            }
        ).data
        return self.enkel(data, partij)


def _delen(delen: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"aanleiding": aanleiding, "onderdeel": onderdeel} for aanleiding, onderdeel in delen]
