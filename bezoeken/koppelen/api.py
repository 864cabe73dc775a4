"""/gezinskoppelingen: families that may be the same people, and what a coordinator says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_van_coordinator
from bezoeken.koppelen.services import gezinnen_koppelen, koppeling_beoordelen
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.gezinnen import gezinnen_waarvoor
from ooievaar.selectors.koppelingen import gronden_voor, koppelingen_waarvoor
from ooievaar.services.koppelingen import koppeling_vergrendelen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

_COORDINATOR = frozenset({"coordinator"})
_STATUSSEN = ["voorgesteld", "bevestigd", "afgewezen"]
_GRONDEN = ["telefoonnummer", "emailadres", "naamEnAdres", "melding", "hand"]


class KoppelingUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="een_id")
    met = serializers.UUIDField(source="ander_id")
    status = serializers.ChoiceField(_STATUSSEN)
    gronden = serializers.ListField(
        child=serializers.ChoiceField(_GRONDEN),
        help_text="Waarom zij op elkaar lijken. Leeg als een van de twee een adres heeft dat voor u geheim is.",
    )
    voorgesteld_op = serializers.DateTimeField()
    beoordeeld_op = serializers.DateTimeField(allow_null=True)
    beoordeeld_door = serializers.UUIDField(source="beoordeeld_door_id", allow_null=True)
    reden = serializers.CharField(allow_blank=True)


def _uit(koppeling: Any, lezer: Gebruiker) -> dict[str, Any]:
    return {**KoppelingUit(koppeling).data, "gronden": gronden_voor(koppeling, lezer)}


class KoppelingenVraag(Lijstvraag):
    status = serializers.ChoiceField(_STATUSSEN, required=False)
    gezin = serializers.UUIDField(required=False, help_text="Alleen de koppelingen van dit gezin.")


class KoppelingIn(Invoer):
    gezin = serializers.UUIDField()
    met = serializers.UUIDField()
    reden = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class KoppelingBesluitIn(Invoer):
    besluit = serializers.ChoiceField(["bevestigen", "afwijzen"])
    reden = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class Gezinskoppelingen(ApiView):
    rollen = {"GET": _COORDINATOR, "POST": _COORDINATOR}
    vraag = op_volgorde(KoppelingenVraag, "voorgesteld_op")
    is_lijst = True

    @extend_schema(
        responses=KoppelingUit(many=True),
        description="Gezinnen die misschien dezelfde mensen zijn, de nieuwste eerst. Zolang een koppeling met een "
        "gestopt gezin nog niet beoordeeld is, wacht het contact.",
    )
    def get(self, request: Request) -> Response:
        rijen = koppelingen_waarvoor(gezinnen_van_coordinator(request.user))
        if "status" in self.gevraagd:
            rijen = rijen.filter(status=self.gevraagd["status"])
        if "gezin" in self.gevraagd:
            gezin = self.gevraagd["gezin"]
            rijen = rijen.filter(een_id=gezin) | rijen.filter(ander_id=gezin)
        return self.bladzijde(
            rijen.order_by("-voorgesteld_op", "id"), lambda blad: [_uit(rij, request.user) for rij in blad]
        )

    @extend_schema(
        request=KoppelingIn,
        responses={201: KoppelingUit},
        description="Koppel twee gezinnen: het zijn dezelfde mensen. Een contactstop geldt dan voor beide.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(KoppelingIn)
        self._keur(gegevens["gezin"], gegevens["met"])
        koppeling = gezinnen_koppelen(
            gezin_id=gegevens["gezin"], met=gegevens["met"], reden=gegevens["reden"], door=request.user, nu=clock.nu()
        )
        pad = f"/api/v1/gezinskoppelingen/{koppeling.pk}"
        return self.enkel(_uit(koppeling, request.user), koppeling, status=201, Location=pad)

    def _keur(self, gezin: UUID, met: UUID) -> None:
        """Two different families that she may both see, of one Gebied."""
        bereik = gezinnen_waarvoor(gezinnen_van_coordinator(self.request.user))
        gebieden: dict[Any, Any] = dict(bereik.filter(pk__in=[gezin, met]).values_list("pk", "gebied_id"))
        fouten = [
            (naam, "onbekend", _("Dit gezin kennen we niet."))
            for naam, id_ in (("gezin", gezin), ("met", met))
            if id_ not in gebieden
        ]
        if not fouten and gezin == met:
            fouten = [("met", "ongeldig", _("Kies een ander gezin."))]
        if not fouten and gebieden[gezin] != gebieden[met]:
            fouten = [("met", "ongeldig", _("Dit gezin hoort bij een ander gebied."))]
        if fouten:
            raise Ongeldig(fouten)


class Gezinskoppeling(ApiView):
    rollen = {"GET": _COORDINATOR}

    @extend_schema(responses=KoppelingUit, description="Een koppeling.")
    def get(self, request: Request, koppeling_id: UUID) -> Response:
        rij = koppelingen_waarvoor(gezinnen_van_coordinator(request.user)).filter(pk=koppeling_id).first()
        if rij is None:
            raise NietGevonden
        return self.enkel(_uit(rij, request.user), rij)


class KoppelingBeoordeling(ApiView):
    rollen = {"POST": _COORDINATOR}

    @extend_schema(
        request=KoppelingBesluitIn,
        responses=KoppelingUit,
        description="Zijn dit dezelfde mensen? Afwijzen kan ook later nog: dan is de koppeling los.",
    )
    def post(self, request: Request, koppeling_id: UUID) -> Response:
        if not koppelingen_waarvoor(gezinnen_van_coordinator(request.user)).filter(pk=koppeling_id).exists():
            raise NietGevonden
        self.if_match(koppeling_vergrendelen(koppeling_id=koppeling_id))
        koppeling = koppeling_beoordelen(
            koppeling_id=koppeling_id, door=request.user, nu=clock.nu(), **self.lees(KoppelingBesluitIn)
        )
        return self.enkel(_uit(koppeling, request.user), koppeling)
