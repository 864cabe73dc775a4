"""/berichtteksten: the texts per kind, channel and language, with a preview and checks when they are saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from notifications.models import Kanaal
from notifications.selectors import teksten_van
from notifications.services.teksten import tekst_bewaren, tekst_voorbeeld
from notifications.sjablonen import TALEN
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.gebieden import gebied_van_coordinator

COORDINATOR = frozenset({"coordinator"})


class TekstUit(Uitvoer):
    soort = serializers.CharField()
    kanaal = serializers.ChoiceField(choices=Kanaal.values)
    taal = serializers.ChoiceField(choices=TALEN)
    onderwerp = serializers.CharField(allow_blank=True)
    tekst = serializers.CharField()
    versie = serializers.IntegerField(help_text="0: de tekst die bij Ooievaar hoort.")
    nagekeken = serializers.BooleanField(help_text="Iemand die de taal spreekt, heeft de tekst gelezen.")


class TekstenVraag(Lijstvraag):
    soort = serializers.CharField(required=False, max_length=40)
    kanaal = serializers.ChoiceField(required=False, choices=Kanaal.values)
    taal = serializers.ChoiceField(required=False, choices=TALEN)
    gebied = serializers.SlugField(required=False, help_text="Code; nodig voor wie er in meer dan één coördineert.")


class TekstIn(Invoer):
    onderwerp = serializers.CharField(max_length=150, allow_blank=True, default="", trim_whitespace=False)
    tekst = serializers.CharField(max_length=4000, trim_whitespace=False)
    nagekeken = serializers.BooleanField(default=False)
    gebied = serializers.SlugField(required=False)


class VoorbeeldIn(Invoer):
    soort = serializers.CharField(max_length=40)
    kanaal = serializers.ChoiceField(choices=Kanaal.values)
    taal = serializers.ChoiceField(choices=TALEN)
    onderwerp = serializers.CharField(max_length=150, allow_blank=True, default="", trim_whitespace=False)
    tekst = serializers.CharField(max_length=4000, trim_whitespace=False)
    gebied = serializers.SlugField(required=False)


class TekstfoutUit(Uitvoer):
    veld = serializers.CharField()
    code = serializers.CharField()
    reden = serializers.CharField()


class SmsmaatUit(Uitvoer):
    alfabet = serializers.CharField(help_text="GSM-7, of UCS-2 als er een letter in staat die daar niet bij hoort.")
    tekens = serializers.IntegerField()
    delen = serializers.IntegerField(help_text="Zoveel sms'jes kost dit.")


class VoorbeeldUit(Uitvoer):
    onderwerp = serializers.CharField()
    tekst = serializers.CharField(help_text="Ingevuld met echte waarden.")
    sms = SmsmaatUit(allow_null=True)
    fouten = TekstfoutUit(many=True)


def gebied_id(request: Request, code: str | None) -> UUID:
    """The Gebied whose texts are meant: the only one in which she coordinates, or the one she names."""
    return gebied_van_coordinator(request.user, code)


class Berichtteksten(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = TekstenVraag
    is_lijst = True

    @extend_schema(responses=TekstUit(many=True), description="De teksten zoals ze nu gelden.")
    def get(self, request: Request) -> Response:
        zeef = {naam: self.gevraagd.get(naam) for naam in ("soort", "kanaal", "taal")}
        return self.bladzijde(
            teksten_van(gebied_id(request, self.gevraagd.get("gebied")), **zeef), in_een_keer(TekstUit)
        )


class EenBerichttekst(ApiView):
    rollen = {"PUT": COORDINATOR}

    @extend_schema(
        request=TekstIn,
        responses=TekstUit,
        description="Bewaar een eigen tekst, als nieuwe versie. Wat niet verstuurd kan worden, wordt geweigerd.",
    )
    def put(self, request: Request, soort: str, kanaal: str, taal: str) -> Response:
        gegevens: dict[str, Any] = self.lees(TekstIn)
        gebied = gebied_id(request, gegevens.pop("gebied", None))
        versie = tekst_bewaren(
            gebied_id=gebied, soort=soort, kanaal=kanaal, taal=taal, door=request.user, nu=clock.nu(), **gegevens
        )
        (tekst,) = teksten_van(gebied, soort=soort, kanaal=kanaal, taal=taal)
        return self.enkel(TekstUit(tekst).data, versie)


class Berichttekstvoorbeelden(ApiView):
    rollen = {"POST": COORDINATOR}

    @extend_schema(
        request=VoorbeeldIn,
        responses=VoorbeeldUit,
        description="Zo ziet een tekst er uit met echte waarden, en dit mankeert eraan. Er wordt niets bewaard.",
    )
    def post(self, request: Request) -> Response:
        gegevens: dict[str, Any] = self.lees(VoorbeeldIn)
        voorbeeld = tekst_voorbeeld(gebied_id=gebied_id(request, gegevens.pop("gebied", None)), **gegevens)
        data = {
            "onderwerp": voorbeeld.onderwerp,
            "tekst": voorbeeld.tekst,
            "sms": voorbeeld.maat,
            "fouten": [{"veld": v, "code": c, "reden": str(r)} for v, c, r in voorbeeld.fouten],
        }
        return Response(VoorbeeldUit(data).data)
