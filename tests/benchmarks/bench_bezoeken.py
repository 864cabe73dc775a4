"""The list of visits, 25 rows, signed in: ours beside plain DRF serializers and a bare SELECT of the same rows."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.meten import regel, tempo

AANTAL = 200
PAD = "/api/v1/bezoeken?ordering=vensterEind"


def main() -> None:
    """Print three lines; the ratios are to plain serializers and to the bare query."""
    from django.db import connection
    from rest_framework import serializers
    from rest_framework.renderers import JSONRenderer
    from rest_framework.response import Response
    from rest_framework.test import APIClient, APIRequestFactory
    from rest_framework.views import APIView

    from bezoeken.kraambezoek.selectors import bezoeken_zichtbaar_voor
    from bezoeken.models import Afspraak, Bezoek, Poging
    from ooievaar.platform import clock
    from tests.factories import GezinFactory, WijkFactory, bezoek_met_kinderen, gebruiker_met_rol, token_voor

    wijk = WijkFactory()
    gebruiker = gebruiker_met_rol("coordinator", gebied=wijk.gebied)
    kop = {"HTTP_AUTHORIZATION": f"Bearer {token_voor(gebruiker)}"}
    for _nummer in range(AANTAL):
        bezoek = bezoek_met_kinderen(gezin=GezinFactory(wijk=wijk))
        Poging.objects.create(
            bezoek=bezoek, moment=clock.nu(), soort="brief", uitkomst="gesproken", gelogd_op=clock.nu()
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

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
        """What Django REST framework does as it comes, without N+1, with the same sign-in and rights."""

        renderer_classes = [JSONRenderer]

        def get(self, request: Any) -> Response:
            rijen = bezoeken_zichtbaar_voor(request.user)
            blad = (
                rijen.select_related("wijk", "gezin")
                .prefetch_related("kinderen", "pogingen", "afspraken", "gezin__contactpersonen")
                .order_by("venster_eind", "id")[:25]
            )
            return Response({"count": rijen.count(), "results": BezoekSerializer(blad, many=True).data})

    Gewoon.rollen = {"GET": frozenset({"coordinator"})}
    gewoon = Gewoon.as_view()
    fabriek = APIRequestFactory()

    def ons(_nummer: int) -> Any:
        client = APIClient(**kop)

        def werk() -> None:
            antwoord = client.get(PAD)
            assert antwoord.status_code == 200, antwoord.content
            assert len(antwoord.json()["results"]) == 25

        return werk

    def drf(_nummer: int) -> Any:
        def werk() -> None:
            antwoord = gewoon(fabriek.get(PAD, **kop))
            assert antwoord.status_code == 200, antwoord.data
            assert antwoord.render().content

        return werk

    zoek = (
        "SELECT * FROM bezoeken_bezoek WHERE gebied_id = %s ORDER BY venster_eind, id LIMIT 25",
        [wijk.gebied_id],
    )

    def kaal(_nummer: int) -> Any:
        def werk() -> None:
            with connection.cursor() as cursor:
                cursor.execute(*zoek)
                assert len(cursor.fetchall()) == 25

        return werk

    grens, vergelijk, eigen = tempo(kaal), tempo(drf), tempo(ons)
    regel("visits list: bare SELECT of the same 25 rows (limit)", grens)
    regel("visits list: plain DRF serializers", vergelijk, grens)
    regel("visits list: ours, through all middleware; of limit", eigen, grens)
    regel("visits list: ours; of plain DRF serializers (goal 2)", eigen, vergelijk)
