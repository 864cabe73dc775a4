"""The shapes of notices and imports in JSON (api.md, Births). They translate; the rules are in the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from bezoeken.intake import normaliseren
from bezoeken.intake.beoordelen import Reden
from bezoeken.intake.fouten import tekst
from ooievaar.platform import clock
from ooievaar.platform.casing import Datumveld, Invoer, Lijstvraag, Uitvoer

BRONNEN = sorted(normaliseren.BRONNEN)
ROLLEN = ["moeder", "vader", "andereOuder", "pleegouder", "grootouder", "anders"]
STATUSSEN = ["verwerkt", "teBeoordelen", "afgewezen"]


class Geboortedatumveld(Datumveld):
    """A birth date: today at the latest, in Amsterdam."""

    default_error_messages = {"inDeToekomst": _("De geboortedatum ligt in de toekomst.")}

    def to_internal_value(self, value: Any) -> date:
        dag = super().to_internal_value(value)
        if dag > clock.vandaag():
            self.fail("inDeToekomst")
        return dag


def _moet_lukken(functie: Any, uitleg: Any) -> Any:
    def keur(waarde: str) -> None:
        if waarde.strip() and not functie(waarde.strip()):
            raise serializers.ValidationError(uitleg, "ongeldig")

    return keur


def _tekst(maximum: int = normaliseren.MAX_TEKST, **opties: Any) -> serializers.CharField:
    return serializers.CharField(max_length=maximum, **opties)


_MAG_LEEG: dict[str, Any] = {"required": False, "allow_null": True, "allow_blank": True}


class KindIn(Invoer):
    geboortedatum = Geboortedatumveld(help_text="jjjj-mm-dd; vandaag of eerder.")
    voornaam = _tekst(**_MAG_LEEG)
    achternaam = _tekst()


class ContactIn(Invoer):
    naam = _tekst(**_MAG_LEEG)
    rol = serializers.ChoiceField(ROLLEN, required=False, allow_null=True)
    telefoonnummer = _tekst(
        validators=[_moet_lukken(normaliseren.telefoon, _("Dit is geen geldig telefoonnummer."))], **_MAG_LEEG
    )
    emailadres = _tekst(
        validators=[_moet_lukken(normaliseren.email, _("Dit is geen geldig e-mailadres."))], **_MAG_LEEG
    )
    taal = _tekst(
        8, validators=[_moet_lukken(normaliseren.taalcode, _("Gebruik een taalcode zoals nl of pl."))], **_MAG_LEEG
    )
    tolk_nodig = serializers.BooleanField(required=False, default=False)


class AdresIn(Invoer):
    straat = _tekst(**_MAG_LEEG)
    huisnummer = serializers.IntegerField(min_value=1, max_value=normaliseren.MAX_HUISNUMMER)
    huisletter = _tekst(normaliseren.MAX_TOEVOEGING, **_MAG_LEEG)
    toevoeging = _tekst(normaliseren.MAX_TOEVOEGING, **_MAG_LEEG)
    postcode = _tekst(10, validators=[_moet_lukken(normaliseren.postcode, _("Schrijf de postcode als 1234 AB."))])
    woonplaats = _tekst(**_MAG_LEEG)
    wijk = _tekst(**_MAG_LEEG, help_text="CBS-code, als de bron die weet.")


class MeldingIn(Invoer):
    bron = serializers.ChoiceField(BRONNEN)
    kenmerk = _tekst(normaliseren.MAX_KENMERK)
    kind = KindIn()
    contactpersoon = ContactIn(required=False, allow_null=True)
    adres = AdresIn()
    geheim = serializers.BooleanField(required=False, default=False)

    def als_rij(self, gegevens: dict[str, Any]) -> dict[str, str]:
        """The notice as the flat text of a file's row, so that both go through the same normalisation."""
        contact = dict(gegevens.get("contactpersoon") or {})
        delen = {
            **gegevens["kind"],
            **gegevens["adres"],
            **contact,
            "contactpersoon": contact.get("naam"),
            "tolknodig": "ja" if contact.get("tolk_nodig") else "",
            "geheim": "ja" if gegevens["geheim"] else "nee",
            "bron": gegevens["bron"],
            "kenmerk": gegevens["kenmerk"],
        }
        return {naam: "" if waarde is None else str(waarde) for naam, waarde in delen.items()}


class OntvangenUit(Uitvoer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(STATUSSEN)
    redenen = serializers.ListField(child=serializers.ChoiceField([reden.value for reden in Reden]))
    teksten = serializers.SerializerMethodField(help_text="Bij elke reden een zin, in dezelfde volgorde.")
    pasgeborene = serializers.UUIDField(source="pasgeborene_id", allow_null=True)
    bezoek = serializers.UUIDField(source="bezoek_id", allow_null=True)

    def get_teksten(self, melding: Any) -> list[str]:
        return [tekst(reden) for reden in melding.redenen]


class MeldingUit(OntvangenUit):
    bron = serializers.ChoiceField(BRONNEN)
    kenmerk = serializers.CharField()
    uitkomst = serializers.SerializerMethodField()
    gemeld_op = serializers.DateTimeField()
    lijkt_op = serializers.UUIDField(source="lijkt_op_id", allow_null=True, help_text="Pasgeborene op wie dit lijkt.")
    besluit = serializers.SerializerMethodField()

    def get_uitkomst(self, melding: Any) -> str | None:
        return melding.uitkomst or None

    def get_besluit(self, melding: Any) -> str | None:
        return melding.besluit or None


class KindUit(Uitvoer):
    geboortedatum = serializers.DateField()
    voornaam = serializers.CharField()
    achternaam = serializers.CharField()


class ContactUit(Uitvoer):
    naam = serializers.CharField()
    rol = serializers.CharField()
    telefoonnummer = serializers.CharField(allow_null=True, help_text="Ook als het niet klopt, zoals het kwam.")
    emailadres = serializers.CharField(allow_null=True)
    taal = serializers.CharField()
    tolk_nodig = serializers.BooleanField()


class MeldingAdresUit(Uitvoer):
    straat = serializers.CharField()
    huisnummer = serializers.CharField()
    huisletter = serializers.CharField()
    toevoeging = serializers.CharField()
    postcode = serializers.CharField()
    woonplaats = serializers.CharField()
    wijk = serializers.CharField(allow_null=True)


class PersonaliaUit(Uitvoer):
    kind = KindUit()
    contactpersoon = ContactUit()
    adres = MeldingAdresUit(allow_null=True, help_text="Leeg bij een geheim adres.")


class MeldingDetailUit(MeldingUit):
    gegevens = PersonaliaUit(
        source="personalia", allow_null=True, help_text="Voor een coördinator, zolang er iets te beoordelen is."
    )


class Meldingvraag(Lijstvraag):
    status = serializers.ChoiceField(STATUSSEN, required=False)
    bron = serializers.ChoiceField(BRONNEN, required=False)
    reden = serializers.ChoiceField([reden.value for reden in Reden], required=False)
    geboortedatum = Datumveld(required=False)


class BesluitIn(Invoer):
    besluit = serializers.ChoiceField(["aanvaarden", "samenvoegen", "afwijzen"])
    met = serializers.UUIDField(required=False, allow_null=True, help_text="Id van de pasgeborene.")
    koppelen = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="Bij aanvaarden als eigen gezin: is het dezelfde familie als het gezin waar het op lijkt? "
        "Weggelaten: dat wordt apart beoordeeld.",
    )


class BesluitHerstelIn(Invoer):
    pass


class FoutUit(Uitvoer):
    regel = serializers.IntegerField()
    veld = serializers.CharField()
    reden = serializers.CharField()
    tekst = serializers.CharField()


class ImportUit(Uitvoer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(["bezig", "klaar", "mislukt"])
    proef = serializers.BooleanField()
    reden = serializers.SerializerMethodField()
    tekst = serializers.SerializerMethodField()
    regels = serializers.IntegerField()
    verwerkt = serializers.IntegerField()
    bekend = serializers.IntegerField()
    te_beoordelen = serializers.IntegerField()
    afgewezen = serializers.IntegerField()
    regels_met_fout = serializers.IntegerField()
    fouten = FoutUit(many=True)
    begonnen_op = serializers.DateTimeField()
    klaar_op = serializers.DateTimeField(allow_null=True)

    def get_reden(self, rij: Any) -> str | None:
        return rij.reden or None

    def get_tekst(self, rij: Any) -> str | None:
        return (tekst(rij.reden) % {"kolommen": ", ".join(f["veld"] for f in rij.fouten)}) if rij.reden else None


class ImportIn(serializers.Serializer):
    bestand = serializers.FileField(allow_empty_file=True, help_text="CSV of XLSX, ten hoogste 100 MB.")
    proef = serializers.BooleanField(required=False, default=False)
