"""GET /mij: who am I here, and what may I do."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform.casing import Uitvoer
from ooievaar.platform.permissions import IEDEREEN
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView


class MijUit(Uitvoer):
    id = serializers.UUIDField(help_text="Id van de gebruiker.")
    gebruikersnaam = serializers.CharField(source="username")
    rollen = serializers.SerializerMethodField()
    wijken = serializers.SerializerMethodField(help_text="CBS-codes; leeg is het hele gebied.")
    ooievaarsmoeder = serializers.UUIDField(source="bevoegdheid.ooievaarsmoeder_id", allow_null=True)

    def get_rollen(self, gebruiker) -> list[str]:
        return sorted(gebruiker.bevoegdheid.rollen)

    def get_wijken(self, gebruiker) -> list[str]:
        return sorted({code for bereik in gebruiker.bevoegdheid.bereiken for code in bereik.wijk_codes})


class Mij(ApiView):
    rollen = {"GET": IEDEREEN}

    @extend_schema(responses=MijUit, description="Wie u bent, uw rollen en uw wijken.")
    def get(self, request: Request) -> Response:
        return Response(MijUit(request.user).data)
