"""What the Sjpruutcafés refuse, in the user's words."""

from django.utils.translation import gettext_lazy as _

from ooievaar.platform.errors import Geweigerd


class CafeVoorbij(Geweigerd):
    code = "cafeVoorbij"
    uitleg = _("Dit Sjpruutcafé is al begonnen of geweest.")


class CafeAfgelast(Geweigerd):
    code = "cafeAfgelast"
    uitleg = _("Dit Sjpruutcafé gaat niet door.")


class GroepTeGroot(Geweigerd):
    """More people than the café has chairs, however many of them are free."""

    code = "groepTeGroot"
    uitleg = _("Zoveel mensen passen niet in dit Sjpruutcafé.")


class CapaciteitTeKlein(Geweigerd):
    code = "capaciteitTeKlein"
    uitleg = _("Er zijn al meer mensen aangemeld dan er dan passen.")


class NietAangemeld(Geweigerd):
    code = "nietAangemeldBijCafe"
    uitleg = _("Dit gezin staat niet op de lijst.")


class GeenAanbod(Geweigerd):
    """There is no offer, or its time is over."""

    code = "geenAanbod"
    uitleg = _("Deze plek wordt niet meer vastgehouden.")


class NogNietBegonnen(Geweigerd):
    code = "nogNietBegonnen"
    uitleg = _("Dit Sjpruutcafé is nog niet begonnen. Vul later in wie er kwam.")
