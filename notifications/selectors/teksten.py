"""The texts of a Gebied: its own where it has them, else those that come with the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notifications.models import Tekstversie
from notifications.sjablonen import Sjabloon, Sleutel, standaardteksten


def eigen_teksten() -> dict[UUID, dict[Sleutel, Sjabloon]]:
    """The newest own texts of every Gebied; one query."""
    gevonden: dict[UUID, dict[Sleutel, Sjabloon]] = {}
    for rij in Tekstversie.objects.order_by("gebied_id", "soort", "kanaal", "taal", "nummer"):
        teksten = gevonden.setdefault(rij.gebied_id, {})
        teksten[rij.soort, rij.kanaal, rij.taal] = Sjabloon(rij.onderwerp, rij.tekst, rij.nagekeken_op is not None)
    return gevonden


@dataclass(frozen=True)
class Tekst:
    """A text as it counts now. `versie` 0: it comes with the product."""

    soort: str
    kanaal: str
    taal: str
    onderwerp: str
    tekst: str
    versie: int
    nagekeken: bool
    gewijzigd_op: datetime | None = None


def teksten_van(
    gebied_id: UUID, *, soort: str | None = None, kanaal: str | None = None, taal: str | None = None
) -> list[Tekst]:
    """Every text of this Gebied, by kind, channel and language; one query."""
    gevonden = {
        sleutel: Tekst(*sleutel, s.onderwerp, s.tekst, 0, s.nagekeken) for sleutel, s in standaardteksten().items()
    }
    for rij in Tekstversie.objects.filter(gebied_id=gebied_id).order_by("nummer"):
        gevonden[rij.soort, rij.kanaal, rij.taal] = Tekst(
            rij.soort,
            rij.kanaal,
            rij.taal,
            rij.onderwerp,
            rij.tekst,
            rij.nummer,
            rij.nagekeken_op is not None,
            rij.gemaakt_op,
        )
    gevraagd = (soort, kanaal, taal)
    return [
        tekst
        for sleutel, tekst in sorted(gevonden.items())
        if all(wens is None or wens == deel for wens, deel in zip(gevraagd, sleutel, strict=True))
    ]


def nieuwste_versie(gebied_id: UUID, soort: str, kanaal: str, taal: str) -> Tekstversie | None:
    """The own text that counts now, or None."""
    versies = Tekstversie.objects.filter(gebied_id=gebied_id, soort=soort, kanaal=kanaal, taal=taal)
    return versies.order_by("-nummer").first()
