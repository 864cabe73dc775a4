"""What the rules of the Sjop refuse, in the words of who stands at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ooievaar.platform.errors import Geweigerd

if TYPE_CHECKING:
    from voorraad.models import Artikel, Inbreng
    from voorraad.sjopregels import Weigering


class OpBlokkeerlijst(Geweigerd):
    """On the block-list or recalled: not taken in, not handed out, by no way (domain.md, rule 14)."""

    code = "opBlokkeerlijst"
    uitleg = gettext_lazy("Dit staat op de blokkeerlijst. Neem het niet aan en geef het niet mee.")

    def __init__(self, weigering: Weigering) -> None:
        detail = _("%(naam)s staat op de blokkeerlijst. %(uitleg)s Neem het niet aan en geef het niet mee.") % {
            "naam": weigering.naam,
            "uitleg": weigering.uitleg,
        }
        super().__init__(detail, blokkade=weigering.naam)


class ViaDeSjop(Geweigerd):
    """A kind of goods of the Sjop moves only by the acts of the Sjop, which look at the block-list."""

    code = "viaDeSjop"
    uitleg = gettext_lazy("Dit artikel is van de Sjop. Boek het met innemen, uitgeven of afkeuren in de Sjop.")

    def __init__(self, artikel: Artikel) -> None:
        detail = _("Artikel %(artikel)s is van de Sjop. Boek het met innemen, uitgeven of afkeuren in de Sjop.") % {
            "artikel": artikel.code
        }
        super().__init__(detail, artikel=artikel.pk)


class MagNietMee(Geweigerd):
    """It waits for its check, was blocked, or was rejected."""

    code = "magNietMee"
    uitleg = gettext_lazy("Dit mag nog niet mee. Kijk het eerst na.")

    def __init__(self, inbreng: Inbreng) -> None:
        detail = _("%(code)s mag niet mee: %(status)s.") % {
            "code": inbreng.partij.code,
            "status": inbreng.get_status_display(),
        }
        super().__init__(detail, inbreng=inbreng.pk)


class ControleNietAf(Geweigerd):
    code = "controleNietAf"
    uitleg = gettext_lazy("Vink eerst alle punten van de controle af. Klopt er iets niet? Keur het dan af.")


class AlNagekeken(Geweigerd):
    code = "alNagekeken"
    uitleg = gettext_lazy("Dit is al nagekeken of al weg.")


class PasGeldtNiet(Geweigerd):
    """Expired or stopped; which of the two is not the Sjop's to know."""

    code = "pasGeldtNiet"
    uitleg = gettext_lazy("Deze Sjoppas geldt nu niet. Bel de coördinator.")


class LimietBereikt(Geweigerd):
    """More than a family may get now; says how much it still may."""

    code = "limietBereikt"
    uitleg = gettext_lazy("Dit is meer dan dit gezin nu mag krijgen.")

    def __init__(self, *, gevraagd: int, over: int, waarvan: str) -> None:
        detail = _("U geeft %(gevraagd)s mee. Dit gezin mag nu nog %(over)s krijgen (%(waarvan)s).") % {
            "gevraagd": gevraagd,
            "over": over,
            "waarvan": waarvan,
        }
        super().__init__(detail, gevraagd=gevraagd, over=over)


class TijdslotVol(Geweigerd):
    code = "tijdslotVol"
    uitleg = gettext_lazy("Deze tijd is vol. Kies een andere tijd.")


class AanvraagAfgesloten(Geweigerd):
    code = "aanvraagAfgesloten"
    uitleg = gettext_lazy("Deze aanvraag is al klaar.")


class BruikleenAfgesloten(Geweigerd):
    code = "bruikleenAfgesloten"
    uitleg = gettext_lazy("Dit is al teruggebracht.")


class NietMeerVerlengen(Geweigerd):
    """Two extensions at most (domain.md, rule 14)."""

    code = "nietMeerVerlengen"
    uitleg = gettext_lazy("Dit is al twee keer verlengd. Nog een keer kan niet.")
