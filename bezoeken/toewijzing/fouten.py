"""What the rules of the assignment refuse, with the codes of api.md; the words are those of the proposals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bezoeken.toewijzing.regels import Bezwaar
from bezoeken.toewijzing.woorden import BEZWAREN
from ooievaar.platform.errors import Geweigerd


class NietActief(Geweigerd):
    """She has left, or did not sign the secrecy statement or finish the training yet; `detail` says which."""

    code = "nietActief"
    uitleg = BEZWAREN[Bezwaar.NIET_ACTIEF]


class VogVerlopen(Geweigerd):
    code = "vogVerlopen"
    uitleg = BEZWAREN[Bezwaar.VOG_VERLOPEN]


class HeeftRelatie(Geweigerd):
    code = "relatie"
    uitleg = BEZWAREN[Bezwaar.RELATIE]


class Afwezig(Geweigerd):
    code = "afwezig"
    uitleg = BEZWAREN[Bezwaar.AFWEZIG]


class Vol(Geweigerd):
    code = "vol"
    uitleg = BEZWAREN[Bezwaar.VOL]


_FOUTEN: dict[str, type[Geweigerd]] = {f.code: f for f in (NietActief, VogVerlopen, HeeftRelatie, Afwezig, Vol)}

AL_GEWEEST = _("Dit bezoek is al geweest. Het kan niet meer aan iemand anders gegeven worden.")


def fout_bij(bezwaar: Bezwaar) -> Geweigerd:
    """The refusal that belongs to an objection of the rules."""
    return _FOUTEN[bezwaar.code](BEZWAREN[bezwaar])
