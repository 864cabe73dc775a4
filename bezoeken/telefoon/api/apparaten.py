"""DELETE /apparaten/{id}: a phone is lost, or not hers any more."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.telefoon.services.intrekken import telefoon_intrekken
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.ooievaarsmoeders import apparaten_zichtbaar_voor


class EenApparaat(ApiView):
    rollen = {"DELETE": frozenset({"coordinator", "ooievaarsmoeder"})}
    kent_if_match = False

    @extend_schema(responses={204: None}, description="Meld een telefoon af. Zijn volgende aanroep wordt geweigerd.")
    def delete(self, request: Request, apparaat_id: UUID) -> Response:
        apparaat = apparaten_zichtbaar_voor(request.user).filter(pk=apparaat_id).first()
        if apparaat is None:
            raise NietGevonden
        telefoon_intrekken(apparaat=apparaat, nu=clock.nu())
        return Response(status=204)
