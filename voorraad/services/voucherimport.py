"""A file of voucher codes from the swimming pool: what is right comes in, and every other row is named."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig
from voorraad import vouchercode
from voorraad.models import Oordeel, Voucher, Vouchermelding
from voorraad.services.vouchers import GEGEVEN, geef, nieuw, sporen

MAXIMUM_REGELS = 20_000
_DATUMVORMEN = ("%Y-%m-%d", "%d-%m-%Y")


@dataclass(frozen=True)
class Regelfout:
    """One row that did not come in; the header is row 1. The code itself is not repeated: it is money."""

    regel: int
    veld: str
    reden: str
    tekst: str


@dataclass
class Importuitslag:
    """What became of the file: rows (without the header), codes that came in, doubles among the faults."""

    regels: int = 0
    ingelezen: int = 0
    dubbel: int = 0
    fouten: list[Regelfout] = field(default_factory=list)

    def fout(self, regel: int, veld: str, reden: str, tekst: str) -> None:
        self.fouten.append(Regelfout(regel, veld, reden, tekst))
        self.dubbel += reden.startswith("dubbel")


@transaction.atomic
def vouchers_inlezen(*, gebied_id: UUID, inhoud: bytes, serie: str, met_controle: bool, nu: datetime) -> Importuitslag:
    """Bring in a CSV with a column `code` and perhaps `geldigTot`; `;` or `,`, UTF-8 or cp1252.

    Doubles in the file and codes that we have are reported by row and the rest comes in. `met_controle`: a code whose
    check character is wrong is refused too. A code that somebody wrote down before it was known is tied to its child
    at once. Raises Ongeldig (`bestand`) for a file that can not be read, or has no such column.
    """
    uitslag = Importuitslag()
    kandidaten: dict[str, tuple[int, Voucher]] = {}
    for nummer, rij in _rijen(inhoud):
        uitslag.regels += 1
        code = (rij.get("code") or "").strip()
        geldig_tot, goed = _datum((rij.get("geldigtot") or "").strip())
        kaal = vouchercode.normaliseer(code)
        if not vouchercode.KORTSTE <= len(kaal) <= vouchercode.LANGSTE:
            uitslag.fout(nummer, "code", "ongeldig", _("De code ontbreekt, of is te kort of te lang."))
        elif met_controle and not vouchercode.klopt(code):
            uitslag.fout(nummer, "code", "controleteken", _("Het laatste teken van de code klopt niet."))
        elif not goed:
            uitslag.fout(nummer, "geldigTot", "ongeldig", _("Schrijf de datum als dd-mm-jjjj of jjjj-mm-dd."))
        elif geldig_tot and geldig_tot < nu.date():
            uitslag.fout(nummer, "geldigTot", "voorbij", _("Deze voucher is niet meer geldig."))
        elif eerder := kandidaten.get(sporen(code)[0]):
            tekst = _("Deze code staat ook op regel %(regel)s.") % {"regel": eerder[0]}
            uitslag.fout(nummer, "code", "dubbelInBestand", tekst)
        else:
            voucher = nieuw(gebied_id, code, geldig_tot, serie, nu)
            kandidaten[voucher.hash] = nummer, voucher
    _bewaar(gebied_id, kandidaten, uitslag, nu)
    uitslag.fouten.sort(key=lambda fout: fout.regel)
    return uitslag


def _bewaar(gebied_id: UUID, kandidaten: dict[str, tuple[int, Voucher]], uitslag: Importuitslag, nu: datetime) -> None:
    """Save what is new; the database decides what is double, also when two people bring in the same file at once."""
    Voucher.objects.bulk_create([v for _nummer, v in kandidaten.values()], ignore_conflicts=True, batch_size=2000)
    nieuwe = Voucher.objects.filter(gebied=gebied_id, hash__in=list(kandidaten)).in_bulk()
    for nummer, voucher in kandidaten.values():
        if voucher.pk in nieuwe:
            uitslag.ingelezen += 1
        else:
            uitslag.fout(nummer, "code", "dubbelBekend", _("Deze code hebben we al."))
    _geef_wat_wachtte(gebied_id, {v.hash: v for v in nieuwe.values()}, nu)


def _geef_wat_wachtte(gebied_id: UUID, nieuwe: dict[str, Voucher], nu: datetime) -> None:
    """Codes that were written down as unknown before: give them to their child, and that work is done."""
    wachtend = Vouchermelding.objects.filter(
        gebied=gebied_id, hash__in=list(nieuwe), oordeel=Oordeel.ONBEKEND, afgehandeld_op__isnull=True
    ).select_for_update(no_key=True)
    gegeven: set[str] = set()
    klaar = []
    heeft_al = (
        set(
            Voucher.objects.filter(gebied=gebied_id, status="uitgegeven")
            .exclude(aanleiding="")
            .values_list("aanleiding", "onderdeel")
        )
        if wachtend
        else set()
    )
    for melding in wachtend.order_by("gemeld_op", "pk"):
        deel = melding.aanleiding, melding.onderdeel
        voucher = nieuwe[melding.hash]
        if voucher.hash in gegeven or deel in heeft_al or voucher.status != "vrij":
            continue
        geef(voucher, *deel, melding.gemeld_op)
        gegeven.add(voucher.hash)
        heeft_al.add(deel)
        melding.afgehandeld_op, melding.opmerking = nu, _("De code kwam later binnen en hoort nu bij het kind.")
        klaar.append(melding)
    if klaar:
        Voucher.objects.bulk_update([nieuwe[hash_] for hash_ in gegeven], GEGEVEN)
        Vouchermelding.objects.bulk_update(klaar, ["afgehandeld_op", "opmerking"])


def _rijen(inhoud: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows as (row number, values by column in small letters). Raises Ongeldig."""
    tekst = _tekst(inhoud)
    kop = tekst.split("\n", 1)[0]
    lezer = csv.reader(io.StringIO(tekst), delimiter=";" if kop.count(";") >= kop.count(",") else ",")
    try:
        regels = [(nummer, regel) for nummer, regel in enumerate(lezer, start=1) if any(cel.strip() for cel in regel)]
    except csv.Error:
        raise _geen_bestand() from None
    if not regels:
        raise _geen_bestand()
    namen = [cel.strip().lower().replace("_", "") for cel in regels[0][1]]
    if "code" not in namen:
        raise Ongeldig([("bestand", "kolomOntbreekt", _("In de eerste regel staat geen kolom met de naam code."))])
    if len(regels) - 1 > MAXIMUM_REGELS:
        reden = _("Lees ten hoogste %(maximum)s codes in één keer in.") % {"maximum": MAXIMUM_REGELS}
        raise Ongeldig([("bestand", "teVeelRegels", reden)])
    return [(nummer, dict(zip(namen, regel, strict=False))) for nummer, regel in regels[1:]]


def _tekst(inhoud: bytes) -> str:
    if b"\x00" in inhoud:
        raise _geen_bestand()
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", errors="replace")


def _geen_bestand() -> Ongeldig:
    return Ongeldig([("bestand", "onleesbaar", _("Dit is geen CSV-bestand dat we kunnen lezen."))])


def _datum(tekst: str) -> tuple[date | None, bool]:
    """The date, and whether it could be read; nothing written is no date and fine."""
    if not tekst:
        return None, True
    for vorm in _DATUMVORMEN:
        try:
            return datetime.strptime(tekst, vorm).date(), True  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None, False
