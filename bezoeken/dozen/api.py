"""/voorraadprognose, and the lists of work where boxes and visits do not meet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.dozen import selectors
from bezoeken.dozen.services import doos_alsnog_boeken
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Momentveld, Uitvoer, Vraag, op_volgorde
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.gebieden import gebieden_met_id
from voorraad.selectors import partijen_zichtbaar_voor

COORDINATOR = frozenset({"coordinator"})


class Prognosevraag(Vraag):
    weken = serializers.IntegerField(min_value=1, max_value=26, default=8, help_text="Zoveel weken, ook deze week.")
    gebied = serializers.CharField(
        max_length=50, required=False, help_text="Code van het gebied; alleen nodig als u er meer dan één hebt."
    )


class VraagweekUit(Uitvoer):
    week = serializers.CharField(help_text="Zoals 2026-W48.")
    begin = serializers.DateField()
    eind = serializers.DateField()
    bekend = serializers.FloatField(help_text="Dozen voor kinderen die al zijn gemeld.")
    verwacht = serializers.FloatField(help_text="Dozen in totaal: ook voor geboorten die we nog niet kennen.")
    laag = serializers.IntegerField(help_text="Negen van de tien keer zijn het er minstens zoveel ...")
    hoog = serializers.IntegerField(help_text="... en ten hoogste zoveel.")


class ArtikelweekUit(Uitvoer):
    begin = serializers.DateField()
    eind = serializers.DateField()
    nodig = serializers.FloatField()
    vervalt = serializers.FloatField(help_text="Kan vanaf deze week niet meer mee in een doos.")
    over = serializers.FloatField(help_text="Aan het eind van de week.")
    tekort = serializers.FloatField(help_text="Bij wat we verwachten.")
    tekort_hoog = serializers.FloatField(help_text="Bij de bovenkant van de band.")


class PrognoseartikelUit(Uitvoer):
    artikel = serializers.UUIDField()
    code = serializers.CharField()
    naam = serializers.CharField()
    per_doos = serializers.IntegerField(allow_null=True, help_text="Leeg voor de doos zelf.")
    voorraad = serializers.IntegerField()
    bruikbaar = serializers.IntegerField(help_text="Wat daarvan nu uit mag, of in een doos mag.")
    besteld = serializers.IntegerField()
    tekort_vanaf = serializers.DateField(allow_null=True)
    tekort_vanaf_hoog = serializers.DateField(allow_null=True)
    weken = ArtikelweekUit(many=True)


class PrognoseUit(Uitvoer):
    gebied = serializers.CharField()
    vandaag = serializers.DateField()
    weken = VraagweekUit(many=True)
    artikelen = PrognoseartikelUit(many=True)


class Voorraadprognose(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = Prognosevraag

    @extend_schema(
        responses=PrognoseUit,
        description=(
            "Hoeveel dozen er per week nodig zijn, met een band, en hoe de doos en elk onderdeel daarbij lopen: "
            "voorraad, bestellingen en houdbaarheid."
        ),
    )
    def get(self, request: Request) -> Response:
        gebied = gebied_van(request.user, self.gevraagd.get("gebied"))
        gezien = selectors.prognose_voor(gebied=gebied, vandaag=clock.vandaag(), weken=self.gevraagd["weken"])
        return Response(PrognoseUit(_vlak(gezien)).data)


class BezochtZonderDoosUit(Uitvoer):
    id = serializers.UUIDField()
    bezoek = serializers.UUIDField(source="bezoek_id")
    pasgeborene = serializers.UUIDField(source="pasgeborene_id")
    bezocht_datum = serializers.DateField()
    wijk = serializers.CharField(source="wijk_code", allow_null=True)
    ooievaarsmoeder = serializers.UUIDField(source="moeder_id", allow_null=True)
    soort = serializers.CharField(help_text="`nietGeboekt`: gegeven, niet in de boeken. `nietGegeven`: geen doos.")


class Zonderdoosvraag(Lijstvraag):
    soort = serializers.ChoiceField(["nietGeboekt", "nietGegeven"], required=False)


class BezoekenZonderDoos(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = op_volgorde(Zonderdoosvraag, "bezocht_datum")
    is_lijst = True

    @extend_schema(
        responses=BezochtZonderDoosUit(many=True), description="Bezocht, en geen doos geboekt: dat mag, en is werk."
    )
    def get(self, request: Request) -> Response:
        rijen = selectors.bezocht_zonder_doos(request.user, soort=self.gevraagd.get("soort"))
        return self.bladzijde(rijen, in_een_keer(BezochtZonderDoosUit))


class LegeBoekingIn(Invoer):
    """No fields."""


class Doosboeking(ApiView):
    rollen = {"POST": COORDINATOR}
    kent_if_match = False

    @extend_schema(
        request=LegeBoekingIn,
        responses={204: None},
        description="Boek de doos alsnog, van de plek van de Ooievaarsmoeder. Weigert: `geenDoosOpPlek`.",
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.lees(LegeBoekingIn)
        if not selectors.bezocht_zonder_doos(request.user).filter(pk=id).exists():
            raise NietGevonden
        doos_alsnog_boeken(bezoekkind_id=id, door=request.user, nu=clock.nu())
        return Response(status=204)


class DoosZonderBezoekUit(Uitvoer):
    mutatie = serializers.UUIDField(source="id", help_text="Was het een vergissing? Draai deze boeking terug.")
    gebeurd_op = Momentveld()
    locatie = serializers.UUIDField()
    aantal = serializers.IntegerField()
    bezoek = serializers.UUIDField(allow_null=True)
    bezoekstatus = serializers.CharField(source="status", allow_null=True)
    reden = serializers.CharField()


class DozenZonderBezoek(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = op_volgorde(Lijstvraag, "gebeurd_op")
    is_lijst = True

    @extend_schema(
        responses=DoosZonderBezoekUit(many=True), description="Uitgegeven, en er was geen bezoek: dat mag, en is werk."
    )
    def get(self, request: Request) -> Response:
        def vertaal(rijen: Any) -> list[Any]:
            return list(DoosZonderBezoekUit(selectors.met_bezoek(list(rijen), request.user), many=True).data)

        return self.bladzijde(selectors.dozen_zonder_bezoek(request.user), vertaal)


class TeruggeroepenGezinUit(Uitvoer):
    gezin = serializers.UUIDField(source="gezin_id")
    bezoek = serializers.UUIDField(source="bezoek_id")
    pasgeborene = serializers.UUIDField(source="pasgeborene_id")
    bezocht_datum = serializers.DateField(allow_null=True)
    wijk = serializers.CharField(source="wijk_code", allow_null=True)


class GezinnenVanPartij(ApiView):
    rollen = {"GET": COORDINATOR}
    vraag = Lijstvraag
    is_lijst = True

    @extend_schema(
        responses=TeruggeroepenGezinUit(many=True),
        description="De gezinnen die een doos kregen waar iets van deze partij in kan zitten.",
    )
    def get(self, request: Request, id: UUID) -> Response:
        if not partijen_zichtbaar_voor(request.user).filter(pk=id).exists():
            raise NietGevonden
        rijen = selectors.gezinnen_van_terugroeping(request.user, id)
        return self.bladzijde(rijen, in_een_keer(TeruggeroepenGezinUit))


def gebied_van(gebruiker: Any, code: str | None) -> Any:
    """The Gebied that is meant: the asker's only one, or the one that is named. Raises Ongeldig."""
    gebieden = gebieden_met_id(gebruiker.bevoegdheid.gebied_ids("coordinator"))
    if code is None and len(gebieden) == 1:
        return gebieden[0]
    for gebied in gebieden:
        if gebied.code == code:
            return gebied
    fout = ("verplicht", _("Kies een gebied.")) if code is None else ("onbekend", _("Dit gebied kennen we niet."))
    raise Ongeldig([("gebied", *fout)])


def _vlak(gezien: selectors.Prognose) -> dict[str, Any]:
    """The forecast as the API shows it, amounts with one decimal."""
    return {
        "gebied": gezien.gebied.code,
        "vandaag": gezien.vandaag,
        "weken": [
            {
                "week": week.week,
                "begin": week.begin,
                "eind": week.eind,
                "bekend": round(week.bekend, 1),
                "verwacht": round(week.verwacht, 1),
                "laag": week.laag,
                "hoog": week.hoog,
            }
            for week in gezien.vraag
        ],
        "artikelen": [
            {
                "artikel": rij.artikel.pk,
                "code": rij.artikel.code,
                "naam": rij.artikel.naam,
                "per_doos": rij.per_doos,
                "voorraad": rij.voorraad,
                "bruikbaar": rij.bruikbaar,
                "besteld": rij.besteld,
                "tekort_vanaf": rij.tekort_vanaf,
                "tekort_vanaf_hoog": rij.tekort_vanaf_hoog,
                "weken": [
                    {
                        "begin": week.begin,
                        "eind": week.eind,
                        "nodig": round(week.nodig, 1),
                        "vervalt": round(week.vervalt, 1),
                        "over": round(week.over, 1),
                        "tekort": round(week.tekort, 1),
                        "tekort_hoog": round(hoog.tekort, 1),
                    }
                    for week, hoog in zip(rij.weken, rij.hoog, strict=True)
                ],
            }
            for rij in gezien.artikelen
        ],
    }
