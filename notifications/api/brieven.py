"""/briefpartijen: letters to print, as a PDF that is made when it is asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from notifications.brieven.opmaken import partij_als_pdf
from notifications.models import Briefpartij
from notifications.selectors import briefpartijen_zichtbaar_voor
from notifications.services.brieven import partij_annuleren, partij_gedrukt, partij_maken
from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.rendering import JsonRenderer, to_json
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.gebieden import gebied_van_coordinator

COORDINATOR = frozenset({"coordinator"})


class BriefpartijIn(Invoer):
    tot = Dagveld(help_text="De brieven van deze dag en alle dagen ervoor.")
    gebied = serializers.SlugField(required=False, help_text="Code; nodig voor wie er in meer dan één coördineert.")


class BriefpartijAnnulerenIn(Invoer):
    gedrukt = serializers.IntegerField(
        min_value=0, max_value=100_000, default=0, help_text="Tot en met deze bladzijde is er gedrukt en verstuurd."
    )


class BriefpartijUit(Uitvoer):
    id = serializers.UUIDField()
    gemaakt_op = serializers.DateTimeField()
    gemaakt_door = serializers.CharField(source="gemaakt_door.username", allow_null=True, default=None)
    aantal = serializers.IntegerField(help_text="Brieven in deze partij.")
    gedrukt_op = serializers.DateTimeField(allow_null=True)
    gedrukt_door = serializers.CharField(source="gedrukt_door.username", allow_null=True, default=None)
    geannuleerd_op = serializers.DateTimeField(allow_null=True)


class PdfRenderer(BaseRenderer):
    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data if isinstance(data, bytes) else to_json(data)


class Briefpartijen(ApiView):
    rollen = {"GET": COORDINATOR, "POST": COORDINATOR}
    vraag = op_volgorde(Lijstvraag, "gemaakt_op", "gedrukt_op")
    is_lijst = True

    @extend_schema(responses=BriefpartijUit(many=True), description="De brieven die gedrukt worden of zijn.")
    def get(self, request: Request) -> Response:
        return self.bladzijde(briefpartijen_zichtbaar_voor(request.user), in_een_keer(BriefpartijUit))

    @extend_schema(
        request=BriefpartijIn,
        responses={201: BriefpartijUit},
        description="Neem alle brieven die wachten samen om te drukken. Weigert met geenBrieven.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(BriefpartijIn)
        gebied = gebied_van_coordinator(request.user, gegevens.get("gebied"), heel=True)
        partij = partij_maken(gebied_id=gebied, tot=gegevens["tot"], door=request.user, nu=clock.nu())
        return _antwoord(self, partij.pk, status=201, Location=f"/api/v1/briefpartijen/{partij.pk}")


def _antwoord(view: ApiView, partij_id: UUID, *, status: int = 200, **headers: str) -> Response:
    partij = briefpartijen_zichtbaar_voor(view.request.user).filter(pk=partij_id).first()
    if partij is None:
        raise NietGevonden
    return view.enkel(BriefpartijUit(partij).data, partij, status=status, **headers)


class EenBriefpartij(ApiView):
    rollen = {"GET": COORDINATOR}

    @extend_schema(responses=BriefpartijUit, description="Eén partij brieven.")
    def get(self, request: Request, partij_id: UUID) -> Response:
        return _antwoord(self, partij_id)


class BriefpartijPdf(ApiView):
    rollen = {"GET": COORDINATOR}
    renderer_classes = [PdfRenderer, JsonRenderer]

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiResponse(bytes)},
        description="De brieven, klaar om te drukken. Wie intussen geen brief meer wil, zit er niet meer in.",
    )
    def get(self, request: Request, partij_id: UUID) -> Response:
        partij = briefpartijen_zichtbaar_voor(request.user).filter(pk=partij_id).first()
        if partij is None:
            raise NietGevonden
        naam = f"brieven-{clock.dag_van(partij.gemaakt_op)}.pdf"
        return Response(
            partij_als_pdf(partij, voor=request.user, nu=clock.nu()),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{naam}"'},
        )


class _MetPartij(ApiView):
    rollen = {"POST": COORDINATOR}

    def vergrendeld(self, partij_id: UUID) -> Briefpartij:
        if not briefpartijen_zichtbaar_voor(self.request.user).filter(pk=partij_id).exists():
            raise NietGevonden
        partij = Briefpartij.objects.select_for_update(of=("self",)).get(pk=partij_id)
        self.if_match(partij)
        return partij


class BriefpartijGedrukt(_MetPartij):
    @extend_schema(request=None, responses=BriefpartijUit, description="U heeft ze gedrukt en gepost.")
    def post(self, request: Request, partij_id: UUID) -> Response:
        partij_gedrukt(partij=self.vergrendeld(partij_id), door=request.user, nu=clock.nu())
        return _antwoord(self, partij_id)


class BriefpartijAnnulering(_MetPartij):
    @extend_schema(
        request=BriefpartijAnnulerenIn,
        responses=BriefpartijUit,
        description="Stop met drukken. Wat nog niet gedrukt is, wacht op de volgende keer. Weigert met partijKlaar.",
    )
    def post(self, request: Request, partij_id: UUID) -> Response:
        partij = self.vergrendeld(partij_id)
        partij_annuleren(partij=partij, door=request.user, nu=clock.nu(), **self.lees(BriefpartijAnnulerenIn))
        return _antwoord(self, partij_id)
