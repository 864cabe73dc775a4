"""/berichten: what was planned, sent and stopped, never the text itself; and what a person must decide or settle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from notifications.models import Berichtstatus, Kanaal
from notifications.selectors import berichten_zichtbaar_voor, onbereikbaar_zichtbaar_voor
from notifications.selectors.stand import berichtstand
from notifications.services.onbereikbaar import onbereikbaar_oplossen
from notifications.services.terugmelden import onzeker_beslissen
from ooievaar.platform import clock
from ooievaar.platform.casing import Invoer, Lijstvraag, Uitvoer, op_volgorde
from ooievaar.platform.errors import NietGevonden
from ooievaar.platform.verzoek import Request
from ooievaar.platform.views import ApiView, in_een_keer


class BerichtUit(Uitvoer):
    id = serializers.UUIDField()
    soort = serializers.CharField(help_text="Het soort bericht, zoals aankondiging.")
    kanaal = serializers.ChoiceField(choices=Kanaal.values)
    taal = serializers.CharField(help_text="ISO 639-1.")
    gezin = serializers.UUIDField(source="gezin_id", allow_null=True)
    ooievaarsmoeder = serializers.UUIDField(source="ooievaarsmoeder_id", allow_null=True)
    gepland_op = serializers.DateTimeField()
    verzonden_op = serializers.DateTimeField(allow_null=True)
    status = serializers.ChoiceField(choices=Berichtstatus.values)
    pogingen = serializers.IntegerField()


class BerichtbesluitIn(Invoer):
    besluit = serializers.ChoiceField(
        ["verzonden", "opnieuw", "laten"], help_text="Is het aangekomen, moet het opnieuw, of blijft het zo?"
    )


class OnbereikbaarUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="gezin_id")
    kanaal = serializers.ChoiceField(choices=Kanaal.values)
    fout = serializers.CharField(help_text="Code, zoals onbekendNummer.")
    sinds = serializers.DateTimeField()


class BerichtstandUit(Uitvoer):
    te_verzenden = serializers.IntegerField(help_text="Aan de beurt en nog niet weg.")
    oudste = serializers.DateTimeField(allow_null=True, help_text="Sinds wanneer het oudste daarvan wacht.")
    onzeker = serializers.IntegerField(help_text="Misschien verstuurd; u beslist.")
    mislukt = serializers.IntegerField(help_text="In de laatste 7 dagen.")
    onbereikbaar = serializers.IntegerField(help_text="Nummers en adressen die niet werken.")
    brieven = serializers.IntegerField(help_text="Brieven die op drukken wachten.")
    sms_delen = serializers.IntegerField(help_text="Sms-delen deze maand.")
    sms_budget = serializers.IntegerField(help_text="Sms-delen die deze maand mogen.")


class BerichtenVraag(Lijstvraag):
    gezin = serializers.UUIDField(required=False, help_text="Alleen berichten aan dit gezin.")
    status = serializers.ChoiceField(required=False, choices=Berichtstatus.values)
    soort = serializers.CharField(required=False, max_length=40, help_text="Alleen dit soort bericht.")


_KOLOMMEN = (
    "id",
    "soort",
    "kanaal",
    "taal",
    "gezin_id",
    "ooievaarsmoeder_id",
    "gepland_op",
    "verzonden_op",
    "status",
    "pogingen",
)


def _vertaal(rijen: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": rij["id"],
            "soort": rij["soort"],
            "kanaal": rij["kanaal"],
            "taal": rij["taal"],
            "gezin": rij["gezin_id"],
            "ooievaarsmoeder": rij["ooievaarsmoeder_id"],
            "geplandOp": rij["gepland_op"],
            "verzondenOp": rij["verzonden_op"],
            "status": rij["status"],
            "pogingen": rij["pogingen"],
        }
        for rij in rijen
    ]


class Berichten(ApiView):
    rollen = {"GET": frozenset({"coordinator", "ooievaarsmoeder"})}
    vraag = op_volgorde(BerichtenVraag, "gepland_op", "verzonden_op")
    is_lijst = True

    @extend_schema(
        responses=BerichtUit(many=True),
        description="De berichten die u mag zien, de nieuwste eerst. De tekst zelf staat er niet bij.",
    )
    def get(self, request: Request) -> Response:
        berichten = berichten_zichtbaar_voor(request.user)
        for vraag, veld in (("gezin", "gezin_id"), ("status", "status"), ("soort", "soort")):
            if vraag in self.gevraagd:
                berichten = berichten.filter(**{veld: self.gevraagd[vraag]})
        rijen: Any = berichten.order_by("-gepland_op", "id")
        return self.bladzijde(rijen.values(*_KOLOMMEN), _vertaal, telling=rijen)


class Berichtbesluit(ApiView):
    rollen = {"POST": frozenset({"coordinator"})}

    @extend_schema(
        request=BerichtbesluitIn,
        responses=BerichtUit,
        description="U weet wat er van een onzeker bericht geworden is. Weigert met nietMislukt.",
    )
    def post(self, request: Request, bericht_id: UUID) -> Response:
        zichtbaar = berichten_zichtbaar_voor(request.user)
        bericht = zichtbaar.filter(pk=bericht_id).first()
        if bericht is None:
            raise NietGevonden
        self.if_match(bericht)
        bericht = onzeker_beslissen(bericht_id=bericht_id, nu=clock.nu(), **self.lees(BerichtbesluitIn))
        bericht.refresh_from_db()
        return self.enkel(BerichtUit(bericht).data, bericht)


class Onbereikbaar(ApiView):
    rollen = {"GET": frozenset({"coordinator"})}
    vraag = op_volgorde(Lijstvraag, "sinds")
    is_lijst = True

    @extend_schema(
        responses=OnbereikbaarUit(many=True), description="Nummers en adressen die niet werken, het oudste eerst."
    )
    def get(self, request: Request) -> Response:
        return self.bladzijde(onbereikbaar_zichtbaar_voor(request.user), in_een_keer(OnbereikbaarUit))


class OnbereikbaarEen(ApiView):
    rollen = {"DELETE": frozenset({"coordinator"})}

    @extend_schema(responses={204: None}, description="U heeft het nummer of adres verbeterd, of er is er geen.")
    def delete(self, request: Request, taak_id: UUID) -> Response:
        taken = onbereikbaar_zichtbaar_voor(request.user).select_for_update(of=("self",))
        taak = taken.filter(pk=taak_id).first()
        if taak is None:
            raise NietGevonden
        self.if_match(taak)
        onbereikbaar_oplossen(taak=taak, nu=clock.nu())
        return Response(status=204)


class Berichtstand(ApiView):
    rollen = {"GET": frozenset({"coordinator"})}

    @extend_schema(responses=BerichtstandUit, description="Loopt het versturen? Wat wacht er, en wat vraagt om u?")
    def get(self, request: Request) -> Response:
        return Response(BerichtstandUit(berichtstand(request.user, nu=clock.nu())).data)
