"""Stops and what takes them back, at the family and the child (domain.md, rules 3 and 4)."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bezoeken.gezinnen.api import GezinUit, PasgeboreneUit
from bezoeken.gezinnen.selectors import gezin_uit, gezin_voor, gezinnen_zichtbaar_voor, pasgeborenen_zichtbaar_voor
from bezoeken.kraambezoek.api import vormen
from bezoeken.kraambezoek.api.bezoeken import COORDINATOR, ZIJ_OF_COORDINATOR
from bezoeken.kraambezoek.services.herstellen import gezin_mag_weer, pasgeborene_terugzetten
from bezoeken.kraambezoek.services.sluiten import gezin_stoppen, overlijden_melden
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.services.gezinnen import gezin_vergrendelen, pasgeborene_vergrendelen


class Contactstop(ApiView):
    rollen = {"PUT": ZIJ_OF_COORDINATOR, "DELETE": COORDINATOR}

    def _zichtbaar(self, gezin_id: UUID) -> None:
        if not gezinnen_zichtbaar_voor(self.request.user).filter(pk=gezin_id).exists():
            raise NietGevonden
        self.if_match(gezin_vergrendelen(gezin_id=gezin_id))

    @extend_schema(
        request=vormen.ContactstopIn,
        responses=GezinUit,
        description="Niemand benadert dit gezin nog, tot het er zelf om vraagt.",
    )
    def put(self, request: Request, gezin_id: UUID) -> Response:
        self._zichtbaar(gezin_id)
        gezin_stoppen(gezin_id=gezin_id, reden=self.lees(vormen.ContactstopIn)["reden"], nu=clock.nu())
        rij = gezin_voor(request.user, gezin_id)
        return self.enkel(gezin_uit(rij, gebruiker=request.user), rij)

    @extend_schema(request=vormen.RedenIn, responses={204: None}, description="Het gezin wil weer contact. Met reden.")
    def delete(self, request: Request, gezin_id: UUID) -> Response:
        self._zichtbaar(gezin_id)
        gezin_mag_weer(gezin_id=gezin_id, reden=self.lees(vormen.RedenIn)["reden"], nu=clock.nu())
        return Response(status=204)


class VanPasgeborene(ApiView):
    def _zichtbaar(self, pasgeborene_id: UUID) -> None:
        """Who may not see the child gets 404, who has an old version 412; family and child are locked then."""
        if not pasgeborenen_zichtbaar_voor(self.request.user).filter(pk=pasgeborene_id).exists():
            raise NietGevonden
        _gezin, pasgeborene = pasgeborene_vergrendelen(pasgeborene_id=pasgeborene_id)
        self.if_match(pasgeborene)


class Overlijden(VanPasgeborene):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(
        request=vormen.LeegIn,
        responses={204: None},
        description="Meld een overlijden. Alles stopt meteen; het gezin krijgt geen bericht.",
    )
    def post(self, request: Request, pasgeborene_id: UUID) -> Response:
        self._zichtbaar(pasgeborene_id)
        self.lees(vormen.LeegIn)
        overlijden_melden(pasgeborene_id=pasgeborene_id, nu=clock.nu())
        return Response(status=204)


class HerstelPasgeborene(VanPasgeborene):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=vormen.HerstelIn,
        responses=PasgeboreneUit,
        description="De melding was een vergissing. Er wordt niets vanzelf verstuurd.",
    )
    def post(self, request: Request, pasgeborene_id: UUID) -> Response:
        self._zichtbaar(pasgeborene_id)
        pasgeborene_terugzetten(pasgeborene_id=pasgeborene_id, nu=clock.nu(), **self.lees(vormen.HerstelIn))
        kind = pasgeborenen_zichtbaar_voor(request.user).get(pk=pasgeborene_id)
        return self.enkel(PasgeboreneUit(kind).data, kind)
