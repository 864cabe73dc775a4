"""The coordinator's pages: the calendar, planning, one café, moving it, calling it off, and who would be invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bezoeken.gastenlijst import Aanmeldstatus, klein_gezin
from bezoeken.models import Cafeplaats, Sjpruutcafe
from bezoeken.sjpruutcafe.redenen import REDENEN
from bezoeken.sjpruutcafe.selectors import cafes as selectors
from bezoeken.sjpruutcafe.selectors.gasten import aanmeldingen_van, genodigden_van
from bezoeken.sjpruutcafe.services.aanmelden import aanbod_aannemen, aanmelden, afmelden
from bezoeken.sjpruutcafe.services.feeds import feed_intrekken, feed_maken
from bezoeken.sjpruutcafe.services.lijst import capaciteit
from bezoeken.sjpruutcafe.services.plaatsen import plaats_bewaren
from bezoeken.sjpruutcafe.services.plannen import cafe_afgelasten, cafe_plannen, cafe_wijzigen, reeks_plannen
from bezoeken.sjpruutcafe.services.uitnodigen import uitnodigen
from bezoeken.sjpruutcafe.services.voorstellen import voorgesteld
from bezoeken.sjpruutcafe.web.formulieren import Afgelasten, Agendalink, Plannen, Plek, Wijzigen
from ooievaar.platform import clock
from ooievaar.platform.errors import Fout, NietGevonden
from ooievaar.platform.opnieuw import in_transactie
from ooievaar.services.inzage import lijst_ingezien
from ooievaar.web.formulieren import controleer_versie, invoer, probeer
from ooievaar.web.toegang import rol_vereist

PER_BLADZIJDE = 20


def _gebied_id(gebruiker: Any) -> UUID:
    """The Gebied whose cafés she plans: the first in which she coordinates."""
    bereiken = [b for b in gebruiker.bevoegdheid.bereiken if b.rol == "coordinator"]
    return min(bereiken, key=lambda b: b.gebied_code).gebied_id


@require_GET
@rol_vereist("coordinator", "gastvrouw")
def cafes(request: HttpRequest) -> HttpResponse:
    """The calendar: what is to come, the first one first; `?toon=geweest` the past, the last one first."""
    gebruiker: Any = request.user
    nu = clock.nu()
    geweest = request.GET.get("toon") == "geweest"
    rijen = selectors.cafes_zichtbaar_voor(gebruiker)
    rijen = rijen.filter(begin__lte=nu).order_by("-begin", "id") if geweest else rijen.filter(begin__gt=nu)
    pagina = Paginator(selectors.met_aantallen(rijen, nu=nu), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    coordinator = gebruiker.bevoegdheid.heeft("coordinator")
    context = {
        "pagina": pagina,
        "geweest": geweest,
        "coordinator": coordinator,
        "regels": any(b.rol == "coordinator" and not b.wijk_ids for b in gebruiker.bevoegdheid.bereiken),
        "lijsten": set(selectors.lijsten_zichtbaar_voor(gebruiker, nu=nu).values_list("pk", flat=True)),
        "feeds": selectors.feeds_zichtbaar_voor(gebruiker) if coordinator and not geweest else [],
        "agendalink": Agendalink(),
        "nieuw_adres": request.session.pop("nieuwe_agendalink", ""),
    }
    return render(request, "sjpruutcafe/cafes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def plannen(request: HttpRequest) -> HttpResponse:
    """One café or a series. Without a place there is nothing to choose: first a place."""
    gebied_id = _gebied_id(request.user)
    if not Cafeplaats.objects.filter(gebied_id=gebied_id, actief=True).exists():
        messages.warning(request, _("Maak eerst een plek waar het café is."))
        return redirect("cafe_plek_nieuw")
    formulier = Plannen(*invoer(request), gebied_id=gebied_id)
    if request.method == "POST" and formulier.is_valid():
        over = formulier.cleaned_data
        dag, laatste = over["dag"], over["laatste_dag"]
        nu = clock.nu()
        wat: dict[str, Any] = {"gebied_id": gebied_id, "gegevens": formulier.gegevens(), "nu": nu}
        if not laatste:
            cafe = probeer(formulier, lambda: cafe_plannen(dag=dag, **wat))
            if cafe is not None:
                messages.success(request, _("Het Sjpruutcafé is gepland."))
                return redirect("cafe", cafe.pk)
        else:
            weken = int(over["weken"])
            reeks = probeer(formulier, lambda: reeks_plannen(eerste=dag, laatste=laatste, weken=weken, **wat))
            if reeks is not None:
                aantal = reeks.cafes.count()
                tekst = ngettext("Er is %(n)s café gepland.", "Er zijn %(n)s cafés gepland.", aantal)
                messages.success(request, tekst % {"n": aantal})
                return redirect("cafes")
    context = {"form": formulier, "kop": _("Sjpruutcafé plannen"), "knop": _("Plan")}
    return render(request, "sjpruutcafe/plannen.html", context, status=409 if formulier.errors else 200)


def _van_haar(gebruiker: Any, cafe_id: UUID) -> Any:
    rijen = selectors.met_aantallen(selectors.cafes_beheerd_door(gebruiker), nu=clock.nu())
    return selectors.een_cafe(rijen, cafe_id)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def cafe(request: HttpRequest, cafe_id: UUID) -> HttpResponse:
    """One café: its numbers and its list. A POST does one thing with one family."""
    rij = _van_haar(request.user, cafe_id)
    nu = clock.nu()
    if request.method == "POST":
        _met_gezin(request, rij)
        return redirect("cafe", cafe_id)
    komend = rij.begin > nu and rij.status == Sjpruutcafe.Status.GEPLAND
    lijst = aanmeldingen_van(rij)
    op_lijst = {een.gezin_id for een in lijst if een.status in ("aangemeld", "wachtlijst", "aangeboden")}
    genood = [een for een in genodigden_van(rij) if een.gezin_id not in op_lijst]
    getoond = [*(een.gezin_id for een in lijst), *(een.gezin_id for een in genood)]
    lijst_ingezien(gebruiker_id=request.user.pk, gezin_ids=getoond, nu=nu)  # type: ignore[arg-type]
    context = {
        "cafe": rij,
        "komend": komend,
        "lijst": lijst,
        "genodigden": genood,
        "zonder_ligging": komend and not (rij.plaats.wijk_id or rij.plaats.lengtegraad is not None),
        "status_woorden": STATUSSEN,
    }
    return render(request, "sjpruutcafe/cafe.html", context)


STATUSSEN = {
    Aanmeldstatus.AANGEMELD.value: gettext_lazy("aangemeld"),
    Aanmeldstatus.WACHTLIJST.value: gettext_lazy("wacht"),
    Aanmeldstatus.AANGEBODEN.value: gettext_lazy("plek aangeboden"),
    Aanmeldstatus.AFGEMELD.value: gettext_lazy("afgemeld"),
    Aanmeldstatus.VERLOPEN.value: gettext_lazy("niet geantwoord"),
}


def _met_gezin(request: HttpRequest, rij: Any) -> None:
    """Sign a family of this café up or off, or take its offer for it; what a rule refuses is said."""
    gezinnen = [een.gezin_id for een in aanmeldingen_van(rij)] + [een.gezin_id for een in genodigden_van(rij)]
    bekend = {str(gezin_id): gezin_id for gezin_id in gezinnen}
    gezin_id = bekend.get(request.POST.get("gezin", ""))
    if gezin_id is None:
        raise NietGevonden
    wie: dict[str, Any] = {"cafe_id": rij.pk, "gezin_id": gezin_id, "nu": clock.nu()}

    def doe() -> str:
        match request.POST.get("wat"):
            case "aanmelden":
                klein = klein_gezin(capaciteit(rij))
                aanmelden(volwassenen=klein.volwassenen, kinderen=klein.kinderen, via="coordinator", **wie)
                return _("Het gezin staat op de lijst.")
            case "aannemen":
                aanbod_aannemen(**wie)
                return _("Het gezin is aangemeld.")
            case "afmelden":
                afmelden(**wie)
                return _("Het gezin is afgemeld.")
        return ""

    try:
        if gedaan := in_transactie(doe):
            messages.success(request, gedaan)
    except Fout as fout:
        messages.error(request, str(fout.detail))


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def cafe_uitnodigen(request: HttpRequest, cafe_id: UUID) -> HttpResponse:
    """Whom the rules would invite to this café now, and why not the others; a POST does not wait for the sweep."""
    rij = _van_haar(request.user, cafe_id)
    nu = clock.nu()
    voorstel = voorgesteld(rij.gebied_id, nu=nu, cafes=[rij])
    if request.method != "POST":
        redenen = [(REDENEN[reden], n) for reden, n in sorted(voorstel.overgeslagen.items())]
        context = {"cafe": rij, "voorstel": voorstel, "redenen": redenen}
        return render(request, "sjpruutcafe/uitnodigen.html", context)
    genood = in_transactie(lambda: uitnodigen(rij.gebied_id, voorstel, nu=nu))
    tekst = ngettext("%(n)s gezin krijgt een uitnodiging.", "%(n)s gezinnen krijgen een uitnodiging.", len(genood))
    messages.success(request, tekst % {"n": len(genood)})
    return redirect("cafe", cafe_id)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def wijzigen(request: HttpRequest, cafe_id: UUID) -> HttpResponse:
    """Another day, time or place is a move: who is on the list stays on it and hears it once."""
    rij = _van_haar(request.user, cafe_id)
    formulier = Wijzigen(*invoer(request), gebied_id=rij.gebied_id, initial=Wijzigen.van(rij))
    if request.method == "POST" and formulier.is_valid():
        over = formulier.wijzigingen()
        versie = over.pop("versie")
        if probeer(formulier, lambda: _wijzig(cafe_id, over, versie)):
            messages.success(request, _("Het Sjpruutcafé is gewijzigd."))
            return redirect("cafe", cafe_id)
    context = {"form": formulier, "kop": _("Sjpruutcafé wijzigen"), "knop": _("Bewaar"), "cafe": rij}
    return render(request, "sjpruutcafe/plannen.html", context, status=409 if formulier.errors else 200)


def _wijzig(cafe_id: UUID, over: dict[str, Any], versie: str) -> Sjpruutcafe:
    def keur(cafe: Sjpruutcafe) -> None:
        controleer_versie(cafe, versie)

    return cafe_wijzigen(cafe_id=cafe_id, gegevens=over, nu=clock.nu(), keur=keur)


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def afgelasten(request: HttpRequest, cafe_id: UUID) -> HttpResponse:
    """The café does not take place; who is on the list hears it once."""
    rij = _van_haar(request.user, cafe_id)
    formulier = Afgelasten(*invoer(request))
    klaar = request.method == "POST" and formulier.is_valid()
    if klaar and probeer(formulier, lambda: cafe_afgelasten(cafe_id=cafe_id, nu=clock.nu())) is not None:
        messages.success(request, _("Het Sjpruutcafé gaat niet door. Wie op de lijst staat, krijgt bericht."))
        return redirect("cafe", cafe_id)
    context = {"form": formulier, "cafe": rij}
    return render(request, "sjpruutcafe/afgelasten.html", context, status=409 if formulier.errors else 200)


@require_GET
@rol_vereist("coordinator")
def plekken(request: HttpRequest) -> HttpResponse:
    """Where cafés are held."""
    rijen = selectors.plaatsen_zichtbaar_voor(request.user).select_related("wijk").order_by("naam", "id")  # type: ignore[arg-type]
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    return render(request, "sjpruutcafe/plekken.html", {"pagina": pagina})


@require_http_methods(["GET", "HEAD", "POST"])
@rol_vereist("coordinator")
def plek(request: HttpRequest, plaats_id: UUID | None = None) -> HttpResponse:
    """A new place, or another name or position of one."""
    gebied_id = _gebied_id(request.user)
    rij = Cafeplaats(gebied_id=gebied_id)
    if plaats_id is not None:
        gevonden = selectors.plaatsen_zichtbaar_voor(request.user).filter(pk=plaats_id).first()  # type: ignore[arg-type]
        if gevonden is None:
            raise NietGevonden
        rij = gevonden
    velden = ("naam", "adres", "lengtegraad", "breedtegraad")
    begin = {veld: getattr(rij, veld) for veld in velden} | {"wijk": rij.wijk.code if rij.wijk else ""}
    formulier = Plek(*invoer(request), gebied_id=rij.gebied_id, initial=begin)
    klaar = request.method == "POST" and formulier.is_valid()
    if klaar and probeer(formulier, lambda: plaats_bewaren(plaats=rij, gegevens=formulier.cleaned_data)) is not None:
        messages.success(request, _("De plek is bewaard."))
        return redirect("cafe_plekken")
    context = {"form": formulier, "kop": rij.naam if plaats_id else _("Nieuwe plek"), "knop": _("Bewaar")}
    return render(request, "sjpruutcafe/plannen.html", context, status=409 if formulier.errors else 200)


@require_POST
@rol_vereist("coordinator")
def agendalink_maken(request: HttpRequest) -> HttpResponse:
    """A link for a calendar; its address is shown this once, on the next page."""
    formulier = Agendalink(request.POST)
    if formulier.is_valid():
        gebruiker: Any = request.user
        gebied_id, naam = _gebied_id(gebruiker), formulier.cleaned_data["naam"]
        _feed, token = in_transactie(
            lambda: feed_maken(gebied_id=gebied_id, naam=naam, door=gebruiker, nu=clock.nu()),
        )
        request.session["nieuwe_agendalink"] = f"{settings.SITE_URL}/cafes/agenda/{token}.ics"
    else:
        messages.error(request, _("Vul in voor wie de link is."))
    return redirect("cafes")


@require_POST
@rol_vereist("coordinator")
def agendalink_intrekken(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """The link works no more."""
    feed = selectors.feeds_zichtbaar_voor(request.user).filter(pk=feed_id).first()  # type: ignore[arg-type]
    if feed is None:
        raise NietGevonden
    in_transactie(lambda: feed_intrekken(feed=feed, nu=clock.nu()))
    messages.success(request, _("Deze link werkt niet meer."))
    return redirect("cafes")
