"""/artikelen, /locaties and /partijen: what the stock is about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from voorraad import selectors, services
from voorraad.api.velden import Rij, zoek
from voorraad.models import Artikelsoort, Locatiesoort

LEZEN = frozenset({"coordinator", "sjop", "ooievaarsmoeder"})
BEHEREN = frozenset({"coordinator", "sjop"})
COORDINATOR = frozenset({"coordinator"})


class ArtikelUit(Uitvoer):
    id = serializers.UUIDField()
    code = serializers.CharField(help_text="De geschenkdoos heeft code `in-de-box`.")
    naam = serializers.CharField()
    soort = serializers.ChoiceField(Artikelsoort.choices)
    eenheid = serializers.CharField()
    geblokkeerd = serializers.BooleanField(help_text="Mag nu niet worden ontvangen of uitgegeven.")
    levertijd_dagen = serializers.IntegerField(help_text="Zoveel dagen van tevoren waarschuwen we voor een tekort.")


class ArtikelIn(Invoer):
    code = serializers.SlugField(max_length=60)
    naam = serializers.CharField(max_length=100)
    soort = serializers.ChoiceField(Artikelsoort.choices)
    eenheid = serializers.CharField(max_length=20, default="stuk")
    gebied = serializers.CharField(
        max_length=50, required=False, help_text="Code van het gebied; alleen nodig als u er meer dan één hebt."
    )


class ArtikelWijziging(Invoer):
    levertijd_dagen = serializers.IntegerField(min_value=0, max_value=365, required=False)
    naam = serializers.CharField(max_length=100, required=False)
    eenheid = serializers.CharField(max_length=20, required=False)
    geblokkeerd = serializers.BooleanField(required=False)


class LocatieUit(Uitvoer):
    id = serializers.UUIDField()
    code = serializers.CharField()
    naam = serializers.CharField()
    soort = serializers.ChoiceField(Locatiesoort.choices)
    ooievaarsmoeder = serializers.UUIDField(source="houder_id", allow_null=True)


class LocatieIn(Invoer):
    code = serializers.SlugField(max_length=60)
    naam = serializers.CharField(max_length=100)
    soort = serializers.ChoiceField(Locatiesoort.choices)
    gebied = serializers.CharField(
        max_length=50, required=False, help_text="Code van het gebied; alleen nodig als u er meer dan één hebt."
    )


class PartijUit(Uitvoer):
    id = serializers.UUIDField()
    artikel = serializers.UUIDField(source="artikel_id")
    code = serializers.CharField()
    houdbaar_tot = serializers.DateField(allow_null=True, help_text="Houdbaar tot en met deze dag.")
    samenstelling = serializers.UUIDField(
        source="samenstelling_id", allow_null=True, help_text="Van dozen die we zelf inpakten: met welk recept."
    )
    teruggeroepen_op = Momentveld(allow_null=True)


class PartijIn(Invoer):
    artikel = serializers.UUIDField()
    code = serializers.CharField(max_length=60)
    houdbaar_tot = Dagveld(required=False, allow_null=True)


class Artikelvraag(Lijstvraag):
    soort = serializers.ChoiceField(Artikelsoort.choices, required=False)
    code = serializers.CharField(max_length=60, required=False)


class Locatievraag(Lijstvraag):
    soort = serializers.ChoiceField(Locatiesoort.choices, required=False)


class Partijvraag(Lijstvraag):
    artikel = serializers.UUIDField(required=False)


class Artikelen(ApiView):
    rollen = {"GET": LEZEN, "POST": BEHEREN}
    vraag = op_volgorde(Artikelvraag, "code", "naam")
    is_lijst = True

    @extend_schema(responses=ArtikelUit(many=True), description="De artikelen die u mag zien.")
    def get(self, request: Request) -> Response:
        artikelen = selectors.artikelen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(artikelen.order_by("code", "id"), in_een_keer(ArtikelUit))

    @extend_schema(
        request=ArtikelIn, responses={201: ArtikelUit}, description="Een nieuw artikel. Weigert: `bestaatAl`."
    )
    def post(self, request: Request) -> Response:
        data = self.lees(ArtikelIn)
        sjop_artikel = data["soort"] == Artikelsoort.SJOP
        gebied_id = gebied_van(request, data.pop("gebied", None), BEHEREN if sjop_artikel else COORDINATOR)
        if gebied_id is None:
            raise Ongeldig([("soort", "nietToegestaan", _("U kunt alleen artikelen van de Sjop toevoegen."))])
        artikel = services.artikel_toevoegen(gebied_id=gebied_id, **data)
        return self.enkel(ArtikelUit(artikel).data, artikel, status=201)


class Artikel(ApiView):
    rollen = {"GET": LEZEN, "PATCH": BEHEREN}

    @extend_schema(responses=ArtikelUit, description="Eén artikel.")
    def get(self, request: Request, id: UUID) -> Response:
        artikel = een(selectors.artikelen_zichtbaar_voor(request.user), id)
        return self.enkel(ArtikelUit(artikel).data, artikel)

    @extend_schema(
        request=ArtikelWijziging,
        responses=ArtikelUit,
        description="Wijzigt naam, eenheid of blokkade; de rest ligt vast.",
    )
    def patch(self, request: Request, id: UUID) -> Response:
        artikel = een(selectors.artikelen_te_boeken_door(request.user).select_for_update(no_key=True), id)
        self.if_match(artikel)
        artikel = services.artikel_wijzigen(artikel=artikel, **self.lees(ArtikelWijziging))
        return self.enkel(ArtikelUit(artikel).data, artikel)


class Locaties(ApiView):
    rollen = {"GET": LEZEN, "POST": COORDINATOR}
    vraag = op_volgorde(Locatievraag, "code", "naam")
    is_lijst = True

    @extend_schema(responses=LocatieUit(many=True), description="De plekken die u mag zien.")
    def get(self, request: Request) -> Response:
        locaties = selectors.locaties_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(locaties.order_by("code", "id"), in_een_keer(LocatieUit))

    @extend_schema(
        request=LocatieIn,
        responses={201: LocatieUit},
        description="Een nieuwe plek. De plek van een Ooievaarsmoeder komt vanzelf. Weigert: `bestaatAl`.",
    )
    def post(self, request: Request) -> Response:
        data = self.lees(LocatieIn)
        gebied_id = gebied_van(request, data.pop("gebied", None), COORDINATOR)
        assert gebied_id is not None
        locatie = services.locatie_toevoegen(gebied_id=gebied_id, **data)
        return self.enkel(LocatieUit(locatie).data, locatie, status=201)


class Locatie(ApiView):
    rollen = {"GET": LEZEN}

    @extend_schema(responses=LocatieUit, description="Eén plek.")
    def get(self, request: Request, id: UUID) -> Response:
        locatie = een(selectors.locaties_zichtbaar_voor(request.user), id)
        return self.enkel(LocatieUit(locatie).data, locatie)


class Partijen(ApiView):
    rollen = {"GET": BEHEREN, "POST": BEHEREN}
    vraag = op_volgorde(Partijvraag, "houdbaar_tot", "code")
    is_lijst = True

    @extend_schema(responses=PartijUit(many=True), description="De partijen, eerst houdbaar eerst.")
    def get(self, request: Request) -> Response:
        partijen = selectors.partijen_zichtbaar_voor(request.user).filter(**gegeven(self.gevraagd))
        return self.bladzijde(partijen.order_by("houdbaar_tot", "code", "id"), in_een_keer(PartijUit))

    @extend_schema(request=PartijIn, responses={201: PartijUit}, description="Een nieuwe partij. Weigert: `bestaatAl`.")
    def post(self, request: Request) -> Response:
        data = self.lees(PartijIn)
        rijen: dict[str, Rij] = {"artikel": (selectors.artikelen_te_boeken_door(request.user), data.pop("artikel"))}
        partij = services.partij_toevoegen(**zoek(rijen), **data)
        return self.enkel(PartijUit(partij).data, partij, status=201)


class Partij(ApiView):
    rollen = {"GET": BEHEREN}

    @extend_schema(responses=PartijUit, description="Eén partij.")
    def get(self, request: Request, id: UUID) -> Response:
        partij = een(selectors.partijen_zichtbaar_voor(request.user), id)
        return self.enkel(PartijUit(partij).data, partij)


def gegeven(gevraagd: dict[str, Any]) -> dict[str, Any]:
    """The filters of a query, without the paging."""
    return {naam: waarde for naam, waarde in gevraagd.items() if naam not in ("page", "page_size", "ordering")}


def een(rijen: Any, id: UUID) -> Any:
    """One visible row. Raises NietGevonden."""
    rij = rijen.filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    return rij


def gebied_van(request: Request, code: str | None, rollen: frozenset[str]) -> UUID | None:
    """The Gebied of something new: the asker's only one, else the one she names; None: no right anywhere."""
    mag = {b.gebied_code: b.gebied_id for b in request.user.bevoegdheid.bereiken if b.rol in rollen}
    if not mag:
        return None
    if code is None and len(mag) == 1:
        return next(iter(mag.values()))
    if code not in mag:
        fout = ("verplicht", _("Kies een gebied.")) if code is None else ("onbekend", _("Dit gebied kennen we niet."))
        raise Ongeldig([("gebied", *fout)])
    return mag[code]
