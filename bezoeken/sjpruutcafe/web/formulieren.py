"""The forms of the coordinator's pages about the cafés."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bezoeken.models import Cafeplaats, Sjpruutcafe, Thema
from bezoeken.sjpruutcafe.services.plannen import Cafegegevens
from ooievaar.selectors.gebruikers import gebruikers_met_rol
from ooievaar.selectors.wijken import wijken_van_gebied
from ooievaar.web.formulieren import Bevestiging, Datumveld, Formulier, Tijdveld


class Waar(Formulier):
    """Where, what and for how many: shared by planning and changing."""

    plaats = forms.ChoiceField(label=_("Plek"))
    thema = forms.ChoiceField(label=_("Thema"), choices=Thema.choices)
    dag = Datumveld(label=_("Dag"))
    tijd = Tijdveld(label=_("Begint om"), initial=time(10))
    duur_minuten = forms.IntegerField(label=_("Duur in minuten"), min_value=15, max_value=480, initial=120)
    capaciteit_volwassenen = forms.IntegerField(
        label=_("Plaatsen voor volwassenen"), min_value=1, max_value=500, initial=12
    )
    capaciteit_kinderen = forms.IntegerField(label=_("Plaatsen voor kinderen"), min_value=0, max_value=500, initial=15)
    gastvrouwen = forms.MultipleChoiceField(label=_("Gastvrouwen"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, gebied_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plekken = Cafeplaats.objects.filter(gebied_id=gebied_id, actief=True)
        self._plekken = {str(plek.pk): plek for plek in plekken}
        self.fields["plaats"].choices = [(pk, plek.naam) for pk, plek in self._plekken.items()]  # type: ignore[attr-defined]
        wie = gebruikers_met_rol("gastvrouw", gebied_id=gebied_id)
        keuzes = [(g.username, g.get_full_name() or g.username) for g in wie]
        self.fields["gastvrouwen"].choices = keuzes  # type: ignore[attr-defined]
        if not keuzes:
            del self.fields["gastvrouwen"]

    def gegevens(self) -> Cafegegevens:
        """What was filled in, as the service takes it."""
        over = self.cleaned_data
        return Cafegegevens(
            plaats=self._plekken[over["plaats"]],
            thema=over["thema"],
            tijd=over["tijd"],
            duur_minuten=over["duur_minuten"],
            capaciteit_volwassenen=over["capaciteit_volwassenen"],
            capaciteit_kinderen=over["capaciteit_kinderen"],
            gastvrouwen=tuple(over.get("gastvrouwen", ())),
        )

    def wijzigingen(self) -> dict[str, Any]:
        """The same as the changes of one café."""
        return {**self.cleaned_data, "plaats": self._plekken[self.cleaned_data["plaats"]]}


class Plannen(Waar):
    """One café, or a series when a last day is filled in."""

    laatste_dag = Datumveld(label=_("Herhalen tot en met"), required=False, help_text=_("Leeg laten voor één café."))
    weken = forms.TypedChoiceField(
        label=_("Hoe vaak"),
        coerce=int,
        choices=[(1, _("elke week")), (2, _("om de 2 weken")), (4, _("om de 4 weken"))],
        initial=1,
        required=False,
        empty_value="1",
    )


class Wijzigen(Waar):
    """Change a café. `versie` says what was on the screen, so that nobody overwrites another."""

    versie = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def van(cafe: Sjpruutcafe) -> dict[str, Any]:
        """How the café is now."""
        return {
            "plaats": str(cafe.plaats_id),
            "thema": cafe.thema,
            "dag": cafe.dag,
            "tijd": cafe.tijd,
            "duur_minuten": cafe.duur_minuten,
            "capaciteit_volwassenen": cafe.capaciteit_volwassenen,
            "capaciteit_kinderen": cafe.capaciteit_kinderen,
            "gastvrouwen": [g.username for g in cafe.gastvrouwen.all()],
            "versie": str(cafe.versie),
        }


class Afgelasten(Formulier):
    zeker = Bevestiging(label=_("Ja, dit Sjpruutcafé gaat niet door"))


class Plek(Formulier):
    naam = forms.CharField(label=_("Naam"), max_length=100)
    adres = forms.CharField(
        label=_("Adres"), max_length=150, required=False, help_text=_("Straat, huisnummer en plaats.")
    )
    wijk = forms.ChoiceField(
        label=_("Wijk"), required=False, help_text=_("Nodig om gezinnen uit te nodigen die dichtbij wonen.")
    )
    breedtegraad = forms.FloatField(
        label=_("Breedtegraad"), required=False, help_text=_("Alleen voor een plek buiten de wijken, zoals 50,87.")
    )
    lengtegraad = forms.FloatField(label=_("Lengtegraad"), required=False, help_text=_("Zoals 6,00."))

    def __init__(self, *args: Any, gebied_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wijken = [(wijk.code, wijk.naam) for wijk in wijken_van_gebied(gebied_id)]
        self.fields["wijk"].choices = [("", _("Geen van deze wijken")), *wijken]  # type: ignore[attr-defined]


class Agendalink(Formulier):
    naam = forms.CharField(label=_("Voor wie is de link?"), max_length=100)
