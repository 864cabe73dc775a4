"""/gezinnen/{id}/veiligheidsvlaggen: coded warnings, with their causes, for the coordinator."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import gezinnen_zichtbaar_voor
from bezoeken.veiligheid import selectors
from bezoeken.veiligheid.api import vormen
from bezoeken.veiligheid.api.inchecken import COORDINATOR, ZIJ_OF_COORDINATOR
from bezoeken.veiligheid.services.vlaggen import vlag_intrekken, vlag_zetten
from ooievaar.platform import clock
from ooievaar.platform.casing import Lijstvraag
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer


class Veiligheidsvlaggen(ApiView):
    rollen = {"GET": COORDINATOR, "POST": ZIJ_OF_COORDINATOR}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(responses=vormen.VlagUit(many=True), description="Wat nu geldt voor dit gezin.")
    def get(self, request: Request, gezin_id: UUID) -> Response:
        vlaggen = selectors.vlaggen_van(request.user, gezin_id, nu=clock.nu())
        return self.bladzijde(vlaggen, in_een_keer(vormen.VlagUit))

    @extend_schema(
        request=vormen.VlagIn,
        responses={201: vormen.VlagUit},
        description="Waarschuw voor dit gezin, of voor één bezoek. De Ooievaarsmoeder ziet alleen de maatregel.",
    )
    def post(self, request: Request, gezin_id: UUID) -> Response:
        gezin = gezinnen_zichtbaar_voor(request.user).filter(pk=gezin_id).first()
        if gezin is None:
            raise NietGevonden
        self.if_match(gezin)
        gegevens = self.lees(vormen.VlagIn)
        vlag = vlag_zetten(
            gezin_id=gezin_id,
            soort=gegevens["soort"],
            maatregel=gegevens["maatregel"],
            tot=gegevens.get("tot"),
            bezoek_id=gegevens.get("bezoek"),
            door=request.user,
            nu=clock.nu(),
        )
        return self.enkel(vormen.VlagUit(vlag).data, vlag, status=201)


class EenVeiligheidsvlag(ApiView):
    rollen = {"DELETE": COORDINATOR}

    @extend_schema(responses={204: None}, description="De waarschuwing geldt niet meer.")
    def delete(self, request: Request, gezin_id: UUID, vlag_id: UUID) -> Response:
        vlaggen = selectors.vlaggen_van(request.user, gezin_id, nu=clock.nu())
        vlag = vlaggen.select_for_update(of=("self",)).filter(pk=vlag_id).first()
        if vlag is None:
            raise NietGevonden
        self.if_match(vlag)
        vlag_intrekken(vlag=vlag, nu=clock.nu())
        return Response(status=204)
