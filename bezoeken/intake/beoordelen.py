"""What becomes of a notice: pure. Source: domain.md, rules 1, 2, 4 and 5, and "The window"; api.md, Births.

`beoordeel` looks at one notice and at what is known (`Kennis`), and answers with a `Verdict`. The same code judges a
single notice, a row of a file and a notice that a person accepts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from bezoeken.intake.normaliseren import Melding
from bezoeken.venster import Vensterregels, is_te_oud
from ooievaar.sleutels import Adressleutel, losse_sleutel, naamsleutel


class Reden(StrEnum):
    """Why a notice waits for a person or is refused."""

    ANDERE_INHOUD = "andereInhoud"
    MOGELIJK_DUBBEL = "mogelijkDubbel"
    MOGELIJK_BEKEND_GEZIN = "mogelijkBekendGezin"
    ZAAK_GESLOTEN = "zaakGesloten"
    TE_OUD = "teOud"
    WIJK_NOG_NIET_GESTART = "wijkNogNietGestart"
    ONBEKEND_ADRES = "onbekendAdres"
    NAAM_ONTBREEKT = "naamOntbreekt"
    ONGELDIG_TELEFOONNUMMER = "ongeldigTelefoonnummer"
    ONGELDIG_EMAILADRES = "ongeldigEmailadres"
    ONBEKENDE_TAAL = "onbekendeTaal"
    GEHEIM_ADRES = "geheimAdres"
    BUITEN_GEBIED = "buitenGebied"


class Soort(StrEnum):
    """What becomes of a notice."""

    NIEUW = "nieuw"
    MEERLING = "meerling"
    SAMENGEVOEGD = "samengevoegd"
    BEKEND = "bekend"
    TE_BEOORDELEN = "teBeoordelen"
    AFGEWEZEN = "afgewezen"


# What a person sees to before a family exists, but what does not matter for a child that is known already.
_NIET_BIJ_SAMENVOEGEN = frozenset({Reden.TE_OUD, Reden.WIJK_NOG_NIET_GESTART, Reden.ONBEKEND_ADRES})
# Children for whom there is a family but no visit: the Sjop and the café, or an inhaalbezoek that a person makes.
ZONDER_BEZOEK = frozenset({Reden.TE_OUD, Reden.WIJK_NOG_NIET_GESTART})
_RUW = {
    "telefoonnummer": Reden.ONGELDIG_TELEFOONNUMMER,
    "emailadres": Reden.ONGELDIG_EMAILADRES,
    "taal": Reden.ONBEKENDE_TAAL,
    "huisnummer": Reden.ONBEKEND_ADRES,
    "postcode": Reden.ONBEKEND_ADRES,
}


@dataclass
class BekendBezoek:
    """A visit as the decision sees it."""

    id: UUID
    geboortedatum: date
    lopend: bool
    gesloten: bool  # closed without a visit; done is neither lopend nor gesloten


@dataclass
class BekendKind:
    """A child we know: already in the database, or made earlier in the same batch."""

    id: UUID
    gezin: UUID
    naamsleutel: str
    achternaam: str
    voornaam: str
    geboortedatum: date
    adres: Adressleutel
    bronnen: set[str]
    bezoek: BekendBezoek | None = None
    gestopt: bool = False  # contactstop or silence after a death, here or in a linked family
    actief: bool = True

    @property
    def dicht(self) -> bool:
        """A closed or stopped case: a new notice never reopens it (rule 1)."""
        return self.gestopt or not self.actief or (self.bezoek is not None and self.bezoek.gesloten)


@dataclass
class BekendeMelding:
    """The notices under one (bron, kenmerk): the hash of each with its row, and the child of the first."""

    per_hash: dict[str, UUID]
    kind: UUID | None
    gezin: UUID | None


@dataclass
class Kennis:
    """All that the judgement of one batch of notices needs."""

    kinderen: dict[UUID, BekendKind] = field(default_factory=dict)
    per_plek: dict[tuple[str, int], list[BekendKind]] = field(default_factory=lambda: defaultdict(list))
    # By phone number (E.164) and by e-mail address (lower case): the two can not be mistaken for one another.
    per_contact: dict[str, list[BekendKind]] = field(default_factory=lambda: defaultdict(list))
    meldingen: dict[tuple[str, str], BekendeMelding] = field(default_factory=dict)

    def voeg_toe(self, kind: BekendKind, *contacten: str) -> None:
        if kind.id not in self.kinderen:
            self.kinderen[kind.id] = kind
            if kind.adres.plek:
                self.per_plek[kind.adres.plek].append(kind)
        for contact in contacten:
            if contact and kind not in self.per_contact[contact]:
                self.per_contact[contact].append(kind)


@dataclass(frozen=True)
class Plaats:
    """Where the address of the notice lies, and since when the programme runs there."""

    wijk: UUID | None = None
    start_op: date | None = None
    buiten: bool = False


@dataclass(frozen=True)
class Verdict:
    """What becomes of the notice. `kind`: the child it is (merged) or whose visit it joins (multiple)."""

    soort: Soort
    redenen: tuple[Reden, ...] = ()
    kind: BekendKind | None = None
    lijkt_op: UUID | None = None
    bekend: UUID | None = None
    # Families whose address must be masked from now on (rule 5).
    maskeer: frozenset[UUID] = frozenset()


def beoordeel(
    melding: Melding, kennis: Kennis, plaats: Plaats, *, regels: Vensterregels, vandaag: date, dagen: int = 2
) -> Verdict:
    """Judge one notice. `dagen`: births at most this many days apart are one birth event."""
    eerder = kennis.meldingen.get((melding.bron, melding.kenmerk))
    if eerder is not None and melding.inhoud_hash in eerder.per_hash:
        return Verdict(Soort.BEKEND, bekend=eerder.per_hash[melding.inhoud_hash])
    buren = zoek(melding, kennis, dagen)
    if melding.geheim:
        gezinnen = {kind.gezin for kind in buren.groep}
        if eerder is not None and eerder.gezin:
            gezinnen.add(eerder.gezin)
        return Verdict(Soort.AFGEWEZEN, (Reden.GEHEIM_ADRES,), maskeer=frozenset(gezinnen))
    if eerder is not None:
        return Verdict(Soort.TE_BEOORDELEN, (Reden.ANDERE_INHOUD,), lijkt_op=eerder.kind)
    if plaats.buiten:
        return Verdict(Soort.AFGEWEZEN, (Reden.BUITEN_GEBIED,))
    twijfel = eigen_redenen(melding, plaats, regels=regels, vandaag=vandaag)
    verdict = vergelijk(melding, buren)
    if verdict.soort is Soort.SAMENGEVOEGD:
        twijfel = [reden for reden in twijfel if reden not in _NIET_BIJ_SAMENVOEGEN]
    if not twijfel:
        return verdict
    lijkt_op = verdict.lijkt_op or (verdict.kind.id if verdict.kind else None)
    return Verdict(Soort.TE_BEOORDELEN, (*verdict.redenen, *twijfel), lijkt_op=lijkt_op)


def eigen_redenen(melding: Melding, plaats: Plaats, *, regels: Vensterregels, vandaag: date) -> list[Reden]:
    """Why this notice by itself must wait for a person; one reason each, in a fixed order."""
    redenen = {_RUW[veld] for veld, _tekst in melding.ruw}
    if is_te_oud(melding.geboortedatum, vandaag, regels):
        redenen.add(Reden.TE_OUD)
    if plaats.wijk is None or melding.adres.plek is None:
        redenen.add(Reden.ONBEKEND_ADRES)
    elif plaats.start_op is not None and melding.geboortedatum < plaats.start_op:
        redenen.add(Reden.WIJK_NOG_NIET_GESTART)
    if not melding.achternaam:
        redenen.add(Reden.NAAM_ONTBREEKT)
    return [reden for reden in Reden if reden in redenen]


@dataclass
class Buren:
    """Known children who may have to do with this notice."""

    groep: list[BekendKind] = field(default_factory=list)  # same household, same birth event
    bijna: list[BekendKind] = field(default_factory=list)  # nearly alike, same birth event
    familie: list[BekendKind] = field(default_factory=list)  # same household or phone, another birth event


def zoek(melding: Melding, kennis: Kennis, dagen: int) -> Buren:
    """Who at this postcode and house number, or with this phone number, looks like this notice."""
    buren = Buren()
    adres = melding.adres
    naam = naamsleutel(melding.achternaam)
    for kind in kennis.per_plek.get(adres.plek, ()) if adres.plek else ():
        zelfde_naam = bool(naam) and kind.naamsleutel == naam
        zelfde_huishouden = zelfde_naam and kind.adres == adres
        tegelijk = abs(kind.geboortedatum - melding.geboortedatum) <= timedelta(days=dagen)
        if zelfde_huishouden:
            (buren.groep if tegelijk else buren.familie).append(kind)
        elif _bijna_zelfde_huishouden(melding, kind):
            (buren.bijna if tegelijk else buren.familie).append(kind)
        elif tegelijk and _zonder_toevoeging_zelfde(melding, kind):
            buren.bijna.append(kind)
    if not buren.groep:
        bekend = {kind.id for kind in (*buren.bijna, *buren.familie)}
        for contact in (melding.telefoonnummer, melding.emailadres):
            erbij = [k for k in kennis.per_contact.get(contact, ()) if k.id not in bekend] if contact else []
            buren.familie += erbij
            bekend |= {kind.id for kind in erbij}
    return buren


def vergelijk(melding: Melding, buren: Buren) -> Verdict:
    """Rules 1 and 2: the same child, one more of a multiple, somebody new, or a person must look."""
    groep = buren.groep
    if groep:
        oordelen = {kind.id: _zelfde_kind(melding, kind) for kind in groep}
        zelfde = [kind for kind in groep if oordelen[kind.id] is True]
        onzeker = [kind for kind in groep if oordelen[kind.id] is None]
        if len(zelfde) == 1:
            return _tenzij_dicht(Soort.SAMENGEVOEGD, zelfde[0], zelfde[0].dicht)
        if zelfde or onzeker:
            return _aan_een_mens((zelfde or onzeker)[0])
        drager = next((kind for kind in groep if kind.bezoek and kind.bezoek.lopend), groep[0])
        kan_erbij = drager.bezoek is not None and drager.bezoek.lopend
        return _tenzij_dicht(Soort.MEERLING, drager, not kan_erbij or any(kind.dicht for kind in groep))
    if buren.bijna:
        return _aan_een_mens(buren.bijna[0])
    if buren.familie:
        # In doubt contact waits: whoever is stopped comes first (rule 2).
        kind = next((kind for kind in buren.familie if kind.gestopt), buren.familie[0])
        return Verdict(Soort.TE_BEOORDELEN, (Reden.MOGELIJK_BEKEND_GEZIN,), lijkt_op=kind.id)
    return Verdict(Soort.NIEUW)


def _tenzij_dicht(soort: Soort, kind: BekendKind, dicht: bool) -> Verdict:
    if dicht:
        return Verdict(Soort.TE_BEOORDELEN, (Reden.ZAAK_GESLOTEN,), lijkt_op=kind.id)
    return Verdict(soort, kind=kind)


def _aan_een_mens(kind: BekendKind) -> Verdict:
    return Verdict(Soort.TE_BEOORDELEN, (Reden.MOGELIJK_DUBBEL,), lijkt_op=kind.id)


def _zelfde_kind(melding: Melding, kind: BekendKind) -> bool | None:
    """Within one household and birth event: is it the same child? None: a person must say so (rule 1)."""
    if melding.bron in kind.bronnen:
        return False  # one source does not report one child under two kenmerken: a multiple
    hier, daar = naamsleutel(melding.voornaam), naamsleutel(kind.voornaam)
    if not hier or not daar:
        return None
    if hier == daar:
        return True
    return None if _lijken(melding.voornaam, kind.voornaam) else False


def _bijna_zelfde_huishouden(melding: Melding, kind: BekendKind) -> bool:
    """Surname and address nearly alike: diacritics, 12a against 12-A, a typing error in the surname."""
    return (
        bool(melding.achternaam)
        and melding.adres.los == kind.adres.los
        and _lijken(melding.achternaam, kind.achternaam)
    )


def _zonder_toevoeging_zelfde(melding: Melding, kind: BekendKind) -> bool:
    """One of the two left out the letter or addition; only a first name that fits makes it look like the same child."""
    if not melding.achternaam or (melding.adres.los and kind.adres.los):
        return False
    voornaam_past = not melding.voornaam or not kind.voornaam or _lijken(melding.voornaam, kind.voornaam)
    return voornaam_past and _lijken(melding.achternaam, kind.achternaam)


def _lijken(een: str, ander: str) -> bool:
    """Two names that differ in diacritics, in one letter (from four letters on), or in a second first name."""
    a, b = losse_sleutel(een), losse_sleutel(ander)
    if a == b:
        return True
    if een.split()[:1] and [losse_sleutel(een.split()[0])] == [losse_sleutel(deel) for deel in ander.split()[:1]]:
        return True
    cijfers = [t for t in a if t.isdigit()] != [t for t in b if t.isdigit()]
    return not cijfers and min(len(a), len(b)) >= 4 and _een_letter_verschil(a, b)


def _een_letter_verschil(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[i:] == b[i + 1 :] or a[i + 1 :] == b[i + 1 :]
