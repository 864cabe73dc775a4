"""GET /berichten: what was planned, sent and stopped. Never the text itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from notifications.models import Berichtstatus, Kanaal
from notifications.selectors import berichten_zichtbaar_voor
from ooievaar.platform.casing import Lijstvraag, Uitvoer
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView


class BerichtUit(Uitvoer):
    id = serializers.UUIDField()
    soort = serializers.CharField(help_text="Het soort bericht, zoals aankondiging.")
    kanaal = serializers.ChoiceField(choices=Kanaal.values)
    taal = serializers.CharField(help_text="ISO 639-1.")
    gezin = serializers.UUIDField(source="gezin_id", allow_null=True)
    ooievaarsmoeder = serializers.UUIDField(source="ooievaarsmoeder_id", allow_null=True)
    gepland_op = serializers.DateTimeField()
    verzonden_op = serializers.DateTimeField(allow_null=True)
    status = serializers.ChoiceField(choices=Berichtstatus.values)
    pogingen = serializers.IntegerField()


class BerichtenVraag(Lijstvraag):
    gezin = serializers.UUIDField(required=False, help_text="Alleen berichten aan dit gezin.")
    status = serializers.ChoiceField(required=False, choices=Berichtstatus.values)
    soort = serializers.CharField(required=False, max_length=40, help_text="Alleen dit soort bericht.")


_KOLOMMEN = (
    "id",
    "soort",
    "kanaal",
    "taal",
    "gezin_id",
    "ooievaarsmoeder_id",
    "gepland_op",
    "verzonden_op",
    "status",
    "pogingen",
)


def _vertaal(rijen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": rij["id"],
            "soort": rij["soort"],
            "kanaal": rij["kanaal"],
            "taal": rij["taal"],
            "gezin": rij["gezin_id"],
            "ooievaarsmoeder": rij["ooievaarsmoeder_id"],
            "geplandOp": rij["gepland_op"],
            "verzondenOp": rij["verzonden_op"],
            "status": rij["status"],
            "pogingen": rij["pogingen"],
        }
        for rij in rijen
    ]


class Berichten(ApiView):
    rollen = {"GET": frozenset({"coordinator", "ooievaarsmoeder"})}
    vraag = BerichtenVraag
    is_lijst = True

    @extend_schema(
        responses=BerichtUit(many=True),
        description="De berichten die u mag zien, de nieuwste eerst. De tekst zelf staat er niet bij.",
    )
    def get(self, request: Request) -> Response:
        berichten = berichten_zichtbaar_voor(request.user)
        for vraag, veld in (("gezin", "gezin_id"), ("status", "status"), ("soort", "soort")):
            if vraag in self.gevraagd:
                berichten = berichten.filter(**{veld: self.gevraagd[vraag]})
        rijen: Any = berichten.order_by("-gepland_op", "id")
        return self.bladzijde(rijen.values(*_KOLOMMEN), _vertaal, telling=rijen)
