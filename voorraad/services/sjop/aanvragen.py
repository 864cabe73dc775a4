"""Families at the Sjop: their pass, what they ask for, when they come, and the stop that ends it all quietly."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from ooievaar.kalender import feestdag
from ooievaar.platform import clock
from ooievaar.platform.errors import NietGevonden, Ongeldig
from voorraad.models import Openingstijd, Seizoen, Sjopaanvraag, Sjopafspraak, Sjopcategorie, Sjoppas
from voorraad.openingstijden import Opening, Slot, slots
from voorraad.services.sjop.basis import instelling_van, nieuwe_code, sjop_vergrendelen
from voorraad.services.sjop.wachtlijst import beeindigen, wachtlijst_bijwerken
from voorraad.sjopfouten import AanvraagAfgesloten, OpBlokkeerlijst, PasGeldtNiet, TijdslotVol
from voorraad.sjopregels import Weigering

# So far ahead an appointment can be made.
VOORUIT_DAGEN = 60


@transaction.atomic
def pas_openen(
    *, gebied_id: UUID, aanleiding: str = "", voornaam: str, bron: str, wijk: str = "", nu: datetime
) -> Sjoppas:
    """The pass of this family, made or made valid again; a person asked for it, so a stop before does not count.

    Without `aanleiding` it is somebody at the counter whom nobody knows. Whether the family may be reached is for the
    caller to know. Two at once get the same pass.
    """
    geldig_tot = clock.dag_van(nu) + timedelta(days=instelling_van(gebied_id).pas_dagen)
    pas, nieuw = Sjoppas.objects.get_or_create(
        aanleiding=aanleiding or f"balie:{uuid4()}",
        defaults={
            "gebied_id": gebied_id,
            "code": nieuwe_code("P", lambda code: Sjoppas.objects.filter(code=code).exists()),
            "voornaam": voornaam,
            "bron": bron,
            "wijk": wijk,
            "geldig_tot": geldig_tot,
            "gemaakt_op": nu,
        },
    )
    if not nieuw:
        pas = _pas_vergrendeld(pas.pk)
        pas.voornaam, pas.wijk, pas.gestopt_op, pas.geldig_tot = voornaam, wijk, None, geldig_tot
        pas.save(update_fields=["voornaam", "wijk", "gestopt_op", "geldig_tot"])
    return pas


@transaction.atomic
def aanvraag_doen(
    *,
    pas_id: UUID,
    categorie: Sjopcategorie,
    maat: str = "",
    seizoen: str = "",
    aantal: int = 1,
    nu: datetime,
    sleutel: str | None = None,
) -> Sjopaanvraag:
    """A family asks for something; it waits until `wachtlijst_bijwerken` finds it. The same `sleutel` is the same one.

    Takes no lock of the Sjop, so that it fits in any transaction. Raises PasGeldtNiet, Ongeldig, OpBlokkeerlijst.
    """
    if sleutel and (eerder := Sjopaanvraag.objects.filter(sleutel=sleutel).first()):
        return eerder
    pas = geldige_pas(pas_id, clock.dag_van(nu))
    fouten = []
    if categorie.artikel.gebied_id != pas.gebied_id or not categorie.actief:
        fouten.append(("categorie", "onbekend", _("We kennen dit niet. Kies er een uit de lijst.")))
    if not 1 <= aantal <= 20:
        fouten.append(("aantal", "teHoog", _("Vul een getal in van 1 tot en met 20.")))
    if seizoen and seizoen not in Seizoen.values:
        fouten.append(("seizoen", "onbekendeKeuze", _("Kies zomer, winter of heel het jaar.")))
    if fouten:
        raise Ongeldig(fouten)
    if categorie.artikel.geblokkeerd:
        raise OpBlokkeerlijst(Weigering(categorie.artikel.naam, _("De Sjop geeft dit niet.")))
    return Sjopaanvraag.objects.create(
        pas=pas, categorie=categorie, maat=maat, seizoen=seizoen, aantal=aantal, aangevraagd_op=nu, sleutel=sleutel
    )


@transaction.atomic
def aanvraag_annuleren(*, aanvraag_id: UUID, nu: datetime) -> Sjopaanvraag:
    """The family needs it no more; what lay ready goes to the next. Raises NietGevonden, AanvraagAfgesloten."""
    gebied_id = Sjopaanvraag.objects.filter(pk=aanvraag_id).values_list("pas__gebied_id", flat=True).first()
    if gebied_id is None:
        raise NietGevonden
    sjop_vergrendelen(gebied_id)
    aanvraag = Sjopaanvraag.objects.select_for_update(of=("self",), no_key=True).get(pk=aanvraag_id)
    if aanvraag.beeindigd_op:
        raise AanvraagAfgesloten
    beeindigen(aanvraag, nu=nu)
    wachtlijst_bijwerken(gebied_id=gebied_id, nu=nu)
    aanvraag.refresh_from_db()
    return aanvraag


@transaction.atomic
def sjop_stoppen(*, aanleiding: str, nu: datetime) -> None:
    """Everything that was planned for this family ends, in the transaction of what stops it (domain.md, rules 3, 4).

    Requests, what lay ready, appointments; the first name goes from the counter. What it has on loan stays written
    down, and nobody asks for it. Twice is harmless. Takes no lock of the Sjop; the sweep gives on what came free.
    """
    pas = Sjoppas.objects.select_for_update(of=("self",), no_key=True).filter(aanleiding=aanleiding).first()
    if pas is None:
        return
    open_ = Sjopaanvraag.objects.filter(pas=pas, beeindigd_op__isnull=True).order_by("pk")
    for aanvraag in open_.select_for_update(of=("self",), no_key=True):
        beeindigen(aanvraag, nu=nu)
    Sjopafspraak.objects.filter(pas=pas, vervallen_op__isnull=True, eind__gt=nu).update(vervallen_op=nu)
    if pas.gestopt_op is None:
        pas.gestopt_op, pas.voornaam = nu, ""
        pas.save(update_fields=["gestopt_op", "voornaam"])


# Appointments --------------------------------------------------------------------------------
def tijdsloten(*, gebied_id: UUID, van: date, tot: date, nu: datetime) -> list[tuple[Slot, int]]:
    """The slots of these days that are still to come, each with the number of seats that are free; three queries."""
    openingen = [
        Opening(o.weekdag, o.van, o.tot, o.slot_minuten, o.capaciteit)
        for o in Openingstijd.objects.filter(gebied_id=gebied_id)
    ]
    gesloten = set(instelling_van(gebied_id).gesloten)
    alle = [
        slot
        for slot in slots(openingen, van, tot, lambda dag: dag in gesloten or feestdag(dag) is not None)
        if slot.begin > nu
    ]
    bezet = dict(
        Sjopafspraak.objects.filter(
            gebied_id=gebied_id, vervallen_op__isnull=True, begin__in=[slot.begin for slot in alle]
        )
        .order_by()
        .values_list("begin")
        .annotate(Count("pk"))
    )
    return [(slot, max(0, slot.capaciteit - bezet.get(slot.begin, 0))) for slot in alle]


@transaction.atomic
def afspraak_zetten(*, pas_id: UUID, begin: datetime, nu: datetime) -> Sjopafspraak:
    """The family comes at this time; an appointment it had that is still to come lapses.

    Raises PasGeldtNiet, Ongeldig when there is no such slot, TijdslotVol.
    """
    gebied_id = Sjoppas.objects.values_list("gebied_id", flat=True).get(pk=pas_id)
    sjop_vergrendelen(gebied_id)
    pas = geldige_pas(pas_id, clock.dag_van(nu))
    dag = clock.dag_van(begin)
    slot = None
    if dag <= clock.dag_van(nu) + timedelta(days=VOORUIT_DAGEN):
        gevonden = tijdsloten(gebied_id=gebied_id, van=dag, tot=dag, nu=nu)
        slot = next((slot for slot, _vrij in gevonden if slot.begin == begin), None)
    if slot is None:
        raise Ongeldig([("begin", "geenTijdslot", _("Dan kan het niet. Kies een tijd uit de lijst."))])
    eigen = Sjopafspraak.objects.filter(pas=pas, vervallen_op__isnull=True, eind__gt=nu)
    if al := eigen.filter(begin=begin).first():
        return al
    bezet = set(
        Sjopafspraak.objects.filter(gebied_id=gebied_id, begin=begin, vervallen_op__isnull=True).values_list(
            "plaats", flat=True
        )
    )
    plaats = next((n for n in range(slot.capaciteit) if n not in bezet), None)
    if plaats is None:
        raise TijdslotVol
    eigen.update(vervallen_op=nu)
    return Sjopafspraak.objects.create(
        pas=pas, gebied_id=gebied_id, begin=begin, eind=slot.eind, plaats=plaats, gemaakt_op=nu
    )


@transaction.atomic
def afspraak_afzeggen(*, pas_id: UUID, nu: datetime) -> None:
    """The family does not come; its seat is free again."""
    Sjopafspraak.objects.filter(pas_id=pas_id, vervallen_op__isnull=True, eind__gt=nu).update(vervallen_op=nu)


def geldige_pas(pas_id: UUID, dag: date) -> Sjoppas:
    """The pass, locked. Raises PasGeldtNiet when it expired or the family was stopped."""
    pas = _pas_vergrendeld(pas_id)
    if pas.gestopt_op is not None or pas.geldig_tot < dag:
        raise PasGeldtNiet
    return pas


def _pas_vergrendeld(pas_id: UUID) -> Sjoppas:
    return Sjoppas.objects.select_for_update(of=("self",), no_key=True).get(pk=pas_id)
