"""Taking in what people bring, checking it, and letting go of what is not good enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from voorraad.models import (
    Afkeurreden,
    Inbreng,
    Maatsoort,
    Mutatie,
    Mutatiesoort,
    Partij,
    Seizoen,
    Sjopcategorie,
    Staat,
    Stand,
)
from voorraad.services.boeken import mutatie_boeken
from voorraad.services.sjop.basis import (
    gebied_van,
    nieuwe_code,
    quarantaine,
    schap,
    sjop_vergrendelen,
    sleutel_van,
    vergrendel_stukken,
)
from voorraad.services.sjop.blokkeren import moet_mogen, toezeggingen_intrekken
from voorraad.services.sjop.wachtlijst import wachtlijst_bijwerken
from voorraad.services.terugdraaien import mutatie_terugdraaien
from voorraad.sjopfouten import AlNagekeken, ControleNietAf
from voorraad.sjopregels import sleutel as woordsleutel

if TYPE_CHECKING:
    from ooievaar.models import Gebied, Gebruiker
    from voorraad.models import Locatie

# More alike pieces under one label is a slip of the finger.
MEESTE = 200
DONOR_DAGEN = 30


@dataclass(frozen=True, kw_only=True)
class Goed:
    """What somebody brings, as the counter writes it down. `afkeurreden` only goes with `staat` afgekeurd."""

    staat: str
    maat: str = ""
    seizoen: str = ""
    aantal: int = 1
    nieuw: bool = False
    ongeopend: bool = False
    houdbaar_tot: date | None = None
    merk: str = ""
    model: str = ""
    omschrijving: str = ""
    donor: str = ""
    afkeurreden: str = ""


@transaction.atomic
def inbreng_boeken(
    *, categorie: Sjopcategorie, goed: Goed, door: Gebruiker | None, nu: datetime, sleutel: str | None = None
) -> Inbreng:
    """Take something in: a lot with a label, a line in the ledger, and who waits for it hears it.

    What has a checklist goes to quarantine, what is rejected to waste, the rest to the shelf. The same `sleutel` again
    gives what was taken in then. Raises Ongeldig (all faults at once) and OpBlokkeerlijst.
    """
    gebied_id = gebied_van(categorie)
    sjop_vergrendelen(gebied_id)
    boeksleutel = sleutel_van("inbreng", sleutel)
    eerder = boeksleutel and Mutatie.objects.filter(sleutel=boeksleutel).select_related("partij__inbreng").first()
    if eerder:
        return eerder.partij.inbreng  # type: ignore[union-attr]
    _controleer(categorie, goed)
    afgekeurd = goed.staat == Staat.AFGEKEURD
    inbreng = Inbreng(
        categorie=categorie,
        status=Inbreng.Status.QUARANTAINE if categorie.checklist else Inbreng.Status.VRIJ,
        ingebracht_op=nu,
        merk_sleutel=woordsleutel(goed.merk),
        model_sleutel=woordsleutel(goed.model),
        **vars(goed),
    )
    if afgekeurd:
        inbreng.status = Inbreng.Status.AFGEKEURD
    moet_mogen([inbreng], gebied_id=gebied_id, dag=clock.dag_van(nu))
    inbreng.partij = Partij.objects.create(
        artikel=categorie.artikel,
        code=nieuwe_code("S", lambda code: Partij.objects.filter(code=code).exists()),
        houdbaar_tot=goed.houdbaar_tot,
    )
    inbreng.save()
    plek = schap(gebied_id) if inbreng.status == Inbreng.Status.VRIJ else quarantaine(gebied_id)
    _boek(Mutatiesoort.ONTVANGST, inbreng, goed.aantal, door=door, nu=nu, naar=plek, sleutel=boeksleutel)
    if afgekeurd:
        _boek(Mutatiesoort.AFKEUR, inbreng, goed.aantal, door=door, nu=nu, van=plek, reden=goed.afkeurreden)
    elif inbreng.status == Inbreng.Status.VRIJ:
        wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return inbreng


def _controleer(categorie: Sjopcategorie, goed: Goed) -> None:
    """Everything that can be said without looking at the block-list. Raises Ongeldig."""
    verplicht = _("Vul dit in.")
    fouten: list[tuple[str, str, Any]] = []
    if not categorie.actief:
        fouten.append(("categorie", "nietActief", _("Dit nemen we nu niet aan.")))
    if not 1 <= goed.aantal <= MEESTE:
        reden = _("Vul een heel getal in van 1 tot en met %(maximum)s.") % {"maximum": MEESTE}
        fouten.append(("aantal", "teLaag" if goed.aantal < 1 else "teHoog", reden))
    if goed.staat not in Staat.values:
        fouten.append(("staat", "onbekendeKeuze", _("Kies A, B, C of afgekeurd.")))
    if goed.seizoen and goed.seizoen not in Seizoen.values:
        fouten.append(("seizoen", "onbekendeKeuze", _("Kies zomer, winter of heel het jaar.")))
    afgekeurd = goed.staat == Staat.AFGEKEURD
    if afgekeurd and goed.afkeurreden not in Afkeurreden.values:
        fouten.append(("afkeurreden", "verplicht", _("Kies waarom het is afgekeurd.")))
    if not afgekeurd and goed.afkeurreden:
        fouten.append(("afkeurreden", "ongeldig", _("Dit hoort alleen bij afgekeurd.")))
    if categorie.maatsoort != Maatsoort.GEEN and not goed.maat and not afgekeurd:
        fouten.append(("maat", "verplicht", verplicht))
    if categorie.vraagt_merk and not afgekeurd:
        fouten += [(veld, "verplicht", verplicht) for veld in ("merk", "model") if not getattr(goed, veld)]
    if categorie.houdbaar and goed.houdbaar_tot is None and not afgekeurd:
        fouten.append(("houdbaarTot", "verplicht", verplicht))
    if categorie.uitleen and goed.aantal > 1:
        fouten.append(("aantal", "teHoog", _("Wat u uitleent, krijgt elk zijn eigen label. Vul 1 in.")))
    if fouten:
        raise Ongeldig(fouten)


@transaction.atomic
def inbreng_goedkeuren(*, inbreng_id: UUID, afgevinkt: Sequence[str], door: Gebruiker | None, nu: datetime) -> Inbreng:
    """The check is done and everything is right: it goes to the shelf. `afgevinkt`: the points that were ticked.

    Also for what was blocked and may go after all: the block-list decides, not who checks.
    Raises ControleNietAf, AlNagekeken, OpBlokkeerlijst, NietGevonden.
    """
    inbreng = _vergrendeld(inbreng_id)
    if inbreng.status not in (Inbreng.Status.QUARANTAINE, Inbreng.Status.GEBLOKKEERD):
        raise AlNagekeken
    if set(inbreng.categorie.checklist) - set(afgevinkt):
        raise ControleNietAf
    gebied_id = gebied_van(inbreng.categorie)
    moet_mogen([inbreng], gebied_id=gebied_id, dag=clock.dag_van(nu))
    inbreng.status, inbreng.gecontroleerd_op = Inbreng.Status.VRIJ, nu
    inbreng.save(update_fields=["status", "gecontroleerd_op"])
    Partij.objects.filter(pk=inbreng.partij_id).update(teruggeroepen_op=None, terugroepreden="")
    apart = quarantaine(gebied_id)
    if aantal := _ligt(inbreng, apart):
        _boek(Mutatiesoort.VERPLAATSING, inbreng, aantal, door=door, nu=nu, van=apart, naar=schap(gebied_id))
    wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return inbreng


@transaction.atomic
def inbreng_afkeuren(
    *, inbreng_id: UUID, reden: str, door: Gebruiker | None, nu: datetime, aantal: int | None = None
) -> Inbreng:
    """Throw away what lies in the Sjop of this: all of it, or so many pieces. The ledger keeps the reason.

    Raises Ongeldig, AlNagekeken when nothing of it lies there any more, NietGevonden.
    """
    inbreng = _vergrendeld(inbreng_id)
    gebied_id = gebied_van(inbreng.categorie)
    ligt = {plek: n for plek in (schap(gebied_id), quarantaine(gebied_id)) if (n := _ligt(inbreng, plek))}
    if not ligt:
        raise AlNagekeken
    totaal = sum(ligt.values())
    weg = totaal if aantal is None else aantal
    fouten = []
    if reden not in Afkeurreden.values:
        fouten.append(("reden", "onbekendeKeuze", _("Kies waarom het is afgekeurd.")))
    if not 1 <= weg <= totaal:
        fouten.append(("aantal", "teHoog", _("Er liggen er %(aantal)s.") % {"aantal": totaal}))
    if fouten:
        raise Ongeldig(fouten)
    toezeggingen_intrekken(Q(inbreng=inbreng), nu=nu)
    if weg == totaal:
        # What is on loan comes back later, and is judged then.
        uit = inbreng.bruiklenen.filter(status="uitgeleend").exists()
        if not uit:
            inbreng.status, inbreng.afkeurreden = Inbreng.Status.AFGEKEURD, reden
            inbreng.save(update_fields=["status", "afkeurreden"])
    for plek, n in ligt.items():
        deel = min(n, weg)
        if deel:
            _boek(Mutatiesoort.AFKEUR, inbreng, deel, door=door, nu=nu, van=plek, reden=reden)
            weg -= deel
    wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return inbreng


@transaction.atomic
def inbreng_terugdraaien(*, inbreng_id: UUID, door: Gebruiker | None, nu: datetime) -> Inbreng:
    """It was written down by mistake: the line of its coming in is reversed, and the label is void.

    Raises NietGevonden, AlNagekeken when it was checked, moved or handed out since.
    """
    inbreng = _vergrendeld(inbreng_id)
    gebied_id = gebied_van(inbreng.categorie)
    regels = list(Mutatie.objects.filter(partij=inbreng.partij_id))
    if len(regels) != 1:
        raise AlNagekeken
    toezeggingen_intrekken(Q(inbreng=inbreng), nu=nu)
    mutatie_terugdraaien(mutatie=regels[0], door=door, reden=_("Vergissing"), nu=nu, via_sjop=True)
    inbreng.status, inbreng.afkeurreden = Inbreng.Status.AFGEKEURD, Afkeurreden.ANDERS
    inbreng.save(update_fields=["status", "afkeurreden"])
    wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    return inbreng


@transaction.atomic
def donors_vergeten(*, gebied: Gebied, nu: datetime) -> int:
    """The names of givers are erased after a month; says how many."""
    grens = nu - timedelta(days=DONOR_DAGEN)
    oud = Inbreng.objects.filter(categorie__artikel__gebied=gebied, ingebracht_op__lt=grens).exclude(donor="")
    return oud.update(donor="")


def _vergrendeld(inbreng_id: UUID) -> Inbreng:
    """The piece, with the Sjop's lock and its own. Raises NietGevonden."""
    rij = Inbreng.objects.select_related("categorie__artikel").filter(pk=inbreng_id).first()
    if rij is None:
        raise NietGevonden
    sjop_vergrendelen(gebied_van(rij.categorie))
    return vergrendel_stukken([inbreng_id])[0]


def _ligt(inbreng: Inbreng, plek: Locatie) -> int:
    stand = Stand.objects.filter(partij=inbreng.partij_id, locatie=plek).first()
    return stand.aantal if stand else 0


def _boek(soort: str, inbreng: Inbreng, aantal: int, *, door: Gebruiker | None, nu: datetime, **waar: Any) -> Mutatie:
    return mutatie_boeken(
        soort=soort, artikel=inbreng.categorie.artikel, partij=inbreng.partij, aantal=aantal, door=door, nu=nu,
        via_sjop=True, **waar,
    )  # fmt: skip
