"""GET /dekking: how many babies were reached in time; as JSON, CSV or XLSX by `Accept`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from bezoeken.dekking.services import Publicatie, Rij, dekking_voor
from bezoeken.dekking.uitvoer import KOLOMMEN, als_csv, als_xlsx
from ooievaar.platform import clock
from ooievaar.platform.casing import Uitvoer, Vraag
from ooievaar.platform.rendering import JsonRenderer, to_json
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DekkingVraag(Vraag):
    periode = serializers.CharField(max_length=10, help_text="JJJJ, JJJJ-Kn, JJJJ-MM; per wijk JJJJ of rollend.")
    per = serializers.ChoiceField(["wijk"], required=False)


class DekkingRijUit(Uitvoer):
    wijk = serializers.CharField(allow_null=True, help_text="CBS-code; leeg is het hele gebied.")
    naam = serializers.CharField()
    onderdrukt = serializers.BooleanField(help_text="Waar: te klein om te tonen.")

    def get_fields(self) -> dict[str, serializers.Field]:
        velden = super().get_fields()
        for kolom in KOLOMMEN:
            breuk = kolom in ("percentageInVenster", "mediaanDagen")
            soort = serializers.FloatField if breuk else serializers.IntegerField
            velden[kolom] = soort(allow_null=True, help_text="Leeg: verborgen, of op dit niveau niet gepubliceerd.")
        return velden


class DekkingUit(Uitvoer):
    periode = serializers.CharField()
    per = serializers.ChoiceField(["wijk"], allow_null=True)
    van = serializers.DateField()
    tot = serializers.DateField(help_text="Deze dag hoort er nog bij.")
    rijen = DekkingRijUit(many=True, help_text="Per wijk; voor het hele gebied één rij, gelijk aan totaal.")
    totaal = DekkingRijUit()
    bijgewerkt_op = serializers.DateTimeField()


class _Tabel(BaseRenderer):
    """A table when there are figures; what went wrong stays a problem document."""

    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data if isinstance(data, bytes) else to_json(data)


class CsvRenderer(_Tabel):
    media_type = "text/csv"
    format = "csv"


class XlsxRenderer(_Tabel):
    media_type = XLSX
    format = "xlsx"


class Dekking(ApiView):
    rollen = {"GET": frozenset({"jens", "coordinator"})}
    vraag = DekkingVraag
    renderer_classes = [JsonRenderer, CsvRenderer, XlsxRenderer]

    @extend_schema(
        responses={
            (200, "application/json"): DekkingUit,
            (200, "text/csv"): OpenApiResponse(str),
            (200, XLSX): OpenApiResponse(bytes),
        },
        description="Dekking van het hele gebied, of per wijk. Kleine aantallen zijn verborgen (null).",
    )
    def get(self, request: Request) -> Response:
        publicatie = dekking_voor(
            gebruiker=request.user, periode=self.gevraagd["periode"], per=self.gevraagd.get("per"), nu=clock.nu()
        )
        naam = f"dekking-{publicatie.periode}{'-per-wijk' if publicatie.per else ''}"
        match request.accepted_renderer.format:
            case "csv":
                return _bestand(als_csv(publicatie), f"{naam}.csv", "text/csv; charset=utf-8")
            case "xlsx":
                return _bestand(als_xlsx(publicatie), f"{naam}.xlsx", XLSX)
        return Response(publicatie_uit(publicatie))


def _bestand(inhoud: bytes, naam: str, soort: str) -> Response:
    return Response(inhoud, content_type=soort, headers={"Content-Disposition": f'attachment; filename="{naam}"'})


def publicatie_uit(publicatie: Publicatie) -> dict[str, Any]:
    """The publication in the shape of api.md."""
    return {
        "periode": publicatie.periode,
        "per": publicatie.per,
        "van": publicatie.van,
        "tot": publicatie.tot,
        "rijen": [_rij(rij) for rij in publicatie.rijen],
        "totaal": _rij(publicatie.totaal),
        "bijgewerktOp": publicatie.bijgewerkt_op,
    }


def _rij(rij: Rij) -> dict[str, Any]:
    return {
        "wijk": rij.wijk,
        "naam": rij.naam,
        "onderdrukt": rij.onderdrukt,
        **{kolom: rij.cijfers[kolom] for kolom in KOLOMMEN},
    }
