"""What a Sjop begins with: kinds of goods, the block-list (domain.md, rule 14), Tuesday afternoon. All of it data."""

from __future__ import annotations

import json
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ooievaar.platform.errors import Ongeldig
from voorraad.fouten import BestaatAl
from voorraad.models import Artikel, Artikelsoort, Blokkade, Openingstijd, Sjopcategorie, Sjopinstelling
from voorraad.services.sjop.basis import quarantaine, sjop_vergrendelen
from voorraad.services.sjop.blokkeren import artikel_moet_mogen, blokkade_bewaren

if TYPE_CHECKING:
    from ooievaar.models import Gebied

# Data, beside the code: an organisation changes it on the screens.
_BEGIN = Path(__file__).parents[2] / "referentie" / "sjop.json"


@transaction.atomic
def sjop_inrichten(*, gebied: Gebied, nu: datetime) -> None:
    """Give a Gebied a Sjop. What is there already stays as it is: a Gebied that has kinds of goods gets nothing."""
    sjop_vergrendelen(gebied.pk)
    if Sjopcategorie.objects.filter(artikel__gebied=gebied).exists():
        return
    quarantaine(gebied.pk)
    Sjopinstelling.objects.get_or_create(gebied=gebied)
    begin = json.loads(_BEGIN.read_text(encoding="utf-8"))
    per_code = {
        rij["code"]: categorie_toevoegen(gebied_id=gebied.pk, volgorde=10 * nummer, **rij)
        for nummer, rij in enumerate(begin["categorieen"], start=1)
    }
    for rij in begin["blokkades"]:
        if not Blokkade.objects.filter(gebied=gebied, naam=rij["naam"]).exists():
            categorie = per_code[rij.pop("categorie")]
            blokkade_bewaren(gebied_id=gebied.pk, categorie=categorie, actief=True, door=None, nu=nu, **rij)
    # The Sjop's own example (issue of the Sjop); people change it on the page of the hours.
    openingstijd_toevoegen(gebied_id=gebied.pk, weekdag=2, van=time(13, 30), tot=time(16, 30))


@transaction.atomic
def categorie_toevoegen(*, gebied_id: UUID, code: str, naam: str, **velden: Any) -> Sjopcategorie:
    """A new kind of goods, with its article in the stock. Raises BestaatAl, OpBlokkeerlijst."""
    artikel = Artikel(gebied_id=gebied_id, code=code, naam=naam, soort=Artikelsoort.SJOP)
    # The guard of an article cannot know yet that this one becomes a kind of goods: it starts blocked.
    if Artikel.objects.filter(gebied_id=gebied_id, code=code).exists():
        raise BestaatAl
    artikel.geblokkeerd = True
    artikel.save()
    categorie = Sjopcategorie(artikel=artikel)
    return categorie_wijzigen(categorie=categorie, **velden, geblokkeerd=False)


@transaction.atomic
def categorie_wijzigen(*, categorie: Sjopcategorie, **velden: Any) -> Sjopcategorie:
    """Change what was given: the name, the checklist, the limit. Raises OpBlokkeerlijst for a name that is blocked."""
    naam, geblokkeerd = velden.pop("naam", None), velden.pop("geblokkeerd", None)
    for veld, waarde in velden.items():
        if waarde is not None or veld == "limiet":
            setattr(categorie, veld, waarde)
    categorie.checklist = [punt for punt in (str(p).strip() for p in categorie.checklist) if punt]
    categorie.save()
    artikel = categorie.artikel
    if naam is not None:
        artikel.naam = naam
    if geblokkeerd is not None:
        artikel.geblokkeerd = geblokkeerd
    artikel_moet_mogen(artikel)
    artikel.save(update_fields=["naam", "geblokkeerd"])
    categorie.refresh_from_db()
    return categorie


def openingstijd_toevoegen(
    *, gebied_id: UUID, weekdag: int, van: time, tot: time, slot_minuten: int = 30, capaciteit: int = 2
) -> Openingstijd:
    """Open every week on this day (1 is Monday). Raises Ongeldig, BestaatAl."""
    fouten = []
    if not 1 <= weekdag <= 7:
        fouten.append(("weekdag", "onbekendeKeuze", _("Kies een dag.")))
    if van >= tot:
        fouten.append(("tot", "teVroeg", _("Kies een tijd na het begin.")))
    if not 5 <= slot_minuten <= 240:
        fouten.append(("slotMinuten", "ongeldig", _("Vul 5 tot en met 240 minuten in.")))
    if not 1 <= capaciteit <= 50:
        fouten.append(("capaciteit", "ongeldig", _("Vul 1 tot en met 50 gezinnen in.")))
    if fouten:
        raise Ongeldig(fouten)
    try:
        with transaction.atomic():
            return Openingstijd.objects.create(
                gebied_id=gebied_id, weekdag=weekdag, van=van, tot=tot, slot_minuten=slot_minuten, capaciteit=capaciteit
            )
    except IntegrityError:
        raise BestaatAl from None


def openingstijd_verwijderen(*, openingstijd: Openingstijd) -> None:
    """Not open then any more. Appointments that were made stay: somebody rings those families."""
    openingstijd.delete()


@transaction.atomic
def instelling_wijzigen(*, gebied_id: UUID, **velden: Any) -> Sjopinstelling:
    """Change limits, periods and closed days. Raises Ongeldig."""
    instelling, _nieuw = Sjopinstelling.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        gebied_id=gebied_id
    )
    for veld, waarde in velden.items():
        setattr(instelling, veld, waarde)
    instelling.gesloten = sorted(set(instelling.gesloten))
    if instelling.periode_dagen < 1:
        raise Ongeldig([("periodeDagen", "teLaag", _("Vul ten minste 1 dag in."))])
    instelling.save()
    instelling.refresh_from_db()
    return instelling
