"""The product's paths, and the same list of visits as Django REST framework makes it as it comes."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from bezoeken.kraambezoek.selectors import bezoeken_zichtbaar_voor
from bezoeken.models import Afspraak, Bezoek, Poging
from config import urls
from config.urls import handler404, handler500

__all__ = ["handler404", "handler500", "urlpatterns"]


class PogingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Poging
        fields = ["id", "moment", "soort", "uitkomst", "waarschuwingen"]


class AfspraakSerializer(serializers.ModelSerializer):
    class Meta:
        model = Afspraak
        fields = ["begin", "duur_minuten"]


class BezoekSerializer(serializers.ModelSerializer):
    pasgeborenen = serializers.SerializerMethodField()
    pogingen = PogingSerializer(many=True)
    afspraken = AfspraakSerializer(many=True)
    wijk = serializers.CharField(source="wijk.code")
    taal = serializers.SerializerMethodField()

    class Meta:
        model = Bezoek
        fields = [
            "id", "gezin", "pasgeborenen", "wijk", "taal", "geboortedatum", "venster_begin", "venster_eind",
            "status", "afsluitreden", "late_melding", "soort", "ooievaarsmoeder", "aanvaard_op", "afspraken",
            "pogingen", "bezocht_op", "vorm",
        ]  # fmt: skip

    def get_pasgeborenen(self, bezoek: Any) -> list[str]:
        return [str(kind.pasgeborene_id) for kind in bezoek.kinderen.all()]

    def get_taal(self, bezoek: Any) -> str:
        return next((persoon.taal for persoon in bezoek.gezin.contactpersonen.all()), "nl")


class Gewoon(APIView):
    """Without N+1, with the same sign-in, rights and middleware as ours."""

    renderer_classes = [JSONRenderer]
    rollen = {"GET": frozenset({"coordinator"})}

    def get(self, request: Any) -> Response:
        rijen = bezoeken_zichtbaar_voor(request.user)
        blad = (
            rijen.select_related("wijk", "gezin")
            .prefetch_related("kinderen", "pogingen", "afspraken", "gezin__contactpersonen")
            .order_by("venster_eind", "id")[:25]
        )
        return Response({"count": rijen.count(), "results": BezoekSerializer(blad, many=True).data})


urlpatterns = [path("gewoon/bezoeken", Gewoon.as_view()), *urls.urlpatterns]
