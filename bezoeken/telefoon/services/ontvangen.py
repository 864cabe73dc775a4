"""A batch of Handelingen from a phone: a verdict on each, in the order sent (api.md, "The phone"; docs/adr/0008).

One transaction for the batch, so that it is answered after commit, and a savepoint for each Handeling, so that one that
fails undoes no other. Visits logged one after another (a day without signal) are written together, under one savepoint;
should that fail, they go one by one. Batches of one user run one after the other: a second copy of a batch finds what
the first did. What a batch needs is read and locked at its start, in the documented order (families, then visits, each
by id).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import OperationalError, connection, transaction

from bezoeken.kraambezoek.fouten import Afgesloten, AlAfgerond, Bezocht
from bezoeken.kraambezoek.services.afronden import Log, bezoeken_afronden
from bezoeken.models import Bezoek, Handeling
from bezoeken.telefoon.fouten import AndereHandeling, NietVerwerkt, Wachtreden, uitleg, veldfouten
from bezoeken.telefoon.oordeel import Ontvangen, Oordeel, Status
from bezoeken.telefoon.selectors import bekend_met
from bezoeken.telefoon.services.uitvoeren import ALLEEN_VAN_HAAR, MET_DE_HAND, NU_OF_NOOIT, Opdracht, Soort, voer_uit
from ooievaar.platform.errors import Fout, NietGevonden, Ongeldig
from ooievaar.platform.hashing import is_keyed_hash_of, keyed_hash
from ooievaar.services.gezinnen import gezinnen_vergrendelen

if TYPE_CHECKING:
    from ooievaar.models import Gebruiker

logger = logging.getLogger(__name__)
# Clocks of phones that are set right still differ a little from ours.
KLOKSPELING = timedelta(seconds=30)
_DOEL = "handeling"
# A log of what happened is never refused for what became of the visit meanwhile.
_VASTGELEGD = frozenset({Soort.POGING, Soort.AFRONDING, Soort.WEIGERING, Soort.SJOPAANVRAAG})
_STOPT = frozenset({Soort.WEIGERING, Soort.OVERLIJDEN})
# These may be about no visit at all.
_OVER_NIETS = frozenset({Soort.SJOPAANVRAAG, Soort.DOORVERWIJZING})


@transaction.atomic
def handelingen_ontvangen(*, handelingen: Sequence[Ontvangen], door: Gebruiker, nu: datetime) -> list[Oordeel]:
    """Do what can be done, park what a person must look at, refuse the rest; one verdict for each, in order."""
    return _Lading(door, nu).verwerk(handelingen)


class _Lading:
    """One batch of one user while it is worked through."""

    def __init__(self, door: Gebruiker, nu: datetime) -> None:
        self.door = door
        self.nu = nu
        self.moeder_id = door.bevoegdheid.ooievaarsmoeder_id
        self.eerder: dict[UUID, Handeling] = {}
        self.nieuw: list[Handeling] = []
        self.bezoeken: dict[UUID, Bezoek] = {}

    def verwerk(self, handelingen: Sequence[Ontvangen]) -> list[Oordeel]:
        _een_tegelijk(self.door)
        bekende = Handeling.objects.filter(gebruiker=self.door, handeling__in={h.id for h in handelingen})
        self.eerder = {rij.handeling: rij for rij in bekende}
        self._laad([h for h in handelingen if h.id not in self.eerder and not h.fout])
        oordelen: list[Oordeel] = []
        for zijn_afrondingen, groep in groupby(handelingen, lambda h: h.soort == Soort.AFRONDING):
            reeks = list(groep)
            oordelen += self._afrondingen(reeks) if zijn_afrondingen else [self._beoordeel(h) for h in reeks]
        Handeling.objects.bulk_create(self.nieuw)
        return oordelen

    def _laad(self, handelingen: Sequence[Ontvangen]) -> None:
        """Lock every visit that the batch may touch, and its family."""
        self.bekend = bekend_met(
            self.door,
            bezoek_ids={h.bezoek_id for h in handelingen if h.bezoek_id},
            kind_ids={h.gegevens["pasgeborene"] for h in handelingen if h.soort == Soort.OVERLIJDEN},
            gezin_ids={h.gegevens["gezin"] for h in handelingen if h.soort == Soort.CAFE_AANMELDING},
        )
        gezinnen_vergrendelen(gezin_ids=self.bekend.gezin_ids)
        self._herlees(self.bekend.van_haar | self.bekend.beheert)

    def _herlees(self, bezoek_ids: frozenset[UUID] | set[UUID]) -> None:
        rijen = Bezoek.objects.select_for_update(of=("self",)).select_related("ooievaarsmoeder")
        self.bezoeken |= {bezoek.pk: bezoek for bezoek in rijen.filter(pk__in=bezoek_ids).order_by("pk")}

    def _beoordeel(self, h: Ontvangen) -> Oordeel:
        vooraf = self._vooraf(h)
        return vooraf if isinstance(vooraf, Oordeel) else self._doe(h, vooraf)

    def _afrondingen(self, reeks: list[Ontvangen]) -> list[Oordeel]:
        """Visits logged one after another: judged and written together (`bezoeken_afronden`)."""
        if len({h.id for h in reeks}) < len(reeks):  # the second of an id is judged by the first
            return [self._beoordeel(h) for h in reeks]
        vooraf = [self._vooraf(h) for h in reeks]
        te_doen = [(h, b) for h, b in zip(reeks, vooraf, strict=True) if not isinstance(b, Oordeel)]
        try:
            with transaction.atomic():
                uitkomsten = bezoeken_afronden(
                    logs=[Log(bezoek, h.gegevens, self.door, self._als_moeder(bezoek)) for h, bezoek in te_doen],
                    nu=max([self._nu(h) for h, _bezoek in te_doen], default=self.nu),
                )
        except OperationalError:
            raise
        except Exception as fout:
            logger.error("handelingen together failed: %s", type(fout).__name__, exc_info=True)
            self._herlees({bezoek.pk for _h, bezoek in te_doen})
            gedaan = iter([self._doe(h, self.bezoeken[bezoek.pk]) for h, bezoek in te_doen])
        else:
            gedaan = iter([self._uitkomst(h, b, u) for (h, b), u in zip(te_doen, uitkomsten, strict=True)])
        return [oordeel if isinstance(oordeel, Oordeel) else next(gedaan) for oordeel in vooraf]

    def _uitkomst(self, h: Ontvangen, bezoek: Bezoek, uitkomst: bool | Fout) -> Oordeel:
        if isinstance(uitkomst, Fout):
            return self._niet_gedaan(h, bezoek, uitkomst)
        self._noteer(h, bezoek, status=Handeling.Status.TOEGEPAST)
        return Oordeel(Status.TOEGEPAST if uitkomst else Status.AL_TOEGEPAST)

    def _vooraf(self, h: Ontvangen) -> Oordeel | Bezoek:
        """The verdict, where there is one without doing anything; else the visit with which it is to be done."""
        if (eerder := self.eerder.get(h.id)) is not None:
            return _nog_eens(eerder, h)
        if h.fout:
            return Oordeel(Status.GEWEIGERD, Ongeldig.code, h.fout)
        over_een_bezoek = h.bezoek_id is not None or h.soort not in _OVER_NIETS
        bezoek = self._bezoek_van(h) if over_een_bezoek else None
        if over_een_bezoek and bezoek is None:
            return _weiger(NietGevonden())
        if h.soort in MET_DE_HAND or bezoek is None:
            return self._parkeer(h, bezoek, Wachtreden.MET_DE_HAND)
        assert h.moment is not None
        if h.moment > self.nu + KLOKSPELING and not h.is_stop and h.soort not in NU_OF_NOOIT:
            return self._parkeer(h, bezoek, Wachtreden.KLOK)
        if h.soort in ALLEEN_VAN_HAAR and not self._mag_nu(bezoek):
            return self._parkeer(h, bezoek, Wachtreden.OVERGEDRAGEN)
        return bezoek

    def _bezoek_van(self, h: Ontvangen) -> Bezoek | None:
        """The visit it is about, if she may log about it: of a child or a family any visit that she knows."""
        match h.soort:
            case Soort.OVERLIJDEN:
                kandidaten = self.bekend.van_kind.get(h.gegevens["pasgeborene"], [])
            case Soort.CAFE_AANMELDING:
                kandidaten = [pk for pk, b in self.bezoeken.items() if b.gezin_id == h.gegevens["gezin"]]
                # Of several the one that she has today: of one she only had she may not begin anything new.
                kandidaten.sort(key=lambda pk: not self._mag_nu(self.bezoeken[pk]))
            case _:
                kandidaten = [h.bezoek_id] if h.bezoek_id else []
        return next((self.bezoeken[pk] for pk in kandidaten if pk in self.bezoeken), None)

    def _mag_nu(self, bezoek: Bezoek) -> bool:
        """Whether the visit is hers today, or in her wijken: not for who lost it, or left the programme."""
        if bezoek.pk in self.bekend.beheert:
            return True
        houder = bezoek.ooievaarsmoeder
        return houder is not None and houder.pk == self.moeder_id and houder.actief

    def _als_moeder(self, bezoek: Bezoek | None) -> UUID | None:
        """She as the volunteer of this visit, now or before; None for a coordinator who logs about another's."""
        return self.moeder_id if bezoek is None or bezoek.pk in self.bekend.van_haar else None

    def _doe(self, h: Ontvangen, bezoek: Bezoek) -> Oordeel:
        assert h.moment is not None
        opdracht = Opdracht(h.soort, bezoek, h.gegevens, self.door, self._als_moeder(bezoek), h.moment)
        try:
            with transaction.atomic():
                gedaan = voer_uit(opdracht, nu=self._nu(h))
        except OperationalError:
            raise  # a deadlock or a lost connection: the whole batch is tried again
        except Fout as fout:
            return self._niet_gedaan(h, bezoek, fout)
        except Exception as fout:
            logger.error("handeling of soort %s failed: %s", h.soort, type(fout).__name__, exc_info=True)
            return self._parkeer(h, bezoek, Wachtreden.FOUT)
        # A stop follows the family, and whoever is linked to it: it may touch any visit of the batch.
        self._herlees(set(self.bezoeken) if h.soort in _STOPT else {bezoek.pk})
        return self._uitkomst(h, bezoek, gedaan)

    def _nu(self, h: Ontvangen) -> datetime:
        """Now; within the margin for clocks what she just did is not in the future."""
        assert h.moment is not None
        return max(self.nu, min(h.moment, self.nu + KLOKSPELING))

    def _niet_gedaan(self, h: Ontvangen, bezoek: Bezoek, fout: Fout) -> Oordeel:
        """A rule objects: a log of what happened waits for a person, a wish for later she must solve herself."""
        if isinstance(fout, Ongeldig):
            if any(code == "inToekomst" for _naam, code, _reden in fout.fouten):
                return self._parkeer(h, bezoek, Wachtreden.KLOK)
            return Oordeel(Status.GEWEIGERD, Ongeldig.code, veldfouten(fout.fouten))
        if h.soort in _VASTGELEGD and isinstance(fout, Afgesloten | Bezocht | AlAfgerond):
            return self._parkeer(h, bezoek, Wachtreden(fout.code))
        return _weiger(fout)

    def _parkeer(self, h: Ontvangen, bezoek: Bezoek | None, reden: Wachtreden) -> Oordeel:
        self._noteer(h, bezoek, status=Handeling.Status.GEPARKEERD, reden=reden.value, gegevens=h.bewaarbaar)
        return Oordeel(Status.GEPARKEERD, reden.value, uitleg(reden))

    def _noteer(self, h: Ontvangen, bezoek: Bezoek | None, **velden: object) -> None:
        assert h.moment is not None
        gebied_id = bezoek.gebied_id if bezoek is not None else _gebied_van(self.door)
        rij = Handeling(
            handeling=h.id,
            gebruiker=self.door,
            ooievaarsmoeder_id=self._als_moeder(bezoek),
            gebied_id=gebied_id,
            bezoek=bezoek,
            soort=h.soort,
            moment=h.moment,
            ontvangen_op=self.nu,
            inhoud_hash=keyed_hash(_DOEL, h.inhoud),
            **velden,
        )
        self.nieuw.append(rij)
        self.eerder[h.id] = rij


def _een_tegelijk(door: Gebruiker) -> None:
    """Wait until no other batch of this user runs; until the end of the transaction no other one starts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"synchronisatie {door.pk}"])


def _gebied_van(door: Gebruiker) -> UUID:
    """Where somebody works, for what is about no visit."""
    return next(b.gebied_id for b in door.bevoegdheid.bereiken if b.rol in ("ooievaarsmoeder", "coordinator"))


def _nog_eens(eerder: Handeling, h: Ontvangen) -> Oordeel:
    """The verdict on an id that came before: never done again; the same content hears how it stands now."""
    if not is_keyed_hash_of(_DOEL, h.inhoud, eerder.inhoud_hash):
        return _weiger(AndereHandeling())
    match eerder.status:
        case Handeling.Status.GEPARKEERD:
            return Oordeel(Status.GEPARKEERD, eerder.reden, uitleg(eerder.reden))
        case Handeling.Status.VERWORPEN:
            return _weiger(NietVerwerkt())
        case _:
            return Oordeel(Status.AL_TOEGEPAST)


def _weiger(fout: Fout) -> Oordeel:
    return Oordeel(Status.GEWEIGERD, fout.code, str(fout.detail))
