"""Families at the Sjop, as far as the Sjop knows them: /sjop-passen, /sjop-aanvragen, /sjop-tijdsloten.

A Sjop worker sees a first name, sizes and what the family may get, nothing else (domain.md, rule 14): no key of the
family, no wijk. A test holds the keys of these answers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform import clock
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, Vraag, op_volgorde
from ooievaar.platform.errors import Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad.api.catalogus import BEHEREN, een, gebied_van, gegeven
from voorraad.api.sjop.lijsten import GEBIED
from voorraad.api.velden import Rij, zoek
from voorraad.models import Seizoen, Sjopaanvraag, Sjoppas
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop

# A visit asks from the phone, not here.
BRONNEN = [Sjoppas.Bron.VERWIJZING.value, Sjoppas.Bron.BALIE.value]


class RechtUit(Uitvoer):
    over = serializers.IntegerField(help_text="Stuks die dit gezin nu nog mag krijgen.")
    limiet = serializers.IntegerField(help_text="Per periode.")
    gehad = serializers.IntegerField(help_text="In deze periode.")
    sinds = serializers.DateField(help_text="Eerste dag van deze periode.")
    leningen_over = serializers.IntegerField()


class PasUit(Uitvoer):
    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Staat op de pas, ook als QR-code.")
    voornaam = serializers.CharField()
    geldig = serializers.SerializerMethodField(help_text="Onwaar: verlopen of gestopt; bel dan de coördinator.")
    geldig_tot = serializers.DateField()

    def get_geldig(self, pas: Sjoppas) -> bool:
        return pas.gestopt_op is None and pas.geldig_tot >= clock.vandaag()


class PasDetailUit(PasUit):
    maten = serializers.ListField(child=serializers.CharField(), help_text="Waar dit gezin om vroeg.")
    recht = RechtUit()
    afspraak = Momentveld(allow_null=True)


class PasIn(Invoer):
    gebied = serializers.CharField(**GEBIED)
    voornaam = serializers.CharField(max_length=40)
    via = serializers.ChoiceField(BRONNEN, default=Sjoppas.Bron.BALIE)
    wijk = serializers.CharField(
        max_length=8, required=False, allow_blank=True, default="", help_text="CBS-code, alleen voor de jaarcijfers."
    )


class Pasvraag(Lijstvraag):
    """By code only: a name does not belong in an address (api.md, Conventions)."""

    code = serializers.CharField(max_length=12, required=False)


class Passen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Pasvraag, "code", "gemaakt_op")
    is_lijst = True

    @extend_schema(responses=PasUit(many=True), description="De Sjoppassen, nieuwste eerst. Zoek op code.")
    def get(self, request: Request) -> Response:
        rijen = selectors.passen_zichtbaar_voor(request.user)
        if code := self.gevraagd.get("code"):
            rijen = rijen.filter(code=code.upper())
        return self.bladzijde(rijen.order_by("-gemaakt_op", "id"), in_een_keer(PasUit))

    @extend_schema(
        request=PasIn,
        responses={201: PasDetailUit},
        description="Een pas voor een gezin dat aan de balie komt of is verwezen. Alleen een voornaam.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(PasIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN)
        assert gebied_id is not None
        pas = sjop.pas_openen(gebied_id=gebied_id, bron=data.pop("via"), nu=clock.nu(), **data)
        return self.enkel(_detail(pas), pas, status=201)


class Pas(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=PasDetailUit, description="Eén pas, met wat het gezin nog mag krijgen.")
    def get(self, request: Request, id: UUID) -> Response:
        pas = een(selectors.passen_zichtbaar_voor(request.user), id)
        return self.enkel(_detail(pas), pas)


def _detail(pas: Sjoppas) -> Any:
    nu = clock.nu()
    afspraak = pas.afspraken.filter(vervallen_op__isnull=True, eind__gt=nu).order_by("begin").first()
    rij: Any = pas
    rij.maten, rij.recht = selectors.maten_van(pas), selectors.recht_voor(pas, nu)
    rij.afspraak = afspraak and afspraak.begin
    return PasDetailUit(rij).data


class SjopafspraakIn(Invoer):
    begin = Momentveld(help_text="Een begin uit `/sjop-tijdsloten`.")


class SjopafspraakUit(Uitvoer):
    begin = Momentveld()
    eind = Momentveld()


class Pasafspraak(ApiView):
    rollen = {"PUT": BEHEREN, "DELETE": BEHEREN}
    kent_if_match = False

    @extend_schema(
        request=SjopafspraakIn,
        responses=SjopafspraakUit,
        description="Het gezin komt dan; een eerdere afspraak vervalt. Weigert: `tijdslotVol`, `pasGeldtNiet`.",
    )
    def put(self, request: Request, id: UUID) -> Response:
        een(selectors.passen_zichtbaar_voor(request.user), id)
        begin = self.lees(SjopafspraakIn)["begin"]
        afspraak = sjop.afspraak_zetten(pas_id=id, begin=begin, nu=clock.nu())
        return self.enkel(SjopafspraakUit(afspraak).data, afspraak)

    @extend_schema(responses={204: None}, description="Het gezin komt niet.")
    def delete(self, request: Request, id: UUID) -> Response:
        een(selectors.passen_zichtbaar_voor(request.user), id)
        sjop.afspraak_afzeggen(pas_id=id, nu=clock.nu())
        return Response(status=204)


class TijdslotUit(Uitvoer):
    begin = Momentveld()
    eind = Momentveld()
    capaciteit = serializers.IntegerField()
    vrij = serializers.IntegerField()


class TijdslotenUit(Uitvoer):
    tijdsloten = TijdslotUit(many=True)


class Tijdslotvraag(Vraag):
    gebied = serializers.CharField(**GEBIED)
    van = Dagveld(required=False, help_text="Weggelaten: vandaag.")
    dagen = serializers.IntegerField(min_value=1, max_value=31, default=14)


class Tijdsloten(ApiView):
    rollen = {"GET": BEHEREN}
    vraag = Tijdslotvraag

    @extend_schema(responses=TijdslotenUit, description="Tijden die nog komen, met hoeveel gezinnen er nog bij kunnen.")
    def get(self, request: Request) -> Response:
        gebied_id = gebied_van(request, self.gevraagd.get("gebied"), BEHEREN)
        assert gebied_id is not None
        van = self.gevraagd.get("van") or clock.vandaag()
        tot = van + timedelta(days=self.gevraagd["dagen"] - 1)
        gevonden = [
            {"begin": slot.begin, "eind": slot.eind, "capaciteit": slot.capaciteit, "vrij": vrij}
            for slot, vrij in sjop.tijdsloten(gebied_id=gebied_id, van=van, tot=tot, nu=clock.nu())
        ]
        return Response(TijdslotenUit({"tijdsloten": gevonden}).data)


class AanvraagUit(Uitvoer):
    id = serializers.UUIDField()
    pas = serializers.UUIDField(source="pas_id")
    voornaam = serializers.CharField(source="pas.voornaam")
    categorie = serializers.UUIDField(source="categorie_id")
    naam = serializers.CharField(source="categorie.artikel.naam")
    maat = serializers.CharField()
    seizoen = serializers.CharField()
    aantal = serializers.IntegerField()
    status = serializers.ChoiceField(Sjopaanvraag.Status.choices)
    inbreng = serializers.UUIDField(source="inbreng_id", allow_null=True, help_text="Wat er klaar ligt.")
    aangevraagd_op = Momentveld()
    toegezegd_op = Momentveld(allow_null=True)
    beeindigd_op = Momentveld(allow_null=True)


class AanvraagIn(Invoer):
    pas = serializers.UUIDField(required=False, help_text="Of `voornaam`, voor een gezin zonder pas.")
    voornaam = serializers.CharField(max_length=40, required=False)
    via = serializers.ChoiceField(BRONNEN, required=False)
    gebied = serializers.CharField(**GEBIED)
    categorie = serializers.UUIDField()
    maat = serializers.CharField(max_length=20, required=False, allow_blank=True, help_text="Weggelaten: elke maat.")
    seizoen = serializers.ChoiceField(Seizoen.choices, required=False, allow_blank=True)
    aantal = serializers.IntegerField(min_value=1, max_value=20, required=False)


class Aanvraagvraag(Lijstvraag):
    status = serializers.ChoiceField(Sjopaanvraag.Status.choices, required=False)
    pas = serializers.UUIDField(required=False)
    categorie = serializers.UUIDField(required=False)


class Aanvragen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Aanvraagvraag, "aangevraagd_op")
    is_lijst = True

    @extend_schema(responses=AanvraagUit(many=True), description="De aanvragen, wie het eerst vroeg eerst.")
    def get(self, request: Request) -> Response:
        rijen = selectors.aanvragen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(rijen.order_by("aangevraagd_op", "id"), in_een_keer(AanvraagUit))

    @extend_schema(
        request=AanvraagIn,
        responses={201: AanvraagUit},
        description=(
            "Een gezin vraagt iets. Ligt het er, dan is het meteen `toegezegd`; anders `wacht` het. Wie het eerst "
            "vroeg, krijgt het eerst. Met `voornaam` krijgt het gezin een pas. Weigert: `pasGeldtNiet`, "
            "`opBlokkeerlijst`."
        ),
    )
    def post(self, request: Request) -> Response:
        data = self.lees(AanvraagIn)
        if ("pas" in data) == ("voornaam" in data):
            raise Ongeldig([("pas", "verplicht", _("Geef een pas, of een voornaam voor een gezin zonder pas."))])
        rijen: dict[str, Rij] = {
            "categorie": (selectors.categorieen_zichtbaar_voor(request.user), data["categorie"]),
            "pas": (selectors.passen_zichtbaar_voor(request.user), data.get("pas")),
        }
        gevonden = zoek(rijen)
        nu, pas = clock.nu(), gevonden["pas"]
        if pas is None:
            gebied_id = gebied_van(request, data.get("gebied"), BEHEREN)
            assert gebied_id is not None
            bron = data.get("via", Sjoppas.Bron.BALIE)
            pas = sjop.pas_openen(gebied_id=gebied_id, voornaam=data["voornaam"], bron=bron, nu=nu)
        wensen = {naam: data[naam] for naam in ("maat", "seizoen", "aantal") if naam in data}
        aanvraag = sjop.aanvraag_doen(pas_id=pas.pk, categorie=gevonden["categorie"], nu=nu, **wensen)
        sjop.wachtlijst_bijwerken(gebied_id=pas.gebied_id, nu=nu)
        return _aanvraag(self, aanvraag.pk, 201)


class Aanvraag(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=AanvraagUit, description="Eén aanvraag.")
    def get(self, request: Request, id: UUID) -> Response:
        return _aanvraag(self, id, 200)


class Aanvraagannulering(ApiView):
    rollen = {"POST": BEHEREN}

    @extend_schema(
        request=None, responses=AanvraagUit, description="Het hoeft niet meer. Weigert: `aanvraagAfgesloten`."
    )
    def post(self, request: Request, id: UUID) -> Response:
        self.if_match(een(selectors.aanvragen_zichtbaar_voor(request.user), id))
        sjop.aanvraag_annuleren(aanvraag_id=id, nu=clock.nu())
        return _aanvraag(self, id, 200)


def _aanvraag(view: ApiView, id: UUID, status: int) -> Response:
    aanvraag = een(selectors.aanvragen_zichtbaar_voor(view.request.user), id)
    return view.enkel(AanvraagUit(aanvraag).data, aanvraag, status=status)
