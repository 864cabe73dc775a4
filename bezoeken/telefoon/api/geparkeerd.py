"""/geparkeerde-handelingen: what phones logged and a person must look at, and what she decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.response import Response

from bezoeken.models import Handeling
from bezoeken.telefoon import selectors
from bezoeken.telefoon.api.vormen import bewaarde_gegevens
from bezoeken.telefoon.fouten import NogNietToepasbaar, uitleg
from bezoeken.telefoon.services.besluiten import handeling_toepassen, handeling_vergrendelen, handeling_verwerpen
from bezoeken.telefoon.services.uitvoeren import MET_DE_HAND
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer

COORDINATOR = frozenset({"coordinator"})


class GeparkeerdeVraag(Lijstvraag):
    status = serializers.ChoiceField(Handeling.Status.choices, default=Handeling.Status.GEPARKEERD.value)
    soort = serializers.ChoiceField(Handeling.Soort.choices, required=False)
    bezoek = serializers.UUIDField(required=False)


class HandelingbesluitUit(Uitvoer):
    besluit = serializers.ChoiceField(Handeling.Besluit.choices)
    reden = serializers.CharField(source="besluit_reden", allow_blank=True)
    door = serializers.CharField(source="besloten_door_naam", allow_null=True)
    op = serializers.DateTimeField(source="besloten_op")


class GeparkeerdUit(Uitvoer):
    id = serializers.UUIDField()
    handeling = serializers.UUIDField(help_text="De id die de telefoon gaf.")
    soort = serializers.ChoiceField(Handeling.Soort.choices)
    bezoek = serializers.UUIDField(source="bezoek_id", allow_null=True)
    gegevens = serializers.SerializerMethodField(
        help_text="Wat zij vastlegde; van een vouchercode alleen het einde. Leeg als het is toegepast."
    )
    reden = serializers.CharField(help_text="Code: waarom het wacht.")
    tekst = serializers.SerializerMethodField(help_text="Dezelfde reden in gewone taal.")
    status = serializers.ChoiceField(Handeling.Status.choices)
    moment = serializers.DateTimeField(help_text="Wanneer zij dit deed, volgens de telefoon.")
    ontvangen_op = serializers.DateTimeField()
    ooievaarsmoeder = serializers.UUIDField(source="ooievaarsmoeder_id", allow_null=True)
    gelogd_door = serializers.CharField(source="gelogd_door_naam")
    besluit = serializers.SerializerMethodField()

    def get_gegevens(self, rij: Handeling) -> dict[str, Any] | None:
        return None if rij.gegevens is None else _toonbaar(rij.gegevens)

    def get_tekst(self, rij: Handeling) -> str:
        return uitleg(rij.reden)

    @extend_schema_field(HandelingbesluitUit(allow_null=True))
    def get_besluit(self, rij: Handeling) -> Any:
        return HandelingbesluitUit(rij).data if rij.besluit else None


class HandelingbesluitIn(Invoer):
    besluit = serializers.ChoiceField(Handeling.Besluit.choices)
    reden = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="Nodig bij verwerpen.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["besluit"] == Handeling.Besluit.VERWERPEN and not attrs.get("reden"):
            raise serializers.ValidationError({"reden": ErrorDetail(str(_("Geef een reden.")), "required")})
        return attrs


def _toonbaar(gegevens: Mapping[str, Any]) -> dict[str, Any]:
    """The content without the hash of a voucher's code: its last four tell her enough."""
    dozen = gegevens.get("dozen")
    if not isinstance(dozen, list):
        return dict(gegevens)
    zonder = [{naam: w for naam, w in doos.items() if naam != "voucherHash"} for doos in dozen]
    return {**gegevens, "dozen": zonder}


class GeparkeerdeHandelingen(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = op_volgorde(GeparkeerdeVraag, "ontvangen_op", "moment")
    is_lijst = True

    @extend_schema(
        responses=GeparkeerdUit(many=True),
        description="Wat op een besluit wacht, het oudste eerst; of wat besloten is.",
    )
    def get(self, request: Request) -> Response:
        velden = {naam: self.gevraagd[naam] for naam in ("status", "soort", "bezoek") if naam in self.gevraagd}
        rijen = selectors.geparkeerde_zichtbaar_voor(request.user).filter(**velden).order_by("ontvangen_op", "id")
        return self.bladzijde(selectors.met_namen(rijen), in_een_keer(GeparkeerdUit), telling=rijen)


class _VanHandeling(ApiView):
    def antwoord(self, handeling_id: UUID) -> Response:
        """The row as it is now. Raises NietGevonden."""
        rijen = selectors.met_namen(selectors.geparkeerde_zichtbaar_voor(self.request.user))
        rij = rijen.filter(pk=handeling_id).first()
        if rij is None:
            raise NietGevonden
        return self.enkel(GeparkeerdUit(rij).data, rij)


class EenGeparkeerdeHandeling(_VanHandeling):
    rollen = {"GET": COORDINATOR}

    @extend_schema(responses=GeparkeerdUit, description="Eén handeling die wacht of wachtte, met het besluit.")
    def get(self, request: Request, handeling_id: UUID) -> Response:
        return self.antwoord(handeling_id)


class Besluit(_VanHandeling):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=HandelingbesluitIn,
        responses=GeparkeerdUit,
        description="Pas toe wat zij vastlegde, alsof het meteen gelukt was, of verwerp het met een reden. Van twee "
        "verslagen van één bezoek geldt daarna dit. Weigert met alBesloten, nogNietToepasbaar en wat de regels zeggen.",
    )
    def post(self, request: Request, handeling_id: UUID) -> Response:
        handeling = selectors.geparkeerde_zichtbaar_voor(request.user).filter(pk=handeling_id).first()
        if handeling is None:
            raise NietGevonden
        self.if_match(handeling)
        besluit = self.lees(HandelingbesluitIn)
        handeling = handeling_vergrendelen(handeling_id=handeling_id)
        self.if_match(handeling)
        reden, door, nu = besluit.get("reden", ""), request.user, clock.nu()
        if besluit["besluit"] == Handeling.Besluit.VERWERPEN:
            handeling_verwerpen(handeling=handeling, reden=reden, door=door, nu=nu)
        else:
            if handeling.soort in MET_DE_HAND:
                raise NogNietToepasbaar
            gegevens = bewaarde_gegevens(handeling.soort, handeling.gegevens or {})
            handeling_toepassen(handeling=handeling, gegevens=gegevens, reden=reden, door=door, nu=nu)
        return self.antwoord(handeling_id)
