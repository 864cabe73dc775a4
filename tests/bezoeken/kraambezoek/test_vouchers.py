"""A voucher in the box: a known code belongs to the child from then on; any other is logged and becomes work."""

import pytest

from bezoeken.models import Bezoekkind
from ooievaar.platform import clock
from voorraad import services
from voorraad.models import Voucher, Vouchermelding

pytestmark = pytest.mark.django_db


def rond_af(w, afronding, *codes):
    dozen = [{"pasgeborene": kind, "vouchercode": code} for kind, code in zip(w.kinderen, codes, strict=True)]
    return w.zij.post(f"{w.pad}/afronding", afronding(w, dozen=dozen), format="json")


def test_known_codes_are_tied_to_the_children(wereld, afronding):
    w = wereld(aanvaard=True, kinderen=2)
    codes = services.vouchers_maken(gebied_id=w.gebied.pk, aantal=3, geldig_tot=None, serie="", nu=clock.nu())
    assert rond_af(w, afronding, codes[0], codes[1].lower()).status_code == 201
    gegeven = Voucher.objects.filter(status="uitgegeven", aanleiding=f"bezoek:{w.bezoek.pk}")
    assert set(gegeven.values_list("onderdeel", flat=True)) == set(w.kinderen)
    # What the visit keeps and what the stock keeps are the same trace.
    assert set(gegeven.values_list("hash", flat=True)) == set(Bezoekkind.objects.values_list("voucher_hash", flat=True))
    assert Voucher.objects.filter(status="vrij").count() == 1
    assert not Vouchermelding.objects.exists()


def test_a_code_that_does_not_fit_stops_no_visit_and_becomes_work(wereld, afronding):
    w = wereld(aanvaard=True, kinderen=2)
    (code,) = services.vouchers_maken(gebied_id=w.gebied.pk, aantal=1, geldig_tot=None, serie="", nu=clock.nu())
    services.voucher_intrekken(voucher_id=Voucher.objects.get().pk, reden="verloren", nu=clock.nu())
    assert rond_af(w, afronding, code, "ZWEM-ONBEKEND").status_code == 201
    werk = w.coordinator.get("/api/v1/vouchermeldingen", {"aanleiding": f"bezoek:{w.bezoek.pk}"}).json()["results"]
    assert {m["onderdeel"]: m["oordeel"] for m in werk} == {w.kinderen[0]: "ingetrokken", w.kinderen[1]: "onbekend"}


def test_one_code_for_two_children_goes_to_the_first(wereld, afronding):
    w = wereld(aanvaard=True, kinderen=2)
    (code,) = services.vouchers_maken(gebied_id=w.gebied.pk, aantal=1, geldig_tot=None, serie="", nu=clock.nu())
    assert rond_af(w, afronding, code, code).status_code == 201
    assert Voucher.objects.get().onderdeel == w.kinderen[0]
    assert Vouchermelding.objects.get().oordeel == "alUitgegeven"
