"""What goes in and out about safety, in the style of api.md."""

from __future__ import annotations

from typing import Any

from phonenumber_field.serializerfields import PhoneNumberField
from rest_framework import serializers

from bezoeken.kraambezoek.api.vormen import BezoekUit
from bezoeken.models import Alarm, Veiligheidsvlag
from bezoeken.veiligheid.services.inchecken import STANDAARD_MINUTEN
from ooievaar.platform.casing import Dagveld, Invoer, Lijstvraag, Momentveld, Uitvoer


class IncheckIn(Invoer):
    verwachte_minuten = serializers.IntegerField(min_value=5, max_value=480, default=STANDAARD_MINUTEN)


class VerlengingIn(Invoer):
    minuten = serializers.IntegerField(min_value=5, max_value=120, default=15)


class AchterwachtUit(Uitvoer):
    naam = serializers.CharField()
    telefoonnummer = serializers.CharField(allow_null=True)


class IncheckUit(Uitvoer):
    id = serializers.UUIDField()
    ingecheckt_op = serializers.DateTimeField()
    verwacht_eind = serializers.DateTimeField(help_text="Daarna krijgt zij een bericht, en dan de achterwacht.")
    uitgecheckt_op = serializers.DateTimeField(allow_null=True)


class BezoekMetIncheckUit(BezoekUit):
    incheck = IncheckUit(help_text="Haar laatste incheck bij dit bezoek.")


class OpenIncheckUit(IncheckUit):
    bezoek = serializers.UUIDField(source="bezoek_id")
    wijk = serializers.CharField(source="bezoek.wijk.code", allow_null=True, default=None, help_text="CBS-code.")
    ooievaarsmoeder = serializers.UUIDField(source="ooievaarsmoeder_id")
    naam = serializers.CharField(source="ooievaarsmoeder.naam")
    gewaarschuwd_op = serializers.DateTimeField(allow_null=True)


class MaatregelUit(Uitvoer):
    code = serializers.ChoiceField(Veiligheidsvlag.Maatregel.choices)
    tekst = serializers.CharField(help_text="In woorden voor de Ooievaarsmoeder. Nooit de reden.")


class MaatregelenUit(Uitvoer):
    maatregelen = MaatregelUit(many=True)


class VlagIn(Invoer):
    soort = serializers.ChoiceField(Veiligheidsvlag.Soort.choices)
    maatregel = serializers.ChoiceField(Veiligheidsvlag.Maatregel.choices)
    tot = Dagveld(required=False, allow_null=True, help_text="Laatste dag; zonder: zo lang als mag.")
    bezoek = serializers.UUIDField(required=False, allow_null=True, help_text="Alleen voor dit bezoek.")


class VlagUit(Uitvoer):
    id = serializers.UUIDField()
    gezin = serializers.UUIDField(source="gezin_id")
    bezoek = serializers.UUIDField(source="bezoek_id", allow_null=True)
    soort = serializers.ChoiceField(Veiligheidsvlag.Soort.choices)
    maatregel = serializers.ChoiceField(Veiligheidsvlag.Maatregel.choices)
    gemeld_door = serializers.SerializerMethodField("get_gemeld_door", help_text="Naam van wie dit heeft gezet.")
    sinds = serializers.DateField()
    tot = serializers.DateField(help_text="Deze dag hoort er nog bij.")

    def get_gemeld_door(self, vlag: Any) -> str | None:
        return naam_van(vlag.gemeld_door)


class DienstVraag(Lijstvraag):
    vanaf = Momentveld(required=False, help_text="Diensten die daarna nog lopen; zonder: vanaf nu.")


class DienstWijzigen(Invoer):
    begin = Momentveld(required=False)
    eind = Momentveld(required=False)
    eerste = serializers.CharField(max_length=150, required=False, help_text="Gebruikersnaam van wie dienst heeft.")
    eerste_telefoon = PhoneNumberField(required=False, help_text="Nodig als er nog geen nummer van haar bekend is.")
    tweede = serializers.CharField(max_length=150, required=False, allow_null=True, help_text="Wie daarna komt.")
    tweede_telefoon = PhoneNumberField(required=False)


class DienstIn(DienstWijzigen):
    gebied = serializers.SlugField(
        required=False, help_text="Code van het gebied; alleen nodig voor wie er in meer dan één coördineert."
    )
    begin = Momentveld()
    eind = Momentveld()
    eerste = serializers.CharField(max_length=150, help_text="Gebruikersnaam van wie dienst heeft.")


class DienstpersoonUit(Uitvoer):
    gebruiker = serializers.CharField(source="username", help_text="Gebruikersnaam.")
    naam = serializers.SerializerMethodField()
    telefoonnummer = serializers.SerializerMethodField()

    def get_naam(self, gebruiker: Any) -> str:
        return naam_van(gebruiker) or ""

    def get_telefoonnummer(self, gebruiker: Any) -> str | None:
        return self.context["nummers"].get(gebruiker.pk)


class DienstUit(Uitvoer):
    id = serializers.UUIDField()
    begin = serializers.DateTimeField()
    eind = serializers.DateTimeField()
    eerste = DienstpersoonUit()
    tweede = DienstpersoonUit(allow_null=True)


class AlarmenVraag(Lijstvraag):
    open_ = serializers.BooleanField(required=False, help_text="Waar: alleen wat nog open is.")


class AlarmAfsluitingIn(Invoer):
    uitkomst = serializers.ChoiceField([Alarm.Uitkomst.GESPROKEN.value, Alarm.Uitkomst.HULPDIENSTEN.value])


class AlarmUit(Uitvoer):
    id = serializers.UUIDField()
    bezoek = serializers.UUIDField(source="incheck.bezoek_id")
    ooievaarsmoeder = serializers.UUIDField(source="incheck.ooievaarsmoeder_id")
    naam = serializers.CharField(source="incheck.ooievaarsmoeder.naam")
    telefoonnummer = serializers.SerializerMethodField(help_text="Van haar.")
    adres = serializers.SerializerMethodField(help_text="Waar zij is, zolang het alarm open is.")
    ingecheckt_op = serializers.DateTimeField(source="incheck.ingecheckt_op")
    verwacht_eind = serializers.DateTimeField(source="incheck.verwacht_eind")
    gestart_op = serializers.DateTimeField()
    eerste = serializers.SerializerMethodField(help_text="Wie dienst heeft.")
    tweede = serializers.SerializerMethodField()
    tweede_op = serializers.DateTimeField(allow_null=True, help_text="Sinds wanneer ook de tweede het weet.")
    geclaimd_op = serializers.DateTimeField(allow_null=True)
    geclaimd_door = serializers.SerializerMethodField("get_geclaimd_door", help_text="Wie belt.")
    gesloten_op = serializers.DateTimeField(allow_null=True)
    uitkomst = serializers.ChoiceField(Alarm.Uitkomst.choices, allow_null=True)

    def get_telefoonnummer(self, alarm: Any) -> str | None:
        return str(alarm.incheck.ooievaarsmoeder.telefoonnummer) or None

    def get_adres(self, alarm: Any) -> str | None:
        return self.context["adres"](alarm)

    def get_eerste(self, alarm: Any) -> str | None:
        return naam_van(alarm.eerste)

    def get_tweede(self, alarm: Any) -> str | None:
        return naam_van(alarm.tweede)

    def get_geclaimd_door(self, alarm: Any) -> str | None:
        return naam_van(alarm.geclaimd_door)

    def to_representation(self, alarm: Any) -> dict[str, Any]:
        data: dict[str, Any] = super().to_representation(alarm)
        data["uitkomst"] = data["uitkomst"] or None
        return data


def naam_van(gebruiker: Any) -> str | None:
    """The name of a user as people know her."""
    return (gebruiker.get_full_name() or gebruiker.username) if gebruiker else None
