"""Every stop of a visit, a family or a child, and what takes it back: a row each (`basis.Handeling`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bezoeken.herinneren.services import berichten_van_gezin_hervatten
from bezoeken.kraambezoek.handelingen.basis import NIETS_VANZELF, Bevestigd, Handeling, MetReden
from bezoeken.kraambezoek.services import herstellen, sluiten
from bezoeken.models import Bezoek
from bezoeken.toestand import Afsluitreden
from ooievaar.web.formulieren import Datumveld


class Sluiting(Bevestigd):
    afsluitreden = forms.ChoiceField(
        label=_("Waarom?"),
        widget=forms.RadioSelect,
        choices=[
            (Afsluitreden.NIET_BEREIKT.value, _("We konden het gezin niet bereiken")),
            (Afsluitreden.VERHUISD.value, _("Het gezin is verhuisd, buiten het gebied")),
            (Afsluitreden.AFGEHAALD.value, _("Het gezin heeft de box afgehaald")),
            (Afsluitreden.GEEN_CAPACITEIT.value, _("Wij hadden niemand")),
            (Afsluitreden.DUBBEL.value, _("Dit bezoek is dubbel")),
            (Afsluitreden.BUITEN_GEBIED.value, _("Het gezin woont buiten het gebied")),
            (Afsluitreden.VERVALLEN.value, _("Vervallen: alles stopt, het gezin krijgt geen bericht")),
        ],
    )
    field_order = ["afsluitreden", "bevestigd"]


class Weigering(Bevestigd):
    alles = forms.TypedChoiceField(
        label=_("Wat wil het gezin niet?"),
        widget=forms.RadioSelect,
        coerce=lambda waarde: waarde == "alles",
        choices=[
            ("bezoek", _("Geen bezoek. De box afhalen mag, en een uitnodiging ook")),
            ("alles", _("Helemaal geen contact meer")),
        ],
    )
    field_order = ["alles", "bevestigd"]


class Contactstop(Bevestigd):
    reden = forms.ChoiceField(
        label=_("Waarom?"),
        help_text=_("Het gezin hoeft geen reden te geven. Kies dan de laatste."),
        widget=forms.RadioSelect,
        choices=[
            ("geweigerd", _("Het gezin wil dit niet")),
            ("ingetrokken", _("Het gezin trekt zijn toestemming in")),
            ("anders", _("Anders, of geen reden")),
        ],
    )
    field_order = ["reden", "bevestigd"]


class Venster(Bevestigd):
    begin = Datumveld(label=_("Eerste dag"))
    eind = Datumveld(label=_("Laatste dag"), help_text=_("Deze dag hoort er nog bij."))
    reden = forms.ChoiceField(label=_("Waarom?"), widget=forms.RadioSelect, choices=Bezoek.Vensterreden.choices)
    field_order = ["begin", "eind", "reden", "bevestigd"]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        begin, eind = gegevens.get("begin"), gegevens.get("eind")
        if begin and eind and eind < begin:
            self.add_error("eind", _("Deze dag is voor de eerste dag."))
        return gegevens


STOPS_VAN_BEZOEK: dict[str, Handeling] = {
    "sluiting": Handeling(
        _("Sluit het bezoek"),
        _(
            "Het bezoek gaat dan niet door. De Ooievaarsmoeder ziet dat het gesloten is. "
            "Berichten die nog niet weg zijn, vervallen."
        ),
        _("Sluit het bezoek"),
        Sluiting,
        lambda o, w: sluiten.bezoek_sluiten(bezoek_id=o.id, reden=Afsluitreden(w["afsluitreden"]), nu=o.nu),
        _("Het bezoek is gesloten."),
    ),
    "weigering": Handeling(
        _("Het gezin wil geen bezoek"),
        _("Bied eerst aan dat het gezin de box kan afhalen. Daarna stopt het bezoek."),
        _("Leg dit vast"),
        Weigering,
        lambda o, w: sluiten.bezoek_weigeren(bezoek_id=o.id, alles=w["alles"], nu=o.nu),
        _("Vastgelegd: het gezin wil geen bezoek."),
    ),
    "venster": Handeling(
        _("Verplaats het venster"),
        _("Het venster zijn de dagen waarin het bezoek hoort. In de cijfers blijft zichtbaar dat het verplaatst is."),
        _("Verplaats het venster"),
        Venster,
        lambda o, w: herstellen.venster_verplaatsen(bezoek_id=o.id, begin=w["begin"], eind=w["eind"], reden=w["reden"]),
        _("Het venster is verplaatst."),
    ),
    "herstel": Handeling(
        _("Open het bezoek weer"),
        NIETS_VANZELF,
        _("Open het bezoek weer"),
        MetReden,
        lambda o, w: herstellen.bezoek_herstellen(bezoek_id=o.id, reden=w["reden"], bevestigd=w["bevestigd"], nu=o.nu),
        _("Het bezoek is weer open."),
    ),
}

STOPS_VAN_GEZIN: dict[str, Handeling] = {
    "contactstop": Handeling(
        _("Het gezin wil geen contact meer"),
        _("Niemand benadert dit gezin nog, ook niet voor een volgend kind. Alles wat nog niet verstuurd is, vervalt."),
        _("Stop alle contact"),
        Contactstop,
        lambda o, w: sluiten.gezin_stoppen(gezin_id=o.id, reden=w["reden"], nu=o.nu),
        _("Vastgelegd: niemand benadert dit gezin nog."),
    ),
    "weer-contact": Handeling(
        _("Het gezin wil weer contact"),
        _(
            "Doe dit alleen als het gezin er zelf om vraagt. De bezoeken blijven gesloten tot u ze weer opent. "
            "Er wordt niets vanzelf verstuurd."
        ),
        _("Sta contact weer toe"),
        MetReden,
        lambda o, w: herstellen.gezin_mag_weer(gezin_id=o.id, reden=w["reden"], nu=o.nu),
        _("Contact met dit gezin mag weer."),
    ),
    "stilte-voorbij": Handeling(
        _("Het gezin mag weer bericht krijgen"),
        _(
            "Na een overlijden is het gezin stil gezet. Doe dit alleen als u dat met het gezin heeft besproken. "
            "De bezoeken blijven gesloten tot u ze weer opent. Er wordt niets vanzelf verstuurd."
        ),
        _("Sta bericht weer toe"),
        MetReden,
        lambda o, w: herstellen.contact_hervatten(gezin_id=o.id, reden=w["reden"], bevestigd=w["bevestigd"], nu=o.nu),
        _("Het gezin mag weer bericht krijgen. Er is niets verstuurd."),
    ),
    "berichten": Handeling(
        _("Plan de berichten opnieuw"),
        _(
            "Door een stop ging een bericht niet door. U plant nu opnieuw wat aan de beurt is en nog zin heeft. "
            "Kijk eerst of het adres en het nummer kloppen."
        ),
        _("Plan de berichten opnieuw"),
        Bevestigd,
        lambda o, w: berichten_van_gezin_hervatten(gezin_id=o.id, nu=o.nu),
        _("Wat aan de beurt is, staat weer klaar."),
    ),
}

STOPS_VAN_KIND: dict[str, Handeling] = {
    "overlijden": Handeling(
        _("Overlijden melden"),
        _(
            "Alles stopt meteen: het bezoek, de afspraak, de box en alle berichten. Het gezin krijgt hier geen "
            "bericht over. Een broertje of zusje krijgt ook geen bezoek tot u dat weer opent."
        ),
        _("Meld het overlijden"),
        Bevestigd,
        lambda o, w: sluiten.overlijden_melden(pasgeborene_id=o.id, nu=o.nu),
        _("Alles is gestopt. Het gezin krijgt geen bericht."),
    ),
    "herstel": Handeling(
        _("De melding was een vergissing"),
        NIETS_VANZELF,
        _("Zet het kind terug"),
        MetReden,
        lambda o, w: herstellen.pasgeborene_terugzetten(
            pasgeborene_id=o.id, reden=w["reden"], bevestigd=w["bevestigd"], nu=o.nu
        ),
        _("Het kind staat er weer. Er is niets verstuurd."),
    ),
}
