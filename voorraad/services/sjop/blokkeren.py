"""The block-list: the one place that says what is not taken in and not handed out, and the editing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ooievaar.platform import clock
from ooievaar.platform.errors import Ongeldig
from voorraad.fouten import BestaatAl
from voorraad.models import (
    Artikel,
    Artikelsoort,
    Blokkade,
    Inbreng,
    Mutatiesoort,
    Sjopaanvraag,
    Sjopcategorie,
    Stand,
    Terugroepactie,
    Voorwaarde,
)
from voorraad.services.boeken import mutatie_boeken
from voorraad.services.dozen import reserveringen_vrijgeven
from voorraad.services.sjop.basis import gebied_van, quarantaine, schap, sjop_vergrendelen, vergrendel_stukken
from voorraad.sjopfouten import OpBlokkeerlijst
from voorraad.sjopregels import Regel, Stuk, Terugroep, Weigering, sleutel, weigering

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

Lijst = tuple[list[Regel], list[Terugroep]]


def blokkeerlijst(gebied_id: UUID) -> Lijst:
    """The block-list and the recalls of this Gebied, as the rules take them; two queries."""
    regels = Blokkade.objects.filter(gebied_id=gebied_id, actief=True)
    acties = Terugroepactie.objects.filter(gebied_id=gebied_id, ingetrokken_op__isnull=True)
    return (
        [Regel(b.naam, b.uitleg, b.voorwaarde, b.categorie_id, tuple(b.woorden)) for b in regels],
        [Terugroep(a.merk_sleutel, a.model_sleutel, a.uitleg) for a in acties],
    )


def keur(inbreng: Inbreng, lijst: Lijst, dag: date) -> Weigering | None:
    """What refuses this piece on this day, if anything does."""
    stuk = Stuk(
        categorie=inbreng.categorie_id,
        naam=inbreng.categorie.artikel.naam,
        merk=inbreng.merk,
        model=inbreng.model,
        omschrijving=inbreng.omschrijving,
        nieuw=inbreng.nieuw,
        ongeopend=inbreng.ongeopend,
        houdbaar_tot=inbreng.houdbaar_tot,
    )
    return weigering(stuk, *lijst, dag)


def moet_mogen(inbrengen: Iterable[Inbreng], *, gebied_id: UUID, dag: date) -> None:
    """Every way in and every way out asks this. Raises OpBlokkeerlijst."""
    lijst = blokkeerlijst(gebied_id)
    for inbreng in inbrengen:
        if gevonden := keur(inbreng, lijst, dag):
            raise OpBlokkeerlijst(gevonden)


def artikel_moet_mogen(artikel: Artikel) -> None:
    """An article that goes by the ledger's own routes and has a blocked name stays blocked. Raises OpBlokkeerlijst."""
    if artikel.soort != Artikelsoort.SJOP or artikel.geblokkeerd:
        return
    categorie = Sjopcategorie.objects.filter(artikel=artikel).first()
    regels, _acties = blokkeerlijst(artikel.gebied_id)
    if gevonden := _artikelweigering(artikel, categorie, regels):
        raise OpBlokkeerlijst(Weigering(gevonden.naam, gevonden.uitleg))


def _artikelweigering(artikel: Artikel, categorie: Sjopcategorie | None, regels: Sequence[Regel]) -> Regel | None:
    tekst = sleutel(artikel.naam + artikel.code)
    for regel in regels:
        geldt = categorie is None or regel.voorwaarde == Voorwaarde.ALTIJD
        van_soort = categorie is not None and regel.categorie == categorie.pk
        if geldt and (van_soort or any(woord in tekst for woord in regel.woorden)):
            return regel
    return None


@transaction.atomic
def blokkade_bewaren(
    *,
    gebied_id: UUID,
    blokkade: Blokkade | None = None,
    naam: str,
    uitleg: str,
    voorwaarde: str,
    categorie: Sjopcategorie | None,
    woorden: Sequence[str],
    actief: bool,
    door: Gebruiker | None,
    nu: datetime,
) -> Blokkade:
    """Add a line to the block-list, or change one. What lies in the Sjop and is on the list now is set apart at once.

    What a line that goes had set apart stays apart until somebody checks it. Raises Ongeldig, BestaatAl.
    """
    sjop_vergrendelen(gebied_id)
    sleutels = sorted({s for woord in woorden if (s := sleutel(woord))})
    fouten = []
    if categorie is None and not sleutels:
        fouten.append(("woorden", "verplicht", _("Kies een soort spullen, of vul woorden in.")))
    if any(len(s) < 3 for s in sleutels):
        fouten.append(("woorden", "teKort", _("Neem woorden van ten minste 3 letters.")))
    if voorwaarde not in Voorwaarde.values:
        fouten.append(("voorwaarde", "onbekendeKeuze", _("Kies wanneer dit geldt.")))
    if fouten:
        raise Ongeldig(fouten)
    rij = blokkade or Blokkade(gebied_id=gebied_id)
    rij.naam, rij.uitleg, rij.voorwaarde = naam, uitleg, voorwaarde
    rij.categorie, rij.woorden, rij.actief = categorie, sleutels, actief
    # Articles first: the guard of an article looks at the list as it is.
    _artikelen_bijwerken(gebied_id, rij)
    try:
        with transaction.atomic():
            rij.save()
    except IntegrityError:
        raise BestaatAl from None
    _artikelen_vrijgeven(gebied_id)
    bestaande_apart_zetten(gebied_id=gebied_id, door=door, nu=nu)
    rij.refresh_from_db()
    return rij


def _artikelen_bijwerken(gebied_id: UUID, blokkade: Blokkade) -> None:
    """Block the articles that this line is about: the ledger's own routes obey that."""
    if not blokkade.actief:
        return
    regel = [Regel(blokkade.naam, blokkade.uitleg, blokkade.voorwaarde, blokkade.categorie_id, tuple(blokkade.woorden))]
    for artikel, categorie in _artikelen(gebied_id):
        if not artikel.geblokkeerd and _artikelweigering(artikel, categorie, regel):
            Artikel.objects.filter(pk=artikel.pk).update(geblokkeerd=True)


def _artikelen_vrijgeven(gebied_id: UUID) -> None:
    """A kind of goods that no line blocks for good any more may come in again; its pieces are judged one by one."""
    regels, _acties = blokkeerlijst(gebied_id)
    for artikel, categorie in _artikelen(gebied_id):
        if categorie and artikel.geblokkeerd and not _artikelweigering(artikel, categorie, regels):
            Artikel.objects.filter(pk=artikel.pk).update(geblokkeerd=False)


def _artikelen(gebied_id: UUID) -> list[tuple[Artikel, Sjopcategorie | None]]:
    artikelen = Artikel.objects.filter(gebied_id=gebied_id, soort=Artikelsoort.SJOP).select_related("sjopcategorie")
    return [(artikel, getattr(artikel, "sjopcategorie", None)) for artikel in artikelen.order_by("pk")]


def bestaande_apart_zetten(*, gebied_id: UUID, door: Gebruiker | None, nu: datetime) -> list[UUID]:
    """Set apart every piece in the Sjop that is on the list now; the ids of what was. The caller has the Sjop's lock.

    Also what is on loan: when it comes back it does not go out again.
    """
    lijst = blokkeerlijst(gebied_id)
    dag = clock.dag_van(nu)
    levend = Inbreng.objects.filter(
        categorie__artikel__gebied_id=gebied_id, status__in=[Inbreng.Status.VRIJ, Inbreng.Status.QUARANTAINE]
    ).select_related("categorie__artikel")
    raak = [inbreng.pk for inbreng in levend.iterator(chunk_size=2000) if keur(inbreng, lijst, dag)]
    apart_zetten(vergrendel_stukken(raak), door=door, nu=nu)
    return raak


def apart_zetten(stukken: Sequence[Inbreng], *, door: Gebruiker | None, nu: datetime) -> None:
    """These (locked) pieces may not go: promises are taken back, and what is on the shelf leaves it."""
    if not stukken:
        return
    ids = [stuk.pk for stuk in stukken]
    toezeggingen_intrekken(Q(inbreng__in=ids), nu=nu)
    Inbreng.objects.filter(pk__in=ids).update(status=Inbreng.Status.GEBLOKKEERD)
    plek = schap(gebied_van(stukken[0].categorie))
    op_schap = dict(
        Stand.objects.filter(locatie=plek, partij__in=[s.partij_id for s in stukken], aantal__gt=0).values_list(
            "partij_id", "aantal"
        )
    )
    for stuk in stukken:
        if aantal := op_schap.get(stuk.partij_id):
            mutatie_boeken(
                soort=Mutatiesoort.VERPLAATSING, artikel=stuk.categorie.artikel, partij=stuk.partij, van=plek,
                naar=quarantaine(plek.gebied_id), aantal=aantal, reden="blokkeerlijst", door=door, nu=nu, via_sjop=True,
            )  # fmt: skip


def toezeggingen_intrekken(welke: Q, *, nu: datetime) -> None:
    """What is promised of these is promised no longer; the requests wait again, at their own place in the row."""
    beloofd = Sjopaanvraag.objects.filter(welke, status=Sjopaanvraag.Status.TOEGEZEGD).order_by("pk")
    for aanvraag in beloofd.select_for_update(of=("self",), no_key=True):
        reserveringen_vrijgeven(aanleiding=aanvraag.aanleiding, nu=nu)
        aanvraag.status, aanvraag.inbreng, aanvraag.toegezegd_op = Sjopaanvraag.Status.WACHT, None, None
        aanvraag.save(update_fields=["status", "inbreng", "toegezegd_op"])
