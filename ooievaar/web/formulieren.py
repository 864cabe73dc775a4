"""What every form on the site shares: faults of a rule beside those of a field, dates, and "somebody changed this".

Forms keep what was typed and say all faults at the top, each leading to its field (onderdelen/formulierfouten.html).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ooievaar.platform.errors import Fout, Gewijzigd, NietGevonden, Ongeldig
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.gebruikers import naam_van_gebruiker

T = TypeVar("T")


class NetGewijzigd(Gewijzigd):
    """Somebody changed what is on the screen since it was shown."""

    uitleg = gettext_lazy("Iemand heeft dit net gewijzigd. Kijk of het nog klopt.")


class MetVersie(Protocol):
    versie: int
    gewijzigd_door: Any


def invoer(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made with: what was sent with a POST, however empty, and nothing with a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def controleer_versie(rij: MetVersie, gezien: str) -> None:
    """Refuse when the row (locked) is no longer as she saw it. Raises NetGewijzigd, which says who changed it."""
    if gezien != str(rij.versie):
        raise NetGewijzigd(wie_wijzigde(rij.gewijzigd_door))


def wie_wijzigde(gebruiker_id: Any) -> str:
    """That somebody changed what is on the screen, and who that was if it was a person."""
    naam = naam_van_gebruiker(gebruiker_id)
    if naam:
        return _("%(naam)s heeft dit net gewijzigd. Kijk of het nog klopt.") % {"naam": naam}
    return str(NetGewijzigd.uitleg)


def redenen_van(fout: Fout) -> list[tuple[str, str]]:
    """A refusal as (field, sentence) for people; the field is empty for a rule that looks at no field."""
    if isinstance(fout, Ongeldig):
        return [(naam.rpartition(".")[2], str(reden)) for naam, _code, reden in fout.fouten]
    return [("", str(fout.detail))]


def probeer(formulier: forms.Form, actie: Callable[[], T]) -> T | None:
    """Do it in one transaction; what a rule refuses becomes a fault of the form and None.

    NietGevonden goes on, to the 404 page. It is done again after a deadlock, so `actie` only writes to the database.
    """
    try:
        return in_transactie(actie)
    except NietGevonden:
        raise
    except Fout as fout:
        namen: dict[str, str] = getattr(formulier, "namen", {})  # a field of the form that a rule calls otherwise
        for genoemd, zin in redenen_van(fout):
            veld = namen.get(genoemd, genoemd)
            formulier.add_error(veld if veld in formulier.fields else None, zin)
        return None


class Formulier(forms.Form):
    """A form of ours: what is missing is said in a short sentence that fits the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for veld in self.fields.values():
            if veld.error_messages["required"] == _DJANGO_VERPLICHT:
                kiezen = isinstance(veld, forms.ChoiceField)
                veld.error_messages["required"] = _("Kies een antwoord.") if kiezen else _("Vul dit in.")


_DJANGO_VERPLICHT = forms.Field.default_error_messages["required"]


class Datumveld(forms.DateField):
    """A day: the browser's own calendar, or typed as dd-mm-jjjj where there is none."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
            **opties,
        )


class Tijdveld(forms.TimeField):
    """A time of the day: the browser's own clock, or typed as 9:30 or 9.30 where there is none."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            **opties,
        )


class Bevestiging(forms.BooleanField):
    """A box that must be ticked: the second confirmation of what is hard to take back."""

    default_error_messages = {"required": gettext_lazy("Zet een vinkje als u het zeker weet.")}
