"""What every action on a family's page is made of: words, a form that knows its subject, and its one service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ooievaar.platform import clock
from ooievaar.web.formulieren import Bevestiging, Datumveld, Formulier, Tijdveld

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

ZEKER = _("Ja, ik weet het zeker")
NIETS_VANZELF = _("Er wordt niets vanzelf verstuurd. Wat gestopt is, plant u zelf opnieuw.")


@dataclass(frozen=True)
class Onderwerp:
    """What it is about: the id of the visit, family, child or contact; whose family; who does it, and when."""

    id: UUID
    gezin_id: UUID
    door: Gebruiker
    nu: datetime


class Handelingformulier(Formulier):
    """A form about one subject. `namen`: which field of the form a service means by another name."""

    namen: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, onderwerp: Onderwerp, **kwargs: Any) -> None:
        self.onderwerp = onderwerp
        super().__init__(*args, **kwargs)


class Bevestigd(Handelingformulier):
    """Only the second confirmation."""

    bevestigd = Bevestiging(label=ZEKER)


class MetReden(Bevestigd):
    reden = forms.CharField(
        label=_("Waarom?"), max_length=200, help_text=_("Een paar woorden. Schrijf niets over gezondheid of geloof.")
    )
    field_order = ["reden", "bevestigd"]


class MetMoment(Handelingformulier):
    """A day and a time, in Amsterdam, that together are one `moment`."""

    dag = Datumveld(label=_("Welke dag?"))
    tijd = Tijdveld(label=_("Hoe laat?"))
    namen = {"moment": "dag", "begin": "dag", "bezochtOp": "dag"}
    # What already happened most often happened just now.
    begint_nu: ClassVar[bool] = True

    def __init__(self, *args: Any, onderwerp: Onderwerp, **kwargs: Any) -> None:
        nu = onderwerp.nu.astimezone(clock.AMSTERDAM)
        begin = {"dag": nu.date(), "tijd": nu.time().replace(second=0, microsecond=0)} if self.begint_nu else {}
        super().__init__(*args, onderwerp=onderwerp, initial=begin, **kwargs)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        dag, tijd = gegevens.get("dag"), gegevens.get("tijd")
        if isinstance(dag, date) and isinstance(tijd, time):
            gegevens["moment"] = clock.moment_op(dag, tijd)
        return gegevens


@dataclass(frozen=True)
class Handeling:
    """What a person can do: `voer_uit` gets the subject and the form's values."""

    kop: Any
    uitleg: Any
    knop: Any
    formulier: type[Handelingformulier]
    voer_uit: Callable[[Onderwerp, dict[str, Any]], Any]
    gedaan: Any
