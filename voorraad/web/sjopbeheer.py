"""The Sjop behind the counter: families and appointments, labels, lists, recalls, and what came in and went out."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.selectors.gebieden import gebieden_met_id
from ooievaar.web.toegang import rol_vereist
from voorraad.models import Afkeurreden, Sjoppas, Voorwaarde
from voorraad.selectors import sjop as selectors
from voorraad.services import sjop
from voorraad.web.basis import PER_BLADZIJDE, Fouten, als_bestand, gekozen, getal, probeer, wie
from voorraad.web.sjopbalie import toon

_WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_LABELS = 60
# Pieces, days and loans that a limit may say: more is none.
_HOOGST = 10_000
# Only what stands in a file's name as it was written here, and in a century that has a month after its last.
_PERIODE = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")
_ZOEKVRAAG = "sjop_zoekvraag"


def gebied_van(gebruiker: Any) -> UUID:
    """The Sjop of this user; of several areas the first."""
    return min(selectors.sjopgebieden(gebruiker), key=str)


# Families and appointments -------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def gezinnen(request: HttpRequest) -> HttpResponse:
    """The waiting list, what lies ready, and a pass for a family at the counter.

    A name that is looked for is sent with a POST and kept in the session: it is never part of an address.
    """
    gebruiker = wie(request)
    fouten: Fouten | None = None
    if request.method == "POST" and "zoek" in request.POST:
        request.session[_ZOEKVRAAG] = request.POST["zoek"].strip()[:40]
        return redirect(f"{reverse('sjop_gezinnen')}?gevonden")
    if request.method == "POST":
        try:
            voornaam = request.POST.get("voornaam", "").strip()[:40]
            if not voornaam:
                raise Ongeldig([("voornaam", "verplicht", _("Vul een voornaam in."))])
            bron = request.POST.get("bron", "")
            bron = bron if bron in (Sjoppas.Bron.BALIE, Sjoppas.Bron.VERWIJZING) else Sjoppas.Bron.BALIE
            gebied_id = gebied_van(gebruiker)
            nieuw = in_transactie(
                lambda: sjop.pas_openen(gebied_id=gebied_id, voornaam=voornaam, bron=bron, nu=clock.nu())
            )
            return redirect("sjop_pas", nieuw.pk)
        except Ongeldig as fout:
            fouten = [(naam, str(reden)) for naam, _code, reden in fout.fouten]
    status = request.GET.get("status", "toegezegd")
    status = status if status in ("wacht", "toegezegd") else "toegezegd"
    rijen = selectors.aanvragen_zichtbaar_voor(gebruiker).filter(status=status).order_by("aangevraagd_op", "id")
    zoek = request.session.get(_ZOEKVRAAG, "") if "gevonden" in request.GET else ""
    context = {
        "pagina": Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina")),
        "status": status,
        "zoek": zoek,
        "gevonden": _zoek_passen(gebruiker, zoek),
    }
    return toon(request, "sjop/gezinnen.html", context, fouten=fouten)


def _zoek_passen(gebruiker: Any, tekst: str) -> list[Sjoppas]:
    if not tekst:
        return []
    passen = selectors.passen_zichtbaar_voor(gebruiker)
    return list(
        (passen.filter(code=tekst.upper()) | passen.filter(voornaam__istartswith=tekst)).order_by("voornaam")[:20]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def afspraken(request: HttpRequest) -> HttpResponse:
    """The slots of the coming two weeks with who comes, and for one family (`pas`) the choice of another."""
    gebruiker = wie(request)
    gekozen_pas = _pas(gebruiker, request.GET.get("pas", "") or request.POST.get("pas", ""))
    fouten: Fouten | None = None
    if request.method == "POST":
        if gekozen_pas is None:
            raise NietGevonden

        def doe() -> str:
            try:
                begin = datetime.fromisoformat(request.POST.get("begin", ""))
            except ValueError:
                raise Ongeldig([("begin", "verplicht", _("Kies een tijd."))]) from None
            sjop.afspraak_zetten(pas_id=gekozen_pas.pk, begin=begin, nu=clock.nu())
            return _("De afspraak staat.")

        uit = probeer(request, doe, "sjop_pas", gekozen_pas.pk)
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    vandaag = clock.vandaag()
    sloten = sjop.tijdsloten(
        gebied_id=gebied_van(gebruiker), van=vandaag, tot=vandaag + timedelta(days=13), nu=clock.nu()
    )
    komen: dict[datetime, list[Any]] = {}
    for afspraak in selectors.afspraken_zichtbaar_voor(gebruiker).filter(
        vervallen_op__isnull=True, eind__gt=clock.nu()
    ):
        komen.setdefault(afspraak.begin, []).append(afspraak)
    context = {
        "pas": gekozen_pas,
        "sloten": [(slot, vrij, komen.pop(slot.begin, [])) for slot, vrij in sloten],
        # Made before the hours changed, or further ahead: nobody may be forgotten.
        "andere": [afspraak for rij in komen.values() for afspraak in rij],
    }
    return toon(request, "sjop/afspraken.html", context, fouten=fouten)


def _pas(gebruiker: Any, tekst: str) -> Sjoppas | None:
    try:
        return selectors.passen_zichtbaar_voor(gebruiker).filter(pk=UUID(tekst)).first()
    except ValueError:
        return None


# Labels --------------------------------------------------------------------------------------
@require_GET
@rol_vereist("sjop", "coordinator")
def labels(request: HttpRequest) -> HttpResponse:
    """A page to print: a label for each piece, with its code as text and as QR. The code says nothing by itself.

    `stuk` is one piece; without it, what came in today and still lies here.
    """
    rijen = selectors.inbrengen_zichtbaar_voor(wie(request))
    try:
        rijen = rijen.filter(pk=UUID(request.GET.get("stuk", "")))
    except ValueError:
        begin = clock.moment_op(clock.vandaag(), time(0))
        rijen = rijen.filter(ingebracht_op__gte=begin, ligt__gt=0)
    gevonden = [(rij, qr(rij.partij.code)) for rij in rijen.order_by("ingebracht_op", "id")[:_LABELS]]
    return toon(request, "sjop/labels.html", {"labels": gevonden, "hooguit": _LABELS})


@require_GET
@rol_vereist("sjop", "coordinator")
def pas_afdrukken(request: HttpRequest, id: UUID) -> HttpResponse:
    """The pass as a card to give to the family: its code, and nothing else."""
    rij = selectors.passen_zichtbaar_voor(wie(request)).filter(pk=id).first()
    if rij is None:
        raise NietGevonden
    return toon(request, "sjop/pas_afdrukken.html", {"pas": rij, "qr": qr(rij.code)})


def qr(code: str) -> str:
    """An id as a QR code: SVG without styles, so that the page's policy allows it."""
    return str(segno.make(code, micro=False).svg_inline(scale=3, border=2, dark="#000", light="#fff", title=code))


# Lists that people edit ----------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def blokkeerlijst(request: HttpRequest) -> HttpResponse:
    """What does not come in and does not go out."""
    gebruiker = wie(request)
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _bewaar_blokkade(request), "sjop_blokkeerlijst")
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    context = {
        "blokkades": selectors.blokkades_zichtbaar_voor(gebruiker),
        "voorwaarden": Voorwaarde.choices,
        "soorten": selectors.categorieen_zichtbaar_voor(gebruiker),
        "ingevuld": request.POST,
    }
    return toon(request, "sjop/blokkeerlijst.html", context, fouten=fouten)


def _bewaar_blokkade(request: HttpRequest) -> str:
    data, gebruiker = request.POST, wie(request)
    rijen = selectors.blokkades_zichtbaar_voor(gebruiker)
    oud = gekozen(rijen, data.get("blokkade", ""), "blokkade", verplicht=False)
    naam, uitleg = data.get("naam", "").strip()[:60], data.get("uitleg", "").strip()[:200]
    if not naam or not uitleg:
        raise Ongeldig([("naam", "verplicht", _("Vul in wat het is, en waarom."))])
    sjop.blokkade_bewaren(
        gebied_id=oud.gebied_id if oud else gebied_van(gebruiker),
        blokkade=oud,
        naam=naam,
        uitleg=uitleg,
        voorwaarde=data.get("voorwaarde", ""),
        categorie=gekozen(
            selectors.categorieen_zichtbaar_voor(gebruiker), data.get("categorie", ""), "categorie", verplicht=False
        ),
        woorden=[woord[:40] for woord in data.get("woorden", "").split(",")][:50],
        actief=data.get("actief") == "on",
        door=gebruiker,
        nu=clock.nu(),
    )
    return _("Bewaard. Wat hier ligt en hieronder valt, is apart gezet.")


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def soorten(request: HttpRequest) -> HttpResponse:
    """The kinds of goods with their checks and limits, the limits of the Sjop, and its hours."""
    gebruiker = wie(request)
    fouten: Fouten | None = None
    if request.method == "POST":
        uit = probeer(request, lambda: _bewaar_beheer(request), "sjop_soorten")
        if isinstance(uit, HttpResponse):
            return uit
        fouten = uit
    context = {
        "soorten": selectors.categorieen_zichtbaar_voor(gebruiker),
        "instelling": selectors.instelling_voor(gebied_van(gebruiker)),
        "tijden": [
            (tijd, _WEEKDAGEN[tijd.weekdag - 1])
            for tijd in selectors.openingstijden_zichtbaar_voor(gebruiker).order_by("weekdag", "van", "id")
        ],
        "weekdagen": list(enumerate(_WEEKDAGEN, start=1)),
        "ingevuld": request.POST,
    }
    return toon(request, "sjop/soorten.html", context, fouten=fouten)


def _bewaar_beheer(request: HttpRequest) -> str:
    data, gebruiker = request.POST, wie(request)
    match data.get("doe"):
        case "inrichten":
            sjop.sjop_inrichten(gebied=min(gebieden_met_id([gebied_van(gebruiker)]), key=str), nu=clock.nu())
            return _("De Sjop is klaar om te beginnen. Kijk de lijsten na.")
        case "soort":
            soort = gekozen(selectors.categorieen_zichtbaar_voor(gebruiker), data.get("soort", ""), "soort")
            limiet = data.get("limiet", "").strip()
            sjop.categorie_wijzigen(
                categorie=soort,
                checklist=[regel[:120] for regel in data.get("checklist", "").splitlines()][:20],
                limiet=getal(limiet, "limiet", minste=0, meeste=_HOOGST) if limiet else None,
                actief=data.get("actief") == "on",
            )
            return _("Bewaard.")
        case "limieten":
            velden = ("stuks_per_periode", "periode_dagen", "stuks_per_dag", "leningen")
            sjop.instelling_wijzigen(
                gebied_id=gebied_van(gebruiker),
                **{veld: getal(data.get(veld, ""), veld, minste=0, meeste=_HOOGST) for veld in velden},
            )
            return _("Bewaard.")
        case "tijd":
            sjop.openingstijd_toevoegen(
                gebied_id=gebied_van(gebruiker),
                weekdag=getal(data.get("weekdag", ""), "weekdag"),
                van=_tijd(data.get("van", ""), "van"),
                tot=_tijd(data.get("tot", ""), "tot"),
                slot_minuten=getal(data.get("slotMinuten", ""), "slotMinuten"),
                capaciteit=getal(data.get("capaciteit", ""), "capaciteit"),
            )
            return _("De openingstijd staat erbij.")
        case "tijdweg":
            rijen = selectors.openingstijden_zichtbaar_voor(gebruiker)
            sjop.openingstijd_verwijderen(openingstijd=gekozen(rijen, data.get("tijd", ""), "tijd"))
            return _("Weg. Afspraken die al gemaakt zijn, blijven staan.")
    raise NietGevonden


def _tijd(tekst: str, naam: str) -> time:
    try:
        return time.fromisoformat(tekst)
    except ValueError:
        raise Ongeldig([(naam, "verplicht", _("Vul een tijd in."))]) from None


# Recalls -------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def terugroepen(request: HttpRequest) -> HttpResponse:
    """Recall a brand and model, and the recalls so far."""
    gebruiker = wie(request)
    fouten: Fouten | None = None
    if request.method == "POST":
        merk, uitleg = request.POST.get("merk", "").strip()[:60], request.POST.get("uitleg", "").strip()[:200]
        if any(teken.isalnum() for teken in merk) and uitleg:
            gebied_id, model = gebied_van(gebruiker), request.POST.get("model", "").strip()[:60]
            actie = in_transactie(
                lambda: sjop.merk_terugroepen(
                    gebied_id=gebied_id, merk=merk, model=model, uitleg=uitleg, door=gebruiker, nu=clock.nu()
                )
            )
            return redirect("sjop_terugroeping", actie.pk)
        fouten = [("merk", _("Vul een merk in, en waarom het terug moet."))]
    acties = selectors.terugroepacties_zichtbaar_voor(gebruiker).order_by("-teruggeroepen_op", "id")
    pagina = Paginator(acties, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return toon(request, "sjop/terugroepen.html", {"pagina": pagina, "ingevuld": request.POST}, fouten=fouten)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("sjop", "coordinator")
def terugroeping(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where everything of one recall is now: here, on loan, or given."""
    actie = selectors.terugroepacties_zichtbaar_voor(wie(request)).filter(pk=id).first()
    if actie is None:
        raise NietGevonden
    if request.method == "POST":
        in_transactie(lambda: sjop.merk_terugroepen_intrekken(actie_id=id, nu=clock.nu()))
        return redirect("sjop_terugroeping", id)
    return toon(
        request,
        "sjop/terugroeping.html",
        {
            "actie": actie,
            "gevonden": selectors.vindplaatsen(actie),
            "is_coordinator": wie(request).bevoegdheid.heeft("coordinator"),
        },
    )


# Figures -------------------------------------------------------------------------------------
@require_GET
@rol_vereist("sjop", "coordinator")
def verslag(request: HttpRequest) -> HttpResponse:
    """What came in, was given, lent and thrown away in a month or a year; also as a file. Pieces, no families."""
    gebruiker = wie(request)
    van, tot, naam = periode(request.GET.get("periode", ""), clock.vandaag())
    regels = selectors.verslag(gebied_van(gebruiker), van, tot)
    redenen = sorted({reden for regel in regels for reden in regel.weg})
    kop = [str(Afkeurreden(reden).label) for reden in redenen]
    rijen = [
        (
            r.naam,
            r.ingebracht,
            r.gegeven,
            r.uitgeleend,
            sum(r.weg.values()),
            *(r.weg.get(reden, 0) for reden in redenen),
        )
        for r in regels
    ]
    if request.GET.get("soort") in ("csv", "xlsx"):
        namen = ("soort", "ingebracht", "gegeven", "uitgeleend", "weg", *(f"weg: {tekst}" for tekst in kop))
        return als_bestand(f"sjop-{naam}", request.GET["soort"], namen, rijen)
    som = [sum(kolom) for kolom in zip(*(rij[1:] for rij in rijen), strict=True)] if rijen else []
    context = {
        "rijen": rijen,
        "som": som,
        "redenen": kop,
        "periode": naam,
        "van": van,
        "tot": tot,
        "perioden": perioden(clock.vandaag()),
        "is_coordinator": gebruiker.bevoegdheid.heeft("coordinator"),
    }
    return toon(request, "sjop/verslag.html", context)


def periode(tekst: str, vandaag: date) -> tuple[date, date, str]:
    """The first and last day of `JJJJ` or `JJJJ-MM`, and its name; this month when it is neither."""
    gelezen = _PERIODE.fullmatch(tekst)
    if gelezen and not gelezen[2]:
        return date(int(tekst), 1, 1), date(int(tekst), 12, 31), tekst
    begin = date(int(gelezen[1]), int(gelezen[2]), 1) if gelezen else vandaag.replace(day=1)
    volgende = (begin + timedelta(days=31)).replace(day=1)
    return begin, volgende - timedelta(days=1), f"{begin:%Y-%m}"


def perioden(vandaag: date) -> list[str]:
    """This year, the year before, and the last twelve months."""
    maanden, dag = [], vandaag.replace(day=1)
    for _nummer in range(12):
        maanden.append(f"{dag:%Y-%m}")
        dag = (dag - timedelta(days=1)).replace(day=1)
    return [str(vandaag.year), str(vandaag.year - 1), *maanden]
