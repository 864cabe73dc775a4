"""From a recorded change to a sentence that a coordinator can read (Dutch, level B1).

Names, addresses and numbers of the family are never repeated: the story says that they changed, not into what. So
it can be printed, and a secret address stays secret.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from bezoeken.berichten.woorden import kanaal_in_woorden, soort_in_woorden
from bezoeken.models import Bezoek, Bron, Geboortemelding, Poging, Vorm
from ooievaar.kalender import AMSTERDAM
from ooievaar.platform.audit import Gebeurtenis

Namen = Mapping[str, str]

_REDENEN = {
    "geweigerd": "het gezin wil dit niet",
    "nietBereikt": "het gezin is niet bereikt",
    "verhuisd": "het gezin is verhuisd",
    "vervallen": "het bezoek gaat niet door",
    "dubbel": "het kind stond er twee keer in",
    "buitenGebied": "het gezin woont buiten het gebied",
    "afgehaald": "de doos is afgehaald",
    "geenCapaciteit": "er was niemand voor het bezoek",
    "overgedragen": "het is aan iemand anders gegeven",
    "ingetrokken": "de coördinator nam het terug",
    "bezocht": "het bezoek is geweest",
}
_VELDEN = {
    "naam": "de naam",
    "rol": "de rol",
    "telefoonnummer": "het telefoonnummer",
    "emailadres": "het e-mailadres",
    "taal": "de taal",
    "tolk_nodig": "of er een tolk nodig is",
    "voorkeurskanaal": "hoe het gezin bereikt wil worden",
    "voornaam": "de voornaam",
    "achternaam": "de achternaam",
    "geboortedatum": "de geboortedatum",
}
_ADRES = {"straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats"}


def zinnen(gebeurtenis: Gebeurtenis, namen: Namen, *, met_reden: bool) -> list[str]:
    """What this change says; nothing when it is the database's own bookkeeping.

    `met_reden`: whether the reader may know that a child died (domain.md, rule 3).
    """
    maker = _MAKERS.get(gebeurtenis.model)
    if maker is None:
        return [_algemeen(gebeurtenis)]
    return [str(zin) for zin in maker(gebeurtenis, namen, met_reden)]


def _algemeen(g: Gebeurtenis) -> str:
    naam = apps.get_model(g.model)._meta.verbose_name
    wat = {"insert": _("toegevoegd"), "update": _("gewijzigd"), "delete": _("verwijderd")}[g.wat]
    return f"{str(naam).capitalize()} {wat}."


def _gezin(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    if g.wat != "update":
        return [_("Het gezin is ingeschreven.") if g.wat == "insert" else _("Het gezin is gewist.")]
    v, regels = g.verschil, []
    if v.keys() & _ADRES:
        regels.append(_("Het adres is gewijzigd."))
    if "wijk_id" in v:
        wijk = namen.get(str(v["wijk_id"][1]))
        regels.append(_("De wijk is nu %s.") % wijk if wijk else _("De wijk is nog niet bekend."))
    if "contactstop_reden" in v:
        reden = v["contactstop_reden"][1]
        regels.append(_("Contactstop: %s.") % reden if reden else _("De contactstop is opgeheven."))
    if "stil_sinds" in v:
        stil = v["stil_sinds"][1]
        regels.append(_("Het gezin krijgt geen berichten meer.") if stil else _("Het gezin mag weer bericht krijgen."))
    if "geheim" in v:
        regels.append(_("Het adres is geheim.") if v["geheim"][1] else _("Het adres is niet meer geheim."))
    if "geheim_voor_id" in v and v["geheim_voor_id"][1]:
        regels.append(_("Alleen %s ziet het geheime adres.") % namen.get(str(v["geheim_voor_id"][1]), "?"))
    if "wil_iemand_van_buiten" in v:
        regels.append(_("De wens over iemand van buiten de straat is gewijzigd."))
    return regels


def _contactpersoon(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    match g.wat:
        case "insert":
            return [_("Er is een contactpersoon toegevoegd.")]
        case "delete":
            return [_("Er is een contactpersoon verwijderd.")]
    return [_("Bij een contactpersoon is gewijzigd: %s.") % _welke(g)] if _welke(g) else []


def _pasgeborene(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    if g.wat == "insert":
        return [_("Er is een kind ingeschreven, geboren op %s.") % _dag(g.gegevens["geboortedatum"])]
    if g.wat == "delete":
        return [_("Een kind is gewist.")]
    regels = []
    if "status" in g.verschil:
        oud, nieuw = g.verschil["status"]
        overleden = "overleden_gemeld_op" in g.verschil
        if nieuw == "vervallen":
            gemeld = overleden and met_reden
            regels.append(_("Een overlijden is gemeld. Alles stopt.") if gemeld else _("Een kind telt niet meer mee."))
        elif oud == "vervallen":
            regels.append(_("Dat was een vergissing: het kind telt weer mee."))
        else:
            regels.append(
                _("Een kind is verhuisd.") if nieuw == "verhuisd" else _("Een kind woont weer in het gebied.")
            )
    if _welke(g):
        regels.append(_("Bij een kind is gewijzigd: %s.") % _welke(g))
    return regels


def _bezoek(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    d, v = g.gegevens, g.verschil
    if g.wat == "insert":
        soort = _("Er komt een inhaalbezoek") if d["soort"] == Bezoek.Soort.INHAAL else _("Er komt een kraambezoek")
        return [f"{soort}, {_venster(d)}."]
    if g.wat == "delete":
        return [_("Een bezoek is gewist.")]
    regels = []
    if "venster_begin" in v or "venster_eind" in v:
        regels.append(_("Het bezoek is verschoven: %s.") % _venster(d))
    if "wijk_id" in v:
        wijk = namen.get(str(v["wijk_id"][1]))
        regels.append(_("Het bezoek hoort nu bij %s.") % (wijk or _("een wijk die nog niet bekend is")))
    if "status" in v:
        oud, nieuw = v["status"]
        if nieuw == "bezocht":
            vorm = Vorm(d["vorm"]).label
            regels.append(
                _("Het bezoek is geweest op %(dag)s (%(vorm)s).") % {"dag": _tijd(d["bezocht_op"]), "vorm": vorm}
            )
        elif nieuw == "afgesloten":
            regels.append(_("Het bezoek is gesloten: %s.") % _REDENEN.get(d["afsluitreden"], d["afsluitreden"]))
        elif oud == "afgesloten":
            regels.append(_("Het bezoek is weer geopend."))
        elif nieuw == "open":
            regels.append(_("Het bezoek is van niemand meer."))
    elif "bezocht_op" in v or "vorm" in v:
        regels.append(_("Het verslag van het bezoek is aangepast."))
    return regels


def _toewijzing(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    wie = namen.get(str(g.gegevens["ooievaarsmoeder_id"]), "?")
    if g.wat == "insert":
        return [_("Het bezoek is gegeven aan %s.") % wie]
    regels = []
    if "aanvaard_op" in g.verschil:
        regels.append(_("%s heeft het bezoek aangenomen.") % wie)
    if "beeindigd_op" in g.verschil:
        reden = g.gegevens["eindreden"]
        if reden.startswith("afgewezen:"):
            regels.append(
                _("%(wie)s kan dit bezoek niet doen (%(reden)s).") % {"wie": wie, "reden": reden.split(":")[1]}
            )
        elif reden != "bezocht":
            waarom = _REDENEN.get(reden, reden)
            regels.append(_("Het bezoek is niet meer van %(wie)s: %(reden)s.") % {"wie": wie, "reden": waarom})
    return regels


def _afspraak(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    if g.wat == "insert":
        return [_("Er is een afspraak op %s.") % _tijd(g.gegevens["begin"])]
    if "vervallen_op" in g.verschil:
        return [_("De afspraak van %s gaat niet meer door, of is geweest.") % _tijd(g.gegevens["begin"])]
    return []


def _poging(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    if g.wat != "insert":
        return [_algemeen(g)]
    d = g.gegevens
    soort, uitkomst = Poging.Soort(d["soort"]).label, Poging.Uitkomst(d["uitkomst"]).label
    return [
        _("Poging op %(dag)s: %(soort)s, %(uitkomst)s.")
        % {"dag": _tijd(d["moment"]), "soort": soort, "uitkomst": uitkomst}
    ]


def _melding(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    d = g.gegevens
    if g.wat == "insert":
        status = Geboortemelding.Status(d["status"]).label
        return [_("Melding van %(bron)s: %(status)s.") % {"bron": Bron(d["bron"]).label, "status": status}]
    if "status" in g.verschil or "besluit" in g.verschil:
        besluit = d["besluit"] or _("teruggezet om opnieuw te beoordelen")
        return [_("Besluit over de melding van %(bron)s: %(wat)s.") % {"bron": Bron(d["bron"]).label, "wat": besluit}]
    return []


def _koppeling(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    status = g.gegevens["status"]
    if g.wat == "insert" or "status" in g.verschil:
        tekst = {
            "voorgesteld": _("Dit gezin lijkt op een ander gezin. Een coördinator moet dat beoordelen."),
            "bevestigd": _("Dit gezin en een ander gezin zijn dezelfde mensen."),
            "afgewezen": _("Dit gezin en een ander gezin zijn niet dezelfde mensen."),
        }
        return [tekst[status]]
    return []


def _bericht(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    d = g.gegevens
    wie = _("het gezin") if d["gezin_id"] else namen.get(str(d["ooievaarsmoeder_id"] or d["gebruiker_id"]), "?")
    if g.wat == "insert" or "status" in g.verschil:
        wat = {
            "gepland": _("staat klaar"),
            "verzonden": _("is verzonden"),
            "mislukt": _("is niet gelukt"),
            "geannuleerd": _("gaat niet door"),
            "onzeker": _("is misschien aangekomen: dat kijkt een mens na"),
        }.get(d["status"])
        if wat:
            feiten = {
                "soort": soort_in_woorden(d["soort"]),
                "wie": wie,
                "kanaal": kanaal_in_woorden(d["kanaal"]),
                "wat": wat,
            }
            return [_("Bericht aan %(wie)s (%(soort)s, %(kanaal)s) %(wat)s.") % feiten]
    return []


def _reservering(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    if g.wat == "insert":
        return [_("Er is een doos apart gezet.")]
    if g.verschil.get("status", (None, None))[1] == "vrijgegeven":
        return [_("De doos is niet meer apart gezet.")]
    return []


def _vlag(g: Gebeurtenis, namen: Namen, met_reden: bool) -> list[str]:
    wat = {"insert": _("toegevoegd"), "update": _("gewijzigd"), "delete": _("verwijderd")}[g.wat]
    return [_("Een afspraak over veiligheid is %s.") % wat]


_MAKERS: dict[str, Callable[[Gebeurtenis, Namen, bool], list[str]]] = {
    "ooievaar.Gezin": _gezin,
    "ooievaar.Contactpersoon": _contactpersoon,
    "ooievaar.Pasgeborene": _pasgeborene,
    "ooievaar.Gezinskoppeling": _koppeling,
    "bezoeken.Bezoek": _bezoek,
    "bezoeken.Toewijzing": _toewijzing,
    "bezoeken.Afspraak": _afspraak,
    "bezoeken.Poging": _poging,
    "bezoeken.Geboortemelding": _melding,
    "bezoeken.Veiligheidsvlag": _vlag,
    "notifications.Bericht": _bericht,
    "voorraad.Reservering": _reservering,
}


def _welke(g: Gebeurtenis) -> str:
    return ", ".join(tekst for veld, tekst in _VELDEN.items() if veld in g.verschil)


def _venster(d: Mapping[str, Any]) -> str:
    grenzen = {"begin": _dag(d["venster_begin"]), "eind": _dag(d["venster_eind"])}
    return _("van %(begin)s tot en met %(eind)s") % grenzen


def _dag(waarde: str) -> str:
    return f"{date.fromisoformat(waarde):%d-%m-%Y}"


def _tijd(waarde: str) -> str:
    return f"{datetime.fromisoformat(waarde).astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
