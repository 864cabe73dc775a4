"""/pushsleutel and /pushabonnementen: a browser that wants to be told that there is something."""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from drf_spectacular.utils import extend_schema
from py_vapid import Vapid
from py_vapid.utils import b64urlencode
from rest_framework import serializers
from rest_framework.response import Response

from notifications.models import Pushabonnement
from notifications.services.kanalen import push_aanzetten
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView

ZIJ_OF_COORDINATOR = frozenset({"coordinator", "ooievaarsmoeder"})
_B64 = r"^[A-Za-z0-9_-]+={0,2}$"


class SleutelUit(Uitvoer):
    sleutel = serializers.CharField(allow_null=True, help_text="applicationServerKey; leeg: hier is geen push.")


class SleutelsIn(Invoer):
    p256dh = serializers.RegexField(_B64, max_length=200)
    auth = serializers.RegexField(_B64, max_length=100)


class AbonnementIn(Invoer):
    endpoint = serializers.URLField(max_length=1000)
    sleutels = SleutelsIn()


class AbonnementUit(Uitvoer):
    id = serializers.UUIDField()
    aangemaakt_op = serializers.DateTimeField()


class Pushsleutel(ApiView):
    rollen = {"GET": ZIJ_OF_COORDINATOR}

    @extend_schema(responses=SleutelUit, description="De sleutel waarmee een browser zich opgeeft.")
    def get(self, request: Request) -> Response:
        if not settings.VAPID_PRIVATE_KEY:
            return Response({"sleutel": None})
        sleutel = Vapid.from_string(settings.VAPID_PRIVATE_KEY).public_key
        ruw = sleutel.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Response({"sleutel": b64urlencode(ruw)})


class Pushabonnementen(ApiView):
    rollen = {"POST": ZIJ_OF_COORDINATOR}

    @extend_schema(
        request=AbonnementIn,
        responses={201: AbonnementUit, 200: AbonnementUit},
        description="Deze browser wil pushberichten. Er staat nooit een naam in.",
    )
    def post(self, request: Request) -> Response:
        gegevens = self.lees(AbonnementIn)
        abonnement, nieuw = push_aanzetten(
            gebruiker=request.user,
            apparaat=getattr(request.auth, "apparaat", None),  # a token knows its phone; a session has none
            endpoint=gegevens["endpoint"],
            nu=clock.nu(),
            **gegevens["sleutels"],
        )
        return Response(AbonnementUit(abonnement).data, status=201 if nieuw else 200)


class EenPushabonnement(ApiView):
    rollen = {"DELETE": ZIJ_OF_COORDINATOR}
    kent_if_match = False

    @extend_schema(responses={204: None}, description="Deze browser wil geen pushberichten meer.")
    def delete(self, request: Request, abonnement_id: UUID) -> Response:
        weg, _per_soort = Pushabonnement.objects.filter(pk=abonnement_id, gebruiker=request.user).delete()
        if not weg:
            raise NietGevonden
        return Response(status=204)
