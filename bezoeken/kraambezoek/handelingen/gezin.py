"""What a coordinator changes about a family: where it lives, how it is reached, whether its address is secret."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from bezoeken.intake.normaliseren import huisnummerdelen, postcode, schoon
from bezoeken.kraambezoek.handelingen.basis import Bevestigd, Handeling, Handelingformulier, Onderwerp
from bezoeken.kraambezoek.services.verhuizen import gezin_verhuizen
from bezoeken.toewijzing.woorden import TALEN
from ooievaar.selectors.gezinnen import ROLLEN, VOORKEURSKANALEN, contactpersoon_met_id
from ooievaar.selectors.wijken import wijken_zichtbaar_voor
from ooievaar.services.contactpersonen import gezin_wijzigen
from ooievaar.services.gezinnen import gezin_vergrendelen
from ooievaar.services.inschrijven import Adres


class Verhuizing(Bevestigd):
    straat = forms.CharField(label=_("Straat"), max_length=100)
    nummer = forms.CharField(
        label=_("Huisnummer"), max_length=22, help_text=_("Met letter of toevoeging, zoals 12a of 12-2.")
    )
    postcode = forms.CharField(label=_("Postcode"), max_length=7, help_text=_("Zoals 6411 AB."))
    woonplaats = forms.CharField(label=_("Woonplaats"), max_length=100)
    wijk = forms.ChoiceField(
        label=_("Wijk"), required=False, help_text=_("Kies alleen een wijk als wij de postcode niet kennen.")
    )
    field_order = ["straat", "nummer", "postcode", "woonplaats", "wijk", "bevestigd"]

    def __init__(self, *args: Any, onderwerp: Onderwerp, **kwargs: Any) -> None:
        super().__init__(*args, onderwerp=onderwerp, **kwargs)
        wijken = wijken_zichtbaar_voor(onderwerp.door).order_by("naam").values_list("code", "naam")
        self.fields["wijk"].choices = [("", gettext("Zoek op met de postcode")), *wijken]  # type: ignore[attr-defined]

    def clean_postcode(self) -> str:
        pc6 = postcode(self.cleaned_data["postcode"].strip())
        if not pc6:
            raise forms.ValidationError(gettext("Schrijf de postcode als 1234 AB."))
        return pc6

    def clean_nummer(self) -> tuple[int | None, str, str]:
        delen = huisnummerdelen(schoon(self.cleaned_data["nummer"]))
        if delen[0] is None:
            raise forms.ValidationError(gettext("Schrijf het huisnummer als 12, 12a of 12-2."))
        return delen

    def adres(self) -> Adres:
        huisnummer, letter, toevoeging = self.cleaned_data["nummer"]
        return Adres(
            straat=schoon(self.cleaned_data["straat"]),
            huisnummer=huisnummer,
            huisletter=letter,
            toevoeging=toevoeging,
            postcode=self.cleaned_data["postcode"],
            woonplaats=schoon(self.cleaned_data["woonplaats"]),
        )

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if not self.errors:
            gegevens["adres"] = self.adres()
        return gegevens


class Contact(Handelingformulier):
    """An adult of the family; of one that is known the form begins with what we have."""

    naam = forms.CharField(label=_("Naam"), max_length=100)
    rol = forms.ChoiceField(label=_("Wie is dit voor het kind?"), choices=ROLLEN)
    telefoonnummer = PhoneNumberField(
        label=_("Telefoonnummer"),
        region="NL",
        required=False,
        error_messages={"invalid": _("Dit is geen geldig telefoonnummer.")},
        help_text=_("Zoals 06 12345678. Klopt een nummer niet? Maak het veld dan leeg."),
    )
    emailadres = forms.EmailField(label=_("E-mailadres"), required=False)
    taal = forms.ChoiceField(label=_("Taal"))
    tolk_nodig = forms.BooleanField(label=_("Er is een tolk nodig"), required=False)
    voorkeurskanaal = forms.ChoiceField(
        label=_("Hoe wil het gezin het liefst bericht krijgen?"),
        required=False,
        choices=[("", _("Maakt niet uit")), *VOORKEURSKANALEN],
    )

    def __init__(self, *args: Any, onderwerp: Onderwerp, **kwargs: Any) -> None:
        bekend = contactpersoon_met_id(onderwerp.id) or {"taal": "nl"}
        super().__init__(*args, onderwerp=onderwerp, initial=bekend, **kwargs)
        talen = [*TALEN.items()]
        if bekend["taal"] not in TALEN:
            talen.append((bekend["taal"], bekend["taal"]))
        self.fields["taal"].choices = sorted(talen, key=lambda taal: str(taal[1]))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        nodig = {"sms": "telefoonnummer", "email": "emailadres"}.get(gegevens.get("voorkeurskanaal", ""))
        if nodig and nodig not in self.errors and not gegevens.get(nodig):
            self.add_error(nodig, gettext("Dit is nodig om het gezin zo bericht te sturen."))
        return gegevens


class Geheim(Bevestigd):
    """Only the second confirmation: who does it is the one who will see the address."""


def _verhuis(o: Onderwerp, w: dict[str, Any]) -> None:
    gezin_verhuizen(gezin_id=o.id, adres=w["adres"], wijk_code=w["wijk"], nu=o.nu)


def _wijzig(o: Onderwerp, **gegevens: Any) -> None:
    gezin_wijzigen(gezin=gezin_vergrendelen(gezin_id=o.gezin_id), door=o.door, gegevens=gegevens, nu=o.nu)


GEZIN: dict[str, Handeling] = {
    "verhuizing": Handeling(
        _("Het gezin is verhuisd"),
        _(
            "Binnen het gebied gaat het bezoek mee. In een andere wijk is het weer voor niemand. Woont het gezin nu "
            "buiten het gebied? Dan sluit het bezoek, en bewaren wij het nieuwe adres niet."
        ),
        _("Bewaar het nieuwe adres"),
        Verhuizing,
        _verhuis,
        _("De verhuizing is vastgelegd."),
    ),
    "contactpersoon": Handeling(
        _("Nieuwe contactpersoon"),
        _("Een volwassene in het gezin met wie wij contact mogen hebben."),
        _("Voeg toe"),
        Contact,
        lambda o, w: _wijzig(o, contactpersonen=[w]),
        _("De contactpersoon is toegevoegd."),
    ),
    "geheim-adres": Handeling(
        _("Maak het adres geheim"),
        _(
            "Alleen u ziet het adres dan nog: andere coördinatoren en de Ooievaarsmoeder niet. Het staat op geen lijst "
            "en geen kaart. Spreek af op een andere plek."
        ),
        _("Maak het adres geheim"),
        Geheim,
        lambda o, w: _wijzig(o, geheim=True),
        _("Het adres is geheim. Alleen u ziet het."),
    ),
    "adres-niet-geheim": Handeling(
        _("Het adres is niet meer geheim"),
        _("De coördinatoren van de wijk en de Ooievaarsmoeder zien het adres dan weer."),
        _("Toon het adres weer"),
        Geheim,
        lambda o, w: _wijzig(o, geheim=False),
        _("Het adres is niet meer geheim."),
    ),
}

VAN_CONTACT: dict[str, Handeling] = {
    "wijzigen": Handeling(
        _("Wijzig de contactpersoon"),
        _("Wat u leeg maakt, gebruiken wij niet meer."),
        _("Bewaar"),
        Contact,
        lambda o, w: _wijzig(o, contactpersonen=[{"id": o.id, **w}]),
        _("De contactpersoon is gewijzigd."),
    ),
    "verkeerd-nummer": Handeling(
        _("Dit nummer klopt niet"),
        _("Wij halen het nummer weg. Niemand belt of sms't het nog. Een bericht gaat dan met e-mail of per brief."),
        _("Haal het nummer weg"),
        Bevestigd,
        lambda o, w: _wijzig(o, contactpersonen=[{"id": o.id, "telefoonnummer": ""}]),
        _("Het nummer is weg."),
    ),
}
