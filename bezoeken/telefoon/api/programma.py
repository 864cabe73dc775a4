"""GET /programma: how the programme is called and reached, and the settings a phone needs when it is offline."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.kraambezoek.woorden import ONDERWERPEN
from bezoeken.models import Poging, Vorm
from bezoeken.telefoon import woorden
from bezoeken.telefoon.selectors import gebied_van
from bezoeken.veiligheid.services.inchecken import STANDAARD_MINUTEN
from ooievaar.platform.casing import Uitvoer
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView
from ooievaar.selectors.wijken import wijken_van_gebied
from voorraad.selectors.sjop import categorieen_van
from voorraad.sjopregels import MATEN


class UrenUit(Uitvoer):
    # Local time without a date or a zone: JSON Schema's "time" would want seconds and an offset.
    van = serializers.RegexField(r"^\d{2}:\d{2}$", help_text="Uren en minuten, zoals 09:30.")
    tot = serializers.RegexField(r"^\d{2}:\d{2}$", help_text="Uren en minuten, zoals 18:30.")


class BezoekurenUit(Uitvoer):
    doordeweeks = UrenUit()
    zaterdag = UrenUit()


class DagenUit(Uitvoer):
    contact_vanaf = serializers.IntegerField()
    voorbereiden = serializers.IntegerField()
    venster_begin = serializers.IntegerField()
    venster_eind = serializers.IntegerField(help_text="Deze dag hoort er nog bij.")
    verlopen = serializers.IntegerField(help_text="Tot en met deze dag heet een bezoek te laat, daarna verlopen.")


class PogingregelsUit(Uitvoer):
    maximum = serializers.IntegerField()
    dagen = serializers.IntegerField(help_text="Op minstens zoveel dagen.")
    dagdelen = serializers.IntegerField(help_text="Op minstens zoveel delen van de dag.")


class VeiligheidUit(Uitvoer):
    verwachte_minuten = serializers.IntegerField(help_text="Wat een incheck voorstelt.")
    waarschuwing_minuten = serializers.IntegerField(help_text="Zoveel daarna krijgt zij een bericht.")
    alarm_minuten = serializers.IntegerField(help_text="Zoveel daarna hoort de achterwacht het.")


class KeuzeUit(Uitvoer):
    code = serializers.CharField()
    tekst = serializers.CharField()


class SjopsoortUit(KeuzeUit):
    maten = serializers.ListField(child=serializers.CharField(), help_text="Leeg: zonder maat.")


class ProgrammaUit(Uitvoer):
    gebied = serializers.CharField(help_text="Code van het gebied.")
    naam = serializers.CharField()
    telefoonnummer = serializers.CharField(allow_null=True)
    dagen = DagenUit(help_text="Dagen na de geboorte.")
    pogingen = PogingregelsUit()
    bezoekuren = BezoekurenUit()
    berichturen = UrenUit()
    antwoord_dagen = serializers.IntegerField(help_text="Binnen zoveel dagen neemt zij een bezoek aan.")
    adres_dagen = serializers.IntegerField(help_text="Zo lang blijft een adres na sluiting staan.")
    veiligheid = VeiligheidUit()
    wijken = KeuzeUit(many=True, help_text="CBS-code en naam.")
    onderwerpen = KeuzeUit(many=True)
    afwijsredenen = KeuzeUit(many=True)
    bezoekvormen = KeuzeUit(many=True)
    pogingsoorten = KeuzeUit(many=True)
    pogingsuitkomsten = KeuzeUit(many=True)
    sjopsoorten = SjopsoortUit(many=True, help_text="Wat een gezin in de Sjop kan vragen.")


def _uren(van: Any, tot: Any) -> dict[str, str]:
    return {"van": f"{van:%H:%M}", "tot": f"{tot:%H:%M}"}


class Programma(ApiView):
    rollen = {"GET": frozenset({"coordinator", "ooievaarsmoeder"})}

    @extend_schema(
        responses=ProgrammaUit, description="Naam en nummer van het programma, en wat een telefoon offline nodig heeft."
    )
    def get(self, request: Request) -> Response:
        gebied = gebied_van(request.user)
        if gebied is None:
            raise NietGevonden
        return Response(
            {
                "gebied": gebied.code,
                "naam": gebied.naam,
                "telefoonnummer": gebied.telefoonnummer or None,
                "dagen": {
                    "contactVanaf": gebied.contact_vanaf_dag,
                    "voorbereiden": gebied.voorbereiden_dag,
                    "vensterBegin": gebied.venster_begin_dag,
                    "vensterEind": gebied.venster_eind_dag,
                    "verlopen": gebied.verlopen_dag,
                },
                "pogingen": {
                    "maximum": gebied.maximum_pogingen,
                    "dagen": gebied.pogingen_dagen,
                    "dagdelen": gebied.pogingen_dagdelen,
                },
                "bezoekuren": {
                    "doordeweeks": _uren(gebied.bezoek_van, gebied.bezoek_tot),
                    "zaterdag": _uren(gebied.bezoek_zaterdag_van, gebied.bezoek_zaterdag_tot),
                },
                "berichturen": _uren(gebied.bericht_van, gebied.bericht_tot),
                "antwoordDagen": gebied.antwoord_dagen,
                "adresDagen": gebied.adres_dagen,
                "veiligheid": {
                    "verwachteMinuten": STANDAARD_MINUTEN,
                    "waarschuwingMinuten": gebied.waarschuwing_minuten,
                    "alarmMinuten": gebied.alarm_minuten,
                },
                "wijken": [{"code": wijk.code, "tekst": wijk.naam} for wijk in wijken_van_gebied(gebied.pk)],
                "onderwerpen": woorden.lijst(ONDERWERPEN),
                "afwijsredenen": woorden.lijst(woorden.AFWIJSREDENEN),
                "bezoekvormen": woorden.lijst(dict(Vorm.choices)),
                "pogingsoorten": woorden.lijst(dict(Poging.Soort.choices)),
                "pogingsuitkomsten": woorden.lijst(dict(Poging.Uitkomst.choices)),
                "sjopsoorten": [
                    {"code": soort.artikel.code, "tekst": soort.artikel.naam, "maten": MATEN[soort.maatsoort]}
                    for soort in categorieen_van(gebied.pk)
                ],
            }
        )
