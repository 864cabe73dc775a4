"""/gezinnen and /pasgeborenen: a family, how to reach it, and its newborns. Stops and moves are elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from bezoeken.gezinnen.selectors import (
    gezin_uit,
    gezin_voor,
    gezinnen_van_coordinator,
    gezinnen_zichtbaar_voor,
    gezinrijen,
    pasgeborenen_zichtbaar_voor,
)
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.nummers import Nummerveld
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer
from ooievaar.selectors.gezinnen import gezinnen_waarvoor
from ooievaar.services.contactpersonen import gezin_wijzigen
from ooievaar.services.gezinnen import gezin_vergrendelen
from ooievaar.services.inzage import inzage_vastleggen

_LEZEN = frozenset({"coordinator", "ooievaarsmoeder"})
_SCHRIJVEN = frozenset({"coordinator"})
_ROLLEN = ["moeder", "vader", "andereOuder", "pleegouder", "grootouder", "anders"]
_KANALEN = ["brief", "sms", "email"]


class AdresUit(Uitvoer):
    straat = serializers.CharField()
    huisnummer = serializers.IntegerField(allow_null=True)
    huisletter = serializers.CharField(allow_null=True)
    toevoeging = serializers.CharField(allow_null=True)
    postcode = serializers.CharField()
    woonplaats = serializers.CharField()
    wijk = serializers.CharField(allow_null=True)


class ContactpersoonUit(Uitvoer):
    id = serializers.UUIDField()
    naam = serializers.CharField()
    rol = serializers.CharField()
    telefoonnummer = serializers.CharField(allow_null=True)
    emailadres = serializers.CharField(allow_null=True)
    taal = serializers.CharField()
    tolk_nodig = serializers.BooleanField()
    voorkeurskanaal = serializers.CharField(allow_null=True)


class ContactstopUit(Uitvoer):
    reden = serializers.CharField()
    sinds = serializers.DateTimeField()


class ToestemmingUit(Uitvoer):
    doel = serializers.CharField()
    sinds = serializers.DateTimeField()
    tot = serializers.DateTimeField(allow_null=True)


class GezinUit(Uitvoer):
    id = serializers.UUIDField()
    wijk = serializers.CharField(allow_null=True, help_text="CBS-code.")
    adres = AdresUit(allow_null=True, help_text="Bij een geheim adres alleen voor de ene coördinator.")
    geheim = serializers.BooleanField()
    geheim_voor = serializers.CharField(
        allow_null=True,
        help_text="Gebruikersnaam van wie het geheime adres ziet; alleen voor coördinatoren.",
    )
    wil_iemand_van_buiten = serializers.BooleanField(allow_null=True, help_text="Alleen voor de coördinator.")
    contact_wacht = serializers.BooleanField(
        help_text="Misschien hoort dit gezin bij een gezin zonder contact. Tot een mens beslist, zijn adres, "
        "telefoonnummer en e-mailadres leeg, behalve voor de coördinator."
    )
    contactpersonen = ContactpersoonUit(many=True)
    contactstop = ContactstopUit(allow_null=True)
    toestemmingen = ToestemmingUit(many=True)
    pasgeborenen = serializers.ListField(child=serializers.UUIDField())
    bezoeken = serializers.ListField(child=serializers.UUIDField())


class ContactpersoonIn(Invoer):
    id = serializers.UUIDField(required=False, help_text="Zonder id is het een nieuwe contactpersoon.")
    naam = serializers.CharField(max_length=100, required=False)
    rol = serializers.ChoiceField(_ROLLEN, required=False)
    telefoonnummer = Nummerveld(allow_blank=True, allow_null=True, required=False)
    emailadres = serializers.EmailField(allow_blank=True, allow_null=True, required=False)
    taal = serializers.RegexField(r"^[a-z]{2,3}$", required=False, help_text="ISO 639, zoals nl of pl.")
    tolk_nodig = serializers.BooleanField(required=False)
    voorkeurskanaal = serializers.ChoiceField(_KANALEN, allow_blank=True, allow_null=True, required=False)

    def to_internal_value(self, data: Any) -> Any:
        """What goes out as null is stored as an empty text, and may come back so."""
        waarden = super().to_internal_value(data)
        return {veld: "" if waarde is None else waarde for veld, waarde in waarden.items()}


class GezinWijzigen(Invoer):
    contactpersonen = ContactpersoonIn(many=True, required=False, max_length=20)  # type: ignore[call-arg]
    wil_iemand_van_buiten = serializers.BooleanField(required=False)
    geheim = serializers.BooleanField(
        required=False, help_text="Waar: het adres is geheim. U ziet het dan, of wie u bij geheimVoor noemt."
    )
    geheim_voor = serializers.CharField(
        max_length=150, required=False, allow_null=True, help_text="Gebruikersnaam van een coördinator."
    )


class PasgeboreneUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="gezin_id")
    voornaam = serializers.CharField(allow_blank=True)
    achternaam = serializers.CharField()
    geboortedatum = serializers.DateField()
    status = serializers.ChoiceField(["actief", "vervallen", "verhuisd"])


def _gezien(request: Request, gezin_ids: list[UUID]) -> None:
    """These families were in a list: one statement, whatever the number."""
    inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=gezin_ids, waar="lijst", nu=clock.nu(), eens_per_dag=True)


class Gezinnen(ApiView):
    rollen = {"GET": _LEZEN}
    vraag = op_volgorde(Lijstvraag, wijk="wijk__code")
    is_lijst = True

    @extend_schema(responses=GezinUit(many=True), description="De gezinnen die u mag zien.")
    def get(self, request: Request) -> Response:
        gezinnen = gezinnen_zichtbaar_voor(request.user)
        rijen = gezinrijen(gezinnen, gebruiker=request.user).order_by("id")

        def uit(blad: Iterable[Any]) -> list[Any]:
            gelezen = [gezin_uit(gezin, gebruiker=request.user) for gezin in blad]
            _gezien(request, [gezin["id"] for gezin in gelezen])
            return gelezen

        return self.bladzijde(rijen, uit, telling=gezinnen)


class EenGezin(ApiView):
    rollen = {"GET": _LEZEN, "PATCH": _SCHRIJVEN}

    @extend_schema(responses=GezinUit, description="Een gezin.")
    def get(self, request: Request, gezin_id: UUID) -> Response:
        antwoord = self._antwoord(gezin_id)
        inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=[gezin_id], waar="gezin", nu=clock.nu())
        return antwoord

    @extend_schema(
        request=GezinWijzigen,
        responses=GezinUit,
        description="Verander hoe het gezin bereikt wordt. Contactpersonen die u niet noemt, blijven zoals zij zijn. "
        "Een ander adres is een verhuizing.",
    )
    def patch(self, request: Request, gezin_id: UUID) -> Response:
        if not gezinnen_waarvoor(gezinnen_van_coordinator(request.user)).filter(pk=gezin_id).exists():
            raise NietGevonden
        gezin = gezin_vergrendelen(gezin_id=gezin_id)
        self.if_match(gezin)
        gezin_wijzigen(gezin=gezin, door=request.user, gegevens=self.lees(GezinWijzigen), nu=clock.nu())
        return self._antwoord(gezin_id)

    def _antwoord(self, gezin_id: UUID) -> Response:
        gezin = gezin_voor(self.request.user, gezin_id)
        return self.enkel(gezin_uit(gezin, gebruiker=self.request.user), gezin)


class Pasgeborenen(ApiView):
    rollen = {"GET": _LEZEN}
    vraag = op_volgorde(Lijstvraag, "geboortedatum")
    is_lijst = True

    @extend_schema(responses=PasgeboreneUit(many=True), description="De pasgeborenen die u mag zien.")
    def get(self, request: Request) -> Response:
        kinderen = pasgeborenen_zichtbaar_voor(request.user)

        def uit(blad: Iterable[Any]) -> list[Any]:
            gelezen = list(blad)
            _gezien(request, [kind.gezin_id for kind in gelezen])
            return in_een_keer(PasgeboreneUit)(gelezen)

        return self.bladzijde(kinderen.order_by("geboortedatum", "id"), uit)


class EenPasgeborene(ApiView):
    rollen = {"GET": _LEZEN}

    @extend_schema(responses=PasgeboreneUit, description="Een pasgeborene.")
    def get(self, request: Request, pasgeborene_id: UUID) -> Response:
        kind = pasgeborenen_zichtbaar_voor(request.user).filter(pk=pasgeborene_id).first()
        if kind is None:
            raise NietGevonden
        inzage_vastleggen(gebruiker_id=request.user.pk, gezin_ids=[kind.gezin_id], waar="pasgeborene", nu=clock.nu())
        return self.enkel(PasgeboreneUit(kind).data, kind)
