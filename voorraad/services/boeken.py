"""The ledger: booking a movement. Reversing one that was wrong is in `terugdraaien.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad import fouten
from voorraad.models import Artikel, Artikelsoort, Locatie, Mutatie, Mutatiesoort, Partij, Sjopcategorie, Stand
from voorraad.services import regels
from voorraad.services.perioden import periode_moet_open_zijn
from voorraad.services.plekken import standaardplek
from voorraad.services.standen import bijwerken, eerst_verlopend, standen_vergrendeld, te_weinig, uit_te_geven, vrij
from voorraad.sjopfouten import ViaDeSjop

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

# More than this in one line is a slip of the finger; the balance (32 bits) has room for 20,000 of them.
MAXIMUM = 100_000


@transaction.atomic
def mutatie_boeken(
    *,
    soort: str,
    artikel: Artikel,
    partij: Partij | None = None,
    van: Locatie | None = None,
    naar: Locatie | None = None,
    aantal: int,
    reden: str = "",
    door: Gebruiker | None,
    nu: datetime,
    gebeurd_op: datetime | None = None,
    aanleiding: str = "",
    sleutel: str | None = None,
    via_sjop: bool = False,
) -> Mutatie:
    """Move `aantal` of an article from one place to another, with the balances, in one transaction.

    A side left out is the standard place of `regels.py`. Without `partij` the earliest best-before that holds enough is
    taken (for a hand-out: that may still be handed out). The same `sleutel` again gives the line that was booked then.
    `via_sjop`: the caller is an act of the Sjop, which looked at the block-list; nothing else moves its kinds of goods.
    Raises Ongeldig (naming the field), OnvoldoendeVoorraad, VerlopenPartij, GeblokkeerdArtikel, PeriodeGesloten,
    ViaDeSjop.
    """
    if not via_sjop:
        niet_van_de_sjop([artikel])
    van, naar = plekken_bij(soort, artikel, van, naar)
    controleer(soort, artikel, partij, van, naar, aantal)
    if artikel.geblokkeerd and soort in regels.STOPT_BIJ_BLOKKADE:
        raise fouten.GeblokkeerdArtikel(artikel)
    dag = clock.dag_van(gebeurd_op or nu)

    op_van, op_naar = _vergrendel(artikel, partij, van, naar, kiezen=partij is None and van.binnen)
    if sleutel and (eerder := Mutatie.objects.filter(sleutel=sleutel).first()):
        return eerder
    periode_moet_open_zijn(artikel.gebied_id, gebeurd_op or nu, nu=nu)
    if van.binnen:
        bron = _kies(op_van, soort, artikel, van, aantal, dag)
        partij = bron.partij
        bijwerken(bron, -aantal)
    if naar.binnen:
        bijwerken(op_naar[partij.pk if partij else None], aantal)
    return Mutatie.objects.create(
        soort=soort,
        artikel=artikel,
        partij=partij,
        van=van,
        naar=naar,
        aantal=aantal,
        reden=reden,
        aanleiding=aanleiding,
        sleutel=sleutel,
        gebeurd_op=gebeurd_op or nu,
        geboekt_op=nu,
        door=door,
    )


def niet_van_de_sjop(artikelen: Iterable[Artikel]) -> None:
    """Raises ViaDeSjop for an article that is a kind of goods of the Sjop (docs/adr/0015)."""
    van_soort = {a.pk: a for a in artikelen if a.soort == Artikelsoort.SJOP}
    if van_soort and (categorie := Sjopcategorie.objects.filter(artikel__in=van_soort).first()):
        raise ViaDeSjop(van_soort[categorie.artikel_id])


def plekken_bij(soort: str, artikel: Artikel, van: Locatie | None, naar: Locatie | None) -> tuple[Locatie, Locatie]:
    """Both sides, with the standard places for what was left out. Raises Ongeldig naming what must be given."""
    if soort not in Mutatiesoort.values:
        raise Ongeldig([("soort", "onbekendeKeuze", _("Deze soort boeking kennen we niet."))])
    gevraagd = regels.ontbrekende_kant(
        soort, van.soort if van else None, naar.soort if naar else None, artikelsoort=artikel.soort
    )
    ontbreekt = [naam for naam, kant in zip(("van", "naar"), gevraagd, strict=True) if kant is None]
    if ontbreekt:
        raise Ongeldig([(naam, "verplicht", _("Kies een plek.")) for naam in ontbreekt])
    bron, doel = gevraagd
    return (
        van or standaardplek(artikel.gebied_id, str(bron)),
        naar or standaardplek(artikel.gebied_id, str(doel)),
    )


def controleer(soort: str, artikel: Artikel, partij: Partij | None, van: Locatie, naar: Locatie, aantal: int) -> None:
    """Everything that can be said without looking at a balance, all faults at once. Raises Ongeldig."""
    gevonden: list[tuple[str, str, Any]] = []
    if not 1 <= aantal <= MAXIMUM:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MAXIMUM}
        gevonden.append(("aantal", "teLaag" if aantal < 1 else "teHoog", reden))
    if partij is not None and partij.artikel_id != artikel.pk:
        gevonden.append(("partij", "onbekend", _("Deze partij hoort bij een ander artikel.")))
    vreemd = [naam for naam, plek in (("van", van), ("naar", naar)) if plek.gebied_id != artikel.gebied_id]
    gevonden += [(naam, "onbekend", _("Deze plek hoort bij een ander gebied.")) for naam in vreemd]
    if not vreemd:
        if van.pk == naar.pk:
            gevonden.append(("naar", "ongeldig", _("Kies een andere plek dan waar het vandaan komt.")))
        elif not regels.past(soort, van.soort, naar.soort, van_binnen=van.binnen, naar_binnen=naar.binnen):
            reden = _("Een boeking van soort %(soort)s kan niet van %(van)s naar %(naar)s.") % {
                "soort": soort,
                "van": van.get_soort_display(),
                "naar": naar.get_soort_display(),
            }
            gevonden.append(("naar", "ongeldig", reden))
    if gevonden:
        raise Ongeldig(gevonden)


def _vergrendel(
    artikel: Artikel, partij: Partij | None, van: Locatie, naar: Locatie, *, kiezen: bool
) -> tuple[list[Stand], dict[UUID | None, Stand]]:
    """The locked balances to take from, and those to add to by lot; of places outside there are none.

    `kiezen`: the lot is still to be chosen, so every lot at `van` counts. The balances at `naar` are made before
    anything is locked: one made afterwards would be locked out of the documented order, and two transfers could wait
    for each other. A lot that arrives at `van` in between is therefore not chosen.
    """
    lot = partij.pk if partij else None
    if naar.binnen:
        loten = _loten(artikel, van) if kiezen else [lot]
        Stand.objects.bulk_create(
            [Stand(artikel=artikel, partij_id=een_lot, locatie=naar) for een_lot in loten], ignore_conflicts=True
        )
    welke = Q(artikel=artikel, locatie__in=[plek for plek in (van, naar) if plek.binnen])
    standen = standen_vergrendeld(welke if kiezen else welke & Q(partij=lot))
    op_naar = {s.partij_id: s for s in standen if s.locatie_id == naar.pk}
    op_van = [s for s in standen if s.locatie_id == van.pk and (s.partij_id in op_naar or not naar.binnen)]
    return op_van, op_naar


def _loten(artikel: Artikel, plek: Locatie) -> list[UUID | None]:
    """The lots of an article in a place, in the order in which balances are locked."""
    hier = Stand.objects.filter(artikel=artikel, locatie=plek, aantal__gt=0)
    return list(hier.order_by(F("partij_id").asc(nulls_first=True)).values_list("partij_id", flat=True))


def _kies(standen: list[Stand], soort: str, artikel: Artikel, van: Locatie, aantal: int, dag: date) -> Stand:
    """The balance to take from: the lot asked for, else the earliest best-before that holds enough.

    Raises VerlopenPartij or TeruggeroepenPartij when only lots that may not be handed out would have been enough, else
    OnvoldoendeVoorraad.
    """
    genoeg = [s for s in eerst_verlopend(standen) if vrij(s) >= aantal]
    mag = genoeg if soort != Mutatiesoort.UITGIFTE else [s for s in genoeg if uit_te_geven(s, dag)]
    if mag:
        return mag[0]
    if genoeg and (partij := genoeg[0].partij):
        raise fouten.TeruggeroepenPartij(partij) if partij.teruggeroepen_op else fouten.VerlopenPartij(partij)
    raise te_weinig(artikel, van, aantal, standen)
