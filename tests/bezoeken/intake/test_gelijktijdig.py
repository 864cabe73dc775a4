"""Races and random near-doubles: never a second visit for one child, never a notice lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bezoeken.intake.normaliseren import normaliseer
from bezoeken.intake.serializers import MeldingIn
from bezoeken.intake.services.verwerken import melding_ontvangen
from bezoeken.models import Bezoek, Bezoekkind, Geboortemelding
from ooievaar.models import Gezin, Pasgeborene
from ooievaar.platform import clock
from tests.bezoeken.intake.hulp import gebied_met_adressen, melding


def ontvang(gebied, *args, **kwargs):
    body = MeldingIn(data=melding(*args, **kwargs))
    body.is_valid(raise_exception=True)
    rij = normaliseer(MeldingIn().als_rij(body.validated_data), vandaag=clock.vandaag())
    return melding_ontvangen(gebied=gebied, melding=rij, door=None, nu=clock.nu())


def tegelijk(taken):
    start = Barrier(len(taken))

    def een(taak):
        try:
            start.wait(10)
            return taak()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(taken)) as pool:
        return [f.result(30) for f in [pool.submit(een, taak) for taak in taken]]


@pytest.mark.django_db(transaction=True)
def test_the_same_notice_eight_times_at_once_is_one_family():
    gebied = gebied_met_adressen()
    uitslagen = tegelijk([lambda: ontvang(gebied)] * 8)
    assert sorted(nieuw for _rij, nieuw in uitslagen) == [False] * 7 + [True]
    assert len({rij.pk for rij, _nieuw in uitslagen}) == 1
    assert Gezin.objects.count() == Bezoek.objects.count() == Pasgeborene.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_multiple_arriving_at_once_is_one_visit():
    gebied = gebied_met_adressen()
    namen = ["Sem", "Mila", "Omar", "Zofia"]
    taken = [
        lambda i=i, n=n: ontvang(gebied, f"K-{i}", dagen=10 + i % 2, kind__voornaam=n) for i, n in enumerate(namen)
    ]
    tegelijk(taken)
    assert Gezin.objects.count() == Bezoek.objects.count() == 1
    assert Bezoekkind.objects.count() == 4
    assert Bezoek.objects.get().geboortedatum == min(Pasgeborene.objects.values_list("geboortedatum", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_sources_at_once_are_one_child():
    gebied = gebied_met_adressen()
    tegelijk([lambda b=b: ontvang(gebied, f"{b}-1", bron=b) for b in ("gemeente", "jgz", "verloskundige")])
    assert Pasgeborene.objects.count() == Bezoek.objects.count() == 1
    assert Geboortemelding.objects.filter(status="verwerkt").count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("velden", [{"inhoud_hash": "b"}, {"is_herziening": True}])
def test_the_database_refuses_a_kenmerk_or_content_twice(velden):
    gebied = gebied_met_adressen()
    rij = {
        "gebied": gebied,
        "bron": "jgz",
        "kenmerk": "1",
        "inhoud_hash": "a",
        "gegevens": {},
        "status": "afgewezen",
        "gemeld_op": clock.nu(),
    }
    Geboortemelding.objects.create(**rij)
    with pytest.raises(IntegrityError), transaction.atomic():
        Geboortemelding.objects.create(**rij | velden)


@pytest.mark.django_db
def test_the_database_refuses_a_processed_notice_without_a_child():
    with pytest.raises(IntegrityError), transaction.atomic():
        Geboortemelding.objects.create(
            gebied=gebied_met_adressen(),
            bron="jgz",
            kenmerk="1",
            inhoud_hash="a",
            gegevens={},
            status="verwerkt",
            gemeld_op=clock.nu(),
        )


# A child as it was born, and a notice of it as somebody wrote it down.
KINDEREN = [("Sem", 10), ("Mila", 11), ("Noor", 40)]
NAMEN = ["de Vries-Voorbeeld", "DE VRIES VOORBEELD", "de Vriës-Voorbeeld", "de Vriess Voorbeeld"]
HUIZEN = [("a", None), ("A", None), (None, "a"), (None, "-A")]
notitie = st.tuples(
    st.sampled_from(["gemeente", "jgz", "zelfaanmelding"]),
    st.sampled_from(range(3)),
    st.sampled_from([True, True, False]),
    st.sampled_from(NAMEN),
    st.sampled_from(HUIZEN),
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notities=st.lists(notitie, min_size=1, max_size=7))
def test_random_near_doubles_never_make_a_second_visit_and_are_never_lost(django_db_blocker, notities):
    """One family, twins and a later child; each source uses one kenmerk per child, as a source does."""
    punt = transaction.savepoint()
    try:
        gebied = gebied_met_adressen()
        verstuurd = set()
        for bron, wie, met_naam, achternaam, (letter, toevoeging) in notities:
            voornaam, dagen = KINDEREN[wie]
            rij, _nieuw = ontvang(
                gebied,
                f"{bron}-{wie}",
                bron=bron,
                dagen=dagen,
                kind__voornaam=voornaam if met_naam else None,
                kind__achternaam=achternaam,
                adres__huisletter=letter,
                adres__toevoeging=toevoeging,
            )
            verstuurd.add(rij.pk)
            assert rij.status in ("verwerkt", "teBeoordelen")
            assert rij.pasgeborene_id or rij.redenen
        assert set(Geboortemelding.objects.values_list("pk", flat=True)) == verstuurd
        # One birth event is one visit; the later child waits for a person or was there first.
        assert Bezoek.objects.count() == 1 == Gezin.objects.count()
        assert Bezoekkind.objects.count() == Pasgeborene.objects.count() <= 2
        namen = [n for n in Pasgeborene.objects.values_list("voornaam", flat=True) if n]
        assert len(namen) == len(set(namen))
        for bezoek in Bezoek.objects.all():
            assert bezoek.geboortedatum == min(bezoek.kinderen.values_list("geboortedatum", flat=True))
    finally:
        transaction.savepoint_rollback(punt)
