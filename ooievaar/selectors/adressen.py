"""Where an address lies: its wijk by CBS code, or by postcode and house number in CBS's table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ooievaar.models import Gebied, Postcode, Wijk
from ooievaar.sleutels import naamsleutel

_CBS_CODE = re.compile(r"WK\d{6}")


@dataclass(frozen=True)
class Wijkplek:
    """A wijk of the Gebied, as a decision needs it."""

    id: UUID
    code: str
    start_op: date


@dataclass(frozen=True)
class Ligging:
    """Where an address lies: in a wijk of the Gebied, outside it, or (neither) not known."""

    wijk: Wijkplek | None = None
    buiten: bool = False


@dataclass
class Wijkwijzer:
    """Knows the wijken of one Gebied, and the lines of the postcode table it was asked to load."""

    wijken: dict[str, Wijkplek]
    namen: dict[str, Wijkplek]
    postcodes: dict[tuple[str, int], str] = field(default_factory=dict)
    geladen: set[tuple[str, int]] = field(default_factory=set)

    def laad(self, plekken: Iterable[tuple[str, int]]) -> None:
        """Read what CBS says of these (postcode, house number) pairs; one query for all that are new."""
        nieuw = set(plekken) - self.geladen
        if not nieuw:
            return
        self.geladen |= nieuw
        rijen = Postcode.objects.filter(
            pc6__in={pc6 for pc6, _nummer in nieuw}, huisnummer__in={nummer for _pc6, nummer in nieuw}
        ).values_list("pc6", "huisnummer", "wijk_code")
        self.postcodes.update({(pc6, nummer): code for pc6, nummer, code in rijen})

    def ligging(self, plek: tuple[str, int] | None, wijk_code: str = "") -> Ligging:
        """The wijk that the source gave wins; otherwise postcode and house number decide (api.md, Births)."""
        if wijk_code:
            gevonden = self.wijken.get(wijk_code.upper()) or self.namen.get(naamsleutel(wijk_code))
            if gevonden or _CBS_CODE.fullmatch(wijk_code.upper()):
                return Ligging(wijk=gevonden, buiten=gevonden is None)
        code = self.postcodes.get(plek) if plek else None
        if code is None:
            return Ligging()
        wijk = self.wijken.get(code)
        return Ligging(wijk=wijk, buiten=wijk is None)


def wijkwijzer(gebied: Gebied) -> Wijkwijzer:
    """The guide for one Gebied; one query, and one more for each `laad`."""
    wijken: dict[str, Wijkplek] = {}
    namen: dict[str, Wijkplek] = {}
    for id_, code, naam, start_op in Wijk.objects.filter(gebied=gebied).values_list("id", "code", "naam", "start_op"):
        wijken[code] = namen[naamsleutel(naam)] = Wijkplek(id_, code, start_op)
    return Wijkwijzer(wijken, namen)


def wijk_van_adres(*, gebied: Gebied, postcode: str, huisnummer: int | None, wijk_code: str = "") -> Ligging:
    """Where one address lies (two queries). `postcode` without space, in capitals."""
    wijzer = wijkwijzer(gebied)
    plek = (postcode, huisnummer) if postcode and huisnummer is not None else None
    wijzer.laad([plek] if plek else [])
    return wijzer.ligging(plek, wijk_code)


def gebied_van_wijk(code: str, *, uit: Iterable[UUID]) -> Gebied | None:
    """The one of these areas that has this wijk."""
    return Gebied.objects.filter(pk__in=list(uit), wijken__code=code).first()


def gebied_met_code(code: str | None) -> Gebied | None:
    """The area with this code; without a code the only one there is. None when that leaves a choice."""
    gebieden = list(Gebied.objects.filter(code=code) if code else Gebied.objects.all()[:2])
    return gebieden[0] if len(gebieden) == 1 else None
