"""The reminder rules in words, for the coordinator's page (Dutch, B1)."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bezoeken.herinneren.vooruitblik import tijd_in_woorden

ONTVANGERS = {
    "gezin": gettext_lazy("het gezin"),
    "ooievaarsmoeder": gettext_lazy("de Ooievaarsmoeder"),
    "coordinator": gettext_lazy("de coördinator"),
}
# From what the days of a rule are counted; the others: from the birth.
VOOR_AFSPRAAK, NA_TOEWIJZING = "bezoekherinnering", "geenAntwoord"


def vraag_naar_dagen(soort: str) -> str:
    """The label of the number of days, by what they are counted from."""
    if soort == VOOR_AFSPRAAK:
        return _("Hoeveel dagen voor de afspraak?")
    if soort == NA_TOEWIJZING:
        return _("Hoeveel dagen na de vraag aan haar?")
    return _("Hoeveel dagen na de geboorte?")


def wanneer(soort: str, dag: int, tijd: time | None) -> str:
    """When a rule goes: "35 dagen na de geboorte, vanaf 10.00 uur"."""
    if soort == VOOR_AFSPRAAK:
        zin = ngettext("%(n)s dag voor de afspraak", "%(n)s dagen voor de afspraak", -dag) % {"n": -dag}
    elif soort == NA_TOEWIJZING:
        zin = ngettext("%(n)s dag na de vraag aan haar", "%(n)s dagen na de vraag aan haar", dag) % {"n": dag}
    else:
        zin = ngettext("%(n)s dag na de geboorte", "%(n)s dagen na de geboorte", dag) % {"n": dag}
    if tijd is None:
        return zin
    return _("%(dagen)s, vanaf %(tijd)s uur") % {"dagen": zin, "tijd": tijd_in_woorden(tijd)}
