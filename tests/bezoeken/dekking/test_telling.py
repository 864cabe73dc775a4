"""The one query counts what a slow recount over visits and children counts."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bezoeken.dekking import perioden
from bezoeken.dekking.onderdrukking import opgeteld, waarde
from bezoeken.dekking.selectors import tel
from bezoeken.models import Bezoek, Bezoekkind, Cafeaanwezigheid
from bezoeken.toestand import Afsluitreden
from ooievaar.platform.clock import AMSTERDAM, dag_van
from tests.bezoeken.dekking.recount import recount
from tests.factories import (
    BezoekFactory,
    BezoekkindFactory,
    GebiedFactory,
    GezinFactory,
    SjpruutcafeFactory,
    WijkFactory,
)

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 24)
MAANDEN = perioden.jaar(2026).maanden
KOLOMMEN = (
    "inAanmerking", "bereikt", "inVenster", "teLaat", "inVerplaatstVenster", "geweigerd", "nietBereikt",
    "geenCapaciteit", "nogBezig", "ontbrekend", "verhuisd", "lateMelding", "aanDeDeur", "doos", "voucher", "eersteCafe",
    "pogingen", "nooitToegewezen", "nooitGesproken",
)  # fmt: skip

gevallen = st.lists(
    st.fixed_dictionaries(
        {
            "geboren": st.dates(date(2025, 10, 20), date(2026, 10, 20)),
            "status": st.sampled_from(["open", "bezocht", "bezocht", "bezocht", "afgesloten"]),
            "reden": st.sampled_from([r.value for r in Afsluitreden]),
            "bezocht_dag": st.integers(20, 90),
            "uur": st.integers(0, 23),
            "schuif": st.sampled_from([0, 0, 14, -7]),
            "laat": st.booleans(),
            "inhaal": st.sampled_from([False, False, False, True]),
            "kinderen": st.integers(1, 2),
            "overleden": st.sampled_from([False, False, False, True]),
            "vorm": st.sampled_from(["huisbezoek", "aanDeDeur", "elders"]),
            "doos": st.booleans(),
            "cafes": st.lists(st.integers(-5, 200), max_size=3),
            "pogingen": st.integers(0, 4),
            "contact": st.integers(0, 2),
        }
    ),
    max_size=8,
)


def maak(gezin, geval):
    """The visit as the services leave it; the trigger copies what changes after the children are there."""
    bezoek = BezoekFactory(
        gezin=gezin, geboortedatum=geval["geboren"], soort="inhaal" if geval["inhaal"] else "geboorte"
    )
    for n in range(geval["kinderen"]):
        kind = BezoekkindFactory(
            bezoek=bezoek,
            telt_mee=not geval["inhaal"],
            doos_gegeven=geval["doos"],
            voucher_gegeven=geval["doos"] and n == 0,
        )
        if geval["overleden"] and n == 0:
            type(kind.pasgeborene).objects.filter(pk=kind.pasgeborene_id).update(status="vervallen")
            Bezoekkind.objects.filter(pk=kind.pk).update(telt_mee=False)
    dag = geval["geboren"] + timedelta(days=geval["bezocht_dag"])
    moment = datetime(dag.year, dag.month, dag.day, geval["uur"], 30, tzinfo=AMSTERDAM)
    velden = {
        "bezocht": {"bezocht_op": moment, "afgerond_op": moment, "vorm": geval["vorm"]},
        "afgesloten": {"afsluitreden": geval["reden"], "afgesloten_op": moment},
        "open": {},
    }[geval["status"]]
    Bezoek.objects.filter(pk=bezoek.pk).update(
        status=geval["status"],
        late_melding=geval["laat"],
        aantal_pogingen=geval["pogingen"],
        contact_stap=geval["contact"],
        venster_eind=bezoek.venster_eind + timedelta(days=geval["schuif"]),
        **velden,
    )
    # Days after the birth on which the family came to a café; below 0: before this child was born.
    for dagen in geval["cafes"]:
        cafe = SjpruutcafeFactory(gebied=gezin.gebied, dag=geval["geboren"] + timedelta(days=dagen))
        Cafeaanwezigheid.objects.create(
            cafe=cafe, gezin=gezin, gekomen=True, volwassenen=1, kinderen=1, vastgelegd_op=cafe.begin
        )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gevallen=gevallen)
def test_query_equals_recount(gevallen):
    gebied = GebiedFactory()
    gezin = GezinFactory(wijk=WijkFactory(gebied=gebied))
    for geval in gevallen:
        maak(gezin, geval)
    verwacht = recount(gebied, MAANDEN, VANDAAG)
    for per_wijk in (True, False):
        geteld = tel(gebied, MAANDEN[0], date(2027, 1, 1), vandaag=VANDAAG, per_wijk=per_wijk)
        som = opgeteld(geteld.tellingen.values())
        assert {k: waarde(som, k) for k in KOLOMMEN} == {k: verwacht[k] for k in KOLOMMEN}


@pytest.mark.parametrize(
    ("dag", "uitkomst"), [(30, "inVenster"), (56, "inVenster"), (57, "inVerplaatstVenster"), (71, "teLaat")]
)
def test_in_time_is_by_d56_of_the_birth_whatever_was_done_to_the_window(dag, uitkomst):
    bezoek = BezoekFactory(geboortedatum=date(2026, 3, 27))
    kind = BezoekkindFactory(bezoek=bezoek)
    moment = datetime(2026, 3, 27, 23, 30, tzinfo=AMSTERDAM) + timedelta(days=dag)
    assert dag_van(moment) == date(2026, 3, 27) + timedelta(days=dag)
    Bezoek.objects.filter(pk=bezoek.pk).update(
        status="bezocht", bezocht_op=moment, afgerond_op=moment, vorm="huisbezoek",
        venster_eind=bezoek.venster_eind + timedelta(days=14),
    )  # fmt: skip
    kind.refresh_from_db()
    assert (kind.uitkomst, kind.dagen, kind.peilmaand) == (uitkomst, dag, date(2026, 5, 1))
