"""Every constraint that PostgreSQL keeps for us is broken on purpose by a test (architecture.md, habit 4).

What there is, is read from the database itself, so that nothing hides behind a migration. A new constraint without a
way to break it in `breuken/` (or a test named in `ELDERS`) fails here, and so does a way to break one that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from bezoeken.models import Bezoek, Bezoekkind, Cafeaanmelding, Cafeaanwezigheid
from ooievaar.models import Inzage
from ooievaar.platform import clock
from ooievaar.platform.rijen import VersieRij
from tests.architecture import breuken
from tests.architecture.breuken import sjop
from tests.architecture.breuken.hulp import NU, anders
from tests.factories import (
    ArtikelFactory,
    BezoekFactory,
    BezoekkindFactory,
    GebiedFactory,
    GezinFactory,
    SjpruutcafeFactory,
    doos,
    ontvangen,
)
from voorraad.models import Locatie, Mutatie, Periodesluiting, Samenstelling, Samenstellingregel

pytestmark = pytest.mark.django_db

BREUKEN = breuken.alle()
APPS = ("ooievaar", "notifications", "voorraad", "bezoeken")
TESTS = Path(__file__).resolve().parents[1]
_GROOTBOEK = "voorraad/test_grootboek.py"
# Constraints that the tests of their own room break, with the word by which that test knows them.
ELDERS = {
    "stand_nooit_onder_nul": (_GROOTBOEK, "stand_nooit_onder_nul"),
    "stand_een_per_plek": (_GROOTBOEK, "stand_een_per_plek"),
    "mutatie_aantal_positief": (_GROOTBOEK, "mutatie_aantal_positief"),
    "mutatie_van_naar_verschillen": (_GROOTBOEK, "mutatie_van_naar_verschillen"),
    "voorraad_mutatie.sleutel": (_GROOTBOEK, "sleutel"),
    "reservering_een_actief": (_GROOTBOEK, "reservering_een_actief"),
    "reservering_aantal_positief": (_GROOTBOEK, "reservering_aantal_positief"),
    "artikel_code_uniek": (_GROOTBOEK, "artikel_code_uniek"),
    "locatie_code_uniek": (_GROOTBOEK, "locatie_code_uniek"),
    "locatie_thuis_heeft_houder": (_GROOTBOEK, "locatie_thuis_heeft_houder"),
    "voorraad_locatie.houder_id": (_GROOTBOEK, "houder_id"),
    "partij_code_uniek": (_GROOTBOEK, "partij_code_uniek"),
}


class Beperking(NamedTuple):
    """A constraint or a unique index: `sleutel` is its name, or table.columns where the name is Django's."""

    sleutel: str
    naam: str
    tabel: str
    soort: str
    regel: str
    kolommen: list[str]


def tabellen() -> list[str]:
    """Our tables, without the copies that keep history."""
    modellen = [m for m in apps.get_models() if m._meta.app_label in APPS and not hasattr(m, "pgh_id")]
    return [m._meta.db_table for m in modellen]


def beperkingen() -> Iterator[Beperking]:
    eigen = {c.name for m in apps.get_models() for c in m._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute(_VRAAG, [tabellen(), tabellen()])
        for naam, tabel, soort, regel, kolommen in cursor.fetchall():
            sleutel = naam if naam in eigen else f"{tabel}.{','.join(kolommen)}"
            yield Beperking(sleutel, naam, tabel, soort, regel, kolommen)


_VRAAG = """
SELECT c.conname, r.relname, c.contype, pg_get_constraintdef(c.oid),
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey))
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE r.relname = ANY (%s) AND c.contype IN ('c', 'u', 'x')
UNION ALL
SELECT i.relname, r.relname, 'i', pg_get_indexdef(i.oid), ARRAY[]::text[]
FROM pg_index x JOIN pg_class r ON r.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE r.relname = ANY (%s) AND x.indisunique AND NOT x.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
"""


def is_niet_negatief(beperking: Beperking) -> bool:
    """The check that comes with a positive number; Django makes it, and all have the same form."""
    return beperking.soort == "c" and beperking.regel == f"CHECK (({beperking.kolommen[0]} >= 0))"


def test_every_constraint_is_broken_by_a_test_and_no_test_breaks_one_that_is_gone():
    er_zijn = {b.sleutel for b in beperkingen() if not is_niet_negatief(b)}
    assert er_zijn == set(BREUKEN) | set(ELDERS)
    assert not set(BREUKEN) & set(ELDERS)


@pytest.mark.parametrize(("bestand", "woord"), set(ELDERS.values()))
def test_what_is_broken_elsewhere_really_is(bestand, woord):
    assert f'("{woord}", lambda' in (TESTS / bestand).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sleutel", "breuk"),
    [pytest.param(s, b, id=f"{s}-{n}") for s, manieren in BREUKEN.items() for n, b in enumerate(manieren)],
)
def test_breaking_it_is_refused_by_that_constraint(sleutel, breuk):
    namen = {b.sleutel: b.naam for b in beperkingen()}
    with pytest.raises(IntegrityError) as fout, transaction.atomic():
        breuk()
    assert fout.value.__cause__.diag.constraint_name == namen[sleutel]


def test_no_positive_number_goes_below_zero():
    """Each check is put on an empty copy of its table, and a row with -1 is tried: there are too many to fill."""
    gezien = [b for b in beperkingen() if is_niet_negatief(b)]
    assert len(gezien) > 40
    for b in gezien:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE kopie AS SELECT * FROM {b.tabel} WITH NO DATA")
            cursor.execute(f"ALTER TABLE kopie ADD CONSTRAINT {b.naam} {b.regel}")
            cursor.execute(f"INSERT INTO kopie ({b.kolommen[0]}) VALUES (0)")
            with pytest.raises(IntegrityError, match=b.naam), transaction.atomic():
                cursor.execute(f"INSERT INTO kopie ({b.kolommen[0]}) VALUES (-1)")
            cursor.execute("DROP TABLE kopie")


# Triggers ------------------------------------------------------------------------------------
def wachters() -> set[str]:
    """Our triggers but those of history and version, which every table has in the same form."""
    gewoon = {"versie", "insert_insert", "update_update", "delete_delete"}
    modellen = [m for m in apps.get_models() if m._meta.app_label in APPS]
    return {
        f"{m._meta.db_table}.{trigger.name}"
        for m in modellen
        for trigger in getattr(m._meta, "triggers", [])
        if trigger.name not in gewoon
    }


def _magazijn_met_een_doos() -> Locatie:
    artikel = doos(GebiedFactory())
    magazijn = Locatie.objects.get(gebied=artikel.gebied, code="magazijn")
    ontvangen(artikel, magazijn, 1)
    return magazijn


def _grootboek_verandert_niet() -> None:
    _magazijn_met_een_doos()
    for breuk in (Mutatie.objects.all().update, lambda **_: Mutatie.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            breuk(reden="anders")


def _periode_blijft_dicht() -> None:
    regel = Mutatie.objects.get(naar=_magazijn_met_een_doos())
    Periodesluiting.objects.create(
        gebied=regel.artikel.gebied, tot_en_met=clock.dag_van(regel.gebeurd_op), gesloten_op=NU
    )
    regel.pk = None
    with pytest.raises(DatabaseError, match="periode gesloten"), transaction.atomic():
        regel.save(force_insert=True)


def _recept_verandert_niet() -> None:
    regel = Samenstellingregel.objects.create(
        samenstelling=Samenstelling.objects.create(artikel=ArtikelFactory(), nummer=1, vastgesteld_op=NU),
        artikel=ArtikelFactory(),
        aantal=1,
    )
    for rij, velden in ((regel, {"aantal": 2}), (regel.samenstelling, {"nummer": 2})):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            anders(rij, **velden)
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            type(rij).objects.filter(pk=rij.pk)._raw_delete("default")


def _inzage_verandert_niet() -> None:
    rij = Inzage.objects.create(gezin_id=UUID(int=1), gebruiker_id=UUID(int=2), waar="gezin", op=NU)
    for breuk in (lambda: anders(rij, waar="bezoek"), lambda: Inzage.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            breuk()


def _sluiting_blijft() -> None:
    Periodesluiting.objects.create(gebied=GebiedFactory(), tot_en_met=NU.date(), gesloten_op=NU)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Periodesluiting.objects.all()._raw_delete("default")


def _kind_volgt_bezoek() -> None:
    kind = BezoekkindFactory()
    anders(kind.bezoek, status="afgesloten", afsluitreden="dubbel", afgesloten_op=NU, aantal_pogingen=2)
    gezien = Bezoekkind.objects.values_list("bezoek_status", "afsluitreden", "pogingen", "uitkomst").get(pk=kind.pk)
    assert gezien == ("afgesloten", "dubbel", 2, "")


def _cafe_is_vol() -> None:
    cafe = SjpruutcafeFactory(capaciteit_kinderen=1)
    velden = {"cafe": cafe, "via": "link", "aangemeld_op": NU}
    wacht = Cafeaanmelding.objects.create(gezin=GezinFactory(), status="wachtlijst", volgnummer=1, **velden)
    Cafeaanmelding.objects.create(gezin=GezinFactory(), status="aangemeld", volgnummer=2, **velden)
    with pytest.raises(IntegrityError, match="the café is full"), transaction.atomic():
        anders(wacht, status="aangeboden", aangeboden_tot=NU)


def _cafe_begint_op_de_klok() -> None:
    cafe = SjpruutcafeFactory()
    anders(cafe, dag=date(2026, 10, 25), tijd=time(10), begin=NU)
    cafe.refresh_from_db()
    assert cafe.begin == datetime(2026, 10, 25, 9, tzinfo=UTC)


def _kind_volgt_cafe() -> None:
    kind = BezoekkindFactory()
    cafe = SjpruutcafeFactory(gebied=kind.gebied)
    gast = {"gekomen": True, "volwassenen": 1, "vastgelegd_op": NU}
    Cafeaanwezigheid.objects.create(cafe=cafe, gezin=kind.bezoek.gezin, **gast)
    assert Bezoekkind.objects.get(pk=kind.pk).eerste_cafe_dag == cafe.dag
    Cafeaanwezigheid.objects.all()._raw_delete("default")
    assert Bezoekkind.objects.get(pk=kind.pk).eerste_cafe_dag is None


def _kind_na_cafe() -> None:
    gezin = GezinFactory()
    cafe = SjpruutcafeFactory(gebied=gezin.gebied)
    Cafeaanwezigheid.objects.create(cafe=cafe, gezin=gezin, gekomen=True, volwassenen=1, vastgelegd_op=NU)
    kind = BezoekkindFactory(bezoek=BezoekFactory(gezin=gezin))
    assert Bezoekkind.objects.get(pk=kind.pk).eerste_cafe_dag == cafe.dag


WACHTERS = {
    "bezoeken_cafeaanwezigheid.kinderen_volgen": _kind_volgt_cafe,
    "bezoeken_bezoekkind.eerste_cafe": _kind_na_cafe,
    "bezoeken_cafeaanmelding.past": _cafe_is_vol,
    "bezoeken_sjpruutcafe.begin": _cafe_begint_op_de_klok,
    "voorraad_mutatie.alleen_toevoegen": _grootboek_verandert_niet,
    "voorraad_mutatie.periode_open": _periode_blijft_dicht,
    "ooievaar_inzage.alleen_toevoegen": _inzage_verandert_niet,
    "voorraad_samenstelling.alleen_toevoegen": _recept_verandert_niet,
    "voorraad_samenstellingregel.alleen_toevoegen": _recept_verandert_niet,
    "voorraad_periodesluiting.alleen_toevoegen": _sluiting_blijft,
    "bezoeken_bezoek.kinderen_volgen": _kind_volgt_bezoek,
    **sjop.WACHTERS,
}


def test_every_trigger_that_guards_something_is_tried():
    assert wachters() == set(WACHTERS)


@pytest.mark.parametrize("naam", WACHTERS)
def test_a_guard_does_its_work(naam):
    WACHTERS[naam]()


def test_every_row_that_people_edit_counts_its_versions_whoever_writes():
    zonder = [
        m._meta.label
        for m in apps.get_models()
        if issubclass(m, VersieRij) and not any(t.name == "versie" for t in m._meta.triggers)
    ]
    assert zonder == []
    bezoek = BezoekkindFactory().bezoek
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bezoeken_bezoek SET late_melding = NOT late_melding WHERE id = %s", [bezoek.pk])
    assert Bezoek.objects.get(pk=bezoek.pk).versie == bezoek.versie + 1
