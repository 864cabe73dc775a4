"""What a coordinator writes down for somebody who called in: an attempt, an appointment, the visit itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bezoeken.kraambezoek.handelingen.basis import Handeling, MetMoment, Onderwerp
from bezoeken.kraambezoek.selectors import kinderen_van_bezoek
from bezoeken.kraambezoek.services.afronden import Afronding, Doos, bezoek_afronden
from bezoeken.kraambezoek.services.afspraak import afspraak_maken
from bezoeken.kraambezoek.services.poging import poging_vastleggen
from bezoeken.kraambezoek.woorden import ONDERWERPEN
from bezoeken.models import Poging, Vorm

_DUREN = {30: _("half uur"), 60: _("1 uur"), 90: _("anderhalf uur"), 120: _("2 uur")}
_VORMEN = {
    Vorm.HUISBEZOEK.value: _("Binnen op bezoek"),
    Vorm.AAN_DE_DEUR.value: _("Aan de deur gesproken"),
    Vorm.ELDERS.value: _("Ergens anders gezien"),
}


class PogingIn(MetMoment):
    soort = forms.ChoiceField(label=_("Hoe is het geprobeerd?"), widget=forms.RadioSelect, choices=Poging.Soort.choices)
    uitkomst = forms.ChoiceField(
        label=_("Wat kwam eruit?"),
        widget=forms.RadioSelect,
        choices=Poging.Uitkomst.choices,
        help_text=_("Verplaatst het gezin zelf? Dat telt niet als poging."),
    )
    field_order = ["soort", "uitkomst", "dag", "tijd"]


class AfspraakIn(MetMoment):
    begint_nu = False
    duur = forms.TypedChoiceField(label=_("Hoe lang?"), coerce=int, choices=list(_DUREN.items()), initial=60)
    toch = forms.BooleanField(
        label=_("Het gezin wil het zo, ook buiten de bezoekuren"),
        required=False,
        help_text=_("Bezoekuren staan bij de instellingen van het gebied. Op zondag en feestdagen is er geen bezoek."),
    )
    field_order = ["dag", "tijd", "duur", "toch"]


class BezoekIn(MetMoment):
    """The log of a visit; a box for each child, with the code of its voucher when there was one."""

    vorm = forms.ChoiceField(label=_("Hoe ging het?"), widget=forms.RadioSelect, choices=list(_VORMEN.items()))
    onderwerpen = forms.MultipleChoiceField(
        label=_("Waarover ging het?"),
        help_text=_("Dit mag leeg blijven."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(ONDERWERPEN.items()),
    )
    uitnodigen = forms.BooleanField(label=_("Het gezin wil uitnodigingen voor het Sjpruutcafé"), required=False)
    zorg_gedeeld = forms.BooleanField(
        label=_("Er was een zorg en die is besproken met de contactpersoon"),
        required=False,
        help_text=_("Schrijf er hier niets over op."),
    )

    def __init__(self, *args: Any, onderwerp: Onderwerp, **kwargs: Any) -> None:
        super().__init__(*args, onderwerp=onderwerp, **kwargs)
        self.kinderen = kinderen_van_bezoek(onderwerp.id)
        for nummer, (_kind_id, naam) in enumerate(self.kinderen):
            van_wie = {"naam": naam or gettext("het kind")}
            self.fields[f"doos{nummer}"] = forms.BooleanField(
                label=gettext("De box is gegeven, voor %(naam)s") % van_wie, required=False
            )
            self.fields[f"voucher{nummer}"] = forms.CharField(
                label=gettext("Code op de zwembadbon van %(naam)s") % van_wie,
                help_text=gettext("Dit mag leeg blijven."),
                max_length=40,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        dozen = [f"{soort}{nummer}" for nummer in range(len(self.kinderen)) for soort in ("doos", "voucher")]
        self.order_fields(["vorm", "dag", "tijd", *dozen, "uitnodigen", "zorg_gedeeld", "onderwerpen"])

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean()
        for nummer in range(len(self.kinderen)):
            if gegevens.get(f"voucher{nummer}") and not gegevens.get(f"doos{nummer}"):
                self.add_error(f"doos{nummer}", gettext("De bon zit in de box. Zet een vinkje als de box is gegeven."))
        gegevens["dozen"] = [
            Doos(kind_id, gegevens.get(f"voucher{nummer}", ""))
            for nummer, (kind_id, _naam) in enumerate(self.kinderen)
            if gegevens.get(f"doos{nummer}")
        ]
        return gegevens


def _poging(o: Onderwerp, w: dict[str, Any]) -> None:
    poging_vastleggen(
        bezoek_id=o.id, moment=w["moment"], soort=w["soort"], uitkomst=w["uitkomst"], door=o.door, nu=o.nu
    )


def _afspraak(o: Onderwerp, w: dict[str, Any]) -> None:
    afspraak_maken(bezoek_id=o.id, begin=w["moment"], duur_minuten=w["duur"], toch=w["toch"], door=o.door, nu=o.nu)


def _bezoek(o: Onderwerp, w: dict[str, Any]) -> None:
    afronding = Afronding(
        bezocht_op=w["moment"],
        vorm=w["vorm"],
        dozen=w["dozen"],
        onderwerpen=w["onderwerpen"],
        uitnodigen=w["uitnodigen"],
        zorg_gedeeld=w["zorg_gedeeld"],
    )
    bezoek_afronden(bezoek_id=o.id, afronding=afronding, door=o.door, nu=o.nu)


VOORTGANG: dict[str, Handeling] = {
    "poging": Handeling(
        _("Leg een poging vast"),
        _("Iemand heeft geprobeerd het gezin te bereiken. Schrijf op hoe en wat eruit kwam."),
        _("Leg de poging vast"),
        PogingIn,
        _poging,
        _("De poging is vastgelegd."),
    ),
    "afspraak": Handeling(
        _("Maak een afspraak"),
        _("Is er al een afspraak? Dan komt deze ervoor in de plaats."),
        _("Bewaar de afspraak"),
        AfspraakIn,
        _afspraak,
        _("De afspraak staat erin."),
    ),
    "bezocht": Handeling(
        _("Leg het bezoek vast"),
        _("Dit doet de Ooievaarsmoeder zelf in de app. Doe het hier als zij u belt."),
        _("Leg het bezoek vast"),
        BezoekIn,
        _bezoek,
        _("Het bezoek is vastgelegd."),
    ),
}
