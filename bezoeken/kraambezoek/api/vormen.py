"""What goes in and out about a visit, in the shapes of api.md."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from bezoeken.kraambezoek.services.afronden import Afronding, Doos
from bezoeken.models import Bezoek, Poging, Vorm
from bezoeken.toestand import Afsluitreden, Status
from bezoeken.venster import Fase
from ooievaar.platform.casing import Dagveld, Datumveld, Invoer, Lijstvraag, Momentveld, Uitvoer

# Topics and reasons are codes, so that nobody can write about a family's health or worries (domain.md, rule 12).
CODE = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
AFWIJSREDENEN = ["geenTijd", "ziek", "vakantie", "kentGezin", "teVer", "taal", "anders"]


class VensterUit(Uitvoer):
    begin = serializers.DateField()
    eind = serializers.DateField(help_text="Deze dag hoort er nog bij.")


class AfspraakUit(Uitvoer):
    begin = serializers.DateTimeField()
    duur_minuten = serializers.IntegerField()


class PogingUit(Uitvoer):
    id = serializers.UUIDField()
    moment = serializers.DateTimeField()
    soort = serializers.ChoiceField(Poging.Soort.choices)
    uitkomst = serializers.ChoiceField(Poging.Uitkomst.choices)
    waarschuwingen = serializers.ListField(child=serializers.CharField(), help_text="Codes, zoals vierdePoging.")


class BezoekUit(Uitvoer):
    """A visit. The rows are built by `selectors.vertaal`, in one query; this declares them."""

    id = serializers.UUIDField()
    gezin = serializers.UUIDField(allow_null=True, help_text="Leeg voor haar zolang zij niet heeft aanvaard.")
    pasgeborenen = serializers.ListField(child=serializers.UUIDField(), allow_null=True)
    wijk = serializers.CharField(allow_null=True, help_text="CBS-code.")
    taal = serializers.CharField()
    geboortedatum = serializers.DateField(allow_null=True, help_text="Van het eerste kind.")
    venster = VensterUit()
    status = serializers.ChoiceField([s.value for s in Status])
    afsluitreden = serializers.ChoiceField([r.value for r in Afsluitreden], allow_null=True)
    fase = serializers.ChoiceField([f.value for f in Fase], help_text="Berekend uit het venster en vandaag.")
    late_melding = serializers.BooleanField()
    soort = serializers.ChoiceField(Bezoek.Soort.choices)
    ooievaarsmoeder = serializers.UUIDField(allow_null=True)
    aanvaard_op = serializers.DateTimeField(allow_null=True)
    afspraak = AfspraakUit(allow_null=True)
    pogingen = PogingUit(many=True)
    bezocht_op = serializers.DateTimeField(allow_null=True)
    vorm = serializers.ChoiceField(Vorm.choices, allow_null=True)


class BezoekenVraag(Lijstvraag):
    status = serializers.ChoiceField([s.value for s in Status], required=False)
    fase = serializers.ChoiceField([f.value for f in Fase], required=False)
    wijk = serializers.CharField(max_length=8, required=False, help_text="CBS-code.")
    ooievaarsmoeder = serializers.UUIDField(required=False)
    venster_eind_voor = Datumveld(required=False, help_text="Vensters die voor deze dag eindigen.")


class LeegIn(Invoer):
    """No fields: an empty body, or `{}`."""


class AfwijzingIn(Invoer):
    reden = serializers.ChoiceField(AFWIJSREDENEN)


class AfspraakIn(Invoer):
    begin = Momentveld()
    duur_minuten = serializers.IntegerField(min_value=5, max_value=480, default=60)
    toch = serializers.BooleanField(default=False, help_text="Waar: ook buiten de bezoekuren.")


class PogingIn(Invoer):
    moment = Momentveld()
    soort = serializers.ChoiceField(Poging.Soort.choices)
    uitkomst = serializers.ChoiceField(Poging.Uitkomst.choices)


class DoosIn(Invoer):
    pasgeborene = serializers.UUIDField()
    vouchercode = serializers.CharField(max_length=40, required=False, allow_blank=True)


class AfrondingIn(Invoer):
    bezocht_op = Momentveld()
    vorm = serializers.ChoiceField(Vorm.choices)
    dozen = serializers.ListField(child=DoosIn(), max_length=10)
    onderwerpen = serializers.ListField(
        child=serializers.RegexField(CODE), max_length=20, default=list, help_text="Codes, zoals borstvoeding."
    )
    uitnodigen = serializers.BooleanField(default=False)
    zorg_gedeeld = serializers.BooleanField(default=False)


def afronding_van(gegevens: dict[str, Any]) -> Afronding:
    """The completion as the service takes it, from validated input."""
    dozen = [Doos(doos["pasgeborene"], doos.get("vouchercode", "")) for doos in gegevens["dozen"]]
    return Afronding(**{**gegevens, "dozen": dozen})


class WeigeringIn(Invoer):
    alles = serializers.BooleanField(default=False, help_text="Waar: het gezin wil helemaal geen contact meer.")


class SluitingIn(Invoer):
    afsluitreden = serializers.ChoiceField([r.value for r in Afsluitreden])


class HerstelIn(Invoer):
    reden = serializers.CharField(max_length=200)
    bevestigd = serializers.BooleanField()


class PeriodeIn(Invoer):
    begin = Dagveld()
    eind = Dagveld()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        begin: date = attrs["begin"]
        if attrs["eind"] < begin:
            raise serializers.ValidationError({"eind": ErrorDetail(str(_("Dit is voor het begin.")), "ongeldig")})
        return attrs


class VensterIn(PeriodeIn):
    reden = serializers.ChoiceField(Bezoek.Vensterreden.choices)


class InhaalbezoekIn(Invoer):
    pasgeborene = serializers.UUIDField()
    venster = PeriodeIn()
    reden = serializers.CharField(max_length=200)


class ContactstopIn(Invoer):
    reden = serializers.ChoiceField(["geweigerd", "ingetrokken", "anders"])


class RedenIn(Invoer):
    reden = serializers.CharField(max_length=200)
