"""What the rules of the stock refuse, in the user's words (codes: api.md, "Stock")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ooievaar.platform.errors import Geweigerd

if TYPE_CHECKING:
    from datetime import date

    from voorraad.models import Artikel, Locatie, Oordeel, Partij


class Tekort(NamedTuple):
    """One part that is short."""

    artikel: Artikel
    gevraagd: int
    beschikbaar: int


class OnvoldoendeVoorraad(Geweigerd):
    """Less is free than was asked. The problem document carries all four: what, where, asked and available."""

    code = "onvoldoendeVoorraad"
    uitleg = gettext_lazy("Er ligt niet genoeg. Wat gereserveerd is, telt niet mee.")

    def __init__(self, *, artikel: Artikel, plek: Locatie, gevraagd: int, beschikbaar: int, verdeeld: bool) -> None:
        detail = _(
            "U vraagt %(gevraagd)s van artikel %(artikel)s. Op de plek %(plek)s zijn er %(beschikbaar)s beschikbaar. "
            "Wat gereserveerd is, telt niet mee."
        ) % {"gevraagd": gevraagd, "artikel": artikel.code, "plek": plek.code, "beschikbaar": beschikbaar}
        if verdeeld:
            detail += " " + _("Ze liggen in meer dan één partij. Boek per partij.")
        super().__init__(detail, artikel=artikel.pk, locatie=plek.pk, gevraagd=gevraagd, beschikbaar=beschikbaar)


class VerlopenPartij(Geweigerd):
    """The lot is past its date, or (a box) too close to it: domain.md, rule 13."""

    code = "verlopenPartij"
    uitleg = gettext_lazy("Deze partij is niet lang genoeg meer houdbaar om uit te geven. U kunt hem wel afkeuren.")

    def __init__(self, partij: Partij) -> None:
        detail = _(
            "Partij %(partij)s is houdbaar tot en met %(dag)s. Dat is te kort om uit te geven. "
            "U kunt de partij wel afkeuren."
        ) % {"partij": partij.code, "dag": f"{partij.houdbaar_tot:%d-%m-%Y}"}
        super().__init__(detail, partij=partij.pk)


class GeblokkeerdArtikel(Geweigerd):
    """The article may not go out (a recall, a fault); moving it inside, sending it back or discarding it is fine."""

    code = "geblokkeerdArtikel"
    uitleg = gettext_lazy("Dit artikel is geblokkeerd en mag nu niet worden ontvangen of uitgegeven.")

    def __init__(self, artikel: Artikel) -> None:
        detail = _(
            "Artikel %(artikel)s is geblokkeerd en mag nu niet worden ontvangen of uitgegeven. "
            "U kunt het wel verplaatsen, terugsturen of afkeuren."
        ) % {"artikel": artikel.code}
        super().__init__(detail, artikel=artikel.pk)


class PeriodeGesloten(Geweigerd):
    """The books of that day are closed: book it with a later moment, or reverse the line (docs/adr/0012)."""

    code = "periodeGesloten"
    uitleg = gettext_lazy("De boeken van die dag zijn gesloten.")

    def __init__(self, tot_en_met: date) -> None:
        detail = _(
            "De boeken zijn gesloten tot en met %(dag)s. Boek het op een dag daarna, of draai de foute boeking terug."
        ) % {"dag": f"{tot_en_met:%d-%m-%Y}"}
        super().__init__(detail, totEnMet=tot_en_met)


class TekortOnderdelen(OnvoldoendeVoorraad):
    """Not enough to pack the boxes: `tekorten` names every part that is short, with what was asked and available."""

    def __init__(
        self, *, artikel: Artikel, plek: Locatie, gevraagd: int, maakbaar: int, tekorten: list[Tekort]
    ) -> None:
        regels = [
            _("van %(artikel)s zijn er %(gevraagd)s nodig en %(beschikbaar)s bruikbaar")
            % {"artikel": t.artikel.code, "gevraagd": t.gevraagd, "beschikbaar": t.beschikbaar}
            for t in tekorten
        ]
        detail = _(
            "U vraagt %(gevraagd)s van artikel %(artikel)s. Op de plek %(plek)s liggen onderdelen voor %(maakbaar)s: "
            "%(regels)s. Wat beloofd, teruggeroepen of te kort houdbaar is, telt niet mee."
        ) % {
            "gevraagd": gevraagd,
            "artikel": artikel.code,
            "plek": plek.code,
            "maakbaar": maakbaar,
            "regels": "; ".join(regels),
        }
        Geweigerd.__init__(
            self,
            detail,
            artikel=artikel.pk,
            locatie=plek.pk,
            gevraagd=gevraagd,
            beschikbaar=maakbaar,
            tekorten=[
                {"artikel": t.artikel.pk, "code": t.artikel.code, "gevraagd": t.gevraagd, "beschikbaar": t.beschikbaar}
                for t in tekorten
            ],
        )


class TeruggeroepenPartij(Geweigerd):
    """The lot was recalled: it goes to nobody, and nothing is made of it."""

    code = "teruggeroepenPartij"
    uitleg = gettext_lazy("Deze partij is teruggeroepen en mag niet worden uitgegeven.")

    def __init__(self, partij: Partij) -> None:
        detail = _(
            "Partij %(partij)s is teruggeroepen en mag niet worden uitgegeven. "
            "U kunt de partij terugsturen of afkeuren."
        ) % {"partij": partij.code}
        super().__init__(detail, partij=partij.pk)


class BestellingGesloten(Geweigerd):
    code = "bestellingGesloten"
    uitleg = gettext_lazy("Deze bestelling is al ontvangen of geannuleerd.")


class TellingAfgesloten(Geweigerd):
    code = "tellingAfgesloten"
    uitleg = gettext_lazy("Deze telling is klaar of gestopt. Begin een nieuwe telling.")


class TellersVerschillen(Geweigerd):
    """Two people found different numbers; `regels` says of what. Somebody counts again, or takes her line over."""

    code = "tellersVerschillen"
    uitleg = gettext_lazy("Twee tellers komen niet op hetzelfde uit.")

    def __init__(self, regels: list[dict[str, Any]]) -> None:
        delen = [
            _("van %(artikel)s %(geteld)s")
            % {"artikel": regel["code"], "geteld": _(" en ").join(map(str, regel["geteld"]))}
            for regel in regels
        ]
        detail = _("Twee tellers komen niet op hetzelfde uit: %(delen)s. Tel dat nog een keer.") % {
            "delen": "; ".join(delen)
        }
        super().__init__(detail, regels=regels)


class RedenNodig(Geweigerd):
    """A difference without a reason; `regels` says of what and how much."""

    code = "redenNodig"
    uitleg = gettext_lazy("Bij elk verschil hoort een reden.")

    def __init__(self, regels: list[dict[str, Any]]) -> None:
        delen = [f"{regel['code']} ({regel['verschil']:+d})" for regel in regels]
        detail = _("Geef bij elk verschil een reden: %(delen)s.") % {"delen": ", ".join(delen)}
        super().__init__(detail, regels=regels)


class VoucherNietIngetrokken(Geweigerd):
    """Two vouchers for one child would both be money: the first must be void before another is given."""

    code = "voucherNietIngetrokken"
    uitleg = gettext_lazy("Trek deze voucher eerst in. Daarna kunt u het kind een andere geven.")


class VoucherNietVrij(Geweigerd):
    """The voucher that should replace another can not be given; `oordeel` says why."""

    code = "voucherNietVrij"
    uitleg = gettext_lazy("Deze voucher kan niet worden gegeven. Neem een andere.")

    def __init__(self, oordeel: Oordeel) -> None:
        detail = _("Dat kan niet: %(reden)s. Neem een andere voucher.") % {"reden": oordeel.label}
        super().__init__(detail, oordeel=oordeel.value)


class AlTeruggedraaid(Geweigerd):
    code = "alTeruggedraaid"
    uitleg = gettext_lazy("Deze boeking is al teruggedraaid, of is zelf een terugdraaiing.")


class BestaatAl(Geweigerd):
    code = "bestaatAl"
    uitleg = gettext_lazy("Deze code is al in gebruik. Kies een andere code.")
